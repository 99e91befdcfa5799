//! Closing a motion: when it may be closed, and what became of it.

use super::{MotionName, Standing};
use crate::{
    chain::{
        call::Call,
        submit::{Included, Until},
        Chain,
    },
    error::{CouncilRefusal, Error, Result},
    operator::Operator,
};
use codec::Compact;
use counterfoil_primitives::council::MotionView;

/// What became of a motion that was closed.
#[derive(Clone, Debug)]
pub enum Closed {
    /// It was carried, and its call ran.
    Carried(Included),
    /// It was rejected, or its time was over: it ran nothing, even if it was carried.
    Dropped(Included),
}

/// The error of a motion that may not be closed.
pub(super) fn undecided(standing: &Standing) -> CouncilRefusal {
    CouncilRefusal::Undecided {
        motion: standing.motion.index,
        missing: standing.missing(),
        waiting: standing.waiting(),
        ends_at: standing.motion.ends_at_block,
    }
}

/// Whether a motion may be closed in the block after number `best`.
pub(super) fn may_close(standing: &Standing, best: u64) -> bool {
    standing.is_decided() || standing.is_over(best)
}

/// Whether an error may come of a motion that is closed.
pub(super) const fn is_late(error: &Error) -> bool {
    matches!(error, Error::Pool { .. } | Error::Dispatch { .. })
}

impl Chain {
    /// Closes a motion that is decided, or whose time is over. An error says what it waits for, or why its
    /// call failed.
    pub async fn close(
        &self,
        name: MotionName,
        operator: &Operator,
        until: Until,
    ) -> Result<Closed> {
        let at = self.best().await?;
        let standing = at.motion(name).await?;
        at.seat_of(operator, &standing.seats).await?;
        if !may_close(&standing, at.number().await?) {
            return Err(undecided(&standing).into());
        }
        self.close_motion(&standing, operator, until).await
    }

    pub(super) async fn close_motion(
        &self,
        standing: &Standing,
        operator: &Operator,
        until: Until,
    ) -> Result<Closed> {
        let MotionView {
            motion,
            index,
            weight,
            length,
            ..
        } = standing.motion;
        let arguments = (motion, Compact(index), weight, Compact(length));
        let close = Call::new("Council", "close", &arguments);
        let included = self.submit_signed_until(&close, operator, until).await?;
        let title = self.motion_in_words(&standing.motion).title();
        Ok(match self.has_run(&included, &title)? {
            true => Closed::Carried(included),
            false => Closed::Dropped(included),
        })
    }

    pub(super) async fn is_closed(&self, index: u32) -> Result<bool> {
        let council = self.best().await?.council().await?;
        Ok(!council.motions.iter().any(|motion| motion.index == index))
    }
}
