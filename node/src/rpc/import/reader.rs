//! Whether this node would ever read a ledger that is imported here.

use crate::rpc::{chain::State, error::refused, keys::acts_for};
use counterfoil_primitives::{SideId, Source};
use jsonrpsee::core::RpcResult;
use sp_keystore::KeystorePtr;

/// Refuses a book that the node's worker makes without a ledger, or does not make at all: staff
/// would believe that the ledger stands.
pub fn ensure_one(chain: &impl State, keystore: &KeystorePtr, side_id: SideId) -> RpcResult<()> {
    let agreement = chain
        .agreement(side_id.agreement)?
        .ok_or_else(|| refused("there is no such agreement"))?;
    let conditions = agreement.conditions_on(side_id.day).ok_or_else(|| {
        refused(format!(
            "{side_id}: the agreement begins later, on day {}",
            agreement.first_day.0
        ))
    })?;
    if agreement.has_ended(side_id.day) {
        return Err(refused(format!(
            "{side_id}: the agreement has ended by then; `counterfoil agreement show` names its last day"
        )));
    }
    if conditions.source(side_id.side) != Source::Ledger {
        return Err(refused(format!(
            "the book of {side_id} is received: the node copies it from the chain and reads no \
             ledger. Compare the ledger by `counterfoil book check`, or have the administrator \
             make it the book of later days by `counterfoil agreement set-conditions`"
        )));
    }
    let party = agreement.party(side_id.side);
    if !acts_for(chain, keystore, party)? {
        return Err(refused(format!(
            "this node does not hold the operator key of member {party}, who keeps the book of \
             {side_id}: import at the member's own node, or insert the key here by \
             `counterfoil-node key insert`"
        )));
    }
    Ok(())
}
