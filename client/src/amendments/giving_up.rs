//! Taking a proposal back, and writing a claim off.

use super::{words, Shown};
use crate::{
    chain::{call::Call, submit::Included, views::Agreement, Chain},
    error::{AmendmentRefusal, Result},
    operator::Operator,
};
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    AgreementId, AgreementView, MemberId,
};
use sp_core::H256;

/// How a proposal is given up, by its proposer or by whom it is left to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivingUp {
    /// Takes a proposal back that is open.
    Withdraw,
    /// Writes a claim off.
    WriteOff,
}

impl GivingUp {
    /// Refuses what the chain would refuse of `member`: another member's proposal, one that is agreed, and
    /// one that the other call is for.
    pub fn check(
        self,
        number: u32,
        proposal: &Proposal,
        agreement: &AgreementView,
        member: MemberId,
    ) -> Result<(), AmendmentRefusal> {
        let proposer = proposal.proposer;
        if !proposal.may_be_withdrawn_by(member, agreement) {
            return Err(AmendmentRefusal::NotTheProposer {
                member,
                number,
                proposer,
            });
        }
        let state = words::state(&proposal.standing);
        match (self, proposal.standing) {
            (Self::Withdraw, Standing::Open) | (Self::WriteOff, Standing::Unresolved { .. }) => {
                Ok(())
            }
            (Self::Withdraw, Standing::Unresolved { .. }) => {
                Err(AmendmentRefusal::IsAClaim { number, state })
            }
            (Self::WriteOff, Standing::Open) => Err(AmendmentRefusal::StillOpen { number }),
            (_, Standing::Accepted { .. } | Standing::Completed { .. }) => {
                Err(AmendmentRefusal::CannotWithdraw { number, state })
            }
        }
    }

    /// What the call has to name, of what was shown and by the `proposal` as it has become since; an error
    /// where the chain would refuse it.
    pub(super) fn named(
        self,
        shown: &Shown,
        proposal: &Proposal,
        agreement: &AgreementView,
        member: MemberId,
    ) -> Result<H256, AmendmentRefusal> {
        let number = shown.number;
        if proposal.fingerprint != shown.proposal.fingerprint {
            return Err(AmendmentRefusal::OtherContent { number });
        }
        self.check(number, proposal, agreement, member)?;
        Ok(proposal.fingerprint)
    }

    /// The call, for the proposal of this number and fingerprint.
    fn call(self, agreement: AgreementId, number: u32, fingerprint: H256) -> Call {
        let name = match self {
            Self::Withdraw => "withdraw",
            Self::WriteOff => "write_off",
        };
        Call::new("Amendments", name, &(agreement, number, fingerprint))
    }
}

impl Chain {
    /// Withdraws what was shown of a proposal, or writes it off, and follows that to finality. Refuses what
    /// the chain would refuse.
    pub async fn give_up_amendment(
        &self,
        agreement: &Agreement,
        shown: &Shown,
        how: GivingUp,
        operator: &Operator,
    ) -> Result<Included> {
        let at = self.finalized().await?;
        let member = at.member_of(operator).await?;
        // Whoever was asked took time, in which others may have answered.
        let proposal = at.proposal(agreement, shown.number).await?;
        let fingerprint = how.named(shown, &proposal, &agreement.view, member)?;
        let call = how.call(agreement.id, shown.number, fingerprint);
        self.submit_signed(&call, operator).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;

    #[test]
    fn what_is_given_up_is_named_by_number_and_fingerprint() {
        let fingerprint = H256::repeat_byte(7);
        for (how, title) in [
            (GivingUp::Withdraw, "Amendments.withdraw"),
            (GivingUp::WriteOff, "Amendments.write_off"),
        ] {
            let call = how.call(7, 3, fingerprint);
            assert_eq!(call.title(), title);
            assert_eq!(call.arguments(), (7u32, 3u32, fingerprint).encode());
        }
    }
}
