//! What a call costs whom.
//!
//! Most calls of members are free for them: the extension that takes fees steps back where the call
//! says so of its signer. What wallets are told must follow the same rule, and by the same question.

use crate::{Address, Balance, RuntimeOrigin, TransactionPayment, UncheckedExtrinsic};
use frame_support::dispatch::CheckIfFeeless;
use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
use sp_runtime::generic::Preamble;

/// What a transaction of `len` bytes weighs and costs. One that is free for its signer costs nothing.
pub fn info(transaction: UncheckedExtrinsic, len: u32) -> RuntimeDispatchInfo<Balance> {
    let free = is_free(&transaction);
    let mut info = TransactionPayment::query_info(transaction, len);
    if free {
        info.partial_fee = 0;
    }
    info
}

/// What the fee of a transaction of `len` bytes consists of.
pub fn details(transaction: UncheckedExtrinsic, len: u32) -> FeeDetails<Balance> {
    let free = is_free(&transaction);
    let mut details = TransactionPayment::query_fee_details(transaction, len);
    if free {
        details.inclusion_fee = None;
    }
    details
}

/// Whether the call of a transaction is free for its signer.
fn is_free(transaction: &UncheckedExtrinsic) -> bool {
    match &transaction.preamble {
        Preamble::Signed(Address::Id(signer), ..) => {
            let origin = RuntimeOrigin::signed(signer.clone());
            transaction.function.is_feeless(&origin)
        }
        _ => false,
    }
}
