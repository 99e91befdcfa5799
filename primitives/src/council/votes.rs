//! When a motion is carried, rejected or over.
//!
//! The chain asks by the seats' accounts, the client by their members.

/// The votes on an open motion, by whatever names a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Votes<'a, Seat> {
    /// The seats that approved it.
    pub ayes: &'a [Seat],
    /// The seats that rejected it.
    pub nays: &'a [Seat],
    /// How many seats have to approve it.
    pub threshold: u32,
}

impl<Seat: PartialEq> Votes<'_, Seat> {
    /// How many seats more have to approve the motion.
    pub fn missing(&self) -> u32 {
        self.threshold.saturating_sub(self.ayes.len() as u32)
    }

    /// Whether enough seats approved the motion.
    pub fn is_carried(&self) -> bool {
        self.missing() == 0
    }

    /// Whether of `seats` seats fewer are left that could approve the motion than have to.
    ///
    /// The proposer's own nay does not count. A seat that could end its motion by its own vote could propose
    /// and end motions without limit.
    pub fn is_rejected(&self, seats: u32, proposer: &Seat) -> bool {
        let nays = self.nays.iter().filter(|seat| *seat != proposer).count();
        seats.saturating_sub(nays as u32) < self.threshold
    }

    /// Whether a seat approved the motion; `None` where it has not voted.
    pub fn of(&self, seat: &Seat) -> Option<bool> {
        if self.ayes.contains(seat) {
            Some(true)
        } else if self.nays.contains(seat) {
            Some(false)
        } else {
            None
        }
    }
}

/// Whether the time of a motion that ends at `end` is over in `block`: it takes no vote, and runs nothing.
pub fn is_over<BlockNumber: PartialOrd>(block: BlockNumber, end: BlockNumber) -> bool {
    block >= end
}

/// Whether `majority` is more than half of `seats` seats, and no more than all of them.
pub const fn is_majority(majority: u32, seats: u32) -> bool {
    majority > seats / 2 && majority <= seats
}
