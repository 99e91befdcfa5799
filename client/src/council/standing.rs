//! How an open motion stands.

use counterfoil_primitives::{
    council::{votes::is_over, MotionView},
    MemberId,
};

/// An open motion among the seats that there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The motion.
    pub motion: MotionView,
    /// The members that have a seat, ascending.
    pub seats: Vec<MemberId>,
}

impl Standing {
    /// How many seats more have to approve the motion.
    pub fn missing(&self) -> u32 {
        self.motion.votes().missing()
    }

    /// The members whose seats have not voted, ascending.
    pub fn waiting(&self) -> Vec<MemberId> {
        let seats = self.seats.iter().copied();
        seats.filter(|seat| self.vote_of(*seat).is_none()).collect()
    }

    /// Whether a member approved the motion; `None` where it has not voted.
    pub fn vote_of(&self, member: MemberId) -> Option<bool> {
        self.motion.votes().of(&member)
    }

    /// Whether enough seats approved the motion.
    pub fn is_carried(&self) -> bool {
        self.motion.votes().is_carried()
    }

    /// Whether others than the proposer rejected the motion, so that fewer seats are left that could approve
    /// it than have to.
    pub fn is_rejected(&self) -> bool {
        let (votes, seats) = (self.motion.votes(), self.seats.len() as u32);
        votes.is_rejected(seats, &self.motion.proposer)
    }

    /// Whether the time of the motion is over in the block after number `best`: it takes no vote then,
    /// and runs nothing.
    pub fn is_over(&self, best: u64) -> bool {
        is_over(best.saturating_add(1), self.motion.ends_at_block.into())
    }

    /// Whether the motion may be closed before its time is over.
    pub fn is_decided(&self) -> bool {
        self.is_carried() || self.is_rejected()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A motion of three seats, two of which have to approve.
    pub(in crate::council) fn standing(ayes: &[MemberId], nays: &[MemberId]) -> Standing {
        Standing {
            motion: MotionView {
                motion: sp_core::H256::repeat_byte(7),
                index: 3,
                proposer: 1,
                ayes: ayes.to_vec(),
                nays: nays.to_vec(),
                threshold: 2,
                ends_at_block: 900,
                call: vec![1, 2, 3],
                weight: Default::default(),
                length: 5,
            },
            seats: vec![1, 2, 4],
        }
    }

    #[test]
    fn a_motion_waits_for_the_seats_that_have_not_voted() {
        let open = standing(&[1], &[4]);
        assert_eq!((open.missing(), open.waiting()), (1, vec![2]));
    }

    #[test]
    fn a_motion_is_decided_when_it_is_carried_or_rejected() {
        assert!(!standing(&[1], &[4]).is_decided());
        assert!(standing(&[1, 2], &[]).is_decided());
        assert!(standing(&[1], &[2, 4]).is_decided());
    }

    #[test]
    fn a_motion_of_the_block_before_its_last_one_is_over_in_the_next() {
        let open = standing(&[1], &[]);
        assert!(!open.is_over(898));
        assert!(open.is_over(899));
    }
}
