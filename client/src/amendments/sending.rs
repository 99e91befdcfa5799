//! Proposing and answering.

use super::{Draft, Shown};
use crate::{
    chain::{call::Call, read::At, submit::Included, views::Agreement, Chain},
    error::{AmendmentRefusal, Error, Result},
    operator::Operator,
};
use counterfoil_primitives::{AgreementId, MemberId, Moment};
use sp_core::H256;

/// A proposal that is on chain.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// Its number.
    pub number: u32,
    /// What an answer has to bring.
    pub fingerprint: H256,
    /// Until when it can be answered.
    pub answer_until: Moment,
    /// The call that proposed it.
    pub included: Included,
}

impl At {
    /// Refuses a number of proposals by a member that may propose none, or would have too many.
    pub async fn check_proposals(
        &self,
        agreement: &Agreement,
        member: MemberId,
        more: usize,
    ) -> Result<()> {
        check_entitled(agreement, member)?;
        let own = self.amendments(agreement.id).await?;
        let own = own
            .iter()
            .filter(|(_, proposal)| proposal.proposer == member);
        check_room(member, own.count(), more, self.chain().max_proposals()?)?;
        Ok(())
    }
}

impl Chain {
    /// Maximum proposals that wait per agreement and proposer.
    pub fn max_proposals(&self) -> Result<usize> {
        let max: u32 = self.constant("Amendments", "MaxPerMember")?;
        Ok(max as usize)
    }

    /// Proposes a draft in the name of the member whose key `operator` is, and follows that to finality.
    pub async fn propose_amendment(
        &self,
        agreement: AgreementId,
        draft: &Draft,
        operator: &Operator,
    ) -> Result<Proposed> {
        let call = proposal(agreement, draft);
        let included = self.submit_signed(&call, operator).await?;
        let absent = || Error::Absent("event of a proposal".into());
        let event = included.find("Amendments", "Proposed").ok_or_else(absent)?;
        let number = event
            .number("number")
            .and_then(|number| number.try_into().ok());
        Ok(Proposed {
            number: number.ok_or_else(absent)?,
            fingerprint: event.hash("fingerprint").ok_or_else(absent)?,
            answer_until: event.number("answer_until_unix_ms").ok_or_else(absent)?,
            included,
        })
    }

    /// Answers what was shown of a proposal, and follows that to finality. Refuses an answer that is not
    /// awaited.
    pub async fn answer_amendment(
        &self,
        agreement: &Agreement,
        shown: &Shown,
        accept: bool,
        operator: &Operator,
    ) -> Result<Included> {
        let at = self.finalized().await?;
        let member = at.member_of(operator).await?;
        let now = self.best().await?.now().await?;
        // Whoever was asked took time, in which others may have answered, or the proposer withdrawn it.
        let proposal = at.proposal(agreement, shown.number).await?;
        let fingerprint = shown.answerable_to(&proposal, agreement, member, now)?;
        let arguments = (agreement.id, shown.number, fingerprint, accept);
        let call = Call::new("Amendments", "answer", &arguments);
        self.submit_signed(&call, operator).await
    }
}

/// The call that proposes a draft.
fn proposal(agreement: AgreementId, draft: &Draft) -> Call {
    let Draft {
        ground,
        evidence,
        content,
        stated,
        ..
    } = draft;
    let arguments = (agreement, ground, evidence, content, stated);
    Call::new("Amendments", "propose", &arguments)
}

/// Refuses a member that may not propose.
pub(super) fn check_entitled(
    agreement: &Agreement,
    member: MemberId,
) -> Result<(), AmendmentRefusal> {
    let view = &agreement.view;
    if view.may_amend(member) {
        return Ok(());
    }
    let agreement = agreement.id;
    Err(AmendmentRefusal::NotEntitled { member, agreement })
}

/// Refuses more proposals than a member may have, of which some wait.
pub(super) const fn check_room(
    member: MemberId,
    waiting: usize,
    more: usize,
    max: usize,
) -> Result<(), AmendmentRefusal> {
    if waiting.saturating_add(more) <= max {
        return Ok(());
    }
    Err(AmendmentRefusal::TooMany {
        member,
        waiting,
        more,
        max,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;
    use counterfoil_primitives::{
        amendment::{Content, Ground, Selection, Span},
        BusinessDay, DayTotals,
    };

    #[test]
    fn a_draft_is_proposed_with_what_it_states() {
        let span = Span { first: 3, last: 5 };
        let draft = Draft {
            ground: Ground::NotPaid,
            evidence: H256::repeat_byte(7),
            content: Content::Cancel {
                day: BusinessDay(20_780),
                selection: Selection::Positions(vec![span].try_into().unwrap()),
            },
            stated: DayTotals::default(),
            named: Vec::new(),
            right: Vec::new(),
        };
        let call = proposal(7, &draft);
        assert_eq!(call.title(), "Amendments.propose");
        let arguments = (
            7u32,
            Ground::NotPaid,
            H256::repeat_byte(7),
            draft.content.clone(),
            draft.stated,
        );
        assert_eq!(call.arguments(), arguments.encode());
    }

    #[test]
    fn a_member_has_no_more_proposals_than_it_may() {
        assert!(check_room(1, 14, 2, 16).is_ok());
        let refusal = check_room(1, 14, 3, 16).unwrap_err();
        let words = refusal.to_string();
        assert!(words.contains("has 14 proposals that wait"), "{words}");
        assert!(words.contains("3 more"), "{words}");
    }
}
