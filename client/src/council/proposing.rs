//! Proposing a call: whether the seat may, and what became of it.

use crate::{
    chain::{
        call::Call,
        submit::{Included, Until},
        Chain,
    },
    error::{CouncilRefusal, Error, Result},
    operator::Operator,
};
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    MemberId,
};
use sp_core::H256;

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

/// Whether the member of a seat may propose a call, with at most `max_open` motions.
pub(super) fn check_proposal(
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

/// The motion that a call opened.
pub(super) fn opened(included: &Included) -> Option<Proposed> {
    let proposed = included.find("Collective", "Proposed")?;
    let voted = included.find("Collective", "Voted")?;
    Some(Proposed::Open {
        motion: proposed.hash("proposal_hash")?,
        index: proposed.number("proposal_index")?.try_into().ok()?,
        ayes: voted.number("yes")?.try_into().ok()?,
        majority: proposed.number("threshold")?.try_into().ok()?,
    })
}

impl Chain {
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

    /// Maximum open motions per seat.
    fn max_open(&self) -> Result<u32> {
        self.constant("Council", "MaxOpenPerSeat")
    }
}
