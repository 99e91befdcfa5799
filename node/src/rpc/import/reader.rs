//! Whether this node would ever read a ledger that is imported here.

use crate::{
    books::BookId,
    rpc::{chain::State, error::refused, keys::acts_for},
};
use counterfoil_primitives::Source;
use jsonrpsee::core::RpcResult;
use sp_keystore::KeystorePtr;

/// Refuses a book that the node's worker makes without a ledger, or does not make at all: staff
/// would believe that the ledger stands.
pub fn ensure_one(chain: &impl State, keystore: &KeystorePtr, book: BookId) -> RpcResult<()> {
    let agreement = chain
        .agreement(book.agreement)?
        .ok_or_else(|| refused("there is no such agreement"))?;
    let conditions = agreement.conditions_on(book.day).ok_or_else(|| {
        refused(format!(
            "{book}: the agreement begins later, on day {}",
            agreement.first_day.0
        ))
    })?;
    if agreement.has_ended(book.day) {
        return Err(refused(format!(
            "{book}: the agreement has ended by then; `counterfoil agreement show` names its last day"
        )));
    }
    if conditions.source(book.side) != Source::Ledger {
        return Err(refused(format!(
            "the book of {book} is received: the node copies it from the chain and reads no \
             ledger. Compare the ledger by `counterfoil book check`, or have the administrator \
             make it the book of later days by `counterfoil agreement set-conditions`"
        )));
    }
    let party = agreement.party(book.side);
    if !acts_for(chain, keystore, party)? {
        return Err(refused(format!(
            "this node does not hold the operator key of member {party}, whose book that of \
             {book} is: import at the member's own node, or insert the key here by \
             `counterfoil-node key insert`"
        )));
    }
    Ok(())
}
