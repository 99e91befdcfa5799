//! `agreement name-successor`: who refunds what a client recorded, beside that client.

use super::change::change;
use crate::{commands::Context, output::Rendered};
use anyhow::Result;
use clap::Args;
use counterfoil_primitives::{AgreementId, MemberId};

#[derive(Debug, Args)]
pub(crate) struct NameSuccessor {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The number of the client that recorded the payments.
    #[arg(long)]
    client: MemberId,
    /// The number of the client that refunds them, which the agreement admits.
    #[arg(long, required_unless_present = "none")]
    successor: Option<MemberId>,
    /// Nobody but the client itself refunds them any more.
    #[arg(long, conflicts_with = "successor")]
    none: bool,
}

impl NameSuccessor {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.agreement, self.client, self.successor);
        change(
            context,
            &chain,
            self.agreement,
            "name_successor",
            &arguments,
        )
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        command: NameSuccessor,
    }

    #[test]
    fn a_successor_is_named_or_none() {
        let read = |rest: &str| {
            let line = format!("name --agreement 7 --client 1 {rest}");
            Line::try_parse_from(line.split_whitespace()).map(|line| line.command)
        };
        let named = read("--successor 5").unwrap();
        assert_eq!((named.agreement, named.client), (7, 1));
        assert_eq!(named.successor, Some(5));
        assert_eq!(read("--none").unwrap().successor, None);
        assert!(read("").is_err());
        assert!(read("--successor 5 --none").is_err());
    }
}
