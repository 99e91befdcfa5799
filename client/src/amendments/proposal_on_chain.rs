//! A proposal on chain, with what it names.

use super::Draft;
use crate::{
    chain::{read::At, views::Agreement},
    error::{AmendmentRefusal, Result as ChainResult},
};
use anyhow::Result;
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    MemberId, Moment, Side,
};
use sp_core::H256;

/// A proposal as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its number.
    pub number: u32,
    /// What the chain has of it.
    pub proposal: Proposal,
    /// What it wants to be booked; `None` once that is done.
    pub draft: Option<Draft>,
}

impl At {
    /// A proposal, or an error that names those that wait.
    pub async fn proposal(&self, agreement: &Agreement, number: u32) -> ChainResult<Proposal> {
        match self.amendment(agreement.id, number).await? {
            Some((proposal, _)) => Ok(proposal),
            None => Err(self.unknown(agreement, number).await?.into()),
        }
    }

    /// A proposal with what it names; an error where what the node shows is not what was proposed.
    pub async fn shown(&self, agreement: &Agreement, number: u32) -> Result<Shown> {
        let Some((proposal, content)) = self.amendment(agreement.id, number).await? else {
            let unknown = self.unknown(agreement, number).await?;
            return Err(crate::error::Error::from(unknown).into());
        };
        let draft = match content {
            Some(content) => {
                let why = (proposal.ground, proposal.evidence);
                Some(Draft::of(self, agreement, why, content).await?)
            }
            None => None,
        };
        let shown = Shown {
            number,
            proposal,
            draft,
        };
        shown.check().map_err(crate::error::Error::from)?;
        Ok(shown)
    }

    async fn unknown(&self, agreement: &Agreement, asked: u32) -> ChainResult<AmendmentRefusal> {
        let waiting = self.amendments(agreement.id).await?;
        Ok(AmendmentRefusal::Unknown {
            agreement: agreement.id,
            asked,
            waiting: waiting.into_iter().map(|(number, _)| number).collect(),
        })
    }
}

impl Shown {
    /// What names what is shown; `None` where nothing is left to be shown.
    pub fn fingerprint(&self) -> Option<H256> {
        let Proposal {
            agreement,
            proposer,
            ..
        } = self.proposal;
        let draft = self.draft.as_ref()?;
        Some(draft.fingerprint(agreement, proposer))
    }

    /// Refuses what is not as it was proposed.
    fn check(&self) -> Result<(), AmendmentRefusal> {
        let number = self.number;
        match self.fingerprint() {
            Some(shown) if shown != self.proposal.fingerprint => {
                Err(AmendmentRefusal::OtherContent { number })
            }
            _ => Ok(()),
        }
    }

    /// The members whose answers are awaited at `now`.
    pub fn awaited(&self, agreement: &Agreement, now: Moment) -> Vec<MemberId> {
        awaited(&self.proposal, agreement, now)
    }

    /// What an answer by `member` at `now` has to name; an error where it has none to give.
    pub fn answerable(
        &self,
        agreement: &Agreement,
        member: MemberId,
        now: Moment,
    ) -> Result<H256, AmendmentRefusal> {
        self.answerable_to(&self.proposal, agreement, member, now)
    }

    /// As [`Self::answerable`], by the `proposal` as it has become since it was shown.
    pub(super) fn answerable_to(
        &self,
        proposal: &Proposal,
        agreement: &Agreement,
        member: MemberId,
        now: Moment,
    ) -> Result<H256, AmendmentRefusal> {
        let number = self.number;
        let state = super::words::state(&proposal.standing);
        if !matches!(proposal.standing, Standing::Open) {
            return Err(AmendmentRefusal::NotOpen { number, state });
        }
        if proposal.has_lapsed(now) {
            return Err(AmendmentRefusal::Lapsed { number });
        }
        let side = proposal.answers.awaited_of(&agreement.view, member);
        if side.is_none() {
            return Err(AmendmentRefusal::NothingToAnswer {
                member,
                number,
                awaited: awaited(proposal, agreement, now),
            });
        }
        self.fingerprint()
            .filter(|shown| *shown == proposal.fingerprint)
            .ok_or(AmendmentRefusal::OtherContent { number })
    }
}

/// The members whose answers to a proposal are awaited at `now`.
pub fn awaited(proposal: &Proposal, agreement: &Agreement, now: Moment) -> Vec<MemberId> {
    if !matches!(proposal.standing, Standing::Open) || proposal.has_lapsed(now) {
        return Vec::new();
    }
    let sides = Side::BOTH.into_iter();
    let silent = sides.filter(|side| proposal.answers.of(*side).is_none());
    silent.map(|side| agreement.view.party(side)).collect()
}
