//! Which pallets the chain consists of. An index, once given, is never given to another.
//!
//! Blocks and genesis states go through the pallets by index: keys of validators are there before their
//! first session is.

// What the macro generates has no documentation of its own.
#![allow(missing_docs)]

use crate::{Block, UncheckedExtrinsic};
use alloc::vec::Vec;
use pallet_session::historical as pallet_session_historical;
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::traits::Block as BlockT;

#[frame_support::runtime]
mod runtime {
    /// The chain.
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask
    )]
    pub struct Runtime;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;

    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;

    #[runtime::pallet_index(2)]
    pub type Aura = pallet_aura;

    #[runtime::pallet_index(3)]
    pub type Grandpa = pallet_grandpa;

    #[runtime::pallet_index(4)]
    pub type Balances = pallet_balances;

    #[runtime::pallet_index(5)]
    pub type TransactionPayment = pallet_transaction_payment;

    // 6 stays unused, as an index that was given once.

    #[runtime::pallet_index(7)]
    pub type Utility = pallet_utility;

    #[runtime::pallet_index(8)]
    pub type Assets = pallet_assets;

    #[runtime::pallet_index(9)]
    pub type SkipFeelessPayment = pallet_skip_feeless_payment;

    #[runtime::pallet_index(10)]
    pub type Envelope = pallet_envelope;

    #[runtime::pallet_index(11)]
    pub type Authorship = pallet_authorship;

    #[runtime::pallet_index(12)]
    pub type Validators = pallet_validators;

    // Without its calls: nobody has a key of a validator's account. Members set session keys by calls of
    // `Validators`.
    #[runtime::pallet_index(13)]
    #[runtime::disable_call]
    pub type Session = pallet_session;

    #[runtime::pallet_index(14)]
    pub type Historical = pallet_session_historical;

    #[runtime::pallet_index(15)]
    pub type Offences = pallet_offences;

    // Without its calls: nobody has a key of a seat's account. Seats act by calls of `Council`.
    #[runtime::pallet_index(16)]
    #[runtime::disable_call]
    pub type Collective = pallet_collective;

    #[runtime::pallet_index(20)]
    pub type Registry = pallet_registry;

    #[runtime::pallet_index(21)]
    pub type Trades = pallet_trades;

    #[runtime::pallet_index(22)]
    pub type Books = pallet_books;

    #[runtime::pallet_index(23)]
    pub type Reconciliation = pallet_reconciliation;

    #[runtime::pallet_index(24)]
    pub type Settlement = pallet_settlement;

    #[runtime::pallet_index(25)]
    pub type Share = pallet_share;

    #[runtime::pallet_index(26)]
    pub type Council = pallet_council;

    #[runtime::pallet_index(27)]
    pub type Amendments = pallet_amendments;
}

/// The inherents of a block, from what its author brings.
pub(crate) fn inherents(data: InherentData) -> Vec<UncheckedExtrinsic> {
    data.create_extrinsics()
}

/// Whether the inherents of a block agree with what a node finds by itself.
pub(crate) fn check_inherents(
    block: &<Block as BlockT>::LazyBlock,
    data: &InherentData,
) -> CheckInherentsResult {
    data.check_extrinsics(block)
}
