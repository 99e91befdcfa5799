//! How an open motion stands.

use counterfoil_primitives::{council::MotionView, MemberId};

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
    pub const fn missing(&self) -> u32 {
        let ayes = self.motion.ayes.len() as u32;
        self.motion.threshold.saturating_sub(ayes)
    }

    /// The members whose seats have not voted, ascending.
    pub fn waiting(&self) -> Vec<MemberId> {
        let seats = self.seats.iter().copied();
        seats.filter(|seat| self.vote_of(*seat).is_none()).collect()
    }

    /// Whether a member approved the motion; `None` where it has not voted.
    pub fn vote_of(&self, member: MemberId) -> Option<bool> {
        if self.motion.ayes.contains(&member) {
            Some(true)
        } else if self.motion.nays.contains(&member) {
            Some(false)
        } else {
            None
        }
    }

    /// Whether enough seats approved the motion.
    pub const fn is_carried(&self) -> bool {
        self.missing() == 0
    }

    /// Whether others than the proposer rejected the motion, so that fewer seats are left that could approve
    /// it than have to.
    pub fn is_rejected(&self) -> bool {
        let MotionView { nays, proposer, .. } = &self.motion;
        let nays = nays.iter().filter(|seat| *seat != proposer).count();
        let left = self.seats.len().saturating_sub(nays);
        (left as u32) < self.motion.threshold
    }

    /// Whether the time of the motion is over in the block after number `best`: it takes no vote then,
    /// and runs nothing.
    pub fn is_over(&self, best: u64) -> bool {
        best.saturating_add(1) >= self.motion.ends_at_block.into()
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
    fn a_motion_lacks_the_ayes_of_those_that_have_not_voted() {
        let open = standing(&[1], &[4]);
        assert_eq!((open.missing(), open.waiting()), (1, vec![2]));
        assert!(!open.is_decided());
    }

    #[test]
    fn a_motion_that_enough_seats_approved_is_carried() {
        let carried = standing(&[1, 2], &[]);
        assert!(carried.is_carried() && !carried.is_rejected() && carried.is_decided());
        assert_eq!(carried.missing(), 0);
    }

    #[test]
    fn a_motion_that_too_few_seats_are_left_for_is_rejected() {
        let rejected = standing(&[1], &[2, 4]);
        assert!(rejected.is_rejected() && !rejected.is_carried() && rejected.is_decided());
    }

    #[test]
    fn a_proposer_does_not_reject_its_own_motion() {
        assert!(!standing(&[], &[1, 2]).is_decided());
        assert!(standing(&[], &[1, 2, 4]).is_rejected());
    }

    #[test]
    fn a_motion_is_over_from_the_block_on_that_it_names() {
        let open = standing(&[1], &[]);
        assert!(!open.is_over(898));
        assert!(open.is_over(899));
    }

    #[test]
    fn a_vote_is_known_by_its_member() {
        let open = standing(&[1], &[4]);
        assert_eq!(open.vote_of(1), Some(true));
        assert_eq!(open.vote_of(4), Some(false));
        assert_eq!(open.vote_of(2), None);
    }
}
