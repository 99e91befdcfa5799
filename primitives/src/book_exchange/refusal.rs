//! Why a node refuses a request, where whoever asks learns by that what is wrong.
//!
//! A node checks in the order of these reasons. So each of them shows that those before it do not hold: a
//! request that is refused since nobody signed it came to a node of the right chain, with the right time.

/// The node is of another chain than the request.
pub const OTHER_CHAIN: &str = "the request is for another chain";

/// By the node's clock the request is over.
pub const EXPIRED: &str = "the request has expired";

/// By the node's clock the request ends later than [`super::MAX_LIFETIME`] from now.
pub const TOO_FAR_AHEAD: &str = "the request reaches too far ahead of the clock";

/// The finalised state of the node has no member of the requester's number.
pub const NO_MEMBER: &str = "the requester is no member";

/// The requester's operator key did not sign the request.
pub const NOT_SIGNED: &str = "the signature is not by the requester's operator key";

/// By the node's clock the day's preset time is still ahead.
pub const NOT_YET: &str = "the day is not to be reconciled yet";

/// The node's keystore does not hold the addressee's operator key.
pub const ACTS_FOR_ANOTHER: &str = "this node does not act for the addressee";

/// The party has not closed its book of the day.
pub const NOT_CLOSED: &str = "the book of this day is not closed yet";
