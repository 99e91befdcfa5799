//! What staff reads.

mod members;

use super::on_development_chain;
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, presets, views, Block,
    Registry, Runtime, RuntimeOrigin, Trades,
};
use counterfoil_primitives::{
    ports::DayTrades,
    summary::{BreakList, DayStatus, SideStatus},
    window::{MAX_ASKED, WIDTH},
    BusinessDay, Commitment, Currency, MemberId, Moment, ProductId, Reference, Rule, Sequence,
    Side, SideId, Terms, TradeId, TradeRequest, UserId,
};
use pallet_books::Commitments;
use pallet_reconciliation::{SideRecord, Sides};
use pallet_registry::AgreementSpec;
use pallet_settlement::{Payable, Payables};
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring;

const TODAY: BusinessDay = BusinessDay(20_780);
/// The bank's side of today.
const SIDE_ID: SideId = SideId::new(1, TODAY, Side::Credit);
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
            asset: presets::ASSET,
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
            views::chain_entries(SideId::new(1, TODAY, side), 0)
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
        assert_eq!(
            views::breaks(SideId::new(1, TODAY, Side::Debit)),
            BreakList::default()
        );
    });
}

/// The bank's side of today, in its second round.
fn reject() {
    let record = SideRecord {
        round: 1,
        ..Default::default()
    };
    Sides::<Runtime>::insert(SIDE_ID, record);
}

#[test]
fn a_day_shows_the_round_of_each_side() {
    on_development_chain(|| {
        reject();
        let day = views::day(1, TODAY).unwrap();
        assert_eq!((day.debit.round, day.credit.round), (0, 1));
    });
}

#[test]
fn a_side_shows_what_was_committed_to_in_its_current_round() {
    on_development_chain(|| {
        let shown = || views::day(1, TODAY).unwrap().credit;
        let [first, second] = [1, 2].map(|extras| Commitment {
            extras,
            ..Default::default()
        });
        Commitments::<Runtime>::insert(SIDE_ID, 0, first);
        assert_eq!(shown().commitment, Some(first));
        assert_eq!(shown().status, SideStatus::Committed);
        reject();
        assert_eq!(shown().commitment, None);
        assert_eq!(shown().status, SideStatus::Awaited);
        Commitments::<Runtime>::insert(SIDE_ID, 1, second);
        assert_eq!(shown().commitment, Some(second));
    });
}

#[test]
fn the_page_roots_of_a_sealed_day_give_what_its_sides_should_commit_to() {
    on_development_chain(|| {
        record(&[1, 2]);
        let cut_off = views::day(1, TODAY).unwrap().cut_off_at;
        pallet_timestamp::Now::<Runtime>::put(cut_off);
        let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        Trades::seal(eve, 1, TODAY).unwrap();
        for side_id in Side::BOTH.map(|side| SideId::new(1, TODAY, side)) {
            let roots = <Runtime as CounterfoilApi<Block>>::page_roots(1, TODAY, side_id.side);
            assert_eq!(roots.len(), 1);
            let chain = Trades::chain_commitment(side_id).expect("the day is sealed");
            assert!(chain.has_page_roots(&Trades::place(side_id), &roots, &[]));
        }
    });
}

/// What is owed for a day.
fn payable(paid_at: Option<Moment>) -> Payable {
    Payable {
        amount: 100,
        asset: presets::ASSET,
        due_since: 1,
        paid_at,
    }
}

#[test]
fn the_settled_days_are_those_of_which_nothing_is_due_any_more_in_their_order() {
    on_development_chain(|| {
        assert!(views::settled_days(1).is_empty());
        let days = [20_779, 20_780, 20_781, 20_782, 20_783].map(BusinessDay);
        let due = days[2];
        for day in days {
            Payables::<Runtime>::insert(1, day, payable((day != due).then_some(2)));
        }
        Payables::<Runtime>::insert(2, due, payable(Some(2)));
        assert_eq!(views::settled_days(1), [days[0], days[1], days[3], days[4]]);
    });
}

#[test]
fn the_products_of_an_agreement_are_listed_by_their_numbers() {
    on_development_chain(|| {
        let versions = || vec![(TODAY, Terms::default())];
        for product in [900, 7, 45] {
            Registry::add_product(RuntimeOrigin::root(), 1, product, versions()).unwrap();
        }
        let products: [ProductId; 6] = [1, 2, 3, 7, 45, 900];
        assert_eq!(views::products(1), products);
        assert!(views::products(2).is_empty());
    });
}

#[test]
fn each_version_of_terms_is_listed_with_its_first_day() {
    on_development_chain(|| {
        let with_rate = |rate_ppm| Terms {
            credit: Rule {
                rate_ppm,
                ..Default::default()
            },
            ..Default::default()
        };
        let versions = vec![
            (TODAY.previous(), with_rate(1)),
            (TODAY, with_rate(2)),
            (TODAY.next(), with_rate(3)),
        ];
        Registry::add_product(RuntimeOrigin::root(), 1, 7, versions.clone()).unwrap();
        assert_eq!(views::terms(1, 7), versions);
        assert!(views::terms(1, 8).is_empty());
        assert!(views::terms(2, 7).is_empty());
    });
}

#[test]
fn the_highest_sequence_of_a_client_is_read() {
    on_development_chain(|| {
        assert_eq!(views::highest_sequence(EVE), None);
        record_from(3, &[1, 2]);
        record(&[3]);
        assert_eq!(views::highest_sequence(EVE), Some(4));
        assert_eq!(views::highest_sequence(1), None);
    });
}

#[test]
fn of_each_sequence_it_is_read_whether_the_client_used_it() {
    on_development_chain(|| {
        record(&[1, 2]);
        let used = <Runtime as CounterfoilApi<Block>>::used_sequences;
        let of_three = Some(vec![Some(false), Some(true), Some(true)]);
        assert_eq!(used(EVE, vec![2, 0, 1]), of_three);
        assert_eq!(used(EVE, vec![]), Some(vec![]));
        assert_eq!(used(1, vec![0]), Some(vec![Some(false)]));
        record_from(WIDTH, &[3]);
        let around = Some(vec![None, Some(true)]);
        assert_eq!(used(EVE, vec![0, WIDTH]), around, "0 is below the window");
    });
}

#[test]
fn more_sequences_than_one_call_takes_have_no_answer() {
    on_development_chain(|| {
        let asked = |count| <Runtime as CounterfoilApi<Block>>::used_sequences(EVE, vec![0; count]);
        assert_eq!(asked(MAX_ASKED), Some(vec![Some(false); MAX_ASKED]));
        assert_eq!(asked(MAX_ASKED + 1), None);
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

#[test]
fn an_assets_decimals_are_read() {
    on_development_chain(|| {
        let decimals = <Runtime as CounterfoilApi<Block>>::asset_decimals;
        assert_eq!(decimals(presets::ASSET), Some(2));
        assert_eq!(decimals(999), None);
    });
}
