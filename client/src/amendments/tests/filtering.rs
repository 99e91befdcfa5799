//! Which trades of a day a filter takes, and what is refused of it.

use super::*;
use counterfoil_primitives::amendment::{Span, MAX_SPANS};

#[test]
fn a_filter_takes_what_fulfils_all_its_conditions() {
    let filter = Filter {
        client: Some(1),
        sequences: Some(3..=9),
        before: Some(8),
        ..Filter::default()
    };
    assert_eq!(filter.positions_of(&turns(20)), [4, 6]);
    assert!(!filter.is_open() && Filter::default().is_open());
}

#[test]
fn each_condition_of_a_filter_counts() {
    let asked = trade(1, 7);
    let given = Filter {
        client: Some(1),
        sequences: Some(7..=7),
        references: [asked.reference].into(),
        user: Some(asked.user),
        product: Some(1),
        kind: Some(Kind::Payment),
        gross: Some(107),
        from: Some(7),
        before: Some(8),
        positions: vec![Span { first: 2, last: 4 }],
    };
    assert!(given.takes(3, &asked));
    assert!(!given.takes(5, &asked));
    for other in [
        Trade {
            id: TradeId {
                client: 2,
                ..asked.id
            },
            ..asked
        },
        Trade {
            id: TradeId {
                sequence: 8,
                ..asked.id
            },
            ..asked
        },
        Trade {
            reference: Reference([1; 16]),
            ..asked
        },
        Trade {
            user: UserId([9; 16]),
            ..asked
        },
        Trade {
            product: 2,
            ..asked
        },
        Trade {
            kind: Kind::Refund,
            ..asked
        },
        Trade { gross: 1, ..asked },
        Trade {
            occurred_at: 6,
            ..asked
        },
        Trade {
            occurred_at: 8,
            ..asked
        },
    ] {
        assert!(!given.takes(3, &other), "{other:?}");
    }
}

#[test]
fn a_filter_that_takes_nothing_is_refused() {
    let filter = Filter {
        client: Some(9),
        ..Filter::default()
    };
    let error = cancellations(DAY, &turns(4), &filter)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("2026-11-23") && error.contains("of 4"),
        "{error}"
    );
}

#[test]
fn a_reference_that_no_trade_carries_is_told() {
    let references = [1, 99].map(|of| Reference([of; 16]));
    let named = |references: &[Reference], client| Filter {
        client,
        references: references.iter().copied().collect(),
        ..Filter::default()
    };
    let error = |filter: &Filter| {
        let refused = cancellations(DAY, &turns(4), filter).unwrap_err();
        refused.to_string()
    };
    let told = error(&named(&references, None));
    assert!(told.contains("of 2 named references, 1 are"), "{told}");
    let missing = crate::text::reference_text(&references[1]);
    assert!(told.contains(&missing), "{told}");
    // The trade of another client carries it.
    let both = [Reference([1; 16]), Reference([2; 16])];
    let told = error(&named(&both, Some(1)));
    assert!(told.contains("of 2 named references, 1 are"), "{told}");
    assert!(cancellations(DAY, &turns(4), &named(&both, None)).is_ok());
}

#[test]
fn a_position_behind_the_last_trade_is_refused() {
    let on = |last| Filter {
        positions: vec![Span { first: 2, last }],
        ..Filter::default()
    };
    assert!(cancellations(DAY, &turns(4), &on(3)).is_ok());
    let refused = cancellations(DAY, &turns(4), &on(4)).unwrap_err();
    let told = refused.to_string();
    assert!(told.contains("position 4 is behind"), "{told}");
    assert!(told.contains("on position 3"), "{told}");
}

#[test]
fn of_several_cancellations_the_last_positions_go_first() {
    let filter = Filter {
        client: Some(1),
        ..Filter::default()
    };
    let trades = turns(u64::from(2 * MAX_SPANS + 4));
    let contents = cancellations(DAY, &trades, &filter).unwrap();
    let ends: Vec<u32> = contents.iter().map(Content::start).collect();
    assert_eq!(ends.len(), 2);
    assert!(ends[0] > ends[1], "{ends:?}");
}
