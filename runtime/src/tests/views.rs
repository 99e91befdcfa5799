//! What staff reads.

mod agreements;
mod amendments;
mod breaks;
mod day_hash;
mod members;
mod obligations;
mod sequences;
mod sides;
mod waiting_days;

use super::{on_development_chain, reconcile, transactions::refund_of};
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, views, Block, Registry,
    Runtime, RuntimeOrigin, Trades,
};
use counterfoil_primitives::{
    day::DAY,
    refund::RefundedPayment,
    settlement::{Obligation, Rail, SettlementPeriod},
    summary::{DayStatus, SideStatus},
    tree::PAGE_SIZE,
    BusinessDay, KindTotals, Link, MemberId, Reference, RefundRequest, Relation, Sequence, TradeId,
    TradeRequest, UserId,
};
use pallet_settlement::Obligations;
use sp_keyring::Sr25519Keyring;

const TODAY: BusinessDay = BusinessDay(20_780);
/// The client that acts with the key of Eve.
const EVE: MemberId = 5;

/// Records trades of Eve's client with these references, sequences from 0.
fn record(references: &[u8]) {
    record_from(0, references);
}

/// Records trades of Eve's client with these references, sequences from `first`.
fn record_from(first: Sequence, references: &[u8]) {
    let trades: Vec<_> = (first..)
        .zip(references)
        .map(|(sequence, reference)| TradeRequest {
            sequence,
            reference: Reference([*reference; 16]),
            user: UserId([2; 16]),
            product: 1,
            gross: 1_000,
            debit: 900,
            credit: 100,
            occurred_at: super::NOON,
        })
        .collect();
    let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
    Trades::record(eve, 1, trades.try_into().unwrap()).unwrap();
}

#[test]
fn a_day_shows_its_totals_and_times() {
    on_development_chain(|| {
        record(&[1, 2]);
        let day = views::day(1, TODAY).unwrap();
        assert_eq!(day.status, DayStatus::Open);
        let two = KindTotals {
            count: 2,
            gross: 2_000,
            debit: 1_800,
            credit: 200,
        };
        assert_eq!(day.trades, 2);
        assert_eq!((day.payments, day.refunds), (two, KindTotals::default()));
        assert!(day.cut_off_at < day.preset_at && day.preset_at < day.deadline_at);
        assert_eq!(day.debit.status, SideStatus::Awaited);
        assert_eq!(day.obligation, None);
    });
}

/// Refunds the first payment as a whole, on the position after two payments.
fn give_back() {
    give_back_as(7);
}

/// The same, by a refund of this sequence.
fn give_back_as(sequence: Sequence) {
    let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
    let refunds = vec![refund_of(0, sequence)];
    Trades::refund(eve, 1, refunds.try_into().unwrap()).unwrap();
}

#[test]
fn a_day_shows_its_refunds_apart() {
    on_development_chain(|| {
        record(&[1, 2]);
        give_back();
        let day = views::day(1, TODAY).unwrap();
        let one = KindTotals {
            count: 1,
            gross: 1_000,
            debit: 900,
            credit: 100,
        };
        assert_eq!((day.trades, day.payments.count), (3, 2));
        assert_eq!(day.refunds, one);
    });
}

#[test]
fn a_refund_leads_to_its_payment_and_the_payment_tells_what_was_given_back() {
    on_development_chain(|| {
        record(&[1, 2]);
        give_back();
        let link = |position| <Runtime as CounterfoilApi<Block>>::link(1, TODAY, position);
        let original = refund_of(0, 7).original;
        let expected = Link {
            relation: Relation::Refund,
            original,
            paid: 1_000,
            refunded_before: 0,
        };
        assert_eq!([0, 1, 2, 3].map(link), [None, None, Some(expected), None]);
        let refunded = |position| <Runtime as CounterfoilApi<Block>>::refunded(1, TODAY, position);
        assert_eq!([0, 1, 2, 3].map(refunded), [1_000, 0, 0, 0]);
        let of_page = |page| <Runtime as CounterfoilApi<Block>>::refunded_payments(1, TODAY, page);
        let payment = RefundedPayment {
            position: 2,
            id: original.id,
            reference: Reference([1; 16]),
        };
        assert_eq!(of_page(0), [payment]);
        assert!(of_page(1).is_empty());
    });
}

#[test]
fn the_links_of_a_page_are_listed_with_their_positions_on_the_day() {
    on_development_chain(|| {
        let links = |page| <Runtime as CounterfoilApi<Block>>::links(1, TODAY, page);
        record(&[1; PAGE_SIZE as usize]);
        assert!(links(0).is_empty());
        give_back_as(1_000);
        let link = <Runtime as CounterfoilApi<Block>>::link(1, TODAY, PAGE_SIZE);
        assert_eq!(links(1), [(PAGE_SIZE, link.expect("it is a refund"))]);
        for page in [0, 2, u32::MAX] {
            assert!(links(page).is_empty(), "{page}");
        }
    });
}

#[test]
fn a_day_shows_what_is_owed_by_its_sign() {
    on_development_chain(|| {
        for (day, amount) in [(20_779, 100), (20_780, 0), (20_781, -100)] {
            let day = BusinessDay(day);
            reconcile(day, amount);
            let shown = views::day(1, day).unwrap();
            assert_eq!(shown.obligation, Some(amount));
            let alone = SettlementPeriod {
                first: day,
                last: day,
            };
            assert_eq!(shown.period, alone);
            assert_eq!(shown.paid_at.is_some(), amount == 0);
        }
    });
}

#[test]
fn a_day_of_no_agreement_or_before_the_first_is_none() {
    on_development_chain(|| {
        assert_eq!(views::day(2, TODAY), None);
        assert_eq!(views::day(1, BusinessDay(1)), None);
    });
}

#[test]
fn a_day_after_tomorrow_is_none() {
    on_development_chain(|| {
        let tomorrow = TODAY.next();
        assert!(views::day(1, tomorrow).is_some());
        assert_eq!(views::day(1, tomorrow.next()), None);
        assert_eq!(views::day(1, BusinessDay(20_261_123)), None);
    });
}

#[test]
fn the_first_day_shows_before_it_has_come() {
    on_development_chain(|| {
        let first = TODAY.previous();
        pallet_timestamp::Now::<Runtime>::put(0);
        assert!(views::day(1, first).is_some());
        assert_eq!(views::day(1, TODAY), None);
    });
}

#[test]
fn a_day_after_the_end_shows_until_the_agreement_closes() {
    on_development_chain(|| {
        let end = TODAY.next();
        Registry::end_agreement(RuntimeOrigin::root(), 1, end).unwrap();
        assert!(views::day(1, end).is_some());
        pallet_registry::Agreements::<Runtime>::mutate(1, |agreement| {
            let agreement = agreement.as_mut().expect("it is there");
            (agreement.refund_days, agreement.amend_days) = (0, 0);
        });
        assert!(views::day(1, end.previous()).is_some());
        assert_eq!(views::day(1, end), None);
    });
}

#[test]
fn a_sealed_day_shows_what_the_sides_should_commit_to() {
    on_development_chain(|| {
        let yesterday = TODAY.previous();
        let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        Trades::seal(eve, 1, yesterday).unwrap();
        let day = views::day(1, yesterday).unwrap();
        assert_eq!(day.status, DayStatus::Sealed);
        assert!(day.debit.chain.is_some() && day.credit.chain.is_some());
    });
}

#[test]
fn a_trade_is_found_by_its_id() {
    on_development_chain(|| {
        record(&[1, 2]);
        let id = TradeId {
            client: 5,
            sequence: 1,
        };
        let (position, trade) = views::find_by_id(1, TODAY, id).unwrap();
        assert_eq!((position, trade.id), (1, id));
        let unused = TradeId {
            client: 5,
            sequence: 2,
        };
        assert_eq!(views::find_by_id(1, TODAY, unused), None);
    });
}

#[test]
fn trades_are_found_by_their_reference() {
    on_development_chain(|| {
        record(&[1, 2, 1]);
        let positions = |reference| -> Vec<u32> {
            views::find_by_reference(1, TODAY, Reference([reference; 16]))
                .into_iter()
                .map(|(position, _)| position)
                .collect()
        };
        assert_eq!(positions(1), [0, 2]);
        assert!(positions(3).is_empty());
    });
}

#[test]
fn equal_references_are_flagged() {
    on_development_chain(|| {
        record(&[1, 2, 1]);
        let flagged = views::equal_references(1, TODAY, 0);
        assert_eq!(flagged, (vec![(Reference([1; 16]), vec![0, 2])], None));
    });
}

#[test]
fn a_refund_with_its_payments_reference_is_not_flagged_and_two_refunds_are() {
    on_development_chain(|| {
        record(&[3, 1]);
        let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        // Two parts: of each, the amounts follow what is left.
        for (sequence, before) in [(7, 0), (8, 500)] {
            let refund = RefundRequest {
                reference: Reference([3; 16]),
                refunded_before: before,
                gross: 500,
                ..refund_of(0, sequence)
            };
            let terms = views::terms(1, 1)[0].1;
            let amounts = terms.refund_amounts(1_000, before, refund.gross);
            let refunds = vec![RefundRequest {
                debit: amounts.debit,
                credit: amounts.credit,
                ..refund
            }];
            Trades::refund(eve.clone(), 1, refunds.try_into().unwrap()).unwrap();
            let expected = match before {
                0 => vec![],
                _ => vec![(Reference([3; 16]), vec![2, 3])],
            };
            assert_eq!(views::equal_references(1, TODAY, 0), (expected, None));
        }
    });
}

#[test]
fn equal_references_are_listed_a_limited_number_of_positions_at_a_time() {
    on_development_chain(|| {
        let limit = views::MAX_EQUAL_REFERENCES as usize;
        // Of the first reference as many trades as an answer has but one; of the second, two.
        let mut references = vec![1; limit - 1];
        references.extend([2, 2]);
        for (call, references) in (0..).zip(references.chunks(500)) {
            record_from(call * 500, references);
        }
        let (first, next) = views::equal_references(1, TODAY, 0);
        let positions: Vec<_> = first.iter().map(|(_, positions)| positions.len()).collect();
        assert_eq!(positions, [limit - 1, 1]);
        let next = next.expect("one more follows");
        let last = (Reference([2; 16]), vec![limit as u32]);
        assert_eq!(views::equal_references(1, TODAY, next), (vec![last], None));
        let behind = views::equal_references(1, TODAY, next + 1);
        assert_eq!(behind, (vec![], None));
    });
}

#[test]
fn equal_references_that_fill_an_answer_need_no_other() {
    on_development_chain(|| {
        let references = vec![1; views::MAX_EQUAL_REFERENCES as usize];
        for (call, references) in (0..).zip(references.chunks(500)) {
            record_from(call * 500, references);
        }
        let (flagged, next) = views::equal_references(1, TODAY, 0);
        assert_eq!(flagged[0].1.len(), references.len());
        assert_eq!(next, None);
    });
}

#[test]
fn the_settled_days_are_those_of_which_nothing_is_due_any_more_in_their_order() {
    on_development_chain(|| {
        pallet_timestamp::Now::<Runtime>::put(super::NOON + 5 * DAY);
        let settled = |from| views::settled_days(1, BusinessDay(from));
        assert_eq!(settled(0), (vec![], None));
        let days = [20_779, 20_780, 20_781, 20_782, 20_783].map(BusinessDay);
        let due = days[2];
        for day in days.iter().rev() {
            // What is zero settles itself.
            reconcile(*day, if *day == due { 100 } else { 0 });
        }
        let of_another = Obligation {
            paid_at: Some(2),
            ..Obligation::new(due, Rail::External)
        };
        Obligations::<Runtime>::insert(2, due, of_another);
        let all = [days[0], days[1], days[3], days[4]];
        assert_eq!(settled(0), (all.to_vec(), None));
        assert_eq!(settled(20_780), (all[1..].to_vec(), None));
        assert_eq!(settled(20_784), (vec![], None));
    });
}

#[test]
fn a_call_for_settled_days_looks_through_a_year() {
    on_development_chain(|| {
        let first = TODAY.previous();
        let last = BusinessDay(first.0 + views::MAX_DAYS_READ - 1);
        let pass_to = |day: BusinessDay| {
            let days = u64::from(day.0 - TODAY.0);
            pallet_timestamp::Now::<Runtime>::put(super::NOON + days * DAY);
        };
        (first.0..=last.0).for_each(|day| reconcile(BusinessDay(day), 0));
        pass_to(last);
        let (settled, next) = views::settled_days(1, BusinessDay(0));
        assert_eq!(settled.len(), views::MAX_DAYS_READ as usize);
        assert_eq!(next, None);
        pass_to(last.next());
        let (settled, next) = views::settled_days(1, BusinessDay(0));
        assert_eq!(settled.last(), Some(&last));
        assert_eq!(next, Some(last.next()));
        assert_eq!(views::settled_days(1, last.next()), (vec![], None));
    });
}

#[test]
fn no_days_are_settled_where_there_is_no_agreement_or_no_such_date() {
    on_development_chain(|| {
        let settled = <Runtime as CounterfoilApi<Block>>::settled_days;
        assert_eq!(settled(9, BusinessDay(0)), (vec![], None));
        assert_eq!(settled(1, BusinessDay(20_261_131)), (vec![], None));
        reconcile(TODAY, 0);
        // 2026-11-23 by its digits.
        assert_eq!(settled(1, BusinessDay(20_261_123)), (vec![TODAY], None));
    });
}

#[test]
fn an_operator_is_found_by_member() {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.public();
        let operator = <Runtime as CounterfoilApi<Block>>::operator;
        assert_eq!(operator(EVE), Some(eve.into()));
        assert_eq!(operator(99), None);
    });
}
