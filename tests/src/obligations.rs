//! What is owed for settlement periods, as the chain shows it, and what staff says of it.

use crate::{
    agreement::TestAgreement,
    chain::Chain,
    cli::Shell,
    member::now,
    wait,
    world::{caught_up, Shared, STEP},
};
use anyhow::Result;
use counterfoil_primitives::{settlement::ObligationView, Moment, Side};
use std::time::Duration;

/// Waits until what is owed for the settlement period of the scenario's day is as `is` says, at most a step
/// after `due`.
pub async fn obligation_that(
    chain: &Chain,
    agreement: &TestAgreement,
    due: Moment,
    what: &str,
    is: impl Fn(&ObligationView) -> bool,
) -> Result<ObligationView> {
    let left = Duration::from_millis(due.saturating_sub(now()));
    wait::until(what, left + STEP, || async {
        let owed = chain.obligation(agreement.id, agreement.day()).await?;
        Ok(owed.filter(|owed| is(owed)))
    })
    .await
}

/// The staff of company and bank of an agreement, each at its own node.
pub struct Staff<'a> {
    shared: &'a Shared,
    agreement: &'a TestAgreement,
}

impl<'a> Staff<'a> {
    /// The staff of the institutions of an agreement, which act for nobody else.
    pub const fn new(shared: &'a Shared, agreement: &'a TestAgreement) -> Self {
        Self { shared, agreement }
    }

    /// Runs a command of one institution, once its node has what is final at that of the other one, and at
    /// the client's, by which scenarios see what is due. Returns the standard output.
    pub async fn run(&self, side: Side, words: &[&str]) -> Result<String> {
        let node = self.shared.of(side);
        for other in [self.shared.of(side.other()), self.shared.client()] {
            caught_up(node, other).await?;
        }
        Shell::new(node.url(), self.agreement.party(side))
            .must(words)
            .await
    }
}
