//! What the worker submitted, and what becomes of it in a block.

use super::*;
use codec::Decode;
use counterfoil_support::ValidateUnordered;
use sp_runtime::{
    generic::Preamble,
    traits::Dispatchable,
    transaction_validity::{TransactionSource, TransactionValidityError},
};

/// The calls that the worker submitted, taken out of the pool.
pub fn submitted() -> Vec<crate::Call<Test>> {
    transactions().into_iter().map(|(_, call)| call).collect()
}

/// What the worker submitted, each with the member that signed it, taken out of the pool.
fn transactions() -> Vec<(MemberId, crate::Call<Test>)> {
    let pool = world(|world| core::mem::take(&mut world.pool));
    pool.iter()
        .map(|raw| {
            let sent = Extrinsic::decode(&mut &raw[..]).unwrap();
            let Preamble::Signed(account, ..) = sent.preamble else {
                panic!("the worker signs what it submits");
            };
            let RuntimeCall::Reconciliation(call) = sent.function else {
                panic!("the worker submits calls of this pallet");
            };
            (
                MockWorld::member_of(&account).expect("a member signed"),
                call,
            )
        })
        .collect()
}

/// Checks and dispatches a member's call without a nonce, as a block does, and checks the state after it.
pub fn apply(member: MemberId, call: &crate::Call<Test>) -> Result<(), TransactionValidityError> {
    call.validate_unordered(member, TransactionSource::InBlock)?;
    RuntimeCall::from(call.clone())
        .dispatch(signed(member))
        .expect("a valid call was refused");
    check_state();
    Ok(())
}

/// Applies all that the worker submitted, in its order.
pub fn apply_submitted() {
    for (member, call) in transactions() {
        apply(member, &call).unwrap();
    }
}
