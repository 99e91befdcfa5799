//! What is checked of each trade, both ways.

use crate::{max_gross::max_gross, mock::*, Days, Error, Event, Refusal};
use counterfoil_primitives::{TradeRequest, MAX_GROSS};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn a_trade_by_the_terms_is_kept_as_it_came() {
    build_and_execute(|| {
        let request = priced(7, PRODUCT, 10_000, at(0, 10, 0));
        assert_eq!(outcome(request), Ok(()));
        assert_eq!(stored(FIRST), [request.into_trade(CLIENT, 0)]);
    });
}

#[test]
fn amounts_follow_the_terms() {
    build_and_execute(|| {
        let request = priced(0, PRODUCT, 10_001, at(0, 10, 0));
        assert_eq!((request.debit, request.credit), (150, 9_851));
        assert_eq!(outcome(request), Ok(()));
    });
}

#[test]
fn a_debit_rule_of_its_own_is_followed() {
    build_and_execute(|| {
        let request = priced(0, OWN_DEBIT, 1_000, at(0, 10, 0));
        assert_eq!((request.debit, request.credit), (200, 900));
        assert_eq!(outcome(request), Ok(()));
    });
}

#[test]
fn a_wrong_debit_amount_is_refused() {
    build_and_execute(|| {
        for debit in [149, 151] {
            let wrong = TradeRequest { debit, ..trade(0) };
            assert_eq!(outcome(wrong), Err(Refusal::WrongDebit));
        }
    });
}

#[test]
fn a_wrong_credit_amount_is_refused() {
    build_and_execute(|| {
        for credit in [9_849, 9_851] {
            let wrong = TradeRequest { credit, ..trade(0) };
            assert_eq!(outcome(wrong), Err(Refusal::WrongCredit));
        }
    });
}

#[test]
fn a_gross_amount_of_zero_is_refused() {
    build_and_execute(|| {
        let zero = priced(0, PRODUCT, 0, at(0, 10, 0));
        assert_eq!(outcome(zero), Err(Refusal::ZeroGross));
        assert_eq!(outcome(priced(0, PRODUCT, 1, at(0, 10, 0))), Ok(()));
    });
}

#[test]
fn an_unknown_product_is_refused() {
    build_and_execute(|| {
        let unknown = priced(0, 99, 10_000, at(0, 10, 0));
        assert_eq!(outcome(unknown), Err(Refusal::UnknownProduct));
    });
}

#[test]
fn a_product_without_terms_on_the_day_is_refused() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let before = priced(0, LATER_PRODUCT, 10_000, at(1, 10, 0));
        assert_eq!(outcome(before), Err(Refusal::UnknownProduct));
        let after = priced(0, LATER_PRODUCT, 10_000, at(2, 10, 0));
        assert_eq!(outcome(after), Ok(()));
    });
}

#[test]
fn the_terms_are_those_of_the_day_of_occurrence() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let late = priced(0, PRODUCT, 10_000, at(1, 10, 0));
        assert_eq!(late.credit, 9_850);
        assert_eq!(outcome(late), Ok(()));
        let newer = TradeRequest {
            debit: 300,
            credit: 9_700,
            sequence: 1,
            ..late
        };
        assert_eq!(outcome(newer), Err(Refusal::WrongDebit));
        let today = priced(1, PRODUCT, 10_000, at(2, 10, 0));
        assert_eq!(today.credit, 9_700);
        assert_eq!(outcome(today), Ok(()));
        let versions: Vec<u16> = stored(day(2)).iter().map(|t| t.terms_version).collect();
        assert_eq!(versions, [0, 1]);
    });
}

#[test]
fn a_time_ahead_by_more_than_the_tolerance_is_refused() {
    build_and_execute(|| {
        let now = at(0, 12, 0);
        let within = priced(0, PRODUCT, 10_000, now + TOLERANCE);
        assert_eq!(outcome(within), Ok(()));
        let beyond = priced(1, PRODUCT, 10_000, now + TOLERANCE + 1);
        assert_eq!(outcome(beyond), Err(Refusal::InFuture));
    });
}

#[test]
fn a_time_before_the_first_day_is_refused() {
    build_and_execute(|| {
        let first = priced(0, PRODUCT, 10_000, at(0, 0, 0));
        let before = TradeRequest {
            occurred_at: at(0, 0, 0) - 1,
            sequence: 1,
            ..first
        };
        assert_eq!(outcome(before), Err(Refusal::BeforeFirstDay));
        assert_eq!(outcome(first), Ok(()));
    });
}

#[test]
fn a_full_day_takes_no_more() {
    build_and_execute(|| {
        MaxPagesPerDay::set(2);
        record(trades(0..511));
        events();
        record(trades(511..513));
        assert_eq!(
            events()[0],
            Event::TradeRefused {
                agreement: AGREEMENT,
                client: CLIENT,
                sequence: 512,
                reference: trade(512).reference,
                reason: Refusal::DayFull
            }
        );
        assert_eq!(Days::<Test>::get(AGREEMENT, FIRST).count(), 512);
        // The next day has room of its own.
        set_time(at(1, 12, 0));
        assert_eq!(outcome(priced(512, PRODUCT, 1, at(1, 10, 0))), Ok(()));
    });
}

#[test]
fn a_gross_amount_of_which_a_day_could_not_count_the_most_is_refused() {
    build_and_execute(|| {
        let most = max_gross::<Test>();
        let of = |sequence, gross| outcome(priced(sequence, PRODUCT, gross, at(0, 10, 0)));
        assert_eq!(of(0, most + 1), Err(Refusal::GrossTooLarge));
        assert_eq!(of(0, most), Ok(()));
    });
}

#[test]
fn a_gross_amount_above_what_the_agreement_allows_is_refused() {
    build_and_execute(|| {
        set_max_gross(Some(10_000));
        let of = |sequence, gross| outcome(priced(sequence, PRODUCT, gross, at(0, 10, 0)));
        assert_eq!(of(0, 10_001), Err(Refusal::AboveAgreement));
        assert_eq!(of(0, 10_000), Ok(()));
        set_max_gross(None);
        assert_eq!(of(1, 10_001), Ok(()));
    });
}

#[test]
fn a_refund_above_what_the_agreement_allows_is_refused() {
    build_and_execute(|| {
        record(trades([0]));
        set_max_gross(Some(500));
        let of = |gross| refund_outcome(refund_of(1, (FIRST, 0), gross, at(0, 11, 0)));
        assert_eq!(of(501), Err(Refusal::AboveAgreement));
        assert_eq!(of(500), Ok(()));
    });
}

#[test]
fn a_trade_above_what_the_agreement_allows_may_pass_later() {
    build_and_execute(|| {
        set_max_gross(Some(10_000));
        KeptSpent::set(false);
        record(vec![trade(0), priced(1, PRODUCT, 10_001, at(0, 10, 0))]);
        assert_eq!(sequences(FIRST), [0]);
        assert!(KeptSpent::get());
    });
}

#[test]
fn what_is_owed_for_a_day_of_the_largest_trades_is_a_signed_amount() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        assert_eq!(max_gross::<Test>(), MAX_GROSS);
        let largest = |sequence| priced(sequence, PRODUCT, MAX_GROSS, at(0, 10, 0));
        record((0..256).map(largest).collect());
        let totals = Days::<Test>::get(AGREEMENT, FIRST);
        assert_eq!(
            u128::try_from(totals.obligation()),
            Ok(totals.payments.credit)
        );
    });
}

#[test]
fn a_day_of_more_trades_takes_smaller_ones() {
    build_and_execute(|| {
        let pages = u32::MAX / 256;
        MaxPagesPerDay::set(pages);
        let trades = u128::from(pages) * 256;
        let most = max_gross::<Test>();
        assert!(most < MAX_GROSS);
        assert!(most.checked_mul(trades).is_some());
        assert_eq!((most + 1).checked_mul(trades), None);
    });
}

#[test]
fn a_day_of_the_largest_trades_is_counted() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        let largest = |sequence| priced(sequence, PRODUCT, max_gross::<Test>(), at(0, 10, 0));
        record((0..256).map(largest).collect());
        let totals = Days::<Test>::get(AGREEMENT, FIRST);
        assert_eq!(totals.payments.gross, 256 * max_gross::<Test>());
        assert_eq!(totals.count(), 256);
    });
}

#[test]
fn only_an_admitted_client_records() {
    build_and_execute(|| {
        for member in [STRANGER, COMPANY, BANK, RECONCILER] {
            assert_noop!(
                without_weight(Trades::record(
                    signed(member),
                    AGREEMENT,
                    batch(trades([0]))
                )),
                Error::<Test>::NotAdmitted
            );
        }
        assert_ok!(Trades::record(
            signed(OTHER_CLIENT),
            AGREEMENT,
            batch(trades([0]))
        ));
    });
}

#[test]
fn only_a_member_records() {
    build_and_execute(|| {
        let nobody = RuntimeOrigin::signed([9; 32].into());
        for origin in [nobody, RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(
                without_weight(Trades::record(origin, AGREEMENT, batch(trades([0])))),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn an_agreement_that_is_not_there_takes_no_trades() {
    build_and_execute(|| {
        assert_noop!(
            without_weight(Trades::record(signed(CLIENT), 99, batch(trades([0])))),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_call_without_trades_is_refused() {
    build_and_execute(|| {
        assert_noop!(
            without_weight(Trades::record(signed(CLIENT), AGREEMENT, batch(vec![]))),
            Error::<Test>::NoTrades
        );
    });
}
