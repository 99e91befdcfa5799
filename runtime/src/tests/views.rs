//! What staff reads.

use super::on_development_chain;
use crate::{views, Registry, Runtime, RuntimeOrigin, Trades};
use counterfoil_primitives::{
    summary::{BreakList, DayStatus, SideStatus},
    BusinessDay, Currency, Reference, Side, TradeId, TradeRequest, UserId,
};
use pallet_registry::AgreementSpec;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring;

const TODAY: BusinessDay = BusinessDay(20_780);

/// Records trades of client 5 (Eve) with these references, sequences from 0.
fn record(references: &[u8]) {
    let trades: Vec<_> = (0..)
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
        assert_eq!(
            (day.trades, day.gross, day.debit_total, day.credit_total),
            (2, 2_000, 1_800, 200)
        );
        assert!(day.cut_off_at < day.preset_at && day.preset_at < day.deadline_at);
        assert_eq!(day.debit.status, SideStatus::Awaited);
        assert_eq!(day.payable, None);
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
fn a_day_after_the_end_is_none() {
    on_development_chain(|| {
        let end = TODAY.next();
        assert!(views::day(1, end).is_some());
        Registry::end_agreement(RuntimeOrigin::root(), 1, end).unwrap();
        assert!(views::day(1, end.previous()).is_some());
        assert_eq!(views::day(1, end), None);
    });
}

#[test]
fn an_agreement_pays_in_an_asset_of_its_decimals() {
    on_development_chain(|| {
        let spec = AgreementSpec {
            asset: 999,
            ..super::config(DEV_RUNTIME_PRESET).registry.agreements[0]
                .spec
                .clone()
        };
        let create = |spec| Registry::create_agreement(RuntimeOrigin::root(), 3, spec);
        let refused = |error: pallet_registry::Error<Runtime>| Err(error.into());
        assert_eq!(
            create(spec.clone()),
            refused(pallet_registry::Error::UnknownAsset)
        );
        let yen = AgreementSpec {
            asset: crate::presets::ASSET,
            currency: Currency::truncated("JPY"),
            decimals: 0,
            ..spec
        };
        assert_eq!(create(yen), refused(pallet_registry::Error::OtherDecimals));
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
        let flagged = views::equal_references(1, TODAY);
        assert_eq!(flagged, [(Reference([1; 16]), vec![0, 2])]);
    });
}

#[test]
fn each_side_reads_its_own_entries() {
    on_development_chain(|| {
        record(&[1]);
        let amounts = |side| -> Vec<u128> {
            views::chain_entries(1, TODAY, side, 0)
                .into_iter()
                .map(|entry| entry.amount)
                .collect()
        };
        assert_eq!(amounts(Side::Debit), [900]);
        assert_eq!(amounts(Side::Credit), [100]);
    });
}

#[test]
fn a_side_without_a_report_has_no_breaks() {
    on_development_chain(|| {
        assert_eq!(views::breaks(1, TODAY, Side::Debit), BreakList::default());
    });
}

#[test]
fn a_rejection_is_counted() {
    on_development_chain(|| {
        assert_eq!(views::rejections(1, TODAY, Side::Credit), 0);
        pallet_books::Rejections::<Runtime>::insert((1, TODAY, Side::Credit), 1);
        assert_eq!(views::rejections(1, TODAY, Side::Credit), 1);
    });
}

#[test]
fn an_operator_is_found_by_member() {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.public();
        assert_eq!(views::operator(5), Some(eve.into()));
        assert_eq!(views::operator(99), None);
    });
}
