//! The pallets whose weights are measured, and what their benchmarks set up behind the ports: see
//! `scripts/weights`.

use crate::{Registry, Runtime, SessionKeys};
use alloc::{format, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{
    ports::{DayTrades, Directory},
    tree::PAGE_SIZE,
    window::{Chunk, CHUNK_BYTES},
    AgreementId, BusinessDay, Commitment, DayTotals, MemberId, Moment, Role, Side, SideId, Trade,
};
use frame_support::BoundedVec;
use pallet_registry::benchmarking::setup::{self as registry, AGREEMENT, BANK, RECONCILER};
use pallet_trades::{
    benchmarking::setup::{self as trades, PAST},
    Days, Pages, Seal, Seals, WindowChunks, Windows,
};
use sp_core::crypto::AccountId32;

frame_benchmarking::define_benchmarks!(
    [pallet_amendments, Amendments]
    [pallet_books, Books]
    [pallet_council, Council]
    [pallet_envelope, Envelope]
    [pallet_reconciliation, Reconciliation]
    [pallet_registry, Registry]
    [pallet_settlement, Settlement]
    [pallet_share, Share]
    [pallet_trades, Trades]
    [pallet_validators, Validators]
);

/// What lies behind the ports: the other pallets' storage.
pub struct Setup;

impl Setup {
    /// Seals a past day of a number of full pages, and sets the time to when it is reconciled.
    fn put_sealed(day: BusinessDay, pages: u32) {
        trades::put_day::<Runtime>(day, 0, pages);
        let commitment = |side: Side| {
            let side_id = SideId::new(AGREEMENT, day, side);
            Commitment::from_page_roots(
                &crate::Trades::place(side_id),
                pages * PAGE_SIZE,
                0,
                crate::Trades::page_roots(side_id),
                [],
                crate::Trades::totals(AGREEMENT, day).of(side),
            )
        };
        let seal = Seal {
            debit: commitment(Side::Debit),
            credit: commitment(Side::Credit),
            sealed_at: 0,
        };
        Seals::<Runtime>::insert(AGREEMENT, day, seal);
    }
}

impl pallet_books::benchmarking::BenchmarkHelper for Setup {
    fn put_sealed_day() -> (SideId, MemberId) {
        trades::put_all::<Runtime>();
        let times = Registry::agreement(AGREEMENT)
            .and_then(|agreement| Registry::due_times(AGREEMENT, &agreement, PAST));
        trades::set_time::<Runtime>(times.expect("the agreement had begun").preset - 1);
        Self::put_sealed(PAST, 1);
        (SideId::new(AGREEMENT, PAST, Side::Credit), BANK)
    }
}

impl pallet_share::benchmarking::BenchmarkHelper for Setup {
    fn put_member() -> AccountId32 {
        trades::put_all::<Runtime>();
        counterfoil_support::account_of::<Registry>(BANK).expect("the bank is a member")
    }
}

impl pallet_council::benchmarking::BenchmarkHelper for Setup {
    fn put_member(member: MemberId) -> AccountId32 {
        registry::put_member::<Runtime>(member, Role::Client)
    }
}

impl pallet_validators::benchmarking::BenchmarkHelper<SessionKeys> for Setup {
    fn put_member(member: MemberId) -> AccountId32 {
        registry::put_member::<Runtime>(member, Role::Client)
    }

    fn keys(number: u32, owner: &AccountId32) -> (SessionKeys, pallet_validators::KeyProof) {
        let seed = format!("//validator//{number}").into_bytes();
        let made = SessionKeys::generate(owner.as_ref(), Some(seed));
        let proof = made.proof.encode().try_into();
        (made.keys, proof.expect("two signatures are short"))
    }
}

impl pallet_amendments::benchmarking::BenchmarkHelper for Setup {
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay) {
        trades::put_all::<Runtime>();
        for product in 1..=products {
            registry::put_product::<Runtime>(product, trades::FIRST);
        }
        (AGREEMENT, PAST)
    }

    fn set_time(now: Moment) {
        trades::set_time::<Runtime>(now);
    }

    fn put_day(day: BusinessDay, trades: Vec<Trade>) {
        let mut totals = DayTotals::default();
        trades.iter().for_each(|trade| totals.add(trade));
        Days::<Runtime>::insert(AGREEMENT, day, totals);
        for (page, trades) in (0u32..).zip(trades.chunks(PAGE_SIZE as usize)) {
            let trades = BoundedVec::truncate_from(trades.to_vec());
            Pages::<Runtime>::insert((AGREEMENT, day, page), trades);
        }
    }
}

impl pallet_reconciliation::benchmarking::BenchmarkHelper for Setup {
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay, MemberId) {
        trades::put_all::<Runtime>();
        for product in 1..=products {
            registry::put_product::<Runtime>(product, trades::FIRST);
        }
        (AGREEMENT, PAST, RECONCILER)
    }

    fn set_time(now: Moment) {
        trades::set_time::<Runtime>(now);
    }

    fn seal(day: BusinessDay, pages: u32) {
        Self::put_sealed(day, pages);
    }

    fn put_page(day: BusinessDay, page: u32, trades: Vec<Trade>) {
        let trades = BoundedVec::truncate_from(trades);
        Pages::<Runtime>::insert((AGREEMENT, day, page), trades);
    }

    fn use_up(client: MemberId) {
        let chunk = Chunk {
            index: 0,
            bits: [u8::MAX; CHUNK_BYTES],
        };
        Windows::<Runtime>::insert(client, 0);
        WindowChunks::<Runtime>::insert(client, 0, chunk);
    }

    fn commit(side_id: SideId, commitment: Commitment) {
        pallet_books::Commitments::<Runtime>::insert(side_id, 0, commitment);
    }
}
