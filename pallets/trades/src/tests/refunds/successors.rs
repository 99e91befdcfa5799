//! Refunds by successors of the clients that recorded the payments.

use super::*;
use crate::Error;
use counterfoil_primitives::MemberId;
use sp_runtime::DispatchError;

/// A payment of [`CLIENT`], the first trade of the first day, and [`OTHER_CLIENT`] as its successor.
fn with_successor(test: impl FnOnce()) {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        succeed(CLIENT, Some(OTHER_CLIENT));
        test();
    });
}

/// A refund of the payment, as it stands.
fn part(sequence: u64, gross: Amount) -> RefundRequest {
    refund_of(sequence, (FIRST, 0), gross, eleven())
}

/// Why a call of one refund by `client` fails as a whole.
fn failure(client: MemberId, refund: RefundRequest) -> DispatchError {
    let refunds = vec![refund].try_into().unwrap();
    let failed = Trades::refund(signed(client), AGREEMENT, refunds);
    failed.expect_err("it is refused").error
}

fn admit(clients: &[MemberId]) {
    let root = RuntimeOrigin::root();
    Registry::set_clients(root, AGREEMENT, clients.to_vec()).unwrap();
}

#[test]
fn a_successor_gives_back_from_what_the_client_before_it_recorded() {
    with_successor(|| {
        let refund = part(1, 4_000);
        assert_eq!(refund_outcome_of(OTHER_CLIENT, refund), Ok(()));
        assert_eq!(stored(FIRST)[1], refund.into_trade(OTHER_CLIENT, 0));
        let original = link((FIRST, 1)).map(|link| link.original.id.client);
        assert_eq!(original, Some(CLIENT));
        assert_eq!(refunded((FIRST, 0)), 4_000);
    });
}

#[test]
fn a_client_without_a_successor_is_alone_with_its_payments() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let of_another = Err(Refusal::OriginalOfAnotherClient);
        assert_eq!(refund_outcome_of(OTHER_CLIENT, part(1, 4_000)), of_another);
    });
}

#[test]
fn a_client_and_its_successor_together_give_back_no_more_than_was_paid() {
    with_successor(|| {
        let stale = part(1, 4_000);
        assert_eq!(refund_outcome(part(1, 7_000)), Ok(()));
        let meanwhile = Err(Refusal::RefundedMeanwhile);
        assert_eq!(refund_outcome_of(OTHER_CLIENT, stale), meanwhile);
        let too_much = refund_outcome_of(OTHER_CLIENT, part(1, 3_001));
        assert_eq!(too_much, Err(Refusal::MoreThanLeft));
        assert_eq!(refund_outcome_of(OTHER_CLIENT, part(1, 3_000)), Ok(()));
        assert_eq!(refund_outcome(part(2, 1)), Err(Refusal::MoreThanLeft));
    });
}

#[test]
fn a_client_gives_nothing_back_from_what_its_successor_records() {
    with_successor(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        let of_successor = refund_of(1, (FIRST, 1), 500, eleven());
        let refused = Err(Refusal::OriginalOfAnotherClient);
        assert_eq!(refund_outcome(of_successor), refused);
    });
}

#[test]
fn the_successor_of_a_successor_gives_back_from_what_that_one_recorded_alone() {
    with_successor(|| {
        admit(&[CLIENT, OTHER_CLIENT, STRANGER]);
        record_by(OTHER_CLIENT, vec![trade(0)]);
        succeed(OTHER_CLIENT, Some(STRANGER));
        let refused = Err(Refusal::OriginalOfAnotherClient);
        assert_eq!(refund_outcome_of(STRANGER, part(1, 500)), refused);
        let of_second = refund_of(1, (FIRST, 1), 500, eleven());
        assert_eq!(refund_outcome_of(STRANGER, of_second), Ok(()));
        // The council names it for the first client, too.
        succeed(CLIENT, Some(STRANGER));
        assert_eq!(refund_outcome_of(STRANGER, part(2, 500)), Ok(()));
    });
}

#[test]
fn a_client_that_is_no_successor_any_more_gives_nothing_back() {
    with_successor(|| {
        assert_eq!(refund_outcome_of(OTHER_CLIENT, part(1, 500)), Ok(()));
        succeed(CLIENT, None);
        let refused = Err(Refusal::OriginalOfAnotherClient);
        assert_eq!(refund_outcome_of(OTHER_CLIENT, part(2, 500)), refused);
        assert_eq!(refund_outcome(part(1, 500)), Ok(()));
    });
}

#[test]
fn a_successor_gives_back_once_the_agreement_does_not_admit_the_client_any_more() {
    with_successor(|| {
        admit(&[OTHER_CLIENT]);
        let not_admitted = Error::<Test>::NotAdmitted;
        assert_eq!(failure(CLIENT, part(1, 500)), not_admitted.into());
        assert_eq!(refund_outcome_of(OTHER_CLIENT, part(1, 500)), Ok(()));
    });
}

#[test]
fn a_successor_that_may_not_record_gives_nothing_back() {
    with_successor(|| {
        suspend(OTHER_CLIENT);
        let suspended = Error::<Test>::ClientSuspended;
        assert_eq!(failure(OTHER_CLIENT, part(1, 500)), suspended.into());
        admit(&[CLIENT]);
        let not_admitted = Error::<Test>::NotAdmitted;
        assert_eq!(failure(OTHER_CLIENT, part(1, 500)), not_admitted.into());
    });
}

#[test]
fn a_refund_counts_towards_the_limits_of_the_successor_that_gives_it() {
    with_successor(|| {
        limit_clients(1, 1_000_000, 1_000_000);
        set_time(at(1, 12, 0));
        let refund = refund_of(1, (FIRST, 0), 4_000, at(1, 11, 0));
        assert_eq!(refund_outcome_of(OTHER_CLIENT, refund), Ok(()));
        assert_eq!(kept(OTHER_CLIENT), [(1, 0, refund.credit)]);
        assert!(kept(CLIENT).is_empty());
    });
}

#[test]
fn a_batch_gives_back_from_payments_of_the_successor_and_of_the_client_before_it() {
    with_successor(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        let own = refund_of(2, (FIRST, 1), 500, eleven());
        let refunds = vec![part(1, 500), own].try_into().unwrap();
        let given = Trades::refund(signed(OTHER_CLIENT), AGREEMENT, refunds);
        assert!(given.is_ok());
        assert_eq!([refunded((FIRST, 0)), refunded((FIRST, 1))], [500, 500]);
    });
}
