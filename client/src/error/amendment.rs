//! Why a proposal of an amendment is not what was asked for, or is not sent.

use counterfoil_primitives::{AgreementId, MemberId};

/// Why nothing is sent of what was asked of an amendment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmendmentRefusal {
    /// No proposal has the number.
    #[error("agreement {agreement} has no proposal {asked}; {}", waiting_text(.waiting))]
    Unknown {
        /// The agreement.
        agreement: AgreementId,
        /// The number.
        asked: u32,
        /// The numbers of the proposals that wait.
        waiting: Vec<u32>,
    },
    /// The member is neither the agreement's bank or company nor a client that may record.
    #[error(
        "member {member} is neither bank nor company nor a client of agreement {agreement} that may record"
    )]
    NotEntitled {
        /// The member.
        member: MemberId,
        /// The agreement.
        agreement: AgreementId,
    },
    /// The member would have more proposals that wait than it may.
    #[error(
        "member {member} has {waiting} proposals that wait, {more} more are to be sent, and a member may \
         have {max}"
    )]
    TooMany {
        /// The member.
        member: MemberId,
        /// How many of its proposals wait.
        waiting: usize,
        /// How many are to be sent.
        more: usize,
        /// How many a member may have.
        max: usize,
    },
    /// No answers are awaited.
    #[error("proposal {number} takes no answers: it {state}")]
    NotOpen {
        /// The proposal's number.
        number: u32,
        /// How far it is.
        state: &'static str,
    },
    /// The time for answers is over.
    #[error("the time for answers to proposal {number} is over")]
    Lapsed {
        /// The proposal's number.
        number: u32,
    },
    /// The member has no answer to give.
    #[error(
        "member {member} has no answer to give to proposal {number}; answers are awaited of {}",
        numbers(.awaited)
    )]
    NothingToAnswer {
        /// The member.
        member: MemberId,
        /// The proposal's number.
        number: u32,
        /// The members whose answers are awaited.
        awaited: Vec<MemberId>,
    },
    /// Another member proposed it.
    #[error("member {proposer} made proposal {number}, and not member {member}")]
    NotTheProposer {
        /// The member.
        member: MemberId,
        /// The proposal's number.
        number: u32,
        /// Who proposed it.
        proposer: MemberId,
    },
    /// It is agreed.
    #[error("proposal {number} can be neither withdrawn nor written off: it {state}")]
    CannotWithdraw {
        /// The proposal's number.
        number: u32,
        /// How far it is.
        state: &'static str,
    },
    /// It is to be withdrawn, and is a claim.
    #[error("proposal {number} is not open any more: it {state}")]
    IsAClaim {
        /// The proposal's number.
        number: u32,
        /// How far it is.
        state: &'static str,
    },
    /// It is to be written off, and is open.
    #[error("proposal {number} is no claim: it is open, and waits for answers")]
    StillOpen {
        /// The proposal's number.
        number: u32,
    },
    /// What the node shows of it is not what was proposed.
    #[error("what the node shows of proposal {number} is not what its fingerprint names")]
    OtherContent {
        /// The proposal's number.
        number: u32,
    },
}

impl AmendmentRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => {
                "Name one that there is: `amendment list`. What is withdrawn or written off is gone."
            }
            Self::NotEntitled { .. } => {
                "Sign with the operator key of a member that is one. For a suspended client, have that lifted."
            }
            Self::TooMany { .. } => {
                "Name less, or have some answered, booked, withdrawn or written off first."
            }
            Self::NotOpen { .. } => "There is nothing to answer.",
            Self::Lapsed { .. } => "Have it proposed anew.",
            Self::NothingToAnswer { .. } => {
                "Sign with the operator key of a member whose answer is awaited."
            }
            Self::NotTheProposer { .. } => {
                "Let that member do so. An institution whose answer is awaited can reject it."
            }
            Self::CannotWithdraw { .. } => {
                "Propose another amendment that puts right what it books."
            }
            Self::IsAClaim { .. } => "To give the claim up, write it off: `amendment write-off`.",
            Self::StillOpen { .. } => "Take it back: `amendment withdraw`.",
            Self::OtherContent { .. } => {
                "Send nothing. See that the node runs and is in step with the chain, or ask another one."
            }
        }
    }
}

/// Numbers with commas, or `nobody`.
fn numbers(numbers: &[u32]) -> String {
    if numbers.is_empty() {
        return "nobody".into();
    }
    let texts: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

/// Which proposals wait.
fn waiting_text(waiting: &[u32]) -> String {
    if waiting.is_empty() {
        "none waits".into()
    } else {
        format!("there wait {}", numbers(waiting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_proposal_is_told_with_those_that_wait() {
        let unknown = |waiting| {
            let refusal = AmendmentRefusal::Unknown {
                agreement: 7,
                asked: 9,
                waiting,
            };
            refusal.to_string()
        };
        let none = "agreement 7 has no proposal 9; none waits";
        assert_eq!(unknown(Vec::new()), none);
        let some = "agreement 7 has no proposal 9; there wait 3, 5";
        assert_eq!(unknown(vec![3, 5]), some);
    }

    #[test]
    fn whoever_has_no_answer_to_give_reads_whose_is_awaited() {
        let refusal = |awaited| AmendmentRefusal::NothingToAnswer {
            member: 1,
            number: 3,
            awaited,
        };
        let words = refusal(vec![2, 3]).to_string();
        assert!(words.ends_with("awaited of 2, 3"), "{words}");
        let words = refusal(Vec::new()).to_string();
        assert!(words.ends_with("awaited of nobody"), "{words}");
    }

    #[test]
    fn what_the_fingerprint_does_not_name_is_not_to_be_answered() {
        let refusal = AmendmentRefusal::OtherContent { number: 3 };
        assert!(refusal.to_string().contains("proposal 3"));
        assert!(refusal.remedy().starts_with("Send nothing."));
    }
}
