//! Formula injection, also called CSV injection: a spreadsheet computes a cell that begins like a formula,
//! whoever wrote it. In the files that are written here, such a cell is only text.

use std::borrow::Cow;

/// A cell of a CSV file that a spreadsheet shows, and does not reckon: a formula has a tab before
/// it, which no reader of a mapping takes for a part of the cell.
pub fn inert(cell: &str) -> Cow<'_, str> {
    let is_number = |rest: &str| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}'))
    };
    let is_formula = match cell.strip_prefix(['+', '-']) {
        Some(rest) => !is_number(rest),
        None => cell.starts_with(['=', '@']),
    };
    match is_formula {
        true => format!("\t{cell}").into(),
        false => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_get_a_tab_and_numbers_none() {
        for cell in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "-C-1"] {
            assert_eq!(inert(cell), format!("\t{cell}"));
        }
        for cell in ["-3.00", "+420 123", "-1 250,50", "C-1", "", "-"] {
            assert_eq!(inert(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_cell_is_read_back_as_it_was(cell in "[=+@a-z0-9.-]{0,16}") {
            let read = inert(&cell);
            prop_assert_eq!(read.trim_start_matches('\t'), cell.as_str());
        }
    }
}
