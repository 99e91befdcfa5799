//! Sealing a day.

use crate::{mock::*, Error, Event, Refusal, SealedTotals, Seals};
use counterfoil_primitives::{
    commitment::Place, ports::DayTrades, BusinessDay, Commitment, Side, SideId,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn seal(day: BusinessDay) {
    Trades::seal(signed(RECONCILER), AGREEMENT, day).unwrap();
}

fn from_scratch(day: BusinessDay, side: Side) -> Commitment {
    let place = Place {
        genesis: System::block_hash(0),
        side_id: SideId::new(AGREEMENT, day, side),
    };
    let slots: Vec<_> = stored(day)
        .iter()
        .map(|trade| Some(trade.entry(side)))
        .collect();
    Commitment::of_book(&place, &slots, &[])
}

#[test]
fn a_day_is_sealed_from_its_cut_off_on() {
    build_and_execute(|| {
        set_time(at(1, 0, 30) - 1);
        assert_noop!(
            without_weight(Trades::seal(signed(BANK), AGREEMENT, FIRST)),
            Error::<Test>::BeforeCutOff
        );
        set_time(at(1, 0, 30));
        assert_ok!(Trades::seal(signed(BANK), AGREEMENT, FIRST));
        assert!(Trades::is_sealed(AGREEMENT, FIRST));
    });
}

#[test]
fn a_day_is_sealed_once() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        seal(FIRST);
        assert_noop!(
            without_weight(Trades::seal(signed(BANK), AGREEMENT, FIRST)),
            Error::<Test>::AlreadySealed
        );
    });
}

#[test]
fn any_member_seals() {
    for member in [CLIENT, COMPANY, BANK, RECONCILER, STRANGER] {
        build_and_execute(|| {
            set_time(at(1, 12, 0));
            assert_ok!(Trades::seal(signed(member), AGREEMENT, FIRST));
        });
    }
}

#[test]
fn nobody_else_seals() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let nobody = RuntimeOrigin::signed([9; 32].into());
        for origin in [nobody, RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(
                without_weight(Trades::seal(origin, AGREEMENT, FIRST)),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn no_day_before_the_first_is_sealed() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        assert_noop!(
            without_weight(Trades::seal(signed(BANK), AGREEMENT, FIRST.previous())),
            Error::<Test>::BeforeFirstDay
        );
    });
}

#[test]
fn no_day_of_an_unknown_agreement_is_sealed() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        assert_noop!(
            without_weight(Trades::seal(signed(BANK), 99, FIRST)),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_seal_tells_what_the_day_holds() {
    build_and_execute(|| {
        record(trades(0..3));
        give_back(vec![refund_of(3, (FIRST, 1), 1_000, at(0, 11, 0))]);
        set_time(at(1, 12, 0));
        events();
        seal(FIRST);
        let totals = |count, debit_total, debit: &str, credit_total, credit: &str| SealedTotals {
            count,
            debit_total,
            debit_total_in_words: debit.try_into().unwrap(),
            credit_total,
            credit_total_in_words: credit.try_into().unwrap(),
        };
        let expected = Event::DaySealed {
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            trades: 4,
            payments: totals(3, 450, "4.50 CZK", 29_550, "295.50 CZK"),
            refunds: totals(1, 15, "0.15 CZK", 985, "9.85 CZK"),
        };
        assert_eq!(events(), [expected]);
        let seal = Seals::<Test>::get(AGREEMENT, FIRST).unwrap();
        assert_eq!(seal.sealed_at, at(1, 12, 0));
    });
}

#[test]
fn a_seal_commits_to_the_days_trades() {
    for count in [1, 255, 256, 257, 600] {
        build_and_execute(|| {
            record(trades(0..count));
            set_time(at(1, 12, 0));
            seal(FIRST);
            for side in Side::BOTH {
                let side_id = SideId::new(AGREEMENT, FIRST, side);
                let commitment = Trades::chain_commitment(side_id);
                assert_eq!(commitment, Some(from_scratch(FIRST, side)));
                let roots = Trades::page_roots(side_id);
                assert_eq!(roots, roots_from_scratch(FIRST, side));
            }
        });
    }
}

#[test]
fn a_day_without_trades_is_sealed() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        seal(FIRST);
        for side in Side::BOTH {
            let side_id = SideId::new(AGREEMENT, FIRST, side);
            let commitment = Trades::chain_commitment(side_id);
            assert_eq!(commitment, Some(from_scratch(FIRST, side)));
            assert!(Trades::page_roots(side_id).is_empty());
        }
    });
}

#[test]
fn a_day_that_is_not_sealed_has_no_commitment() {
    build_and_execute(|| {
        record(trades(0..3));
        let side_id = SideId::new(AGREEMENT, FIRST, Side::Debit);
        assert_eq!(Trades::chain_commitment(side_id), None);
    });
}

#[test]
fn a_sealed_day_grows_no_more() {
    build_and_execute(|| {
        record(trades(0..3));
        set_time(at(1, 12, 0));
        seal(FIRST);
        record(trades([3]));
        assert_eq!(sequences(FIRST), [0, 1, 2]);
        assert_eq!(sequences(day(1)), [3]);
    });
}

/// The clock of a chain does not go back; if it did, the seal would hold all the same.
#[test]
fn a_seal_holds_whatever_the_clock_says() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        seal(FIRST);
        set_time(at(0, 12, 0));
        assert_eq!(outcome(trade(3)), Err(Refusal::DayFull));
        assert!(sequences(FIRST).is_empty());
    });
}

#[test]
fn the_place_names_the_chain_and_the_side() {
    build_and_execute(|| {
        frame_system::BlockHash::<Test>::insert(0, sp_core::H256::repeat_byte(7));
        let side_id = SideId::new(4, day(5), Side::Credit);
        let expected = Place {
            genesis: sp_core::H256::repeat_byte(7),
            side_id,
        };
        assert_eq!(Trades::place(side_id), expected);
    });
}

#[test]
fn the_days_of_an_agreement_that_has_ended_are_sealed_until_it_closes() {
    build_and_execute(|| {
        end(1, 2);
        set_time(at(5, 12, 0));
        for number in 0..3 {
            seal(day(number));
            assert!(Trades::is_sealed(AGREEMENT, day(number)), "{number}");
        }
        assert_noop!(
            without_weight(Trades::seal(signed(BANK), AGREEMENT, day(3))),
            Error::<Test>::AgreementEnded
        );
    });
}
