//! For whom this node acts.

use super::finalized_state::State;
use counterfoil_primitives::{operator::OPERATOR_KEY_TYPE, MemberId};
use jsonrpsee::types::ErrorObjectOwned;
use sp_keystore::KeystorePtr;

/// Whether the keystore holds a member's operator key: then the node acts for the member.
pub fn acts_for(
    chain: &impl State,
    keystore: &KeystorePtr,
    member: MemberId,
) -> Result<bool, ErrorObjectOwned> {
    let operator = chain.operator(member)?;
    Ok(operator.is_some_and(|operator| {
        let key = (AsRef::<[u8]>::as_ref(&operator).to_vec(), OPERATOR_KEY_TYPE);
        keystore.has_keys(&[key])
    }))
}
