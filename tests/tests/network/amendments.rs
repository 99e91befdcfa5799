//! Records that are put right: by the commands of both institutions' staff, and by their nodes' workers.

use crate::imports::Desk;
use anyhow::{Context, Result};
use counterfoil_primitives::{
    amendment::Progress, summary::SideStatus, Amount, KindTotals, Sequence, Side, TradeRequest,
};
use counterfoil_tests::world::{
    caught_up, paid_once, repaired, same, settled, Shared, SharedWorld,
};
use counterfoil_tests::{
    agreement::{TestAgreement, Wish},
    amendments::{completed, found, nothing_is_left, BOOKING},
    book,
    cli::Shell,
    clock::day_text,
    line::Line,
    money::issue,
    trades::{owed_for, payment, payments, record, recorded, request, BATCH},
    two_days,
};
use futures::future::try_join;
use serde_json::json;
use std::{ffi::OsString, time::Duration};

/// The number of the only proposal of an agreement.
const NUMBER: u32 = 1;
/// The least time to the cut-off of the day before.
const AHEAD: Duration = Duration::from_secs(90);
/// What a company has before it pays.
const FUNDS: Amount = 1_000_000_000_000;
/// Payments of a batch.
const PAYMENTS: Sequence = BATCH as Sequence;
/// Payments that a client cannot send: a call of them is more than its line carries.
const UNSENT: usize = 400;
/// What that line carries, in bytes: some dozens of questions, and no such call.
const CARRIED: usize = 48 * 1024;
/// How long an import may take to send its first call.
const PATIENCE: Duration = Duration::from_secs(60);

/// The staff of one institution proposes what `words` say, that of the other one accepts, and their nodes
/// book it.
async fn agreed(
    shared: &Shared,
    agreement: &TestAgreement,
    proposer: Side,
    words: Vec<OsString>,
) -> Result<Progress> {
    let shell = |side| Shell::new(shared.of(side).url(), agreement.party(side));
    let id = agreement.id.to_string();
    let propose = ["amendment", "propose"].map(OsString::from).into_iter();
    let of_agreement = ["--agreement", &id, "--yes"].map(OsString::from);
    caught_up(shared.of(proposer), shared.client()).await?;
    shell(proposer)
        .must(propose.chain(words).chain(of_agreement))
        .await?;
    let other = proposer.other();
    caught_up(shared.of(other), shared.of(proposer)).await?;
    let number = NUMBER.to_string();
    let answer = ["amendment", "answer", &number, "--agreement", &id];
    shell(other)
        .must(answer.iter().chain(&["--accept", "--yes"]))
        .await?;
    completed(shared.client(), agreement, NUMBER, BOOKING).await
}

/// A batch as a client's program sends it that mistakes amounts for minor units.
fn a_hundredfold(agreement: &TestAgreement) -> Result<Vec<TradeRequest>> {
    let client = agreement.client();
    let wrong = |sequence| {
        let right = payment(agreement, client, sequence)?;
        request(
            agreement,
            client,
            sequence,
            right.product,
            100 * right.gross,
        )
    };
    (0..PAYMENTS).map(wrong).collect()
}

/// What payments come to.
fn sums(payments: &[TradeRequest]) -> KindTotals {
    KindTotals {
        count: payments.len() as u32,
        gross: payments.iter().map(|payment| payment.gross).sum(),
        debit: payments.iter().map(|payment| payment.debit).sum(),
        credit: payments.iter().map(|payment| payment.credit).sum(),
    }
}

/// A client records a thousand payments a hundredfold, and records them again as they are. One proposal of
/// the bank names the wrong ones, one answer of the company agrees, and the nodes of both book it. The day
/// completes: both books are the chain's, and the company pays for the right ones alone.
pub async fn a_batch_recorded_a_hundredfold_is_cancelled_and_the_rest_is_paid(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: AHEAD,
        ..shared.own_institutions().await?
    };
    let [_, agreement] = two_days::make(chain, wish).await?;
    let since = chain.finalized_number().await?;
    let client = agreement.client();
    let wrong = a_hundredfold(&agreement)?;
    let right = payments(&agreement, client, PAYMENTS..2 * PAYMENTS)?;
    try_join(
        record(chain, &agreement, client, &wrong),
        record(chain, &agreement, client, &right),
    )
    .await?;

    let (day, id) = (day_text(agreement.day()), client.id.to_string());
    let sequences = format!("0-{}", PAYMENTS - 1);
    let cancel = ["cancel", "--ground", "wrong_amount", "--day", &day];
    let which = ["--client", &id, "--sequences", &sequences];
    let words = cancel.iter().chain(&which).map(OsString::from).collect();
    let progress = agreed(shared, &agreement, Side::Credit, words).await?;
    agreement.before_the_cut_off(chain).await?;
    issue(chain, agreement.company.treasury(), FUNDS).await?;
    let gone_through = (progress.booked, progress.fallen_out);
    same("booked and fallen out", gone_through, (BATCH as u32, 0))?;
    same("cancelled", progress.totals.refunds, sums(&wrong))?;

    let trades = recorded(chain, &agreement).await?;
    same("trades", trades.len(), 3 * BATCH)?;
    let is_wrong = |id| (0..PAYMENTS).contains(&id);
    let placed = (0..).zip(&trades);
    let positions: Vec<u32> = placed
        .filter(|(_, trade)| trade.id.client == client.id && is_wrong(trade.id.sequence))
        .map(|(position, _)| position)
        .collect();
    same("wrong payments", positions.len(), BATCH)?;
    let some = [0, BATCH / 2, BATCH - 1].map(|at| positions[at]);
    nothing_is_left(chain, &agreement, some).await?;

    let day = settled(chain, &agreement).await?;
    let owed = owed_for(&right);
    same("obligation", day.obligation, Some(owed))?;
    paid_once(chain, &agreement, since, owed).await?;
    let day = repaired(chain, &agreement).await?;
    for (side, summary) in [(Side::Debit, day.debit), (Side::Credit, day.credit)] {
        same("side", summary.status, SideStatus::Proven { breaks: 0 })?;
        book::equals(shared.of(side), &agreement, side, &trades).await?;
    }
    Ok(())
}

/// A client's line breaks while it sends its payments, which its journal holds. Company and bank record them
/// in its place, out of the same file. The client comes back and imports that again, and once more: each
/// payment is on chain once, and is the client's.
pub async fn what_a_client_could_not_send_is_supplemented_and_recorded_once(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let desk = Desk::new(chain, shared.own_institutions().await?, UNSENT).await?;
    let (agreement, journal) = (&desk.agreement, desk.path("journal"));
    let client = agreement.client();
    let line = Line::to(chain, CARRIED).await?;
    let away = Shell::new(line.url(), client);
    let mut import = away.start(desk.import(&journal), &desk.path("away.log"))?;
    tokio::time::timeout(PATIENCE, line.broke_off())
        .await
        .context("the import sends no call")??;
    import.start_kill()?;
    import.wait().await?;

    let (day, id) = (day_text(agreement.day()), client.id.to_string());
    let supplement = ["supplement", "--client", &id, "--day", &day];
    let mut words = supplement.map(OsString::from).to_vec();
    for (option, file) in [("--file", "payments.csv"), ("--mapping", "mapping.toml")] {
        words.extend([OsString::from(option), desk.path(file).into()]);
    }
    let progress = agreed(shared, agreement, Side::Debit, words).await?;
    let gone_through = (progress.booked, progress.fallen_out);
    same("booked and fallen out", gone_through, (UNSENT as u32, 0))?;

    for _ in 0..2 {
        let done = desk.shell.json(desk.import(&journal)).await?;
        same("accepted", &done["accepted"], &json!(UNSENT))?;
        let by_amendments = done["recorded_by_amendments"].as_array();
        same("supplemented", by_amendments.map(Vec::len), Some(UNSENT))?;
    }
    same("of the day", recorded(chain, agreement).await?.len(), 0)?;
    let next = agreement.day().next();
    let trades = chain.trades(agreement.id, next).await?;
    desk.are_each_once(&trades)?;
    let last = found(chain, agreement, next, UNSENT as u32 - 1).await?;
    same("client", (last.client, last.relation), (client.id, None))
}
