//! Refuses a ledger that this node would never read, or of whose book the chain takes no commitment.

use crate::rpc::{acts_for::acts_for, error::refused, finalized_state::State};
use counterfoil_primitives::{
    commitment, ports::CommitRefused, summary::SideSummary, written::date, Moment, SideId, Source,
};
use jsonrpsee::core::RpcResult;
use sp_keystore::KeystorePtr;

/// Refuses a book that the node's worker makes without a ledger, or does not make at all: staff
/// would believe that the ledger stands.
pub fn ensure_is_read(
    chain: &impl State,
    keystore: &KeystorePtr,
    side_id: SideId,
) -> RpcResult<()> {
    let agreement = chain
        .agreement(side_id.agreement)?
        .ok_or_else(|| refused("there is no such agreement"))?;
    let conditions = agreement.conditions_on(side_id.day).ok_or_else(|| {
        refused(format!(
            "{side_id}: the agreement begins later, on {}",
            date::show(agreement.first_day)
        ))
    })?;
    if agreement.has_closed(side_id.day) {
        return Err(refused(format!(
            "{side_id}: the agreement has closed by then; `counterfoil agreement show` tells from which day on"
        )));
    }
    if conditions.source(side_id.side) != Source::Ledger {
        return Err(refused(format!(
            "the book of {side_id} is received: the node copies it from the chain and reads no \
             ledger. Compare the ledger by `counterfoil book check`, or have the council make it \
             the book of days that have not begun, by `counterfoil agreement set-conditions`"
        )));
    }
    let party = agreement.party(side_id.side);
    if !acts_for(chain, keystore, party)? {
        return Err(refused(format!(
            "this node does not hold the operator key of member {party}, who keeps the book of \
             {side_id}: import at the member's own node, or put the key into this \
             node's keystore by `counterfoil-node operator-key --suri FILE`"
        )));
    }
    Ok(())
}

/// Refuses a ledger of a side, of which the chain takes no commitment, or none yet: the worker would make
/// a book of it, and commit to nothing.
pub fn ensure_can_be_committed_to(
    side_id: SideId,
    side: &SideSummary,
    deadline: Option<Moment>,
    now: Moment,
) -> RpcResult<()> {
    let until = if side.defaulted {
        side.late_until
    } else {
        deadline
    };
    let why = match commitment::may_come(side.round, until, now) {
        Ok(()) => return Ok(()),
        Err(CommitRefused::NoMoreRounds) => format!(
            "the book of {side_id} was rejected {} times, and the chain takes no other: the ledger is not \
             imported. The chain's record stands",
            side.round
        ),
        Err(CommitRefused::TooLate) if side.defaulted => format!(
            "{side_id} defaulted, and cannot be proven late any more: the ledger is not imported. The \
             chain's record stands"
        ),
        Err(CommitRefused::TooLate) => format!(
            "the deadline of {side_id} has passed, and the side is not marked defaulted yet: the ledger is \
             not imported. Import it once `counterfoil day show` says that the side is defaulted, to have it \
             proven late. Until then the chain takes no book"
        ),
    };
    Err(refused(format!(
        "{why}. Compare the ledger with the chain by `counterfoil book check`"
    )))
}
