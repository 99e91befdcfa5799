//! What a proposal wants to be booked.

use super::*;
use counterfoil_primitives::{
    amendment::{Content, Correction, FallenOut, Ground, MissingPayment, MAX_CORRECTIONS},
    BusinessDay,
};

const DAY: BusinessDay = BusinessDay(20_000);

fn correction(position: u32) -> Correction {
    let trade = trade();
    Correction {
        position,
        user: trade.user,
        product: trade.product,
        gross: trade.gross,
        occurred_at: trade.occurred_at,
    }
}

fn missing() -> MissingPayment {
    let trade = trade();
    MissingPayment {
        client: trade.id.client,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        gross: trade.gross,
        occurred_at: trade.occurred_at,
    }
}

fn replace(corrections: Vec<Correction>) -> Content {
    Content::Replace {
        day: DAY,
        corrections: corrections.try_into().expect("there is room for them"),
    }
}

fn supplement(payments: Vec<MissingPayment>) -> Content {
    Content::Supplement {
        payments: payments.try_into().expect("there is room for them"),
    }
}

fn cancel(selection: Selection) -> Content {
    Content::Cancel {
        day: DAY,
        selection,
    }
}

#[test]
fn a_cancellation_is_valid_as_its_selection_is() {
    assert!(cancel(positions(&[(0, 9)])).is_valid());
    assert!(!cancel(positions(&[(9, 0)])).is_valid());
    assert!(!cancel(positions(&[])).is_valid());
}

#[test]
fn corrections_are_valid_by_ascending_positions() {
    let of = |positions: &[u32]| replace(positions.iter().copied().map(correction).collect());
    assert!(of(&[0]).is_valid());
    assert!(of(&[0, 1, 7]).is_valid());
    for positions in [&[][..], &[1, 1], &[7, 1]] {
        assert!(!of(positions).is_valid(), "{positions:?}");
    }
}

#[test]
fn corrections_are_on_as_many_pages_as_may_be() {
    let on_pages = |count| {
        replace(
            (0..count)
                .map(|page| correction(page * PAGE_SIZE))
                .collect(),
        )
    };
    assert!(on_pages(MAX_PAGES).is_valid());
    assert!(!on_pages(MAX_PAGES + 1).is_valid());
}

#[test]
fn a_gross_amount_of_zero_is_never_valid() {
    let to_nothing = Correction {
        gross: 0,
        ..correction(1)
    };
    assert!(!replace(vec![correction(0), to_nothing]).is_valid());
    let of_nothing = MissingPayment {
        gross: 0,
        ..missing()
    };
    assert!(!supplement(vec![missing(), of_nothing]).is_valid());
}

#[test]
fn payments_that_were_never_recorded_are_valid_in_any_order() {
    assert!(supplement(vec![missing(), missing()]).is_valid());
    assert!(!supplement(vec![]).is_valid());
}

#[test]
fn only_what_names_trades_has_a_day_and_a_selection() {
    let selection = positions(&[(3, 5)]);
    let cancellation = cancel(selection.clone());
    assert_eq!(cancellation.day(), Some(DAY));
    assert_eq!(cancellation.selection(), Some(selection));
    let corrected = replace(vec![correction(3)]);
    assert_eq!(corrected.day(), Some(DAY));
    let supplement = supplement(vec![missing()]);
    assert_eq!((supplement.day(), supplement.selection()), (None, None));
}

#[test]
fn corrections_that_follow_each_other_make_one_span() {
    let corrections = [0, 1, 2, 5, 7, 8].map(correction).to_vec();
    let expected = positions(&[(0, 2), (5, 5), (7, 8)]);
    assert_eq!(replace(corrections).selection(), Some(expected));
}

#[test]
fn as_many_corrections_as_may_be_are_all_selected() {
    let corrections = (0..MAX_CORRECTIONS)
        .map(|index| correction(index * 2))
        .collect();
    let selection = replace(corrections).selection().expect("it names trades");
    for index in 0..MAX_CORRECTIONS {
        assert!(selection.names(index * 2, &trade()));
        assert!(!selection.names(index * 2 + 1, &trade()));
    }
}

#[test]
fn a_cancellation_begins_behind_its_last_position_and_the_others_at_their_first() {
    assert_eq!(cancel(positions(&[(0, 3), (7, 9)])).start(), 10);
    assert_eq!(cancel(sequences(1, 2)).start(), 768);
    assert_eq!(replace(vec![correction(7)]).start(), 0);
    assert_eq!(supplement(vec![missing()]).start(), 0);
}

#[test]
fn a_content_comes_back_as_it_was_encoded() {
    use codec::{Decode, Encode};
    for content in [
        cancel(positions(&[(0, 3), (7, 9)])),
        cancel(sequences(1, 2)),
        replace(vec![correction(7)]),
        supplement(vec![missing()]),
    ] {
        let encoded = content.encode();
        assert_eq!(Content::decode(&mut &encoded[..]), Ok(content));
    }
}

#[test]
fn each_ground_and_each_reason_has_a_name_of_its_own() {
    let grounds = Ground::ALL.map(Ground::name);
    assert_eq!(BTreeSet::from(grounds).len(), grounds.len());
    for ground in Ground::ALL {
        assert_eq!(Ground::from_name(ground.name()), Some(ground));
    }
    assert_eq!(Ground::from_name("paid_thrice"), None);
    let reasons = FallenOut::ALL.map(FallenOut::name);
    assert_eq!(BTreeSet::from(reasons).len(), reasons.len());
}
