//! Pages of lists.

use super::{
    arguments::Arguments,
    schema::{Field, Schema},
};
use counterfoil_primitives::tree::{page_count, PAGE_SIZE};
use serde_json::{json, Value as Json};

/// The items of a list that are on the page that a request names.
pub fn of_list<T>(list: Vec<T>, of: &Arguments) -> impl Iterator<Item = T> {
    let first = of.page as usize * PAGE_SIZE as usize;
    list.into_iter().skip(first).take(PAGE_SIZE as usize)
}

/// Which page of a list of this number of items an answer holds.
pub fn json(items: usize, of: &Arguments) -> Json {
    let pages = page_count(u32::try_from(items).unwrap_or(u32::MAX));
    json!({ "count": items, "page": of.page, "pages": pages })
}

/// The keys of [`json()`].
pub fn fields() -> [Field; 3] {
    [
        ("count", Schema::number(), "Items on all pages."),
        ("page", Schema::number(), "The page that this is."),
        ("pages", Schema::number(), "Pages of 256 that there are."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(page: u32) -> Arguments {
        let raw = format!("[{page}]");
        Arguments::read(Some(&raw), &[super::super::arguments::PAGE]).unwrap()
    }

    #[test]
    fn a_list_has_pages_of_256() {
        let items = |at| of_list((0..300).collect(), &page(at)).collect::<Vec<u32>>();
        assert_eq!(items(0), (0..256).collect::<Vec<_>>());
        assert_eq!(items(1), (256..300).collect::<Vec<_>>());
        assert_eq!(items(2), Vec::<u32>::new());
        assert_eq!(items(u32::MAX), Vec::<u32>::new());
    }

    #[test]
    fn a_page_is_numbered_among_those_that_there_are() {
        let expected = json!({ "count": 300, "page": 1, "pages": 2 });
        assert_eq!(json(300, &page(1)), expected);
        assert_eq!(json(0, &page(0))["pages"], 0);
        assert_eq!(json(256, &page(0))["pages"], 1);
    }
}
