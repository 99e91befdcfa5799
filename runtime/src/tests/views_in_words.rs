//! What people read.

mod amendments;
mod awaited;
mod breaks;
mod lists;
mod obligations;
mod settlement;
mod waiting_days;

use super::{
    on_development_chain, reconcile,
    transactions::{refund_of, trade},
};
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, AccountId, Block, Registry,
    Runtime, RuntimeOrigin, Trades,
};
use counterfoil_primitives::{
    summary::DayStatus,
    written::{date, label},
    BusinessDay, Kind, Role, SignedAmount, Source, UtcOffset,
};
use sp_keyring::Sr25519Keyring;

/// The digits of the day of [`super::NOON`].
const TODAY: BusinessDay = BusinessDay(20_261_123);

/// Records a trade as a person writes it, as Eve.
fn record_one() {
    let text = |text: &str| text.try_into().expect("it is short");
    Trades::record_one(
        RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id()),
        1,
        1,
        text("1250.50"),
        text("C-9999"),
        text("7F0C2D1E-5B0A-4F7E-9C3D-0A1B2C3D4E5F"),
        Some(text("2026-11-23 12:15")),
    )
    .unwrap();
}

#[test]
fn a_day_reads_in_words() {
    on_development_chain(|| {
        record_one();
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, TODAY).unwrap();
        assert_eq!(
            (&*day.date, day.day.0, day.trades),
            ("2026-11-23", 20_780, 1)
        );
        assert_eq!(day.status, DayStatus::Open);
        assert_eq!(day.payments.count, 1);
        assert_eq!(day.payments.gross.words, "1250.50 CZK");
        assert_eq!(day.payments.gross.amount, 125_050);
        assert_eq!((day.refunds.count, day.refunds.gross.amount), (0, 0));
        assert!(
            day.cut_off_at.starts_with("2026-11-24T"),
            "{}",
            day.cut_off_at
        );
        assert_eq!(day.company_side, "awaited");
        assert_eq!((day.obligation, day.paid_at), (None, None));
        let missing = BusinessDay(20_261_132);
        assert_eq!(
            <Runtime as CounterfoilApi<Block>>::day_in_words(1, missing),
            None
        );
        assert_eq!(
            <Runtime as CounterfoilApi<Block>>::day_in_words(2, TODAY),
            None
        );
    });
}

#[test]
fn trades_read_in_words() {
    on_development_chain(|| {
        record_one();
        let trades = |day, page| <Runtime as CounterfoilApi<Block>>::trades_in_words(1, day, page);
        let [trade] = &trades(TODAY, 0)[..] else {
            panic!("there is one")
        };
        assert_eq!(trade.payer, "C-9999");
        assert_eq!(trade.reference, "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f");
        assert_eq!(trade.gross.words, "1250.50 CZK");
        assert_eq!(trade.gross.amount, 125_050);
        assert!(
            trade.time.starts_with("2026-11-23T12:15:00"),
            "{}",
            trade.time
        );
        assert!(trade.client.starts_with("5 ("), "{}", trade.client);
        assert_eq!((trade.kind, &trade.refund_of), (Kind::Payment, &None));
        assert!(trades(TODAY, 1).is_empty());
        assert!(trades(BusinessDay(20_261_132), 0).is_empty());
    });
}

#[test]
fn a_refund_reads_with_its_payment() {
    on_development_chain(|| {
        let eve = || RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        let (paid, refunds) = (vec![trade(1)], vec![refund_of(1, 2)]);
        Trades::record(eve(), 1, paid.try_into().expect("it is one")).unwrap();
        Trades::refund(eve(), 1, refunds.try_into().expect("it is one")).unwrap();
        let trades = <Runtime as CounterfoilApi<Block>>::trades_in_words(1, TODAY, 0);
        let kinds: Vec<_> = trades.iter().map(|trade| trade.kind).collect();
        assert_eq!(kinds, Kind::BOTH);
        assert_eq!(
            trades[1].refund_of.as_deref(),
            Some("payment 1 of client 5 (Web shop), 2026-11-23, position 0")
        );
        let reference = trades[1]
            .reference
            .as_str()
            .try_into()
            .expect("it is short");
        let found = <Runtime as CounterfoilApi<Block>>::trades_with_reference(1, TODAY, reference);
        assert_eq!(found, trades[1..]);
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, TODAY).unwrap();
        assert_eq!(day.refunds.debit.words, "9.00 CZK");
        assert_eq!(day.refunds.credit.words, "1.00 CZK");
    });
}

#[test]
fn what_is_owed_for_a_day_reads_with_who_owes_it() {
    on_development_chain(|| {
        let owed = |day: u32, amount: SignedAmount| {
            let day = BusinessDay(day);
            reconcile(day, amount);
            let shown = <Runtime as CounterfoilApi<Block>>::day_in_words(1, day).unwrap();
            let owed = shown.obligation.expect("the day has one");
            assert_eq!(owed.amount, amount);
            owed.words
        };
        assert_eq!(owed(20_779, 1_250), "company owes bank 12.50 CZK");
        assert_eq!(owed(20_780, -1_250), "bank owes company 12.50 CZK");
        assert_eq!(owed(20_781, 0), "nothing");
    });
}

#[test]
fn an_agreement_that_ends_reads_with_its_last_day_of_payments_and_its_close() {
    on_development_chain(|| {
        let read = || {
            let agreement = <Runtime as CounterfoilApi<Block>>::agreement_in_words(1).unwrap();
            (agreement.last_day, agreement.closes)
        };
        assert_eq!(read(), (None, None));
        let end = date::read("2026-12-01").unwrap();
        Registry::end_agreement(RuntimeOrigin::root(), 1, end).unwrap();
        let text = |text: &str| Some(text.to_string());
        assert_eq!(read(), (text("2026-11-30"), text("2027-12-01")));
    });
}

#[test]
fn an_agreement_reads_with_its_currency_and_its_members_names() {
    on_development_chain(|| {
        let agreement = <Runtime as CounterfoilApi<Block>>::agreement_in_words(1).unwrap();
        assert_eq!((&*agreement.currency, agreement.decimals), ("CZK", 2));
        assert_eq!(agreement.today.as_deref(), Some("2026-11-23"));
        assert_eq!(agreement.deadline_minutes, 12 * 60);
        assert_eq!(agreement.refund_days, 180);
        assert_eq!(agreement.amend_days, 365);
        assert_eq!(agreement.answer_days, 10);
        assert_eq!(agreement.company_book, Source::Received);
        assert_eq!(agreement.bank_book, Source::Received);
        let names: Vec<_> = <Runtime as CounterfoilApi<Block>>::members_in_words(0)
            .into_iter()
            .map(|member| format!("{} ({})", member.member, member.name))
            .collect();
        for named in [&agreement.bank, &agreement.company, &agreement.reconciler] {
            assert!(names.contains(named), "{named} is not in {names:?}");
        }
        assert!(agreement
            .clients
            .iter()
            .all(|client| names.contains(client)));
        assert_eq!(
            <Runtime as CounterfoilApi<Block>>::agreement_in_words(9),
            None
        );
    });
}

#[test]
fn members_read_by_their_numbers_with_the_account_of_their_key() {
    on_development_chain(|| {
        let members = <Runtime as CounterfoilApi<Block>>::members_in_words(0);
        let numbers: Vec<_> = members.iter().map(|member| member.member).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert_eq!(members[4].operator, Sr25519Keyring::Eve.to_account_id());
        assert_eq!(members[2].role, Role::Bank);
        let account = pallet_registry::Members::<Runtime>::get(3).map(|member| member.account);
        assert_eq!(Some(&members[2].account), account.as_ref());
        assert_eq!(members[2].pays_from, members[2].account);
    });
}

#[test]
fn a_bank_that_changed_its_account_reads_with_both() {
    on_development_chain(|| {
        let [first, later] = [20_790, 20_820].map(BusinessDay);
        let [set, named] = [1, 2].map(|byte| AccountId::new([byte; 32]));
        Registry::set_account(RuntimeOrigin::root(), 3, first, set.clone()).unwrap();
        let charlie = RuntimeOrigin::signed(Sr25519Keyring::Charlie.to_account_id());
        Registry::change_account(charlie, later, named.clone()).unwrap();
        pallet_timestamp::Now::<Runtime>::put(UtcOffset(0).start_of(later));
        let members = <Runtime as CounterfoilApi<Block>>::members_in_words(0);
        assert_eq!(members[2].account, named);
        assert_eq!(members[2].pays_from, set);
    });
}

#[test]
fn of_the_trades_of_one_reference_as_many_are_listed_as_a_page_has() {
    on_development_chain(|| {
        let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        let trades: Vec<_> = (0..300).map(trade).collect();
        let reference = label::show_reference(&trades[0].reference);
        Trades::record(eve, 1, trades.try_into().expect("they are few")).unwrap();
        let reference = reference.as_str().try_into().expect("it is short");
        let found = <Runtime as CounterfoilApi<Block>>::trades_with_reference(1, TODAY, reference);
        let positions: Vec<_> = found.iter().map(|trade| trade.position).collect();
        assert_eq!(positions, (0..256).collect::<Vec<_>>());
    });
}

#[test]
fn a_trade_is_found_by_its_reference_as_a_person_writes_it() {
    on_development_chain(|| {
        record_one();
        let found = |day, text: &str| {
            let text = text.try_into().expect("it is short");
            <Runtime as CounterfoilApi<Block>>::trades_with_reference(1, day, text)
        };
        let [trade] = &found(TODAY, "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f")[..] else {
            panic!("there is one")
        };
        assert_eq!(trade.payer, "C-9999");
        assert_eq!(found(TODAY, "R-8"), []);
        assert_eq!(found(TODAY, ""), []);
        assert_eq!(found(BusinessDay(20_261_132), "R-8"), []);
    });
}
