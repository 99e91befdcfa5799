//! What staff reads of the validators, through the runtime API, and how long a forced change may take.

use crate::MemberId;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The maximum of blocks after which a forced change is enacted. No session ends and nothing is final until
/// then, so that a wrong number must not cost more than half an hour.
pub const MAX_DELAY: u32 = 600;

/// A member that is a validator, is to be one, or could be.
///
/// A list that is decided takes effect two sessions later. Until then the member of a new list is in the
/// list and not active; a former one is active and not in the list.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct ValidatorView {
    /// The member.
    pub member: MemberId,
    /// Whether it has session keys: a list names members with keys alone.
    pub has_keys: bool,
    /// Whether the list that was decided last names it.
    pub in_list: bool,
    /// Whether it makes and finalises blocks in this session.
    pub active: bool,
    /// Whether it will in the next session.
    pub queued: bool,
}
