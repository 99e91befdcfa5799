//! The kind of an entry for people: both kinds, where the book has the other one.

use counterfoil_primitives::Entry;

/// The kind of an entry for people: both kinds, if the book has the other one.
pub(super) fn kinds_text(found: Option<&Entry>, right: Option<&Entry>, of_book: &str) -> String {
    match (found, right) {
        (Some(found), Some(right)) if found.kind != right.kind => {
            format!("{} ({} {of_book})", right.kind.name(), found.kind.name())
        }
        _ => right
            .or(found)
            .map_or_else(String::new, |entry| entry.kind.name().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::entry_of_an_amount::entry;
    use counterfoil_primitives::Kind;

    #[test]
    fn both_kinds_show_where_they_differ() {
        let payment = entry(Kind::Payment, 600);
        let refund = entry(Kind::Refund, 600);
        let text = |found, right| kinds_text(found, right, "in the book");
        assert_eq!(
            text(Some(&payment), Some(&refund)),
            "refund (payment in the book)"
        );
        assert_eq!(text(Some(&refund), Some(&refund)), "refund");
        assert_eq!(text(None, Some(&refund)), "refund");
        assert_eq!(text(Some(&payment), None), "payment");
    }
}
