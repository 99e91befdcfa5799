//! Zeros before a number, which a spreadsheet takes from ids when it saves a file.
//!
//! A file of refused lines says which ids of theirs begin with zeros, in a column that no spreadsheet
//! takes for a number: so they are missed when the file comes back without them.

/// The column that says so.
pub(super) const COLUMN: &str = "refused_zeros";

/// Whether a spreadsheet would take zeros from a cell.
fn has_zeros(cell: &str) -> bool {
    cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is said of a line with these columns and cells.
pub(super) fn told<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let told: Vec<String> = cells
        .filter(|(_, cell)| has_zeros(cell))
        .map(|(column, cell)| format!("{column}=\"{cell}\""))
        .collect();
    told.join(", ")
}

/// What a cell was, by what is told of its line, where it is the same but for zeros before it.
pub(super) fn lost<'a>(told: &'a str, column: &str, cell: &str) -> Option<&'a str> {
    let begin = format!("{column}=\"");
    let mut places = told.match_indices(&begin);
    let (at, _) = places.find(|(at, _)| *at == 0 || told[..*at].ends_with(", "))?;
    let was = told[at + begin.len()..].split('"').next()?;
    let is_number = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let is_same = was.trim_start_matches('0') == cell.trim_start_matches('0');
    (is_number && is_same && was.len() > cell.len()).then_some(was)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_begin_with_zeros_are_told() {
        let cells = [
            ("id", "0012345"),
            ("payer", "007"),
            ("till", "70"),
            ("no", "0"),
        ];
        assert_eq!(told(cells.into_iter()), "id=\"0012345\", payer=\"007\"");
        assert_eq!(told([("id", "00-1")].into_iter()), "");
    }

    #[test]
    fn a_cell_without_its_zeros_is_known() {
        let told = "id=\"0012345\", payer=\"007\", x=\"00\"";
        assert_eq!(lost(told, "id", "12345"), Some("0012345"));
        assert_eq!(lost(told, "payer", "7"), Some("007"));
        assert_eq!(lost(told, "payer", "07"), Some("007"));
        assert_eq!(lost(told, "x", "0"), Some("00"));
    }

    #[test]
    fn a_cell_as_it_was_or_corrected_is_none() {
        let told = "paid=\"009\", id=\"0012345\"";
        for cell in ["0012345", "12346", "", "A", "00012345"] {
            assert_eq!(lost(told, "id", cell), None, "{cell}");
        }
        assert_eq!(lost(told, "d", "12345"), None);
        assert_eq!(lost("", "id", "12345"), None);
    }
}
