//! Waiting that a machine's sleep does not use up.

use anyhow::Result;
use std::{future::Future, time::Duration};

/// Asks every `pulse` until there is an answer, or `patience` has been waited in vain: `None`.
///
/// Only the pauses between the questions count. By the clock, a machine that slept, or a node that
/// took its time, would seem to have been asked all along.
pub(super) async fn until<T, Asking: Future<Output = Result<Option<T>>>>(
    pulse: Duration,
    patience: Duration,
    mut ask: impl FnMut() -> Asking,
) -> Result<Option<T>> {
    let mut waited = Duration::ZERO;
    loop {
        let answer = ask().await?;
        if answer.is_some() || waited >= patience {
            return Ok(answer);
        }
        tokio::time::sleep(pulse).await;
        waited = waited.saturating_add(pulse);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const PULSE: Duration = Duration::from_millis(1);

    /// Asks with a patience of a number of pulses; the answer comes with the question `at`, and the
    /// machine sleeps through the first one. Returns the answer and the number of questions.
    async fn asked(pulses: u32, at: u32) -> (Option<u32>, u32) {
        let mut questions = 0;
        let answer = until(PULSE, PULSE * pulses, || {
            questions += 1;
            if questions == 1 {
                thread::sleep(PULSE * (pulses + 10));
            }
            let answer = (questions >= at).then_some(questions);
            async move { anyhow::Ok(answer) }
        });
        let answer = answer.await.unwrap();
        (answer, questions)
    }

    #[tokio::test]
    async fn an_answer_ends_the_waiting() {
        assert_eq!(asked(5, 1).await, (Some(1), 1));
        assert_eq!(asked(5, 3).await, (Some(3), 3));
    }

    #[tokio::test]
    async fn patience_ends_after_its_pauses_and_not_by_a_sleep() {
        assert_eq!(asked(5, 6).await, (Some(6), 6));
        assert_eq!(asked(5, 7).await, (None, 6));
    }

    #[tokio::test]
    async fn what_cannot_be_asked_is_an_error() {
        let ask = || async { Err::<Option<()>, _>(anyhow::anyhow!("no node")) };
        assert!(until(PULSE, PULSE, ask).await.is_err());
    }
}
