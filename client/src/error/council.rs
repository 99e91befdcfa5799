//! What the council refuses, and what became of a call that it carried.

use super::DispatchRefusal;
use counterfoil_primitives::MemberId;
use sp_core::H256;

/// Why the council does not do what was asked of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CouncilRefusal {
    /// The signer has no seat.
    #[error("{who} has no seat in the council; seats have the members {}", numbers(.seats))]
    NoSeat {
        /// Who signed: a member, or an account that is no member's.
        who: String,
        /// The members that have a seat.
        seats: Vec<MemberId>,
    },
    /// No motion of that name is open.
    #[error("no motion {asked} is open; {}", open_text(.open))]
    UnknownMotion {
        /// The name.
        asked: String,
        /// The numbers of the motions that are open.
        open: Vec<u32>,
    },
    /// The motion is neither carried nor rejected, and its time is not over.
    #[error(
        "motion {motion} is not decided (missing ayes: {missing}; still to vote: {}); undecided, it may \
         be closed from block {ends_at} on",
        numbers(.waiting)
    )]
    Undecided {
        /// The motion's number.
        motion: u32,
        /// How many seats more have to approve it.
        missing: u32,
        /// The members whose seats have not voted.
        waiting: Vec<MemberId>,
        /// The block from which on it may be closed whatever the votes, and runs nothing.
        ends_at: u32,
    },
    /// A motion of the same call is open.
    #[error("motion {motion} of the same call is open")]
    AlreadyProposed {
        /// The motion's number.
        motion: u32,
    },
    /// The seat has as many open motions as it may.
    #[error(
        "member {member} has as many open motions as a seat may have: {}",
        numbers(.open)
    )]
    TooManyOpen {
        /// The member.
        member: MemberId,
        /// The numbers of its open motions.
        open: Vec<u32>,
    },
    /// The seat voted that way before, and the motion is not decided.
    #[error(
        "member {member} {} motion {motion} before, which is not decided (missing ayes: {missing}; still \
         to vote: {})",
        voted_text(.approve),
        numbers(.waiting)
    )]
    AlreadyVoted {
        /// The member.
        member: MemberId,
        /// The motion's number.
        motion: u32,
        /// How it voted.
        approve: bool,
        /// How many seats more have to approve the motion.
        missing: u32,
        /// The members whose seats have not voted.
        waiting: Vec<MemberId>,
    },
    /// The motion's time is over.
    #[error("the time of motion {motion} is over; it takes no vote and runs nothing")]
    Over {
        /// The motion's number.
        motion: u32,
    },
    /// The chain waits for no such code.
    #[error(
        "the council has not authorised the runtime of hash {code:?}; {}",
        authorized_text(.authorized)
    )]
    NotAuthorized {
        /// The hash of the code.
        code: H256,
        /// The hash of the code that the chain waits for.
        authorized: Option<H256>,
    },
    /// The council carried a call, which failed and changed nothing.
    #[error("the council carried {call}, which is refused: {refusal}")]
    Failed {
        /// The call's name.
        call: String,
        /// Why.
        refusal: DispatchRefusal,
    },
}

impl CouncilRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoSeat { .. } => "Sign with the operator key of a member that has a seat.",
            Self::UnknownMotion { .. } => {
                "Name one that is open. A motion that is closed was carried or dropped."
            }
            Self::Undecided { .. } => "Let those members vote first.",
            Self::AlreadyProposed { .. } => "Vote on that motion.",
            Self::TooManyOpen { .. } => "Let one of them be decided and closed first.",
            Self::AlreadyVoted { .. } => "Wait for the votes of the others: this one counts.",
            Self::Over { .. } => "Close it, and propose the call anew.",
            Self::NotAuthorized { .. } => {
                "Bring the code that is authorised, or propose this one: `council propose upgrade`."
            }
            Self::Failed { .. } => "Correct the call as the error says, and propose it anew.",
        }
    }
}

/// Numbers with commas, or `none`.
fn numbers(numbers: &[u32]) -> String {
    if numbers.is_empty() {
        return "none".into();
    }
    let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

/// How a seat voted.
const fn voted_text(approve: &bool) -> &'static str {
    if *approve {
        "approved"
    } else {
        "rejected"
    }
}

/// Which code the chain waits for.
fn authorized_text(authorized: &Option<H256>) -> String {
    match authorized {
        Some(hash) => format!("authorised is {hash:?}"),
        None => "no code is authorised".into(),
    }
}

/// Which motions are open.
fn open_text(open: &[u32]) -> String {
    if open.is_empty() {
        "none is".into()
    } else {
        format!("open are {}", numbers(open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_no_seat_reads_who_has_one() {
        let refusal = CouncilRefusal::NoSeat {
            who: "member 3".into(),
            seats: vec![1, 2],
        };
        assert_eq!(
            refusal.to_string(),
            "member 3 has no seat in the council; seats have the members 1, 2"
        );
        assert!(refusal.remedy().contains("seat"));
    }

    #[test]
    fn an_unknown_motion_is_told_with_those_that_are_open() {
        let unknown = |open| {
            let asked = "7".into();
            CouncilRefusal::UnknownMotion { asked, open }.to_string()
        };
        assert_eq!(unknown(vec![3, 5]), "no motion 7 is open; open are 3, 5");
        assert_eq!(unknown(Vec::new()), "no motion 7 is open; none is");
    }

    #[test]
    fn an_undecided_motion_is_told_with_the_ayes_that_it_lacks_and_whose() {
        let refusal = CouncilRefusal::Undecided {
            motion: 3,
            missing: 1,
            waiting: vec![2, 4],
            ends_at: 900,
        };
        let words = refusal.to_string();
        assert!(words.contains("missing ayes: 1"), "{words}");
        assert!(words.contains("still to vote: 2, 4"), "{words}");
        assert!(words.contains("from block 900 on"), "{words}");
    }

    #[test]
    fn a_motion_whose_time_is_over_is_told_with_what_helps() {
        let refusal = CouncilRefusal::Over { motion: 3 };
        assert_eq!(
            refusal.to_string(),
            "the time of motion 3 is over; it takes no vote and runs nothing"
        );
        assert!(refusal.remedy().contains("propose the call anew"));
    }

    #[test]
    fn a_vote_that_is_repeated_is_told_how_it_was() {
        let voted = |approve| {
            let refusal = CouncilRefusal::AlreadyVoted {
                member: 1,
                motion: 3,
                approve,
                missing: 1,
                waiting: vec![2],
            };
            refusal.to_string()
        };
        assert!(voted(true).starts_with("member 1 approved motion 3 before"));
        assert!(voted(false).starts_with("member 1 rejected motion 3 before"));
    }

    #[test]
    fn code_that_is_not_authorized_is_told_with_the_hash_that_is() {
        let words = |authorized| {
            let code = H256::repeat_byte(1);
            CouncilRefusal::NotAuthorized { code, authorized }.to_string()
        };
        assert!(words(None).ends_with("no code is authorised"));
        let other = words(Some(H256::repeat_byte(2)));
        assert!(other.contains("hash 0x0101"), "{other}");
        assert!(other.contains("authorised is 0x0202"), "{other}");
    }

    #[test]
    fn a_carried_call_that_failed_is_told_in_the_chains_words() {
        let refusal = CouncilRefusal::Failed {
            call: "Registry.remove_member".into(),
            refusal: DispatchRefusal::Pallet {
                pallet: "Registry".into(),
                name: "HoldsAPost".into(),
                docs: "The member is a validator or has a seat.".into(),
            },
        };
        assert_eq!(
            refusal.to_string(),
            "the council carried Registry.remove_member, which is refused: Registry.HoldsAPost: \
             The member is a validator or has a seat."
        );
    }
}
