//! `report submit`: a side's report, made of a party's book.

use crate::{
    commands::{
        node_websocket_address::{endpoint, websocket},
        progress::progress_bar,
        side_parser,
        timing_differences::TimingEnds,
        Context, DayArguments,
    },
    output::{names_and_values, side_id_json, side_json, with, Rendered},
};
use anyhow::{bail, Context as _, Result};
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement, Chain},
    mapping::{self, LedgerMapping, Sheet},
    operator::Operator,
    report::{self, is_closed, side_of, Finding, Subject},
    text::{side_title, status_text},
    time::day_text,
};
use counterfoil_primitives::{
    align::{align, Book},
    timing::status_words,
    MemberId, Side,
};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Submit {
    #[command(flatten)]
    named: DayArguments,
    /// The side to report.
    #[arg(long, value_parser = side_parser())]
    side: Side,
    /// The file of the ledger to which the party committed, instead of the book from its node.
    #[arg(long, requires = "mapping")]
    file: Option<PathBuf>,
    /// The mapping of the ledger.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The node to fetch the book from, instead of the node that the registry names.
    #[arg(long)]
    from: Option<String>,
}

impl Submit {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let (named, side) = (self.named, self.side);
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(named.agreement).await?;
        let member = at.member_of(&operator).await?;
        if !agreement.view.may_report(member, named.day) {
            bail!(
                "member {member} is no party of agreement {}, nor its reconciler on {}, and cannot \
                 report",
                named.agreement,
                day_text(named.day)
            );
        }
        let subject = Subject {
            at: &at,
            agreement: &agreement,
            day: named.day,
            side,
        };
        let before = at.day(named.agreement, named.day).await?;
        let before = side_of(&before, side);
        if is_closed(before) {
            bail!(
                "there is nothing left to report: the side is {}",
                status_text(&before.status)
            );
        }
        let finding = if subject.is_clean().await? {
            Finding::Clean
        } else {
            let book = self
                .book(&at, &agreement, side, (member, &operator))
                .await?;
            subject.find(&book).await?
        };
        let (kind, breaks, parts) = match &finding {
            Finding::Clean => ("clean", 0, 1),
            Finding::Breaks(report) => (
                "breaks",
                report.breaks(),
                1 + report.slots.len() + report.extras.len(),
            ),
        };
        let bar = progress_bar(parts as u64 - 1, "pages");
        let outcome = report::submit(&chain, &subject, &finding, &operator, |accepted| {
            bar.set_position(accepted.into())
        })
        .await;
        bar.finish_and_clear();
        let (sent, after) = outcome?;
        let at = chain.finalized().await?;
        let timing = TimingEnds::of_side(&at, subject.side_id()).await?.count();
        let json = with(
            side_id_json(subject.side_id()),
            json!({
                "report": kind,
                "breaks": breaks,
                "parts": parts,
                "sent": sent,
                "state": side_json(&after, timing),
            }),
        );
        let text = names_and_values([
            ("report", format!("{kind}, {breaks} breaks")),
            ("parts", format!("{parts}, of which {sent} were sent now")),
            (side_title(side), status_words(&after.status, timing)),
        ]);
        Ok(Rendered {
            partial: !is_closed(&after),
            ..Rendered::new(json, text)
        })
    }

    /// The book that the party committed to: from its ledger's file, or from a node.
    async fn book(
        &self,
        at: &At,
        agreement: &Agreement,
        side: Side,
        requester: (MemberId, &Operator),
    ) -> Result<Book> {
        let named = self.named;
        if let (Some(file), Some(mapping)) = (&self.file, &self.mapping) {
            let mapping: LedgerMapping = mapping::load(mapping)?;
            let sheet = Sheet::load(file, &mapping)?;
            let reading = mapping.read(&sheet, agreement.money, &|day| {
                agreement.offset_minutes(day)
            })?;
            if let Some(refused) = reading.refused.first() {
                bail!("{}: {}", file.display(), refused.error);
            }
            let trades = at.trades(named.agreement, named.day).await?;
            let refunded = at.refunded_payments(named.agreement, named.day).await?;
            return Ok(align(
                &counterfoil_client::ledger::entries(&trades, side),
                &refunded,
                &reading.lines,
            ));
        }
        let party = agreement.view.party(side);
        let node = match &self.from {
            Some(url) => Chain::connect(&websocket(url)).await?,
            None if party == requester.0 => at.chain().clone(),
            None => Chain::connect(&websocket(&endpoint(at, party).await?)).await?,
        };
        let place = at.place(named.side_id(side));
        let summary = at.day(named.agreement, named.day).await?;
        let commitment = side_of(&summary, side)
            .commitment
            .context("the party has not committed to a book")?;
        node.fetch_book(&place, &commitment, party, requester).await
    }
}
