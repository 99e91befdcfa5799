//! `agreement suspend-client` and `agreement lift-suspension`: whether a client may record.

use super::show;
use crate::{
    commands::Context,
    output::{with, Rendered},
};
use anyhow::Result;
use clap::Args;
use counterfoil_client::suspension::Lifted;
use counterfoil_primitives::{AgreementId, MemberId};
use serde_json::json;

#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Client {
    /// The agreement's number.
    agreement: AgreementId,
    /// The client's number.
    client: MemberId,
}

impl Client {
    /// Suspends the client, and shows the agreement after that.
    pub(super) async fn suspend(self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let at = context.state(&chain).await?;
        let agreement = at.agreement(self.agreement).await?;
        chain
            .suspend_client(&agreement, self.client, &operator, context.until())
            .await?;
        show(&context.state(&chain).await?, self.agreement).await
    }

    /// Agrees that the suspension be lifted, and shows the agreement after that.
    pub(super) async fn lift(self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let at = context.state(&chain).await?;
        let agreement = at.agreement(self.agreement).await?;
        let lifted = chain
            .lift_suspension(&agreement, self.client, &operator, context.until())
            .await?;
        let shown = show(&context.state(&chain).await?, self.agreement).await?;
        Ok(self.said(&lifted, shown))
    }

    /// What became of a suspension, before the agreement as it is.
    fn said(self, lifted: &Lifted, shown: Rendered) -> Rendered {
        let Self { agreement, client } = self;
        let (is_lifted, words) = match lifted {
            Lifted::Wholly(_) => (true, format!("client {client} records again")),
            Lifted::ByOneParty(_) => (
                false,
                format!(
                    "client {client} stays suspended until the other party lifts it too, with its key: \
                     `counterfoil agreement lift-suspension {agreement} {client}`"
                ),
            ),
        };
        Rendered {
            json: with(shown.json, json!({ "lifted": is_lifted })),
            text: format!("{words}\n{}", shown.text),
            ..shown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use counterfoil_client::chain::submit::Included;
    use sp_core::H256;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        client: Client,
    }

    #[test]
    fn a_lift_by_one_party_tells_what_the_other_has_to_do() {
        let included = || Included {
            block: H256::zero(),
            events: Vec::new(),
        };
        let client = Line::parse_from(["lift", "7", "5"]).client;
        let shown = || Rendered::new(json!({ "agreement": 7 }), "agreement  7".into());
        let half = client.said(&Lifted::ByOneParty(included()), shown());
        assert!(half.text.contains("lift-suspension 7 5"), "{}", half.text);
        assert_eq!(half.json["lifted"], false);
        let whole = client.said(&Lifted::Wholly(included()), shown());
        assert!(whole.text.starts_with("client 5 records again\n"));
        assert_eq!(
            (&whole.json["lifted"], &whole.json["agreement"]),
            (&json!(true), &json!(7))
        );
    }
}
