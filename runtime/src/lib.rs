//! The Counterfoil chain: the pallets put together.
//!
//! | module | what it holds |
//! |---|---|
//! | `pallets` | which pallets there are, under which indices |
//! | [`constants`] | the chain's fixed numbers: of blocks, fees, agreements and batches |
//! | [`configs`] | how each pallet is set up, by group |
//! | [`transaction`] | what a transaction consists of, and who may submit one |
//! | [`without_nonce`] | which calls may come without a nonce |
//! | [`wrapped_extension`] | a transaction's extension, as this chain runs it |
//! | `worker_signature` | how a worker signs its member's call |
//! | `migrations` | what the first block of a new runtime does to the state |
//! | `version` | the chain's version |
//! | [`cannot_pay_explained`] | why an account's call is not taken |
//! | [`counterfoil_api`] | the runtime API that staff reads by |
//! | [`views`] | what the runtime API reads, put together from the pallets |
//! | [`views_in_words`] | the same for people: names, dates, and amounts with their currency |
//! | [`metadata`] | what wallets read in the metadata, beyond what the sources say |
//! | `fees` | what a call costs, and whom |
//! | [`extension_weights`] | what transactions weigh beside their calls |
//! | `errors_by_number` | the pallets' descriptions of their errors, outside the sandbox |
//! | [`apis`] | all runtime APIs' implementations |
//! | `benchmarks` | the pallets whose weights are measured, in a build for that alone |
//! | [`presets`] | genesis states for development and for the local network |
//!
//! Two kinds of accounts get a transaction in: a member's operator, without fees and without
//! funds, and who issues an asset, for a fee. Others hold no native funds to pay with. Nobody has a key that
//! acts as root: a majority of the council's seats does.

#![cfg_attr(not(feature = "std"), no_std)]
// `construct_runtime!` expands deeply.
#![recursion_limit = "256"]

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod cannot_pay_explained;
pub mod configs;
pub mod constants;
pub mod counterfoil_api;
#[cfg(feature = "std")]
pub mod errors_by_number;
pub mod extension_weights;
mod fees;
pub mod metadata;
mod migrations;
mod pallets;
pub mod presets;
pub mod transaction;
mod version;
pub mod views;
pub mod views_in_words;
pub mod without_nonce;
mod worker_signature;
pub mod wrapped_extension;

#[cfg(test)]
mod tests;

#[cfg(feature = "std")]
#[allow(missing_docs)]
mod wasm {
    include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

#[cfg(feature = "std")]
pub use wasm::*;

pub use apis::RuntimeApi;
pub use migrations::Migrations;
pub use pallets::*;
pub use transaction::{SignedPayload, TxExtension, UncheckedExtrinsic};
pub use version::VERSION;

use alloc::vec::Vec;
use sp_runtime::{
    generic, impl_opaque_keys,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
    MultiAddress, MultiSignature,
};

/// A block's number.
pub type BlockNumber = u32;
/// A signature on a transaction.
pub type Signature = MultiSignature;
/// An account: a public key of 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An account as transactions name it.
pub type Address = MultiAddress<AccountId, ()>;
/// An amount of the native token or of an asset.
pub type Balance = u128;
/// Counts an account's transactions.
pub type Nonce = u32;
/// A hash.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its justifications.
pub type SignedBlock = generic::SignedBlock<Block>;

/// What runs a block.
pub type Executive = frame_executive::Executive<
    Runtime,
    Block,
    frame_system::ChainContext<Runtime>,
    Runtime,
    AllPalletsWithSystem,
>;

/// The types that a node needs without knowing transactions.
pub mod opaque {
    use super::{generic, BlakeTwo256, BlockNumber};
    pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

    /// A block's header.
    pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
    /// A block whose transactions are bytes.
    pub type Block = generic::Block<Header, UncheckedExtrinsic>;
}

impl_opaque_keys! {
    /// The keys with which a member's node makes and finalises blocks. The key that acts for the member is
    /// none of them: it has other rights, and changes at other times.
    pub struct SessionKeys {
        /// Makes blocks.
        pub aura: Aura,
        /// Finalises blocks.
        pub grandpa: Grandpa,
    }
}

/// The version of the native code.
#[cfg(feature = "std")]
pub fn native_version() -> sp_version::RuntimeVersion {
    VERSION
}
