//! Errors of the RPC.

use jsonrpsee::types::ErrorObjectOwned;
use std::fmt::Display;

/// The code of a request that cannot be read.
const UNREADABLE: i32 = 8001;
/// The code of a request that does not fit the state of the book.
const REFUSED: i32 = 8002;
/// The code of a failure of this node.
const FAILED: i32 = 8003;

/// The request cannot be read.
pub fn unreadable(why: impl Display) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(
        UNREADABLE,
        format!("cannot read the request: {why}"),
        None::<()>,
    )
}

/// The request does not fit the state of the book.
pub fn refused(why: impl Display) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(REFUSED, why.to_string(), None::<()>)
}

/// This node failed.
pub fn failed(why: impl Display) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(FAILED, format!("the node failed: {why}"), None::<()>)
}
