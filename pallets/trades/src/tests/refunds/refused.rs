//! Refunds that are refused, each by its name, alone and beside a good one.

use super::*;
use crate::{max_gross::max_gross, Error, Event};
use counterfoil_primitives::{
    ports::DayTrades, window::WIDTH, MemberId, Original, Sequence, TradeId, UserId,
};
use frame_support::assert_noop;
use sp_runtime::DispatchError;

/// The number of the refunds that are refused, where that is not the reason.
const BAD: Sequence = 9;
/// The number of the good one.
const GOOD: Sequence = 10;

/// On the first day: a payment of 100.00, of which 10.00 were given back, one of another client, and the
/// refund. On the fourth day: a payment. It is noon of the sixth day.
fn begin() {
    record(vec![trade(0)]);
    record_by(OTHER_CLIENT, vec![trade(0)]);
    give_back(vec![refund_of(1, (FIRST, 0), 1_000, eleven())]);
    set_time(at(3, 12, 0));
    record(vec![priced(2, PRODUCT, 10_000, at(3, 11, 0))]);
    set_time(at(5, 12, 0));
    events();
}

/// A refund of the first payment on the last day on which one may come.
fn good(sequence: Sequence) -> RefundRequest {
    refund_of(sequence, (FIRST, 0), 500, at(4, 23, 0))
}

/// The trade on a position of the first day as what is to be given back.
fn original(position: u32, client: MemberId, sequence: Sequence) -> Original {
    Original {
        id: TradeId { client, sequence },
        day: FIRST,
        position,
    }
}

/// A bad refund of each kind, and why it is refused.
fn bad() -> Vec<(RefundRequest, Refusal)> {
    let good = good(BAD);
    let of = |original| RefundRequest { original, ..good };
    let on_no_date = Original {
        day: BusinessDay(20_241_032),
        ..good.original
    };
    let when = |occurred_at| RefundRequest {
        occurred_at,
        ..good
    };
    let priced = |gross| refund_of(BAD, (FIRST, 0), gross, at(4, 23, 0));
    let numbered = |sequence| RefundRequest { sequence, ..good };
    let other_product = RefundRequest {
        product: OWN_DEBIT,
        ..good
    };
    let other_user = RefundRequest {
        user: UserId::from_text("other").unwrap(),
        ..good
    };
    let before_original = refund_of(BAD, (day(3), 0), 500, at(3, 11, 0) - 1);
    let refunded_before = |refunded_before| RefundRequest {
        refunded_before,
        ..good
    };
    let amounts = |debit, credit| RefundRequest {
        debit,
        credit,
        ..good
    };
    vec![
        (of(original(3, CLIENT, 0)), Refusal::OriginalMissing),
        (of(on_no_date), Refusal::NoSuchDate),
        (of(original(0, CLIENT, 2)), Refusal::OriginalOtherId),
        (of(original(2, CLIENT, 1)), Refusal::OriginalIsRefund),
        (
            of(original(1, OTHER_CLIENT, 0)),
            Refusal::OriginalOfAnotherClient,
        ),
        (other_product, Refusal::OriginalOtherProduct),
        (other_user, Refusal::OriginalOtherUser),
        (before_original, Refusal::BeforeOriginal),
        (when(at(5, 0, 0)), Refusal::RefundTooLate),
        (refunded_before(999), Refusal::RefundedMeanwhile),
        (refunded_before(1_001), Refusal::RefundedMeanwhile),
        (priced(9_001), Refusal::MoreThanLeft),
        (priced(0), Refusal::ZeroGross),
        (priced(max_gross::<Test>() + 1), Refusal::GrossTooLarge),
        (when(at(5, 12, 0) + TOLERANCE + 1), Refusal::InFuture),
        (when(eleven()), Refusal::TooLate),
        (when(at(0, 0, 0) - 1), Refusal::BeforeFirstDay),
        (amounts(good.debit + 1, good.credit), Refusal::WrongDebit),
        (amounts(good.debit, good.credit + 1), Refusal::WrongCredit),
        (numbered(0), Refusal::SequenceUsed),
        (numbered(2 + WIDTH + 1), Refusal::SequenceAboveWindow),
    ]
}

#[test]
fn a_bad_refund_that_comes_alone_fails_its_call_by_its_name() {
    build_and_execute(|| {
        begin();
        for (refund, reason) in bad() {
            assert_noop!(
                without_weight(Trades::refund(
                    signed(CLIENT),
                    AGREEMENT,
                    vec![refund].try_into().unwrap(),
                )),
                Error::<Test>::from(reason)
            );
        }
        assert_eq!(events(), []);
    });
}

#[test]
fn a_bad_refund_leaves_the_good_one_beside_it() {
    for index in 0.. {
        let mut is_there = false;
        build_and_execute(|| {
            begin();
            let Some((refund, reason)) = bad().get(index).copied() else {
                return;
            };
            is_there = true;
            give_back(vec![refund, good(GOOD)]);
            let refused = Event::TradeRefused {
                agreement: AGREEMENT,
                client: CLIENT,
                sequence: refund.sequence,
                reference: refund.reference,
                reason,
            };
            assert!(events().contains(&refused), "{reason:?}");
            assert_eq!(sequences(day(5)), [GOOD], "{reason:?}");
            assert_eq!(refunded((FIRST, 0)), 1_500, "{reason:?}");
        });
        if !is_there {
            return;
        }
    }
}

#[test]
fn a_refused_refund_uses_no_sequence_up() {
    build_and_execute(|| {
        begin();
        for (refund, reason) in bad() {
            give_back(vec![refund, refund]);
            assert_eq!(Trades::is_used(CLIENT, BAD), Some(false), "{reason:?}");
        }
        assert_eq!(refund_outcome(good(BAD)), Ok(()));
    });
}

#[test]
fn all_that_is_left_may_be_given_back() {
    build_and_execute(|| {
        begin();
        let rest = refund_of(BAD, (FIRST, 0), 9_000, at(4, 23, 0));
        assert_eq!(refund_outcome(rest), Ok(()));
    });
}

#[test]
fn a_refund_may_occur_with_its_payment() {
    build_and_execute(|| {
        begin();
        let at_once = refund_of(BAD, (day(3), 0), 500, at(3, 11, 0));
        assert_eq!(refund_outcome(at_once), Ok(()));
    });
}

#[test]
fn a_refund_below_the_window_is_refused() {
    build_and_execute(|| {
        record(vec![trade(WIDTH)]);
        let below = refund_of(0, (FIRST, 0), 500, eleven());
        assert_eq!(refund_outcome(below), Err(Refusal::SequenceBelowWindow));
    });
}

#[test]
fn a_refund_that_a_full_day_does_not_take_gives_nothing_back() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..255));
        let refunds = [255, 256].map(|seq| refund_of(seq, (FIRST, seq as u32 - 255), 9, eleven()));
        give_back(refunds.into());
        assert_eq!([refunded((FIRST, 0)), refunded((FIRST, 1))], [9, 0]);
        assert_eq!(refund_outcome(refunds[1]), Err(Refusal::DayFull));
    });
}

#[test]
fn an_agreement_that_has_closed_gives_nothing_back() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        end(1, 2);
        let refund = |occurred_at| refund_outcome(refund_of(1, (FIRST, 0), 500, occurred_at));
        set_time(at(3, 0, 30));
        let ended = Err(Refusal::AgreementEnded);
        // One that is late for the last day before the close would go to the close.
        assert_eq!(refund(at(2, 23, 0)), ended);
        assert_eq!(refund(at(3, 0, 0)), ended);
        set_time(at(3, 0, 30) - 1);
        assert_eq!(refund(at(3, 0, 0)), ended);
        assert_eq!(refund(at(2, 23, 0)), Ok(()));
    });
}

#[test]
fn a_call_without_refunds_is_refused() {
    build_and_execute(|| {
        assert_noop!(
            without_weight(Trades::refund(
                signed(CLIENT),
                AGREEMENT,
                Default::default()
            )),
            Error::<Test>::NoTrades
        );
    });
}

#[test]
fn only_an_admitted_client_gives_back() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let refund = |origin, agreement| {
            let refunds = vec![refund_of(1, (FIRST, 0), 500, eleven())];
            without_weight(Trades::refund(
                origin,
                agreement,
                refunds.try_into().unwrap(),
            ))
        };
        for member in [STRANGER, COMPANY, BANK, RECONCILER] {
            assert_noop!(
                refund(signed(member), AGREEMENT),
                Error::<Test>::NotAdmitted
            );
        }
        assert_noop!(refund(signed(CLIENT), 99), Error::<Test>::UnknownAgreement);
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(refund(origin, AGREEMENT), DispatchError::BadOrigin);
        }
    });
}
