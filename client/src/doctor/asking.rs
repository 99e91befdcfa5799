//! Questions whose answers may not come: each has a time, and why there is no answer is a fact itself.

use super::finding::Finding;
use std::{future::Future, time::Duration};

/// How long one question may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How long the questions about a member's days may take together.
pub(super) const LONG_PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered(pub String);

/// What was learnt, or why it was not.
pub type Asked<T> = Result<T, Unanswered>;

/// Asks, and waits for the answer no longer than `patience`.
pub(super) async fn within<T, E>(
    patience: Duration,
    question: impl Future<Output = Result<T, E>>,
) -> Asked<T>
where
    E: Into<anyhow::Error>,
{
    match tokio::time::timeout(patience, question).await {
        Ok(answer) => answer.map_err(|error| {
            let error: anyhow::Error = error.into();
            Unanswered(format!("{error:#}"))
        }),
        Err(_) => {
            let seconds = patience.as_secs();
            Err(Unanswered(format!("no answer within {seconds} s")))
        }
    }
}

/// What is found of an answer, or that there is none.
pub(super) fn found_of<T>(
    check: &'static str,
    asked: &Asked<T>,
    of: impl FnOnce(&T) -> Vec<Finding>,
) -> Vec<Finding> {
    match asked {
        Ok(answer) => of(answer),
        Err(Unanswered(why)) => vec![Finding::fault(
            check,
            format!("the node does not say: {why}"),
            "See that the node runs and is in step with the chain, and ask again; its log may say more.",
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;
    use futures::future::{pending, ready};

    const SHORT: Duration = Duration::from_millis(5);

    #[tokio::test]
    async fn an_answer_that_comes_in_time_is_a_fact() {
        let asked = within(SHORT, ready(Ok::<_, anyhow::Error>(7))).await;
        assert_eq!(asked, Ok(7));
    }

    #[tokio::test]
    async fn a_question_without_an_answer_ends() {
        let asked = within(SHORT, pending::<Result<u8, anyhow::Error>>()).await;
        assert!(asked.unwrap_err().0.contains("no answer within"));
    }

    #[tokio::test]
    async fn an_error_is_a_fact_with_all_its_causes() {
        let error = anyhow::anyhow!("refused").context("not connected");
        let asked = within(SHORT, ready(Err::<u8, _>(error))).await;
        assert_eq!(asked, Err(Unanswered("not connected: refused".into())));
    }

    #[test]
    fn what_is_not_answered_is_a_fault_of_that_check() {
        let found = found_of(
            "peers",
            &Err::<u8, _>(Unanswered("away".into())),
            |_| vec![],
        );
        assert_eq!(found[0].state, State::Fault);
        assert!(found[0].found.contains("away"));
    }

    #[test]
    fn what_is_answered_is_judged() {
        let found = found_of("peers", &Ok(7), |count| {
            vec![Finding::ok("peers", count.to_string())]
        });
        assert_eq!(found, [Finding::ok("peers", "7")]);
    }
}
