//! `agreement set-limits`: what of an agreement changes at once. What is not named stays as it is.

use super::change::{anything, change};
use crate::{
    commands::{
        amount::{amount, limit},
        Context,
    },
    output::Rendered,
};
use anyhow::Result;
use clap::Args;
use counterfoil_client::money::Money;
use counterfoil_primitives::{AgreementId, AgreementView, Amount, Caps};

#[derive(Debug, Args)]
#[command(group = anything())]
pub(crate) struct SetLimits {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// Minutes after the preset time until a side that is not proven may be marked defaulted.
    #[arg(long, group = "anything")]
    deadline_minutes: Option<u32>,
    /// Minutes after its day's cut-off until which a late trade is still taken.
    #[arg(long, group = "anything")]
    max_late_minutes: Option<u32>,
    /// Business days after a payment's until which a part of it may be given back. Fixed once the agreement's
    /// end has come.
    #[arg(long, group = "anything")]
    refund_days: Option<u16>,
    /// Business days after a trade's until which it may be amended. Fixed once the agreement's end has come.
    #[arg(long, group = "anything")]
    amend_days: Option<u16>,
    /// Days after a proposal to amend trades until which it can be answered.
    #[arg(long, group = "anything")]
    answer_days: Option<u16>,
    /// Maximum pages of a book that may have breaks.
    #[arg(long, group = "anything")]
    pages: Option<u32>,
    /// Maximum extras of a book.
    #[arg(long, group = "anything")]
    extras: Option<u32>,
    /// The largest gross amount of a trade, like 12.50; or none, so that it is as the chain allows.
    #[arg(long, value_name = "AMOUNT", group = "anything")]
    max_gross: Option<String>,
}

/// The limits in the call's order: caps, largest gross amount, deadline, lateness, and the days of refunds,
/// amendments and answers.
type Limits = (Caps, Option<Amount>, u32, u32, u16, u16, u16);

impl SetLimits {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let before = context
            .state(&chain)
            .await?
            .agreement(self.agreement)
            .await?;
        let after = self.after(&before.view, &before.money)?;
        let arguments = (self.agreement, after);
        change(context, &chain, self.agreement, "set_limits", &arguments).await
    }

    fn after(&self, before: &AgreementView, money: &Money) -> Result<Limits> {
        let max_gross = match &self.max_gross {
            Some(text) => limit("--max-gross", text, money, amount)?,
            None => before.max_gross,
        };
        Ok((
            Caps {
                pages: self.pages.unwrap_or(before.caps.pages),
                extras: self.extras.unwrap_or(before.caps.extras),
            },
            max_gross,
            self.deadline_minutes.unwrap_or(before.deadline_minutes),
            self.max_late_minutes.unwrap_or(before.max_late_minutes),
            self.refund_days.unwrap_or(before.refund_days),
            self.amend_days.unwrap_or(before.amend_days),
            self.answer_days.unwrap_or(before.answer_days),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use counterfoil_client::testing;
    use counterfoil_primitives::BusinessDay;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        command: SetLimits,
    }

    fn read(line: &str) -> Result<SetLimits, clap::Error> {
        Line::try_parse_from(line.split(' ')).map(|line| line.command)
    }

    fn before() -> AgreementView {
        AgreementView {
            caps: Caps {
                pages: 1,
                extras: 2,
            },
            max_gross: Some(7),
            deadline_minutes: 3,
            max_late_minutes: 4,
            ..testing::agreement_view(BusinessDay(20_779))
        }
    }

    #[test]
    fn a_limit_that_is_named_changes_alone() {
        let caps = |pages, extras| Caps { pages, extras };
        let gross = Some(7);
        let changes: [(&str, Limits); 9] = [
            ("--pages 9", (caps(9, 2), gross, 3, 4, 180, 365, 10)),
            ("--extras 9", (caps(1, 9), gross, 3, 4, 180, 365, 10)),
            (
                "--deadline-minutes 9",
                (caps(1, 2), gross, 9, 4, 180, 365, 10),
            ),
            (
                "--max-late-minutes 9",
                (caps(1, 2), gross, 3, 9, 180, 365, 10),
            ),
            ("--refund-days 9", (caps(1, 2), gross, 3, 4, 9, 365, 10)),
            ("--amend-days 9", (caps(1, 2), gross, 3, 4, 180, 9, 10)),
            ("--answer-days 9", (caps(1, 2), gross, 3, 4, 180, 365, 9)),
            (
                "--max-gross 0.09",
                (caps(1, 2), Some(9), 3, 4, 180, 365, 10),
            ),
            ("--max-gross none", (caps(1, 2), None, 3, 4, 180, 365, 10)),
        ];
        for (flag, after) in changes {
            let set = read(&format!("set --agreement 1 {flag}")).unwrap();
            let money = Money::of("CZK").unwrap();
            assert_eq!(set.after(&before(), &money).unwrap(), after, "{flag}");
        }
    }

    #[test]
    fn a_change_of_no_limit_is_refused() {
        assert!(read("set --agreement 1").is_err());
    }

    #[test]
    fn more_days_than_the_chain_counts_are_refused() {
        for flag in ["--refund-days", "--amend-days", "--answer-days"] {
            assert!(read(&format!("set --agreement 1 {flag} 65535")).is_ok());
            assert!(read(&format!("set --agreement 1 {flag} 65536")).is_err());
        }
    }
}
