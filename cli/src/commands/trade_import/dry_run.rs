//! `trade import --dry-run`: what an import would do, told without doing it.

use super::{
    booked_days::Booked, notes_on_waiting, recording::elsewhere, sums::Sums, Import, Ready,
};
use crate::{
    commands::{
        refused_file::check_apart,
        refused_lines::{refusal_json, refusals_text},
        Context,
    },
    output::{minor, names_and_values, notes_text, table, Rendered},
};
use anyhow::{bail, Result};
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    import::{
        foresee,
        on_chain::{recorded_without_key::ClientRecord, refusal_reasons::in_words},
        Foreseen, NotRecorded, Verdict,
    },
    journal::Journal,
    mapping::{PaymentMapping, Sheet},
    money::Money,
    time::day_text,
};
use counterfoil_primitives::{
    booking_day::{book, NotBookable},
    BusinessDay, Kind, MemberId, Moment, ProductId,
};
use serde_json::{json, Value as Json};
use std::{collections::BTreeMap, path::Path};

/// What no dry run can show.
const ONLY_BY_SENDING: [&str; 5] = [
    "whether each payment is still taken when it arrives: until then a cut-off may pass, a day may fill up, or terms may change",
    "whether what a refund gives back is still left of its payment when it arrives",
    "whether an amendment recorded a payment that its client never did",
    "whether another program of this client has sent a payment that is not final yet",
    "whether the operator key is this client's",
];

/// What an import would do.
#[derive(Default)]
struct Plan {
    /// What would be sent, by the day that would take it and by product.
    sent: BTreeMap<(BusinessDay, ProductId), Sums>,
    /// The refunds that would be sent. The parties' amounts are not summed: they follow from the originals.
    refunds: Sums,
    /// What is recorded already.
    known: Sums,
    /// The refunds that are recorded already.
    known_refunds: Sums,
    /// The payments that amendments recorded.
    supplemented: Sums,
    /// How many payments that would be sent were sent before and may be on their way.
    underway: usize,
    /// How many such refunds.
    refunds_underway: usize,
    /// Where all of those would stand.
    booked: Booked,
}

impl Plan {
    fn total(&self) -> Sums {
        let mut total = Sums::default();
        self.sent.values().for_each(|sums| total.join(sums));
        total
    }
}

impl Import {
    /// Finds out what an import of the file would do now.
    pub(super) async fn foresee(
        &self,
        context: &Context,
        mapping: &PaymentMapping,
        sheet: &Sheet,
    ) -> Result<Rendered> {
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let client = self.whose(context, &at).await?;
        let agreement = self.agreement_of(&at, client).await?;
        let mut ready = self.read(&at, &agreement, client, mapping, sheet).await?;
        let path = self.journal_path(chain.genesis(), client)?;
        check_apart(&self.refused_path(), &[&path])?;
        let journal = Journal::peek(&path, chain.genesis(), client)?;
        // What is sent now comes into a block after the best one.
        let now = chain.best().await?.now().await?;
        let tolerance = chain.clock_tolerance()?;
        let mut record = ClientRecord::new(chain, agreement.clone(), client).await?;
        let foresight = foresee(
            &mut record,
            journal.as_ref(),
            &ready.prepared,
            &ready.missing,
            &self.settings(&agreement),
            &|kind, occurred_at| takes(&agreement, kind, occurred_at, now, tolerance),
        )
        .await?;
        if let Some(journal) = &journal {
            let sent = ready.prepared.iter().zip(&foresight.payments);
            let sent = sent
                .filter(|(_, foreseen)| matches!(foreseen, Foreseen::Sent { .. }))
                .map(|(payment, _)| payment);
            ready.notes.extend(elsewhere(journal, agreement.id, sent)?);
        }
        let plan = plan(&mut ready, foresight.payments);
        ready.notes.extend(plan.booked.foreseen());
        ready
            .notes
            .extend(notes_on_waiting::foreseen(foresight.doubt, foresight.wait));
        ready.notes.extend(
            foresight
                .doubt
                .and_then(|found| notes_on_waiting::others(found, client, &path)),
        );
        if journal.is_none() {
            ready.notes.push(format!(
                "there is no journal {}: only the chain shows what is recorded",
                path.display()
            ));
        }
        let file = match &self.refused {
            Some(_) => {
                // What comes too late is told with the others: a dry run writes one file at most.
                ready.refused = ready.all_refused();
                ready.late.clear();
                self.write_refused(sheet, &mut ready)?
            }
            None => None,
        };
        Ok(render(
            &agreement,
            client,
            sheet.len(),
            &plan,
            &ready,
            file.as_deref(),
        ))
    }

    /// Whose payments they are: the key's owner's, if there is a key.
    async fn whose(&self, context: &Context, at: &At) -> Result<MemberId> {
        if let Some(client) = self.client {
            return Ok(client);
        }
        if context.has_key() {
            return Ok(at.member_of(&context.operator()?).await?);
        }
        let agreement = at.agreement(self.agreement).await?;
        match agreement.view.clients[..] {
            [client] => Ok(client),
            ref clients => bail!(
                "agreement {} admits the clients {clients:?}; say whose payments these are, by --client",
                agreement.id
            ),
        }
    }
}

/// The day that takes a payment or a refund at `now`, or why none does, as the chain would say it. Its clock
/// lets either lie ahead by `tolerance`.
fn takes(
    agreement: &Agreement,
    kind: Kind,
    occurred_at: Moment,
    now: Moment,
    tolerance: Moment,
) -> Result<BusinessDay, NotRecorded> {
    let never = |reason| Err(NotRecorded::Other(in_words(reason)));
    if occurred_at > now.saturating_add(tolerance) {
        return never("InFuture");
    }
    match book(&agreement.view, kind, occurred_at, now) {
        Ok(booking) => Ok(booking.booked),
        Err(NotBookable::TooLate) => Err(NotRecorded::TooLate),
        Err(NotBookable::BeforeFirstDay) => never("BeforeFirstDay"),
        // Lines after the last day are refused before: this one is late for it.
        Err(NotBookable::AgreementEnded) if kind == Kind::Payment => Err(NotRecorded::TooLate),
        Err(NotBookable::AgreementEnded) => never("AgreementEnded"),
    }
}

/// Sums up what would become of the payments; those that would be refused join the refused lines.
fn plan(ready: &mut Ready, foreseen: Vec<Foreseen>) -> Plan {
    let mut plan = Plan::default();
    for (index, foreseen) in foreseen.into_iter().enumerate() {
        let (trade, kind) = (ready.prepared[index].trade, ready.prepared[index].kind());
        match foreseen {
            Foreseen::Sent { day, underway } => {
                plan.booked.add(&ready.prepared[index], day);
                match kind {
                    Kind::Payment => plan.sent.entry((day, trade.product)).or_default(),
                    Kind::Refund => &mut plan.refunds,
                }
                .add(&trade);
                *match kind {
                    Kind::Payment => &mut plan.underway,
                    Kind::Refund => &mut plan.refunds_underway,
                } += usize::from(underway);
            }
            Foreseen::Settled(Verdict::Recorded { .. } | Verdict::Known { .. }) => match kind {
                Kind::Payment => plan.known.add(&trade),
                Kind::Refund => plan.known_refunds.add(&trade),
            },
            Foreseen::Settled(Verdict::Supplemented { .. }) => plan.supplemented.add(&trade),
            Foreseen::Settled(Verdict::Refused { reason }) => ready.refuse(index, &reason),
        }
    }
    ready.refused.sort_by_key(|refused| refused.record);
    plan
}

/// Refunds in a few words.
fn refunds_text(sums: &Sums, money: &Money) -> String {
    match sums.count {
        0 => "0".into(),
        count => format!("{count}, gross {}", money.show(sums.gross)),
    }
}

fn sums_json(sums: &Sums) -> Json {
    json!({
        "count": sums.count,
        "gross": minor(sums.gross),
        "debit": minor(sums.debit),
        "credit": minor(sums.credit),
    })
}

fn render(
    agreement: &Agreement,
    client: MemberId,
    lines: usize,
    plan: &Plan,
    ready: &Ready,
    file: Option<&Path>,
) -> Rendered {
    let money = &agreement.money;
    let (refused, total) = (&ready.all_refused(), plan.total());
    let by_day = plan.sent.iter().map(|((day, product), sums)| {
        let place = json!({ "day": day_text(*day), "product": product });
        crate::output::with(place, sums_json(sums))
    });
    let json = json!({
        "dry_run": true,
        "agreement": agreement.id,
        "client": client,
        "currency": money.code(),
        "lines": lines,
        "would_be_sent": sums_json(&total),
        "may_be_on_their_way": plan.underway,
        "by_day_and_product": by_day.collect::<Vec<_>>(),
        "recorded_before": sums_json(&plan.known),
        "recorded_by_amendments": sums_json(&plan.supplemented),
        "refunds": {
            "may_be_on_their_way": plan.refunds_underway,
            "would_be_sent": { "count": plan.refunds.count, "gross": minor(plan.refunds.gross) },
            "recorded_before": {
                "count": plan.known_refunds.count,
                "gross": minor(plan.known_refunds.gross),
            },
        },
        "refused": refused.len(),
        "refused_file": file.map(|path| path.display().to_string()),
        "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
        "notes": ready.notes,
        "known_only_by_sending": ONLY_BY_SENDING,
    });
    let mut text = names_and_values([
        ("lines", lines.to_string()),
        ("payments that would be sent", total.count.to_string()),
        (
            "  of these, perhaps on their way",
            plan.underway.to_string(),
        ),
        ("payments recorded before", plan.known.count.to_string()),
        (
            "payments recorded by amendments",
            plan.supplemented.count.to_string(),
        ),
        (
            "refunds that would be sent",
            refunds_text(&plan.refunds, money),
        ),
        (
            "  of these refunds, perhaps on their way",
            plan.refunds_underway.to_string(),
        ),
        (
            "refunds recorded before",
            refunds_text(&plan.known_refunds, money),
        ),
        ("would be refused", refused.len().to_string()),
    ]);
    let row = |day: String, product: String, sums: &Sums| {
        vec![
            day,
            product,
            sums.count.to_string(),
            money.show(sums.gross),
            money.show(sums.debit),
            money.show(sums.credit),
        ]
    };
    let rows = plan
        .sent
        .iter()
        .map(|((day, product), sums)| row(day_text(*day), product.to_string(), sums));
    let rows = rows.chain([row("all".into(), "all".into(), &total)]);
    let header = ["day", "product", "count", "gross", "debit", "credit"];
    text += &format!("\n{}", table(&header, rows));
    text += &notes_text(&ready.notes);
    text += &refusals_text(refused, file);
    text += "\nnothing was sent, and no journal was written. Only sending shows:";
    for unknown in ONLY_BY_SENDING {
        text += &format!("\n  {unknown}");
    }
    Rendered {
        partial: !refused.is_empty(),
        ..Rendered::new(json, text)
    }
}

#[cfg(test)]
pub(super) mod tests;
