//! Waiting with a limit, and saying for what.

use anyhow::{bail, Result};
use std::{
    future::Future,
    time::{Duration, Instant},
};

/// How often a condition is looked at. Half a slot or less: nothing changes faster.
const PAUSE: Duration = Duration::from_millis(700);

/// Waits until `look` finds something, at most `limit`. An error of `look` counts as nothing
/// found, and is told when the time is over.
pub async fn until<T, F, Fut>(what: &str, limit: Duration, mut look: F) -> Result<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<Option<T>>>,
{
    let start = Instant::now();
    let mut last = None;
    while start.elapsed() < limit {
        match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => last = None,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(PAUSE).await;
    }
    match last {
        Some(error) => bail!("waited {limit:?} for {what}; last error: {error:#}"),
        None => bail!("waited {limit:?} for {what}"),
    }
}
