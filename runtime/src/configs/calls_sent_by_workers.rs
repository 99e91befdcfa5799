//! How a worker sends a call of a pallet of which it knows nothing.

use crate::Runtime;
use counterfoil_primitives::{
    ports::{ConfirmRepair, SealDay},
    AgreementId, BusinessDay, Commitment, MemberId, SideId,
};
use counterfoil_support::submit::{submit, Submitted};

/// How the reconciliation's worker, which knows of no trades, seals a day.
pub struct SealByWorker;

impl SealDay for SealByWorker {
    fn submit_seal(agreement: AgreementId, day: BusinessDay, member: MemberId) -> bool {
        let seal = pallet_trades::Call::<Runtime>::seal { agreement, day };
        submit::<Runtime, _>(member, "trades.seal", seal) == Submitted::Taken
    }
}

/// How the books' worker, which knows of no proofs, confirms the repair of a book.
pub struct ConfirmByWorker;

impl ConfirmRepair for ConfirmByWorker {
    fn submit_confirm_repair(party: MemberId, side_id: SideId, commitment: Commitment) -> bool {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let confirm = pallet_reconciliation::Call::<Runtime>::confirm_repair {
            agreement,
            day,
            side,
            commitment,
        };
        submit::<Runtime, _>(party, "reconciliation.confirm_repair", confirm) == Submitted::Taken
    }
}
