//! The names of a side's states and of what a book is, and the words for people.

use counterfoil_primitives::{summary::SideStatus, Source};

const STATES: [SideStatus; 6] = [
    SideStatus::Awaited,
    SideStatus::Committed,
    SideStatus::Proven { breaks: 2 },
    SideStatus::Repaired { breaks: 3 },
    SideStatus::Defaulted,
    SideStatus::ProvenLate { breaks: 4 },
];

#[test]
fn each_state_has_a_name() {
    let names = STATES.map(|state| state.name());
    let expected = [
        "awaited",
        "committed",
        "proven",
        "repaired",
        "defaulted",
        "proven_late",
    ];
    assert_eq!(names, expected);
}

#[test]
fn breaks_are_counted_of_what_was_proven_alone() {
    let breaks = STATES.map(|state| state.breaks());
    assert_eq!(breaks, [None, None, Some(2), Some(3), None, Some(4)]);
}

#[test]
fn people_read_a_state_with_its_breaks() {
    let shown = STATES.map(|state| state.to_string());
    let words = [
        "awaited",
        "committed",
        "proven, 2 breaks",
        "repaired, 3 breaks",
        "defaulted",
        "proven late, 4 breaks",
    ];
    assert_eq!(shown, words);
    let clean = SideStatus::Proven { breaks: 0 };
    assert_eq!(clean.to_string(), "proven, no breaks");
    let late = SideStatus::ProvenLate { breaks: 0 };
    assert_eq!(late.to_string(), "proven late, no breaks");
}

#[test]
fn what_a_book_is_has_the_name_that_files_use() {
    assert_eq!(Source::ALL.map(Source::name), ["received", "ledger"]);
}

#[test]
fn a_source_is_found_by_its_name() {
    for source in Source::ALL {
        assert_eq!(Source::from_name(source.name()), Some(source));
    }
}

#[test]
fn no_source_is_found_by_another_name() {
    for name in ["", "Received", "ledgers", "ledger "] {
        assert_eq!(Source::from_name(name), None, "{name:?}");
    }
}
