//! The hash by which whoever follows a day sees that something of it changed.

use super::*;
use crate::{
    presets::{ASSET, COMPANY_TREASURY},
    AccountId, Assets,
};
use counterfoil_primitives::{
    amendment::{Answers, Ground, Proposal, Standing},
    Side, SideId,
};
use frame_support::assert_ok;
use pallet_amendments::{Proposals, Waiting};
use pallet_reconciliation::{SideRecord, Sides};
use sp_core::H256;

fn hash() -> H256 {
    <Runtime as CounterfoilApi<Block>>::day_hash(1, TODAY).expect("there is such a day")
}

/// Whether a change of the chain changes the hash.
fn changes(change: impl FnOnce()) -> bool {
    let before = hash();
    change();
    hash() != before
}

fn set_time(now: u64) {
    pallet_timestamp::Now::<Runtime>::put(now);
}

/// The bank's side of a day is proven to have this number of breaks.
fn prove(day: BusinessDay, breaks: u32) {
    let record = SideRecord {
        proven: Some(breaks),
        ..SideRecord::default()
    };
    Sides::<Runtime>::insert(SideId::new(1, day, Side::Credit), record);
}

#[test]
fn time_alone_changes_nothing_until_it_changes_what_is_awaited() {
    on_development_chain(|| {
        let day = views::day(1, TODAY).expect("there is such a day");
        assert!(!changes(|| set_time(crate::tests::NOON + 1)));
        set_time(day.cut_off_at - 1);
        assert!(changes(|| set_time(day.cut_off_at)));
        set_time(day.preset_at - 1);
        assert!(changes(|| set_time(day.preset_at)));
    });
}

#[test]
fn the_deadline_of_a_sealed_day_changes_it() {
    on_development_chain(|| {
        let day = views::day(1, TODAY).expect("there is such a day");
        set_time(day.cut_off_at);
        let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
        assert!(changes(|| {
            assert_ok!(Trades::seal(eve, 1, TODAY));
        }));
        set_time(day.deadline_at - 1);
        assert!(changes(|| set_time(day.deadline_at)));
    });
}

#[test]
fn a_trade_changes_its_own_day() {
    on_development_chain(|| {
        assert!(changes(|| record(&[1])));
        let yesterday = || views::day_hash(1, TODAY.previous());
        let before = yesterday();
        record_from(1, &[2]);
        assert_eq!(yesterday(), before);
    });
}

#[test]
fn what_is_owed_and_the_means_to_pay_it_change_it() {
    on_development_chain(|| {
        assert!(changes(|| reconcile(TODAY, 100)));
        let alice = Sr25519Keyring::Alice.to_account_id();
        let company = AccountId::from(COMPANY_TREASURY);
        assert!(changes(|| {
            let issuer = RuntimeOrigin::signed(alice);
            assert_ok!(Assets::freeze(issuer, ASSET, company.into()));
        }));
    });
}

#[test]
fn a_proposal_and_an_answer_to_it_change_it() {
    on_development_chain(|| {
        let proposal = Proposal {
            agreement: 1,
            proposer: 3,
            ground: Ground::NotPaid,
            evidence: H256::zero(),
            fingerprint: H256::zero(),
            stated: Default::default(),
            proposed_at: 1,
            answer_until: crate::tests::NOON + DAY,
            answers: Answers {
                bank: Some(true),
                company: None,
            },
            standing: Standing::Open,
        };
        assert!(changes(|| {
            Proposals::<Runtime>::insert(1, 1, proposal);
            let noted = Waiting::<Runtime>::mutate(1, |numbers| numbers.try_push(1));
            noted.expect("there is room for one");
        }));
        let answered = Proposal {
            answers: Answers {
                bank: Some(true),
                company: Some(false),
            },
            ..proposal
        };
        assert!(changes(|| Proposals::<Runtime>::insert(1, 1, answered)));
    });
}

#[test]
fn another_agreement_leaves_it() {
    on_development_chain(|| {
        let other = SideId::new(2, TODAY, Side::Credit);
        assert!(!changes(|| Sides::<Runtime>::insert(
            other,
            SideRecord {
                proven: Some(1),
                ..SideRecord::default()
            }
        )));
    });
}

#[test]
fn the_state_of_a_day_nearby_changes_it_where_breaks_may_be_timing_differences() {
    on_development_chain(|| {
        let nearby = TODAY.previous();
        assert!(changes(|| prove(TODAY, 0)));
        assert!(!changes(|| prove(nearby, 1)));
        assert!(changes(|| prove(TODAY, 1)));
        assert!(changes(|| prove(nearby, 2)));
        let [furthest, further] = [28, 29].map(|days| BusinessDay(TODAY.0 + days));
        assert!(changes(|| prove(furthest, 1)));
        assert!(!changes(|| prove(further, 1)));
    });
}

#[test]
fn there_is_none_of_a_day_that_cannot_be_read() {
    on_development_chain(|| {
        let hash = <Runtime as CounterfoilApi<Block>>::day_hash;
        assert_eq!(hash(9, TODAY), None);
        assert_eq!(hash(1, TODAY.next().next()), None);
        assert_eq!(hash(1, BusinessDay(20_261_131)), None);
        // 2026-11-23 by its digits.
        assert_eq!(hash(1, BusinessDay(20_261_123)), hash(1, TODAY));
    });
}
