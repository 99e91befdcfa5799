//! Why an account's call is not taken, where the SDK says only that it cannot pay.
//!
//! Strangers are kept out by the nonce, and members by the fee of what is not free for them. Both
//! are the SDK's `Payment`, "account balance too low", which sends people looking for money. Once such a
//! call is refused, a look at who signs what finds the reason; it lets nothing in.

use crate::{AccountId, Registry, RuntimeCall};
use counterfoil_primitives::{ports::Directory, refusal, AgreementId, MemberId};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The account is no member's operator.
pub const STRANGER: InvalidTransaction = InvalidTransaction::Custom(refusal::STRANGER);

/// The agreement does not admit the member as a client.
pub const NOT_ADMITTED: InvalidTransaction = InvalidTransaction::Custom(refusal::NOT_ADMITTED);

/// Bank or company suspended the member, a client, in the agreement.
pub const SUSPENDED: InvalidTransaction = InvalidTransaction::Custom(refusal::SUSPENDED);

/// The call is not free for the member, and its account has nothing to pay with.
pub const NOT_FREE: InvalidTransaction = InvalidTransaction::Custom(refusal::NOT_FREE);

/// The reason behind a refusal for lack of funds, or for the signer.
pub(crate) fn explain(
    error: TransactionValidityError,
    signer: Option<&AccountId>,
    call: &RuntimeCall,
) -> TransactionValidityError {
    let otherwise = match error {
        TransactionValidityError::Invalid(InvalidTransaction::Payment) => NOT_FREE,
        TransactionValidityError::Invalid(why @ InvalidTransaction::BadSigner) => why,
        other => return other,
    };
    let Some(signer) = signer else { return error };
    let Some(member) = Registry::member_of(signer) else {
        return STRANGER.into();
    };
    match recorded_under(call) {
        Some(agreement) if !admits(agreement, member) => NOT_ADMITTED.into(),
        _ if is_suspended(member, call) => SUSPENDED.into(),
        _ => otherwise.into(),
    }
}

/// The agreement for which a call records.
fn recorded_under(call: &RuntimeCall) -> Option<AgreementId> {
    match call {
        RuntimeCall::Trades(
            pallet_trades::Call::record { agreement, .. }
            | pallet_trades::Call::record_one { agreement, .. }
            | pallet_trades::Call::refund { agreement, .. }
            | pallet_trades::Call::refund_one { agreement, .. },
        ) => Some(*agreement),
        _ => None,
    }
}

fn admits(agreement_id: AgreementId, member: MemberId) -> bool {
    Registry::agreement(agreement_id).is_some_and(|agreement| agreement.admits(member))
}

/// Whether a call records or proposes for a client in an agreement in which it is suspended.
fn is_suspended(member: MemberId, call: &RuntimeCall) -> bool {
    recorded_under(call)
        .or(proposed_under(call))
        .and_then(Registry::agreement)
        .is_some_and(|agreement| agreement.is_suspended(member))
}

/// The agreement for which a call proposes to amend what is recorded.
fn proposed_under(call: &RuntimeCall) -> Option<AgreementId> {
    match call {
        RuntimeCall::Amendments(pallet_amendments::Call::propose { agreement, .. }) => {
            Some(*agreement)
        }
        _ => None,
    }
}
