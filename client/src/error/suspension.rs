//! Why a client is not suspended, or its suspension not lifted.

use counterfoil_primitives::{AgreementId, MemberId};

/// Why nothing is sent of what was asked of a client's suspension.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionRefusal {
    /// The member is neither bank nor company.
    #[error("member {member} is neither bank nor company of agreement {agreement}")]
    NotAParty {
        /// The member.
        member: MemberId,
        /// The agreement.
        agreement: AgreementId,
    },
    /// The agreement has no such client.
    #[error("agreement {agreement} has no client {client}; its clients are {clients:?}")]
    NotAClient {
        /// The agreement.
        agreement: AgreementId,
        /// The member that is not one of its clients.
        client: MemberId,
        /// Its clients.
        clients: Vec<MemberId>,
    },
    /// The client is not suspended.
    #[error("client {client} of agreement {agreement} is not suspended")]
    NotSuspended {
        /// The agreement.
        agreement: AgreementId,
        /// The client.
        client: MemberId,
    },
    /// The client is suspended already, and no party agreed to lift that.
    #[error("client {client} of agreement {agreement} is suspended already")]
    AlreadySuspended {
        /// The agreement.
        agreement: AgreementId,
        /// The client.
        client: MemberId,
    },
    /// The member agreed already to lift the suspension.
    #[error(
        "member {member} agreed already that the suspension of client {client} of agreement {agreement} be lifted"
    )]
    AgreedAlready {
        /// The agreement.
        agreement: AgreementId,
        /// The client.
        client: MemberId,
        /// The member.
        member: MemberId,
    },
    /// The client is suspended, so it records nothing.
    #[error("client {client} is suspended in agreement {agreement}: it records nothing")]
    Suspended {
        /// The agreement.
        agreement: AgreementId,
        /// The client.
        client: MemberId,
    },
}

impl SuspensionRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NotAParty { .. } => "Sign with the operator key of the bank or of the company.",
            Self::NotAClient { .. } => "Name one that is.",
            Self::NotSuspended { .. } => "There is nothing to lift.",
            Self::AlreadySuspended { .. } => "There is nothing to do.",
            Self::AgreedAlready { .. } => {
                "Let the other party agree to it too, with its key: `agreement lift-suspension`."
            }
            Self::Suspended { .. } => {
                "Let bank and company both lift the suspension: `agreement lift-suspension`."
            }
        }
    }
}
