//! Lines of a text, as an editor counts them: each kind of line end ends one.

/// Where each line of a text begins.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_end = move |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    // Behind the last line end there is no further line.
    let others = 1..bytes.len();
    let others = others.filter(move |at| is_end(at - 1));
    std::iter::once(0).chain(others)
}

/// Where a line begins, counted from 1, where the text has it.
pub(super) fn start_of(text: &str, line: u64) -> Option<usize> {
    let before = usize::try_from(line.checked_sub(1)?).ok()?;
    starts(text).nth(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_behind_each_kind_of_line_end() {
        let of = |text| starts(text).collect::<Vec<_>>();
        assert_eq!(of("a\nb\n"), [0, 2]);
        assert_eq!(of("a\r\nb\r\n\r\nc"), [0, 3, 6, 8]);
        assert_eq!(of("a\rb\r"), [0, 2]);
        assert_eq!(of(""), [0]);
    }

    #[test]
    fn a_line_that_a_text_lacks_begins_nowhere() {
        assert_eq!(start_of("a\nb\n", 2), Some(2));
        assert_eq!(start_of("a\nb\n", 3), None);
        assert_eq!(start_of("a\nb\n", 0), None);
    }
}
