//! Blocks as validators make them, on chains with a council of some seats.

use super::{config, transactions::signed, NOON};
use crate::{
    constants::SLOT_MILLIS, Executive, Hash, Header, RuntimeCall, System, Timestamp,
    UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::MemberId;
use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Header as _, ApplyExtrinsicResult, BuildStorage, Digest, DigestItem};

/// Runs `test` on the local network, with a council of these seats, at noon of the second day.
pub fn on_chain_of(seats: &[MemberId], majority: u32, test: impl FnOnce()) {
    let mut config = config(LOCAL_TESTNET_RUNTIME_PRESET);
    config.council.seats = seats.to_vec();
    config.council.majority = majority;
    let state = config.build_storage().expect("the genesis builds");
    sp_io::TestExternalities::new(state).execute_with(|| {
        pallet_timestamp::Now::<crate::Runtime>::put(NOON);
        test()
    });
}

/// Makes an empty block.
pub fn empty_block() -> Header {
    make(vec![]).0
}

/// Makes a block of a call that a member's operator signs.
pub fn block_of(signer: Sr25519Keyring, call: RuntimeCall) -> ApplyExtrinsicResult {
    let nonce = System::account_nonce(signer.to_account_id());
    let transaction = signed(&signer.pair(), nonce, call);
    block_of_all(vec![transaction]).remove(0)
}

/// Makes a block of transactions. Returns what became of each.
pub fn block_of_all(transactions: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
    make(transactions).1
}

fn make(transactions: Vec<UncheckedExtrinsic>) -> (Header, Vec<ApplyExtrinsicResult>) {
    let now = Timestamp::get() + SLOT_MILLIS;
    let slot = Slot::from(now / SLOT_MILLIS);
    let digest = Digest {
        logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
    };
    let number = System::block_number() + 1;
    let [none, root] = [Hash::zero(); 2];
    let parent = if number == 1 {
        System::block_hash(0)
    } else {
        Hash::from_low_u64_be(u64::from(number) - 1)
    };
    Executive::initialize_block(&Header::new(number, none, root, parent, digest));
    let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
    Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time))
        .expect("the time is valid")
        .expect("the time is set");
    let applied = transactions.into_iter().map(apply).collect();
    (Executive::finalize_block(), applied)
}

/// Applies a transaction as a block's author does: what is not valid leaves no trace.
fn apply(transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
    with_transaction_unchecked(|| match Executive::apply_extrinsic(transaction) {
        Ok(applied) => TransactionOutcome::Commit(Ok(applied)),
        Err(invalid) => TransactionOutcome::Rollback(Err(invalid)),
    })
}
