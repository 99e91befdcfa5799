//! Motions of the council, which administers the chain: proposing, voting, closing.
//!
//! Each function looks before it sends. A call of the council that would fail is not free, and a member's
//! operator key has no funds: the chain would say that it cannot pay, and not why.
//!
//! | module | what it holds |
//! |---|---|
//! | `name` | how people name a motion |
//! | `proposing` | proposing a call, and whether a seat may |
//! | `closing` | closing a motion, and when it may be closed |
//! | `standing` | how an open motion stands |
//! | [`upgrade`] | upgrades of the runtime |
//! | [`call_in_words`] | a call in words |

pub mod call_in_words;
mod closing;
mod name;
mod proposing;
mod standing;
pub mod upgrade;

pub use closing::Closed;
pub use name::MotionName;
pub use proposing::Proposed;
pub use standing::Standing;

use crate::{
    chain::{
        call::Call,
        read::At,
        submit::{Included, Until},
        Chain,
    },
    error::{CouncilRefusal, Error, Result},
    operator::Operator,
};
use call_in_words::CallWords;
use closing::is_late;
use codec::Compact;
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    MemberId,
};
use sp_core::crypto::AccountId32;

/// What became of a motion after a vote.
#[derive(Clone, Debug)]
pub enum Voted {
    /// It is not decided.
    Open(Standing),
    /// It was decided, and is closed.
    Closed(Closed),
    /// It was decided, and another seat closed it meanwhile.
    ClosedByAnother,
}

impl At {
    /// The council: seats, majority, and open motions.
    pub async fn council(&self) -> Result<CouncilView> {
        self.api("council", ()).await
    }

    /// An open motion; an error names those that are open.
    pub async fn motion(&self, name: MotionName) -> Result<Standing> {
        Ok(find(self.council().await?, name)?)
    }

    /// The member that has a seat and whose operator signs; an error names who has one.
    async fn seat_of(&self, operator: &Operator, seats: &[MemberId]) -> Result<MemberId> {
        let account: AccountId32 = operator.account();
        let member = self
            .api::<Option<MemberId>>("member_of", account.clone())
            .await?;
        member
            .filter(|member| seats.contains(member))
            .ok_or_else(|| {
                let who = match member {
                    Some(member) => format!("member {member}"),
                    None => format!("{account}, which is no member's operator key,"),
                };
                let seats = seats.to_vec();
                CouncilRefusal::NoSeat { who, seats }.into()
            })
    }
}

/// The open motion of a name.
fn find(council: CouncilView, name: MotionName) -> Result<Standing, CouncilRefusal> {
    let CouncilView { seats, motions, .. } = council;
    let open = motions.iter().map(|motion| motion.index).collect();
    let named = motions.into_iter().find(|motion| name.names(motion));
    named
        .map(|motion| Standing { motion, seats })
        .ok_or_else(|| CouncilRefusal::UnknownMotion {
            asked: name.to_string(),
            open,
        })
}

impl Chain {
    /// A call in words. `call` is SCALE encoded.
    pub fn call_in_words(&self, call: &[u8]) -> Result<CallWords> {
        let metadata = self.metadata();
        let calls = metadata.outer_enums().call_enum_ty();
        call_in_words::read(metadata.types(), calls, call)
    }

    /// What a motion would run, in words; in hexadecimal where the runtime knows no such call, as one of
    /// before an upgrade.
    pub fn motion_in_words(&self, motion: &MotionView) -> CallWords {
        let words = self.call_in_words(&motion.call);
        words.unwrap_or_else(|_| CallWords::unknown(&motion.call))
    }

    /// Votes on a motion, and closes it where it is decided then. A seat that has voted so before only
    /// closes it. An error says why the motion's call failed.
    pub async fn vote(
        &self,
        name: MotionName,
        approve: bool,
        operator: &Operator,
        until: Until,
    ) -> Result<Voted> {
        let at = self.best().await?;
        let mut standing = at.motion(name).await?;
        let seat = at.seat_of(operator, &standing.seats).await?;
        let MotionView { motion, index, .. } = standing.motion;
        if standing.is_over(at.number().await?) {
            return Err(CouncilRefusal::Over { motion: index }.into());
        }
        if standing.vote_of(seat) == Some(approve) {
            if !standing.is_decided() {
                let refusal = CouncilRefusal::AlreadyVoted {
                    member: seat,
                    motion: index,
                    approve,
                    missing: standing.missing(),
                    waiting: standing.waiting(),
                };
                return Err(refusal.into());
            }
        } else {
            let arguments = (motion, Compact(index), approve);
            let vote = Call::new("Council", "vote", &arguments);
            // A close is free only once a block holds the vote that decides.
            self.submit_signed_until(&vote, operator, until).await?;
            standing = match self.best().await?.motion(MotionName::Index(index)).await {
                Err(Error::Council(CouncilRefusal::UnknownMotion { .. })) => {
                    return Ok(Voted::ClosedByAnother)
                }
                standing => standing?,
            };
        }
        if !standing.is_decided() {
            return Ok(Voted::Open(standing));
        }
        match self.close_motion(&standing, operator, until).await {
            Err(error) if is_late(&error) && self.is_closed(index).await? => {
                Ok(Voted::ClosedByAnother)
            }
            closed => closed.map(Voted::Closed),
        }
    }

    /// Whether a call of the council ran what was carried; an error where that failed.
    fn has_run(&self, included: &Included, title: &str) -> Result<bool> {
        // Where the council itself refuses to run it, the collective alone reports that.
        let ran = included
            .find("Council", "Executed")
            .or_else(|| included.find("Collective", "Executed"));
        let Some(event) = ran else {
            return Ok(false);
        };
        match event
            .fields
            .get("result")
            .and_then(|result| result.get("Err"))
        {
            None => Ok(true),
            Some(error) => {
                let (call, refusal) = (title.into(), self.dispatch_refusal(error));
                Err(CouncilRefusal::Failed { call, refusal }.into())
            }
        }
    }
}

#[cfg(test)]
mod tests;
