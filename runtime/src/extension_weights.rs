//! What transactions cost beside their calls: the SDK's extensions, as this chain runs them.
//!
//! The SDK counts for each transaction what it would read and write alone. Of what all transactions of
//! a block read, only the first one meets the database, which a block's own weight covers; and a fee
//! that is not taken touches no balance.

use crate::{Runtime, RuntimeCall};
use frame_support::weights::Weight;
use frame_system::{ExtensionsWeightInfo, SubstrateExtensionsWeight};
use pallet_envelope::EraAndNonce;
use pallet_share::priority::MAX_OF_A_FEE;
use pallet_skip_feeless_payment::{Intermediate, SkipCheckIfFeeless};
use pallet_trades::WeightInfo as _;
use pallet_transaction_payment::{ChargeTransactionPayment, WeightInfo as _};
use sp_runtime::{traits::TransactionExtension, transaction_validity::TransactionPriority};

type Sdk = SubstrateExtensionsWeight<Runtime>;
type Fee = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
type Trades = pallet_trades::weights::SubstrateWeight<Runtime>;

/// The weights of `frame_system`'s extensions.
pub struct ExtensionWeights;

impl ExtensionsWeightInfo for ExtensionWeights {
    fn check_genesis() -> Weight {
        read_by_all(Sdk::check_genesis())
    }
    // Eras begin at few blocks.
    fn check_mortality_mortal_transaction() -> Weight {
        read_by_all(Sdk::check_mortality_mortal_transaction())
    }
    fn check_mortality_immortal_transaction() -> Weight {
        read_by_all(Sdk::check_mortality_immortal_transaction())
    }
    fn check_non_zero_sender() -> Weight {
        Sdk::check_non_zero_sender()
    }
    fn check_nonce() -> Weight {
        Sdk::check_nonce()
    }
    fn check_spec_version() -> Weight {
        Sdk::check_spec_version()
    }
    fn check_tx_version() -> Weight {
        Sdk::check_tx_version()
    }
    fn check_weight() -> Weight {
        Sdk::check_weight()
    }
    fn weight_reclaim() -> Weight {
        Sdk::weight_reclaim()
    }
}

/// The weight of a check that reads one hash, without that read.
fn read_by_all(check: Weight) -> Weight {
    let read = <Runtime as frame_system::Config>::DbWeight::get().reads(1);
    check.saturating_sub(read)
}

/// What an extension of the SDK does not say of itself.
pub trait Charged: TransactionExtension<RuntimeCall> {
    /// The most that it may add to a transaction's priority.
    const MAX_PRIORITY: TransactionPriority = TransactionPriority::MAX;

    /// What it did not use of its weight, beside what it returns itself.
    fn unspent(_: &Self::Pre) -> Weight {
        Weight::zero()
    }
}

impl Charged for EraAndNonce<Runtime> {}

impl Charged for SkipCheckIfFeeless<Runtime, ChargeTransactionPayment<Runtime>> {
    const MAX_PRIORITY: TransactionPriority = MAX_OF_A_FEE;

    /// Of a free call all but the look at whether it is free.
    fn unspent(pre: &Self::Pre) -> Weight {
        match pre {
            Intermediate::Skip(_) => {
                let look =
                    Trades::check_entitlement(2).saturating_sub(Trades::check_entitlement(1));
                Fee::charge_transaction_payment().saturating_sub(look)
            }
            Intermediate::Apply(_) => Weight::zero(),
        }
    }
}
