//! Each refusal of the pool has words, and the document lists them all.

use counterfoil_primitives::{
    envelope::LONGEST_ERA,
    refusal::{
        words::{self, CODES, COMMON},
        FIRST_OF_PAYMENTS, FIRST_OF_REPORTS, WRONG_ERA,
    },
};
use sp_runtime::transaction_validity::InvalidTransaction;

const SOURCE: &str = include_str!("../../src/refusal.rs");
const DOCUMENT: &str = include_str!("../../../docs/refusals.md");

/// The constants of the source: names and numbers.
fn constants() -> Vec<(&'static str, u8)> {
    SOURCE
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.strip_suffix(';'))
        .map(|line| {
            let (name, number) = line.split_once(": u8 = ").expect("each code is a u8");
            (name, number.parse().expect("each code is a number"))
        })
        .collect()
}

#[test]
fn each_code_has_words_and_no_two_are_the_same() {
    let own: Vec<_> = constants()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("FIRST_OF_"))
        .collect();
    assert!(!own.is_empty());
    for (name, code) in &own {
        let words = words::of(InvalidTransaction::Custom(*code));
        let words = words.unwrap_or_else(|| panic!("{name} has no words"));
        let of_name = words.name.to_ascii_uppercase();
        assert_eq!(of_name, name.replace('_', ""), "code {code}");
    }
    assert_eq!(own.len(), CODES.len());
    assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(CODES.iter().all(|(code, _)| *code < FIRST_OF_PAYMENTS));
}

#[test]
fn the_codes_of_pallets_errors_follow_one_another() {
    let error = |code| words::pallet_error(code).expect("an error");
    assert_eq!(words::pallet_error(FIRST_OF_PAYMENTS - 1), None);
    assert_eq!(error(FIRST_OF_PAYMENTS).pallet, "Settlement");
    assert_eq!(error(FIRST_OF_PAYMENTS).index, 0);
    assert_eq!(error(FIRST_OF_REPORTS - 1).pallet, "Settlement");
    assert_eq!(error(FIRST_OF_REPORTS).pallet, "Reconciliation");
    assert_eq!(error(u8::MAX).index, u8::MAX - FIRST_OF_REPORTS);
}

#[test]
fn words_fit_into_a_sentence() {
    let own = CODES.iter().map(|(_, words)| words);
    let common = COMMON.iter().map(|(_, words)| words);
    for words in own.chain(common) {
        for part in [words.why, words.remedy] {
            assert!(part.starts_with(|first: char| first.is_ascii_lowercase()));
            assert!(!part.ends_with('.') && !part.contains(';'), "{part}");
            // Clients tell the common refusals apart by these words of the SDK.
            for sdk in ["outdated", "stale", "in the future"] {
                assert!(!part.contains(sdk), "{part}");
            }
        }
    }
}

#[test]
fn the_document_lists_each_refusal() {
    let own = CODES.iter().map(|(code, words)| (format!("{code}"), words));
    let common = COMMON
        .iter()
        .map(|(why, words)| (format!("`{}`", <&str>::from(*why)), words));
    let rows: Vec<_> = common
        .chain(own)
        .map(|(sign, words)| {
            format!(
                "| {sign} | {} | {} | {} |",
                words.name, words.why, words.remedy
            )
        })
        .collect();
    let listed: Vec<_> = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3)
        .filter(|line| !line.ends_with("| what helps |"))
        .collect();
    assert_eq!(listed, rows, "as it should be:\n{}\n", rows.join("\n"));
}

#[test]
fn an_error_of_a_pallet_is_named_with_what_helps() {
    let why = InvalidTransaction::Custom(FIRST_OF_PAYMENTS + 6);
    let text = words::in_words(why, |error| {
        assert_eq!((error.pallet, error.index), ("Settlement", 6));
        Some(("InsufficientFunds".into(), " Too little. ".into()))
    });
    assert!(
        text.starts_with("Settlement.InsufficientFunds: Too little; "),
        "{text}"
    );
    let text = words::in_words(why, |_| None);
    assert!(text.ends_with("code 38"), "{text}");
}

#[test]
fn whoever_may_not_confirm_a_repair_is_not_told_to_report() {
    const NOT_THE_PARTY: u8 = 95;
    let text = words::in_words(InvalidTransaction::Custom(NOT_THE_PARTY), |error| {
        assert_eq!((error.pallet, error.index), ("Reconciliation", 31));
        Some((
            "NotTheParty".into(),
            "The member does not keep the book of this side.".into(),
        ))
    });
    assert!(!text.contains("report"), "{text}");
    assert!(text.contains("how the side of the day stands"), "{text}");
}

#[test]
fn a_wrong_era_is_told_the_longest_one() {
    let words = words::of(InvalidTransaction::Custom(WRONG_ERA)).expect("it has words");
    let (thousands, rest) = (LONGEST_ERA / 1_000, LONGEST_ERA % 1_000);
    let longest = format!("within {thousands},{rest:03} blocks");
    assert!(words.why.contains(&longest), "{}", words.why);
}

#[test]
fn what_has_no_words_is_told_as_the_sdk_does() {
    let why = InvalidTransaction::BadMandatory;
    let text = words::in_words(why, |_| unreachable!());
    assert_eq!(text, <&str>::from(why));
}
