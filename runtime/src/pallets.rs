//! Which pallets the chain consists of. An index, once given, is never given to another.

// What the macro generates has no documentation of its own.
#![allow(missing_docs)]

use crate::{Block, UncheckedExtrinsic};
use alloc::vec::Vec;
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

    #[runtime::pallet_index(6)]
    pub type Sudo = pallet_sudo;

    #[runtime::pallet_index(7)]
    pub type Utility = pallet_utility;

    #[runtime::pallet_index(8)]
    pub type Assets = pallet_assets;

    #[runtime::pallet_index(9)]
    pub type SkipFeelessPayment = pallet_skip_feeless_payment;

    #[runtime::pallet_index(10)]
    pub type Envelope = pallet_envelope;

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
