//! What a flood leaves in storage.

use super::*;

/// What the system pallet keeps of a block while it is made: the block's end clears it, or the next
/// block begins it anew.
const OF_THE_BLOCK: [&str; 7] = [
    "BlockSize",
    "BlockWeight",
    "EventCount",
    "Events",
    "ExecutionPhase",
    "ExtrinsicData",
    "InherentsApplied",
];

/// All of storage but what is kept of a block while it is made.
pub(super) fn storage() -> BTreeMap<Vec<u8>, Vec<u8>> {
    let of_the_block =
        OF_THE_BLOCK.map(|value| [twox_128(b"System"), twox_128(value.as_bytes())].concat());
    let is_of_the_block = |key: &[u8]| {
        key == EXTRINSIC_INDEX || of_the_block.iter().any(|prefix| key.starts_with(prefix))
    };
    let mut storage = BTreeMap::new();
    let mut last = Vec::new();
    while let Some(key) = sp_io::storage::next_key(&last) {
        if !is_of_the_block(&key) {
            let value = sp_io::storage::get(&key).expect("the key has a value");
            storage.insert(key.clone(), value.to_vec());
        }
        last = key;
    }
    storage
}

/// The keys of storage whose values a flood changed, made or took away.
pub(super) fn changed_by(flood: impl FnOnce()) -> BTreeSet<Vec<u8>> {
    let before = storage();
    flood();
    let after = storage();
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(*key) != after.get(*key))
        .cloned()
        .collect()
}

/// Where it lies what Eve used lately.
fn use_of_eve() -> Vec<u8> {
    pallet_share::UsedBy::<Runtime>::hashed_key_for(EVE)
}

#[test]
fn a_signed_flood_leaves_nothing_in_storage_but_a_nonce_and_a_use() {
    assert_leaves_a_nonce_and_a_use(worthless_batch());
}

#[test]
fn a_signed_flood_of_refunds_leaves_nothing_in_storage_but_a_nonce_and_a_use() {
    assert_leaves_a_nonce_and_a_use(worthless_refunds());
}

/// Eve floods the chain with a call.
fn assert_leaves_a_nonce_and_a_use(call: RuntimeCall) {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.to_account_id();
        let account = || frame_system::Account::<Runtime>::get(&eve);
        let before = account();
        let mut taken = 0;
        let changed = changed_by(|| taken = flood_of(Sr25519Keyring::Eve, call));
        let of_account = frame_system::Account::<Runtime>::hashed_key_for(&eve);
        assert_eq!(changed, BTreeSet::from([of_account, use_of_eve()]));
        let raised = AccountInfo {
            nonce: before.nonce + taken,
            ..before
        };
        assert_eq!(account(), raised);
    });
}

/// The lives of a flood's transactions by turns, in blocks: they do not all end at once.
const LIVES: [u64; 4] = [64, 16, 256, 32];

/// Sends more batches without a nonce, each refused, than are kept of a client as spent.
fn unordered_flood() -> Vec<UncheckedExtrinsic> {
    let eve = Sr25519Keyring::Eve.pair();
    let send = |count: u32| {
        let era = Era::mortal(LIVES[count as usize % LIVES.len()], 0);
        let batch = signed_for(&eve, era, UNORDERED, worthless(count));
        // Once those that end soonest have to give way, the rest of them is refused at once.
        let applied = Executive::apply_extrinsic(batch.clone());
        assert!([Ok(Ok(())), Err(OUTNUMBERED.into())].contains(&applied));
        batch
    };
    // Of two trades and more: a trade that comes alone and is refused fails its call.
    (2..max_spent() as u32 + 10).map(send).collect()
}

fn max_spent() -> usize {
    <pallet_envelope::spent::Limit as Get<u32>>::get() as usize
}

#[test]
fn a_flood_without_nonces_leaves_at_most_as_much_spent_as_is_kept_of_a_client_and_a_use() {
    on_development_chain(|| {
        let changed = changed_by(|| {
            unordered_flood();
        });
        let of_spent = pallet_envelope::SpentTransactions::<Runtime>::hashed_key_for(EVE);
        assert_eq!(changed, BTreeSet::from([of_spent, use_of_eve()]));
        let spent = spent_of_eve();
        assert!((1..=max_spent()).contains(&spent), "{spent}");
    });
}

/// Those that are kept are known one by one. Of those that gave way it is known when they ended.
#[test]
fn nothing_of_a_flood_without_nonces_comes_back() {
    on_development_chain(|| {
        let flood = unordered_flood();
        let (sent, kept) = (flood.len(), spent_of_eve());
        let mut stale = 0;
        for batch in flood {
            // Each question to the pool begins a block.
            System::set_block_number(1);
            match refused(validity(batch)) {
                InvalidTransaction::Stale => stale += 1,
                again => assert_eq!(again, OUTNUMBERED),
            }
        }
        assert_eq!(stale, kept);
        assert!(0 < kept && kept < sent, "{kept} of {sent} are kept");
    });
}

fn spent_of_eve() -> usize {
    pallet_envelope::SpentTransactions::<Runtime>::get(EVE)
        .kept
        .len()
}
