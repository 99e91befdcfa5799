//! Whether a refused call is tried once more, how long it rests before, and for how long that goes on.

use crate::error::{Error, PoolRefusal};
use std::time::{Duration, Instant};

/// How long a pool that lags behind the chain has to catch up. A full one judges what it holds anew after
/// each block, which takes it several blocks.
const CATCHING_UP: Duration = Duration::from_secs(60);

/// How long a call that such a pool refused rests: the time of a block.
const PAUSE: Duration = Duration::from_secs(3);

/// What was tried of a call.
pub(super) struct Attempts {
    begun: Instant,
    was_signed_anew: bool,
}

impl Attempts {
    pub(super) fn new() -> Self {
        Self {
            begun: Instant::now(),
            was_signed_anew: false,
        }
    }

    /// How long to rest before the call is tried once more; `None` where that does not help. What has to be
    /// signed anew is tried at once, and once; a pool that has to catch up is asked again after a rest.
    pub(super) fn rest_after(&mut self, error: &Error) -> Option<Duration> {
        self.rest_at(error, self.begun.elapsed())
    }

    fn rest_at(&mut self, error: &Error, elapsed: Duration) -> Option<Duration> {
        if is_void(error) {
            let was_signed_anew = std::mem::replace(&mut self.was_signed_anew, true);
            return (!was_signed_anew).then_some(Duration::ZERO);
        }
        (is_lagging(error) && elapsed < CATCHING_UP).then_some(PAUSE)
    }
}

/// Whether an error says that what was signed holds no more.
const fn is_void(error: &Error) -> bool {
    matches!(
        error,
        Error::Pool {
            refusal: PoolRefusal::Void(_),
            ..
        }
    )
}

/// Whether an error says that a pool has not caught up with the chain.
const fn is_lagging(error: &Error) -> bool {
    matches!(
        error,
        Error::Pool {
            refusal: PoolRefusal::Lagging(_),
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_holds_no_more_is_signed_anew() {
        assert!(is_void(&refused(PoolRefusal::Void("a fork".into()))));
        assert!(!is_void(&refused(PoolRefusal::Stale)));
        let lagging = refused(PoolRefusal::Lagging("no fee".into()));
        assert!(is_lagging(&lagging) && !is_void(&lagging));
        assert!(!is_lagging(&refused(PoolRefusal::Invalid("no fee".into()))));
    }

    fn refused(refusal: PoolRefusal) -> Error {
        Error::Pool {
            call: "trades.seal".into(),
            refusal,
        }
    }

    #[test]
    fn what_a_fork_voided_is_signed_anew_once() {
        let mut attempts = Attempts::new();
        let void = refused(PoolRefusal::Void("a fork".into()));
        assert_eq!(attempts.rest_after(&void), Some(Duration::ZERO));
        assert_eq!(attempts.rest_after(&void), None);
    }

    #[test]
    fn what_is_refused_for_good_is_not_tried_again() {
        let never = refused(PoolRefusal::Invalid("no fee".into()));
        assert_eq!(Attempts::new().rest_after(&never), None);
    }

    #[test]
    fn a_pool_that_lags_is_asked_again_for_a_limited_time() {
        let mut attempts = Attempts::new();
        let lagging = refused(PoolRefusal::Lagging("no fee".into()));
        assert_eq!(attempts.rest_at(&lagging, Duration::ZERO), Some(PAUSE));
        let too_long = CATCHING_UP;
        assert_eq!(attempts.rest_at(&lagging, too_long), None);
    }
}
