//! The check of storage finds each kind of damage to what amendments booked.

use super::*;
use crate::{tests::consistency::verdict_after, AmendmentTrades, Pages};
use counterfoil_primitives::{AgreementId, BusinessDay};

/// What the check says after `damage` to a day of four payments and a refund of the first. Amendments put
/// the refund back, cancelled the second, replaced the third, cancelled the fourth, and recorded one that
/// was missing.
fn verdict(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    build_and_execute(|| {
        record(trades(0..4));
        give(4, 1_000);
        book(&[cancel(4), cancel(1), replace(right(2)), cancel(3)]);
        supplement(7);
        assert_eq!(stored(FIRST).len(), 11);
        found = verdict_after(damage);
    });
    found
}

/// Where a trade of the first day is.
const fn at_position(position: u32) -> (AgreementId, BusinessDay, u32) {
    (AGREEMENT, FIRST, position)
}

/// The refund that was put back.
const PUT_BACK: u32 = 4;
/// The cancellation of the second payment.
const CANCELLATION: u32 = 6;
/// The payment that states the third right.
const REPLACEMENT: u32 = 8;
/// The payment that was missing.
const SUPPLEMENT: u32 = 10;

/// What the check says once a link was changed.
fn verdict_of_link(position: u32, change: impl FnOnce(&mut Link)) -> &'static str {
    verdict(|| {
        Links::<Test>::mutate(at_position(position), |link| {
            change(link.as_mut().expect("the link is there"))
        });
    })
}

/// What the check says once it is said otherwise where the supplement is.
fn verdict_of_supplement(supplement: Option<Supplement>) -> &'static str {
    verdict(|| {
        let key = (AGREEMENT, CLIENT, missing(7).reference);
        Supplements::<Test>::set(key, supplement);
    })
}

#[test]
fn undamaged_amendments_pass() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn a_wrong_count_of_amendments_trades_is_found() {
    for count in [5u64, 7] {
        let found = verdict(|| AmendmentTrades::<Test>::put(count));
        assert_eq!(
            found,
            "amendments' trades are not numbered one after the other"
        );
    }
}

#[test]
fn a_payment_without_its_client_and_a_client_without_a_payment_are_found() {
    let wrong: [fn(); 3] = [
        || BookedFor::<Test>::remove(at_position(REPLACEMENT)),
        || BookedFor::<Test>::insert(at_position(CANCELLATION), CLIENT),
        || BookedFor::<Test>::insert(at_position(0), CLIENT),
    ];
    for damage in wrong {
        assert_eq!(
            verdict(damage),
            "the clients of amendments' payments are not those of such payments"
        );
    }
}

#[test]
fn a_supplement_that_is_elsewhere_is_found() {
    let recorded = |position| Supplement::Recorded {
        day: FIRST,
        position,
    };
    let elsewhere = [0, REPLACEMENT, 11].map(|at| verdict_of_supplement(Some(recorded(at))));
    let of_another = verdict(|| BookedFor::<Test>::insert(at_position(SUPPLEMENT), OTHER_CLIENT));
    let expected = "a supplemented payment is not where it is said to be";
    assert_eq!((elsewhere, of_another), ([expected; 3], expected));
}

#[test]
fn a_supplement_that_nothing_names_is_found() {
    for known in [None, Some(Supplement::Proposed)] {
        assert_eq!(
            verdict_of_supplement(known),
            "a supplemented payment is not found by its reference"
        );
    }
}

#[test]
fn a_refund_that_is_not_said_to_be_put_back_is_found() {
    let found = verdict(|| Refunded::<Test>::remove(at_position(PUT_BACK)));
    assert_eq!(
        found,
        "what amendments put back is not what refunds gave back"
    );
}

#[test]
fn a_refund_that_was_put_back_in_part_is_found() {
    let found = verdict(|| Refunded::<Test>::insert(at_position(PUT_BACK), 999));
    assert_eq!(
        found,
        "what is given back of a payment is not the sum of its refunds"
    );
}

#[test]
fn a_replacement_of_which_more_is_given_back_than_its_refunds_is_found() {
    let found = verdict(|| Refunded::<Test>::insert(at_position(REPLACEMENT), 1));
    assert_eq!(
        found,
        "what is given back of a payment is not the sum of its refunds"
    );
}

#[test]
fn a_cancellation_of_less_than_was_left_is_found() {
    let found = verdict(|| {
        Pages::<Test>::mutate((AGREEMENT, FIRST, 0), |page| {
            page[CANCELLATION as usize].gross -= 1;
            page[9].gross += 1;
        });
    });
    assert_eq!(
        found,
        "an amendment's trade is not of all that was left of its payment"
    );
}

#[test]
fn a_replacement_without_its_cancellation_is_found() {
    let found = verdict_of_link(REPLACEMENT, |link| link.original = original(0));
    assert_eq!(
        found,
        "a replacement does not follow the cancellation of its payment"
    );
}

#[test]
fn a_cancellation_that_says_it_is_a_refund_is_found() {
    let expected = "the links are not those of the refunds";
    let refund = verdict_of_link(CANCELLATION, |link| link.relation = Relation::Refund);
    let unlinked = verdict(|| Links::<Test>::remove(at_position(CANCELLATION)));
    assert_eq!([refund, unlinked], [expected; 2]);
}

#[test]
fn what_puts_back_what_itself_puts_back_is_found() {
    // It says that it takes back the payment that put the refund back.
    let found = verdict_of_link(CANCELLATION, |link| {
        link.original = original(5);
        link.paid = 1_000;
    });
    assert_eq!(found, "a refund does not agree with its payment");
}
