//! Each kind of break is found, named and corrected.

use super::*;
use crate::{Event, SlotBreak};

/// The cause that the chain names when the bank's third entry is changed so.
fn cause_of(change: impl FnOnce(&mut Entry)) -> Cause {
    let mut cause = None;
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        change(book.slots[2].as_mut().unwrap());
        cause = Some(cause_in(&book));
    });
    cause.unwrap()
}

/// The cause of the one break of a book of the bank.
fn cause_in(book: &Book) -> Cause {
    commit(CREDIT, book);
    report_whole(CREDIT, &report_of(CREDIT, book));
    let slots = slot_breaks(CREDIT);
    let extras = Reconciliation::extra_breaks(CREDIT);
    let mut causes: Vec<Cause> = slots.into_iter().map(|(_, cause)| cause).collect();
    causes.extend(extras.into_iter().map(|(_, cause)| cause));
    assert_eq!(causes.len(), 1);
    causes[0]
}

#[test]
fn an_empty_slot_is_missing() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        book.slots[2] = None;
        assert_eq!(cause_in(&book), Cause::Missing);
    });
}

#[test]
fn another_trade_id_is_named() {
    assert_eq!(cause_of(|entry| entry.id.sequence = 99), Cause::WrongId);
}

#[test]
fn another_reference_is_named() {
    assert_eq!(
        cause_of(|entry| entry.reference.0[0] ^= 1),
        Cause::WrongReference
    );
}

#[test]
fn another_user_is_named() {
    assert_eq!(cause_of(|entry| entry.user.0[0] ^= 1), Cause::WrongUser);
}

#[test]
fn another_product_is_named() {
    assert_eq!(cause_of(|entry| entry.product = 2), Cause::WrongProduct);
}

#[test]
fn another_time_is_named() {
    assert_eq!(cause_of(|entry| entry.occurred_at += 1), Cause::WrongTime);
}

#[test]
fn the_gross_amount_is_named() {
    assert_eq!(
        cause_of(|entry| entry.amount = trade(2).gross),
        Cause::GrossBooked
    );
}

#[test]
fn the_other_sides_amount_is_named() {
    assert_eq!(
        cause_of(|entry| entry.amount = trade(2).debit),
        Cause::OtherSide
    );
}

#[test]
fn an_amount_by_older_terms_is_named() {
    assert_eq!(
        cause_of(|entry| entry.amount = trade(2).gross / 100),
        Cause::OlderTerms
    );
}

#[test]
fn an_amount_off_by_a_hundred_is_named() {
    assert_eq!(cause_of(|entry| entry.amount *= 100), Cause::UnitScale);
}

#[test]
fn an_amount_off_by_one_is_named() {
    assert_eq!(
        cause_of(|entry| entry.amount += 1),
        Cause::RoundingDifference
    );
}

#[test]
fn any_other_amount_is_named() {
    assert_eq!(cause_of(|entry| entry.amount += 5), Cause::OtherAmount);
}

#[test]
fn an_entry_twice_is_a_duplicate() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        book.extras = vec![trade(2).entry(Side::Credit)];
        assert_eq!(cause_in(&book), Cause::Duplicate);
    });
}

#[test]
fn an_entry_of_another_day_is_named() {
    at_preset(5, || {
        world(|world| {
            world
                .trades
                .insert(BusinessDay(DAY.0 + 1), vec![trade(50), trade(51)]);
        });
        let mut book = chain_book(CREDIT);
        book.extras = vec![trade(51).entry(Side::Credit)];
        assert_eq!(cause_in(&book), Cause::OtherDay);
    });
}

#[test]
fn an_entry_without_id_is_witnessed_by_all_else() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        let mut extra = trade(2).entry(Side::Credit);
        extra.id = TradeId::default();
        book.extras = vec![extra];
        assert_eq!(cause_in(&book), Cause::Duplicate);
    });
}

#[test]
fn an_entry_without_id_and_witness_is_not_matched() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        let mut extra = unknown(1);
        extra.id = TradeId::default();
        extra.amount += 1;
        book.extras = vec![extra];
        assert_eq!(cause_in(&book), Cause::NotMatched);
    });
}

#[test]
fn an_entry_with_an_unused_sequence_is_not_on_chain() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        book.extras = vec![unknown(1)];
        assert_eq!(cause_in(&book), Cause::NotOnChain);
    });
}

#[test]
fn an_entry_with_a_used_sequence_but_other_content_is_not_matched() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        let mut extra = trade(2).entry(Side::Credit);
        extra.amount += 1;
        book.extras = vec![extra];
        assert_eq!(cause_in(&book), Cause::NotMatched);
    });
}

#[test]
fn a_correction_holds_what_was_found_and_what_is_right() {
    at_preset(5, || {
        let mut book = chain_book(CREDIT);
        let mut wrong = trade(2).entry(Side::Credit);
        wrong.amount = trade(2).gross;
        book.slots[2] = Some(wrong);
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        let right = trade(2).entry(Side::Credit);
        assert_eq!(
            Reconciliation::proven_slot_breaks(CREDIT),
            vec![SlotBreak {
                position: 2,
                cause: Cause::GrossBooked,
                found: Some(wrong),
                right,
            }]
        );
        assert!(events().contains(&Event::Corrected {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            position: 2,
            cause: Cause::GrossBooked,
            found: Some(wrong),
            right,
        }));
    });
}

#[test]
fn equal_extras_are_told_apart_by_their_index() {
    at_preset(5, || {
        let twice = trade(2).entry(Side::Credit);
        let mut book = chain_book(CREDIT);
        book.extras = vec![twice, twice];
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        let told: Vec<_> = events()
            .into_iter()
            .filter_map(|event| match event {
                Event::ExtraFound {
                    index, entry, date, ..
                } => Some((index, entry, date.to_string())),
                _ => None,
            })
            .collect();
        let date = || "2024-10-04".to_string();
        assert_eq!(told, vec![(0, twice, date()), (1, twice, date())]);
    });
}

#[test]
fn the_right_amount_is_derived_again_from_the_terms() {
    at_preset(5, || {
        let derived = 7 * trade(2).gross / 1_000;
        let mut book = chain_book(CREDIT);
        book.slots[2] = None;
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        world(|world| world.terms[1].credit.rate_ppm = 7_000);
        let checked = crate::breaks::of_slots::<Test>(
            CREDIT,
            0,
            &MockWorld::page(AGREEMENT, DAY, 0),
            &report.slots[0].1,
        );
        assert_eq!(checked[0].right.amount, derived);
    });
}
