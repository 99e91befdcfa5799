//! The sides of a day, as staff reads them.

use super::*;
use counterfoil_primitives::{ports::DayTrades, Commitment, Side, SideId};
use pallet_books::Commitments;
use pallet_reconciliation::{SideRecord, Sides};

/// The bank's side of today.
const SIDE_ID: SideId = SideId::new(1, TODAY, Side::Credit);

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
        let excerpt = views::breaks(SideId::new(1, TODAY, Side::Debit), 0, 1);
        assert_eq!(excerpt, views::Excerpt::default());
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
