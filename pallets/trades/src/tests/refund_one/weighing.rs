//! What a written refund is charged before and after it is given.

use super::*;
use crate::{client_credits::Counted, weighing};
use counterfoil_primitives::Kind;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

/// What a written refund is charged before it is given.
fn charged() -> Weight {
    call(FORM).get_dispatch_info().call_weight
}

/// What a good refund turned out to weigh.
fn weight(form: Form<'_>) -> Weight {
    let given = refund_one(signed(CLIENT), form).expect("it is good");
    given.actual_weight.expect("it is told")
}

#[test]
fn a_written_refund_that_is_refused_costs_what_it_did() {
    with_payment(PRODUCT, || {
        let cost = |form| {
            let failed = refund_one(signed(CLIENT), form).expect_err("it is refused");
            failed.post_info.actual_weight.expect("it is told")
        };
        let unread = cost(Form {
            amount: "5,00",
            ..FORM
        });
        let too_much = cost(Form {
            amount: "100.01",
            ..FORM
        });
        let unknown = cost(Form {
            agreement: 99,
            ..FORM
        });
        assert_eq!(unread, too_much);
        assert!(unread.ref_time() < charged().ref_time());
        assert!(unknown.ref_time() < unread.ref_time());
    });
}

#[test]
fn a_written_refund_is_charged_more_than_a_written_payment() {
    let of = |kind| weighing::by_hand::<Test>(kind, 0, 0, Counted::default()).ref_time();
    assert!(of(Kind::Payment) < of(Kind::Refund));
}

#[test]
fn a_written_refund_that_fills_a_page_is_charged_for_its_roots() {
    build_and_execute(|| {
        record(trades(1..255));
        let before = weight(FORM);
        let filling = weight(Form {
            original: original(CLIENT, 2, 1),
            reference: "B-2",
            ..FORM
        });
        assert_eq!(filling, before + weighing::full_page::<Test>());
        // The call is charged beforehand for a client that goes beyond a limit, and for another client's
        // payment.
        let limits = weighing::credits::<Test>(Counted::MAX_OF_ONE);
        assert_eq!(filling + limits + weighing::lookups::<Test>(1), charged());
    });
}

#[test]
fn a_written_refund_of_another_clients_payment_is_charged_for_the_lookup() {
    build_and_execute(|| {
        record(vec![trade(1)]);
        record_by(OTHER_CLIENT, vec![trade(1)]);
        succeed(OTHER_CLIENT, Some(CLIENT));
        let own = weight(FORM);
        let other = weight(Form {
            original: original(OTHER_CLIENT, 1, 1),
            reference: "B-2",
            ..FORM
        });
        assert_eq!(other, own + weighing::lookups::<Test>(1));
    });
}

#[test]
fn a_written_refund_that_goes_beyond_a_limit_is_charged_for_it() {
    with_payment(PRODUCT, || {
        limit_clients(1, 1_000_000, 491);
        set_time(at(1, 12, 0));
        let weight = weight(Form { time: None, ..FORM });
        let unused = weighing::full_page::<Test>() + weighing::lookups::<Test>(1);
        assert_eq!(weight, charged() - unused);
        assert!(is_over(1));
        assert_eq!(kept(CLIENT), [(1, 0, 492)]);
    });
}
