//! What may be proposed, by whom, and for how long.

use crate::{mock::*, Contents, Error, Event, Waiting};
use counterfoil_primitives::{
    amendment::{Ground, Standing},
    day::DAY,
    BusinessDay, DayTotals, MAX_GROSS,
};
use frame_support::assert_ok;
use sp_core::H256;
use sp_runtime::DispatchError;

/// A test with ten payments of [`CLIENT`] on the first day.
fn with_payments(test: impl FnOnce()) {
    build_and_execute(|| {
        record(CLIENT, 0..10);
        test();
    });
}

#[test]
fn bank_company_and_client_propose() {
    with_payments(|| {
        for (position, member) in [BANK, COMPANY, CLIENT].into_iter().enumerate() {
            let position = position as u32;
            assert_ok!(propose(member, cancel(&[(position, position)])));
        }
        assert_eq!(Waiting::<Test>::get(AGREEMENT).into_inner(), [1, 2, 3]);
    });
}

#[test]
fn a_proposal_is_told_with_its_fingerprint_and_its_time() {
    with_payments(|| {
        System::reset_events();
        let number = put_up(CLIENT, cancel(&[(0, 3), (5, 5)]));
        let proposal = proposal(number);
        let told = Event::<Test>::Proposed {
            agreement: AGREEMENT,
            number,
            proposer: CLIENT,
            ground: Ground::WrongFile,
            fingerprint: proposal.fingerprint,
            trades: 5,
            answer_until: at(0, 12, 0) + u64::from(ANSWER_DAYS) * DAY,
        };
        assert_eq!(events(), [told]);
        assert_eq!(proposal.standing, Standing::Open);
    });
}

#[test]
fn an_unknown_agreement_is_refused() {
    with_payments(|| {
        let (ground, content) = (Ground::Other, cancel(&[(0, 0)]));
        let stated = DayTotals::default();
        let call = Amendments::propose(signed(BANK), 99, ground, H256::zero(), content, stated);
        assert_eq!(without_weight(call), error(Error::UnknownAgreement));
    });
}

#[test]
fn who_is_no_party_and_no_client_is_refused() {
    with_payments(|| {
        for member in [RECONCILER, STRANGER] {
            assert_eq!(
                propose(member, cancel(&[(0, 0)])),
                error(Error::NotEntitled)
            );
        }
    });
}

#[test]
fn who_is_no_member_is_refused() {
    with_payments(|| {
        let origin = RuntimeOrigin::signed([9; 32].into());
        let (ground, content) = (Ground::Other, cancel(&[(0, 0)]));
        let stated = stated(&content);
        let call = Amendments::propose(origin, AGREEMENT, ground, H256::zero(), content, stated);
        assert_eq!(without_weight(call), Err(DispatchError::BadOrigin));
    });
}

#[test]
fn what_names_nothing_or_is_out_of_order_is_refused() {
    with_payments(|| {
        for content in [
            cancel(&[]),
            cancel(&[(3, 2)]),
            cancel(&[(4, 5), (0, 1)]),
            cancel_sequences(CLIENT, (5, 4), (0, 0)),
            replace(vec![]),
            replace(vec![right(1, 1), right(0, 1)]),
            replace(vec![right(0, 0)]),
            supplement(vec![]),
            supplement(vec![missing(50, 0)]),
        ] {
            assert_eq!(propose(BANK, content), error(Error::InvalidContent));
        }
    });
}

#[test]
fn more_pages_than_a_proposal_may_read_are_refused() {
    with_payments(|| {
        let too_many = cancel_sequences(CLIENT, (0, 9), (0, 256));
        assert_eq!(propose(BANK, too_many), error(Error::TooManyPages));
        assert_ok!(propose(BANK, cancel_sequences(CLIENT, (0, 9), (0, 255))));
    });
}

#[test]
fn the_day_may_be_the_digits_of_its_date() {
    with_payments(|| {
        let by_digits = |digits| cancel_on(BusinessDay(digits), &[(0, 0)]);
        let totals = totals_of(FIRST, [0]);
        assert_eq!(
            propose_as(BANK, by_digits(20_241_032), totals),
            error(Error::NoSuchDate)
        );
        assert_ok!(propose_as(BANK, by_digits(20_241_004), totals));
        let stored = Contents::<Test>::get(AGREEMENT, 1).unwrap();
        assert_eq!(stored.day(), Some(FIRST));
    });
}

#[test]
fn trades_are_amended_for_as_many_days_as_the_agreement_says() {
    with_payments(|| {
        let last = u32::from(AMEND_DAYS);
        set_time(at(last + 1, 0, 0));
        assert_eq!(propose(BANK, cancel(&[(0, 0)])), error(Error::TooLongAgo));
        set_time(at(last, 23, 59));
        assert_ok!(propose(BANK, cancel(&[(0, 0)])));
    });
}

#[test]
fn a_payment_that_was_never_recorded_is_proposed_for_as_many_days() {
    with_payments(|| {
        let last = u32::from(AMEND_DAYS);
        let content = supplement(vec![missing(50, 1)]);
        set_time(at(last + 1, 0, 0));
        assert_eq!(propose(BANK, content.clone()), error(Error::TooLongAgo));
        set_time(at(last, 23, 59));
        assert_ok!(propose(BANK, content));
    });
}

#[test]
fn days_before_the_first_and_after_today_are_refused() {
    with_payments(|| {
        let on = |day| propose(BANK, cancel_on(day, &[(0, 0)]));
        assert_eq!(on(FIRST.previous()), error(Error::BeforeFirstDay));
        assert_eq!(on(FIRST.next()), error(Error::InFuture));
    });
}

#[test]
fn a_payment_is_neither_before_the_first_day_nor_in_the_future() {
    with_payments(|| {
        let at_time = |occurred_at| {
            let mut payment = missing(50, 1);
            payment.occurred_at = occurred_at;
            propose(BANK, supplement(vec![payment]))
        };
        assert_eq!(at_time(at(0, 0, 0) - 1), error(Error::BeforeFirstDay));
        assert_eq!(at_time(at(0, 12, 1) + 1), error(Error::InFuture));
        assert_ok!(at_time(at(0, 12, 1)));
    });
}

#[test]
fn a_payment_of_tomorrow_is_in_the_future_though_the_clocks_tolerance_reaches_it() {
    with_payments(|| {
        set_time(at(0, 23, 59) + 30_000);
        let mut payment = missing(50, 1);
        payment.occurred_at = at(1, 0, 0);
        assert_eq!(
            propose(BANK, supplement(vec![payment])),
            error(Error::InFuture)
        );
    });
}

#[test]
fn positions_without_a_trade_are_refused() {
    with_payments(|| {
        assert_eq!(
            propose(BANK, cancel(&[(9, 10)])),
            error(Error::NothingThere)
        );
        assert_ok!(propose(BANK, cancel(&[(9, 9)])));
    });
}

#[test]
fn a_correction_without_a_trade_is_refused() {
    with_payments(|| {
        let content = replace(vec![right(10, 1)]);
        assert_eq!(propose(BANK, content), error(Error::NothingThere));
    });
}

#[test]
fn sequences_that_are_not_there_are_refused() {
    with_payments(|| {
        for content in [
            cancel_sequences(CLIENT, (10, 99), (0, 0)),
            cancel_sequences(CLIENT, (0, 9), (1, 3)),
            cancel_sequences(OTHER, (0, 9), (0, 0)),
        ] {
            assert_eq!(propose(BANK, content), error(Error::NothingThere));
        }
    });
}

#[test]
fn a_client_proposes_nothing_of_another_client() {
    with_payments(|| {
        record(OTHER, [0]);
        assert_eq!(
            propose(CLIENT, cancel(&[(9, 10)])),
            error(Error::AnotherClients)
        );
        let mut payment = missing(50, 1);
        payment.client = OTHER;
        assert_eq!(
            propose(CLIENT, supplement(vec![payment])),
            error(Error::AnotherClients)
        );
        assert_ok!(propose(CLIENT, cancel(&[(9, 9)])));
        assert_ok!(propose(OTHER, cancel(&[(10, 10)])));
    });
}

#[test]
fn a_client_proposes_what_was_booked_for_it() {
    with_payments(|| {
        amend(replace(vec![right(0, 5_000)]));
        assert_eq!(
            propose(OTHER, cancel(&[(11, 11)])),
            error(Error::AnotherClients)
        );
        assert_ok!(propose(CLIENT, cancel(&[(11, 11)])));
    });
}

#[test]
fn a_client_names_a_limited_number_of_trades_that_amendments_booked() {
    build_and_execute(|| {
        let payments: Vec<_> = (0..1_000).map(|sequence| missing(sequence, 1)).collect();
        amend(supplement(payments));
        amend(supplement(vec![missing(1_000, 1)]));
        assert_eq!(
            propose(CLIENT, cancel(&[(0, 1_000)])),
            error(Error::TooManyAmended)
        );
        assert_ok!(propose(BANK, cancel(&[(1_000, 1_000)])));
        assert_ok!(propose(CLIENT, cancel(&[(0, 999)])));
    });
}

#[test]
fn a_payment_of_a_client_that_is_not_admitted_is_refused() {
    with_payments(|| {
        let mut payment = missing(50, 1);
        payment.client = STRANGER;
        assert_eq!(
            propose(BANK, supplement(vec![payment])),
            error(Error::NotAdmitted)
        );
    });
}

#[test]
fn payments_that_cannot_be_priced_are_refused() {
    with_payments(|| {
        let mut unknown = missing(50, 1);
        unknown.product = NO_PRODUCT;
        let mut corrected = right(0, 1);
        corrected.product = NO_PRODUCT;
        for content in [supplement(vec![unknown]), replace(vec![corrected])] {
            assert_eq!(propose(BANK, content), error(Error::UnknownProduct));
        }
        for content in [
            supplement(vec![missing(50, MAX_GROSS + 1)]),
            replace(vec![right(0, MAX_GROSS + 1)]),
        ] {
            assert_eq!(propose(BANK, content), error(Error::GrossTooLarge));
        }
        assert_ok!(propose(BANK, replace(vec![right(0, MAX_GROSS)])));
    });
}

#[test]
fn a_refund_is_cancelled_and_not_replaced() {
    with_payments(|| {
        assert_ok!(refund(CLIENT, 10, FIRST, 0, 1_000));
        let content = replace(vec![right(10, 1)]);
        assert_eq!(propose(BANK, content), error(Error::NotAPayment));
        assert_ok!(propose(BANK, cancel(&[(10, 10)])));
    });
}

#[test]
fn other_totals_than_the_chain_counts_are_refused() {
    with_payments(|| {
        let changes: [fn(&mut DayTotals); 4] = [
            |totals| totals.payments.count += 1,
            |totals| totals.payments.gross -= 1,
            |totals| totals.payments.credit += 1,
            |totals| totals.refunds.debit += 1,
        ];
        for content in [
            cancel(&[(0, 3)]),
            replace(vec![right(0, 1)]),
            supplement(vec![missing(50, 1)]),
        ] {
            for change in changes {
                let mut totals = stated(&content);
                change(&mut totals);
                assert_eq!(
                    propose_as(BANK, content.clone(), totals),
                    error(Error::OtherTotals)
                );
            }
            assert_ok!(propose(BANK, content.clone()));
            assert_ok!(withdraw(BANK, Amendments::last_amendment(AGREEMENT)));
        }
    });
}

#[test]
fn what_is_named_by_sequences_is_kept_by_positions() {
    build_and_execute(|| {
        record(CLIENT, 0..3);
        record(OTHER, 0..3);
        record(CLIENT, 3..6);
        let number = put_up(CLIENT, cancel_sequences(CLIENT, (1, 4), (0, 0)));
        let stored = Contents::<Test>::get(AGREEMENT, number);
        assert_eq!(stored, Some(cancel(&[(1, 2), (6, 7)])));
    });
}

#[test]
fn what_is_recorded_after_a_proposal_by_sequences_is_not_cancelled_by_it() {
    build_and_execute(|| {
        record(CLIENT, [0, 2]);
        let number = put_up(CLIENT, cancel_sequences(CLIENT, (0, 9), (0, 9)));
        record(CLIENT, [1]);
        accept(number);
        book_all(number);
        assert_eq!(found(FIRST, 2).refunded, 0);
        assert_eq!(found(FIRST, 0).refunded, GROSS);
        assert_eq!(found(FIRST, 1).refunded, GROSS);
    });
}

#[test]
fn sequences_that_lie_too_scattered_are_refused() {
    build_and_execute(|| {
        for sequence in 0..1_025 {
            record(CLIENT, [sequence]);
            record(OTHER, [sequence]);
        }
        let up_to = |last| propose(CLIENT, cancel_sequences(CLIENT, (0, last), (0, 255)));
        assert_eq!(up_to(1_024), error(Error::TooScattered));
        assert_ok!(up_to(1_023));
    });
}

#[test]
fn a_content_by_positions_is_kept_as_it_is() {
    with_payments(|| {
        let content = cancel(&[(0, 1), (3, 9)]);
        let number = put_up(BANK, content.clone());
        assert_eq!(
            Amendments::amendment(AGREEMENT, number),
            Some((proposal(number), Some(content)))
        );
    });
}
