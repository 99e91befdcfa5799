//! Motions of the council, which administers the chain: proposing, voting, closing.
//!
//! Each function looks before it sends. A call of the council that would fail is not free, and a member's
//! operator key has no funds: the chain would say that it cannot pay, and not why.
//!
//! | module | what it holds |
//! |---|---|
//! | `name` | how people name a motion |
//! | `standing` | how an open motion stands |
//! | [`upgrade`] | upgrades of the runtime |
//! | [`call_in_words`] | a call in words |

pub mod call_in_words;
mod name;
mod standing;
pub mod upgrade;

pub use name::MotionName;
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
use codec::Compact;
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    MemberId,
};
use sp_core::{crypto::AccountId32, H256};

/// What became of a call that was proposed.
#[derive(Clone, Debug)]
pub enum Proposed {
    /// One seat is the majority, so the call ran.
    Carried(Included),
    /// A motion waits for votes.
    Open {
        /// The motion's hash.
        motion: H256,
        /// The motion's number.
        index: u32,
        /// How many seats have approved it.
        ayes: usize,
        /// How many seats have to.
        majority: u32,
    },
}

/// What became of a motion that was closed.
#[derive(Clone, Debug)]
pub enum Closed {
    /// It was carried, and its call ran.
    Carried(Included),
    /// It was rejected, or its time was over: it ran nothing, even if it was carried.
    Dropped(Included),
}

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

/// Whether the member of a seat may propose a call, with at most `max_open` motions.
fn check_proposal(
    council: &CouncilView,
    member: MemberId,
    call: &[u8],
    max_open: u32,
) -> Result<(), CouncilRefusal> {
    if let Some(same) = council.motions.iter().find(|motion| motion.call == call) {
        let motion = same.index;
        return Err(CouncilRefusal::AlreadyProposed { motion });
    }
    let own = |motion: &&MotionView| motion.proposer == member;
    let open: Vec<_> = council.motions.iter().filter(own).collect();
    if open.len() < max_open as usize {
        return Ok(());
    }
    let open = open.into_iter().map(|motion| motion.index).collect();
    Err(CouncilRefusal::TooManyOpen { member, open })
}

/// The error of a motion that may not be closed.
fn undecided(standing: &Standing) -> CouncilRefusal {
    CouncilRefusal::Undecided {
        motion: standing.motion.index,
        missing: standing.missing(),
        waiting: standing.waiting(),
        ends_at: standing.motion.ends_at_block,
    }
}

/// Whether a motion may be closed in the block after number `best`.
fn may_close(standing: &Standing, best: u64) -> bool {
    standing.is_decided() || standing.is_over(best)
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

    /// Proposes `call` to the council by the seat whose key `operator` is, and follows that to finality.
    /// Where one seat is the majority, the call runs, and an error says why it failed.
    pub async fn propose(&self, call: &Call, operator: &Operator) -> Result<Proposed> {
        let call = self.encode_call(call)?;
        self.propose_encoded(&call, operator, Until::Final).await
    }

    /// As [`Self::propose`], for a call in SCALE, and follows that as far as `until` says.
    pub async fn propose_encoded(
        &self,
        call: &[u8],
        operator: &Operator,
        until: Until,
    ) -> Result<Proposed> {
        let title = self.call_in_words(call)?.title();
        let at = self.best().await?;
        let council = at.council().await?;
        let seat = at.seat_of(operator, &council.seats).await?;
        check_proposal(&council, seat, call, self.max_open()?)?;
        let propose = Call::of_bytes("Council", "propose", call.to_vec());
        let included = self.submit_signed_until(&propose, operator, until).await?;
        if self.has_run(&included, &title)? {
            return Ok(Proposed::Carried(included));
        }
        opened(&included).ok_or_else(|| Error::Absent("event of a motion".into()))
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

    /// Closes a motion that is decided, or whose time is over. An error says what it waits for, or why its
    /// call failed.
    pub async fn close(
        &self,
        name: MotionName,
        operator: &Operator,
        until: Until,
    ) -> Result<Closed> {
        let at = self.best().await?;
        let standing = at.motion(name).await?;
        at.seat_of(operator, &standing.seats).await?;
        if !may_close(&standing, at.number().await?) {
            return Err(undecided(&standing).into());
        }
        self.close_motion(&standing, operator, until).await
    }

    async fn close_motion(
        &self,
        standing: &Standing,
        operator: &Operator,
        until: Until,
    ) -> Result<Closed> {
        let MotionView {
            motion,
            index,
            weight,
            length,
            ..
        } = standing.motion;
        let arguments = (motion, Compact(index), weight, Compact(length));
        let close = Call::new("Council", "close", &arguments);
        let included = self.submit_signed_until(&close, operator, until).await?;
        let title = self.motion_in_words(&standing.motion).title();
        Ok(match self.has_run(&included, &title)? {
            true => Closed::Carried(included),
            false => Closed::Dropped(included),
        })
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

    async fn is_closed(&self, index: u32) -> Result<bool> {
        let council = self.best().await?.council().await?;
        Ok(!council.motions.iter().any(|motion| motion.index == index))
    }

    /// Maximum open motions per seat.
    fn max_open(&self) -> Result<u32> {
        self.constant("Council", "MaxOpenPerSeat")
    }
}

/// Whether an error may come of a motion that is closed.
const fn is_late(error: &Error) -> bool {
    matches!(error, Error::Pool { .. } | Error::Dispatch { .. })
}

/// The motion that a call opened.
fn opened(included: &Included) -> Option<Proposed> {
    let proposed = included.find("Collective", "Proposed")?;
    let voted = included.find("Collective", "Voted")?;
    Some(Proposed::Open {
        motion: proposed.hash("proposal_hash")?,
        index: proposed.number("proposal_index")?.try_into().ok()?,
        ayes: voted.number("yes")?.try_into().ok()?,
        majority: proposed.number("threshold")?.try_into().ok()?,
    })
}

#[cfg(test)]
mod tests;
