//! The check of storage finds each kind of damage to refunds.

use super::*;
use crate::{tests::consistency::verdict_after, Pages};
use counterfoil_primitives::{Sequence, Trade, TradeId};

/// What the check says after `damage` to a day of a payment whose fee is kept, another payment, two
/// refunds of the first and one of the second.
fn verdict(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    build_and_execute(|| {
        record(vec![
            priced(0, FEE_KEPT, 10_000, at(0, 10, 0)),
            priced(1, PRODUCT, 10_000, at(0, 10, 0)),
        ]);
        give_back(vec![
            refund_after(2, (FIRST, 0), 0, 1_000, eleven()),
            refund_after(3, (FIRST, 0), 1_000, 500, eleven()),
            refund_after(4, (FIRST, 1), 0, 1_000, eleven()),
        ]);
        assert_eq!(stored(FIRST).len(), 5);
        found = verdict_after(damage);
    });
    found
}

/// The first refund of the first payment.
const REFUND: (u32, BusinessDay, u32) = (AGREEMENT, FIRST, 2);
/// The second one.
const SECOND: (u32, BusinessDay, u32) = (AGREEMENT, FIRST, 3);

/// What the check says once a refund's link was changed.
fn verdict_of_link(key: (u32, BusinessDay, u32), change: impl FnOnce(&mut Link)) -> &'static str {
    verdict(|| {
        Links::<Test>::mutate(key, |link| {
            change(link.as_mut().expect("the link is there"))
        });
    })
}

/// What the check says once the trades of the day were changed.
fn verdict_of_trades(change: impl FnOnce(&mut [Trade])) -> &'static str {
    verdict(|| Pages::<Test>::mutate((AGREEMENT, FIRST, 0), |page| change(&mut page[..])))
}

const NOT_OF_ITS_PAYMENT: &str = "a refund does not agree with its payment";

#[test]
fn undamaged_refunds_pass() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn a_refund_without_a_link_is_found() {
    let found = verdict(|| Links::<Test>::remove(REFUND));
    assert_eq!(found, "the links are not those of the refunds");
}

#[test]
fn a_link_at_no_refund_is_found() {
    let found = verdict(|| {
        let link = Links::<Test>::get(REFUND).unwrap();
        Links::<Test>::insert((AGREEMENT, FIRST, 0), link);
    });
    assert_eq!(found, "the links are not those of the refunds");
}

#[test]
fn a_link_to_no_trade_is_found() {
    for (day, position) in [(FIRST, 5), (day(1), 0)] {
        let found = verdict_of_link(REFUND, |link| {
            link.original.day = day;
            link.original.position = position;
        });
        assert_eq!(found, "a refund's payment is not where its link says");
    }
}

#[test]
fn a_link_to_another_trade_is_found() {
    let id = |sequence: Sequence| TradeId {
        client: CLIENT,
        sequence,
    };
    let other_id = verdict_of_link(REFUND, |link| link.original.id = id(1));
    let other_price = verdict_of_link(REFUND, |link| link.paid += 1);
    let a_refund = verdict_of_link(SECOND, |link| {
        link.original.id = id(2);
        link.original.position = 2;
        link.paid = 1_000;
    });
    assert_eq!([other_id, other_price, a_refund], [NOT_OF_ITS_PAYMENT; 3]);
}

#[test]
fn a_refund_that_is_not_of_its_payment_is_found() {
    let changes: [fn(&mut Trade); 4] = [
        |refund| refund.product = PRODUCT,
        |refund| refund.user.0[0] += 1,
        |refund| refund.terms_version = 1,
        |refund| refund.occurred_at = at(0, 10, 0) - 1,
    ];
    for change in changes {
        let found = verdict_of_trades(|trades| change(&mut trades[2]));
        assert_eq!(found, NOT_OF_ITS_PAYMENT);
    }
}

#[test]
fn amounts_against_a_refunds_link_are_found() {
    let found = verdict_of_trades(|trades| {
        trades[2].debit += 1;
        trades[3].debit -= 1;
    });
    assert_eq!(found, "a refund's amounts do not follow from its link");
}

#[test]
fn more_given_back_than_was_paid_is_found() {
    let found = verdict_of_link(SECOND, |link| link.refunded_before = 9_501);
    assert_eq!(found, "more is given back than was paid");
}

#[test]
fn refunds_that_do_not_follow_each_other_are_found() {
    for before in [0, 999, 1_001, 9_500] {
        let found = verdict_of_link(SECOND, |link| link.refunded_before = before);
        assert_eq!(found, "a payment's refunds do not follow each other");
    }
}

#[test]
fn a_wrong_sum_given_back_is_found() {
    let wrong: [fn(); 3] = [
        || Refunded::<Test>::insert((AGREEMENT, FIRST, 0), 1_501),
        || Refunded::<Test>::remove((AGREEMENT, FIRST, 1)),
        || Refunded::<Test>::insert((AGREEMENT, FIRST, 5), 1),
    ];
    for damage in wrong {
        assert_eq!(
            verdict(damage),
            "what is given back of a payment is not the sum of its refunds"
        );
    }
}

#[test]
fn a_refund_that_was_put_back_by_nothing_is_found() {
    let found = verdict(|| Refunded::<Test>::insert(SECOND, 500));
    assert_eq!(
        found,
        "what amendments put back is not what refunds gave back"
    );
}
