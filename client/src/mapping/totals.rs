//! Lines of totals that have all that a payment has.

use super::toml_text::toml_text;

/// What a total is called where files come from, in small letters.
const WORDS: [&str; 44] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "total amount",
    "total général",
    "importe total",
    "sum",
    "sums",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtbetrag",
    "zwischensumme",
    "insgesamt",
    "celkem",
    "součet",
    "soucet",
    "mezisoučet",
    "suma",
    "spolu",
    "súčet",
    "razem",
    "łącznie",
    "ogółem",
    "összesen",
    "totale",
    "totaal",
    "totalt",
    "summa",
    "yhteensä",
    "toplam",
    "ukupno",
    "skupaj",
    "итого",
    "всего",
    "сумма",
    "合计",
    "总计",
    "小计",
    "合計",
    "総計",
    "小計",
    "합계",
];

/// Amounts above the last line that are no sum of it by chance.
const ENOUGH: usize = 3;

/// Whether a cell has the name of a total, alone or with a number behind it.
pub(super) fn is_total(cell: &str) -> bool {
    let is_name = |c: char| c.is_alphabetic() || c == ' ';
    let (name, rest) = cell.split_at(cell.find(|c| !is_name(c)).unwrap_or(cell.len()));
    let ends = rest.is_empty() || rest.starts_with([':', '=']) || name.ends_with(' ');
    // Most cells are told by their length.
    ends && name.len() <= 32
        && !rest.contains(char::is_alphabetic)
        && WORDS.contains(&name.trim().to_lowercase().as_str())
}

/// What to do about a line that looks like a total; `called` is the column that calls it so, and its value.
pub(super) fn remedy(called: Option<(&str, &str)>) -> String {
    let out = match called {
        Some((column, value)) => format!(
            "leave it out by [except] in the mapping, like {} = [{}], or take the line out",
            toml_text(column),
            toml_text(value)
        ),
        None => "leave it out by [except] in the mapping, by a value that no other line has, or take the line out".into(),
    };
    format!("if it is a total, {out}; if it is not, set has_no_totals = true under [file] in the mapping")
}

/// Which of these amounts, in the order of their lines, are totals of those above: where `is_named`
/// says that the line is called so, or, of several, where it ends the file.
pub(super) fn totals(
    amounts: &[u128],
    ends_file: bool,
    is_named: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut sum = 0u128;
    let mut totals = Vec::new();
    for (at, amount) in amounts.iter().enumerate() {
        let is_last = ends_file && at + 1 == amounts.len();
        let is_sum = sum > 0 && *amount == sum;
        if is_sum && ((is_last && at >= ENOUGH) || is_named(at)) {
            totals.push(at);
        } else {
            sum = sum.saturating_add(*amount);
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_totals_are_known() {
        for cell in [
            "Total",
            "CELKEM",
            "Součet:",
            "Summe: 1740.50",
            "Total 1740.50",
            "合计",
        ] {
            assert!(is_total(cell), "{cell}");
        }
    }

    #[test]
    fn names_with_more_to_them_are_no_totals() {
        for cell in [
            "",
            "TotalEnergies",
            "Total Energies",
            "SUM-001",
            "Suma 7 s.r.o.",
            "2 payments",
        ] {
            assert!(!is_total(cell), "{cell}");
        }
    }

    #[test]
    fn the_last_amount_is_a_total_where_it_is_the_sum_of_several() {
        let unnamed = |amounts: &[u128], ends_file| totals(amounts, ends_file, |_| false);
        assert_eq!(unnamed(&[100, 200, 50, 350], true), [3]);
        assert_eq!(unnamed(&[100, 200, 50, 351], true), [0; 0]);
        assert_eq!(unnamed(&[100, 200, 50, 350], false), [0; 0]);
        assert_eq!(unnamed(&[100, 200, 50, 350, 20], true), [0; 0]);
        // Of few amounts, one is the sum of others by chance.
        assert_eq!(unnamed(&[100, 200, 300], true), [0; 0]);
        assert_eq!(unnamed(&[0, 0, 0, 0, 0], true), [0; 0]);
    }

    #[test]
    fn an_amount_that_is_called_a_total_is_one_anywhere() {
        let second = |at| at == 1;
        assert_eq!(totals(&[100, 100, 7], true, second), [1]);
        assert_eq!(totals(&[100, 90, 7], true, second), [0; 0]);
    }
}
