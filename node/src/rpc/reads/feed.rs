//! What a subscriber is sent, one notification after the other.

use super::{
    answers::days,
    arguments::Arguments,
    at::{At, BLOCK},
    schema::Schema,
    source::Source,
    written::with,
};
use crate::service::partial::Hash;
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// The notifications of a subscription.
pub trait Feed: Send {
    /// The next notification, by the last final block; `None` where there is nothing to send before another
    /// block is final.
    fn next(&mut self, source: &dyn Source) -> RpcResult<Option<Json>>;
}

/// A day, whenever what is answered of it changes. It is read only where a hash of all that the answer
/// follows from changed.
pub struct Day {
    of: Arguments,
    /// The block that was read last.
    seen: Option<Hash>,
    /// A hash of what the answer there follows from.
    state: Option<Hash>,
    /// What was sent last.
    sent: Option<Json>,
}

/// Begins with the day as it is; refused where there is no such day.
pub fn begin_day(source: &dyn Source, of: &Arguments) -> RpcResult<Box<dyn Feed>> {
    At::open(source, None)?.day(of)?;
    Ok(Box::new(Day {
        of: *of,
        seen: None,
        state: None,
        sent: None,
    }))
}

impl Feed for Day {
    fn next(&mut self, source: &dyn Source) -> RpcResult<Option<Json>> {
        let last = source.finalized();
        if self.seen == Some(last.hash) {
            return Ok(None);
        }
        let at = At::open(source, None)?;
        let of = &self.of;
        let state = source.day_hash(at.block.hash, of.agreement, of.day)?;
        if state.is_some() && state == self.state {
            self.seen = Some(at.block.hash);
            return Ok(None);
        }
        let answer = days::show(&at, of)?;
        self.seen = Some(at.block.hash);
        self.state = state;
        if self.sent.as_ref() == Some(&answer) {
            return Ok(None);
        }
        self.sent = Some(answer.clone());
        Ok(Some(with(answer, json!({ BLOCK: at.block_json() }))))
    }
}

/// The schema of a notification of [`Day`].
pub fn day_schema() -> Schema {
    days::show_schema().and((BLOCK, Schema::shared(BLOCK), "The block that was read."))
}
