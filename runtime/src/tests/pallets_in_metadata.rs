//! The pallets as the runtime's metadata has them: which are the SDK's, and which our own.

use crate::Runtime;
use codec::{Decode, Encode};
use frame_metadata::{v14::RuntimeMetadataV14, RuntimeMetadata, RuntimeMetadataPrefixed};

/// The pallets of the SDK: what they say, and what is known by an index within them, is theirs.
pub const SDK: [&str; 14] = [
    "System",
    "Timestamp",
    "Aura",
    "Grandpa",
    "Balances",
    "TransactionPayment",
    "Utility",
    "Assets",
    "SkipFeelessPayment",
    "Authorship",
    "Session",
    "Historical",
    "Offences",
    "Collective",
];

/// The metadata.
pub fn metadata() -> RuntimeMetadataV14 {
    let bytes = Runtime::metadata().encode();
    let prefixed = RuntimeMetadataPrefixed::decode(&mut &bytes[..]).expect("it is metadata");
    match prefixed.1 {
        RuntimeMetadata::V14(metadata) => metadata,
        other => panic!("another version: {}", other.version()),
    }
}
