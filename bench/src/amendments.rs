//! Putting a record right: a file of payments that was recorded a hundredfold is cancelled by one proposal
//! and one answer, on the local network of four nodes.
//!
//! What a member waits for are the steps. The nodes of bank and company submit the next one when the one
//! before is final, so the time follows from the number of steps and from how long a block takes to become
//! final.

use crate::{
    load::{self, Payments},
    nodes::{payments, Setup},
    results::Table,
};
use anyhow::{anyhow, ensure, Context, Result};
use counterfoil_primitives::{
    amendment::{Content, Ground, Selection, Span},
    Amount, KindTotals,
};
use counterfoil_runtime::{
    configs::system::RuntimeBlockWeights, Runtime, RuntimeCall, RuntimeEvent,
};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    amendments::proposal,
    book,
    chain::{Chain, Event as Record},
    submit::as_member,
};
use frame_support::{dispatch::DispatchClass, weights::Weight};
use pallet_amendments::{Call, Event};
use sp_core::H256;
use std::time::{Duration, Instant};

/// The number of the only proposal of an agreement.
const NUMBER: u32 = 1;
/// How many times too high the payments are recorded.
const TIMES: Amount = 100;
/// How long the nodes may take over all steps.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// How often the final blocks are looked at: a fraction of a slot.
const PAUSE: Duration = Duration::from_millis(250);
/// The time until the cut-off. A day that ended meanwhile would cost the nodes work of its own.
const AHEAD: Duration = Duration::from_secs(2 * 3_600);

/// Measures one cancellation.
pub async fn measure(short: bool) -> Result<Vec<Table>> {
    let count = if short { 2_000 } else { 30_000 };
    let setup = Setup::four().await?;
    let wish = Wish {
        ahead: AHEAD,
        ..Wish::default()
    };
    let agreement = make(setup.client(), wish).await?;
    let proposed = put_up(&setup, &agreement, count).await?;
    eprintln!("{count} payments are on chain a hundredfold, and proposed to be cancelled");
    let booked = accept(setup.client(), &agreement, proposed).await?;
    eprintln!("{booked:?}");
    let recorded = recorded(setup.client(), &agreement).await?;
    ensure!(
        booked.added == recorded,
        "net is not zero: cancelled are {:?}, of {recorded:?}",
        booked.added
    );
    let mut table = Table::new(
        "amendments",
        [
            "trades",
            "steps",
            "blocks from the answer's to the last step's",
            "s from the answer to the last step, in a final block",
            "trades a second",
            "largest step, ms charged",
            "largest step, % of what a block has for calls",
        ],
    );
    table.row([
        count.to_string(),
        booked.steps.to_string(),
        booked.blocks.to_string(),
        format!("{:.1}", booked.time.as_secs_f64()),
        format!("{:.0}", count as f64 / booked.time.as_secs_f64()),
        format!("{:.1}", booked.largest.ref_time() as f64 / 1e9),
        format!("{:.1}", share_of_a_block(booked.largest)?),
    ]);
    Ok(vec![table])
}

/// Records payments a hundredfold, and lets the company propose to cancel them. Returns what the bank's
/// answer brings.
async fn put_up(setup: &Setup, agreement: &TestAgreement, count: u64) -> Result<H256> {
    let chain = setup.client();
    let wrong = Payments {
        times: TIMES,
        ..payments(agreement)?
    };
    load::import(
        chain.url(),
        setup.folder(),
        agreement,
        agreement.client(),
        &wrong,
        count,
    )
    .await?;
    let trades = chain.trades(agreement.id, agreement.day()).await?;
    ensure!(
        trades.len() as u64 == count,
        "{} trades were recorded instead of {count}",
        trades.len()
    );
    let span = Span {
        first: 0,
        last: count as u32 - 1,
    };
    let spans = vec![span]
        .try_into()
        .map_err(|_| anyhow!("a proposal takes no span"))?;
    let call = RuntimeCall::Amendments(Call::<Runtime>::propose {
        agreement: agreement.id,
        ground: Ground::WrongFile,
        evidence: H256::repeat_byte(1),
        content: Content::Cancel {
            day: agreement.day(),
            selection: Selection::Positions(spans),
        },
        stated: book::totals(&trades),
    });
    as_member(chain, &agreement.company, call).await?;
    let proposed = proposal(chain, agreement, NUMBER).await?;
    Ok(proposed.context("the proposal is not there")?.fingerprint)
}

/// What the nodes booked of the proposal.
#[derive(Debug)]
struct Booked {
    /// Calls that booked something.
    steps: u32,
    /// Blocks after the answer's, up to the last step's.
    blocks: u32,
    /// From when the bank sent its answer until the last step was in a final block.
    time: Duration,
    /// What the heaviest step was charged, after what came back.
    largest: Weight,
    /// What all steps added. Cancellations are refunds.
    added: KindTotals,
    fallen_out: u32,
    is_completed: bool,
}

/// Lets the bank accept the proposal, and follows the final blocks until all of it is booked. They are read
/// as they come: a node forgets the states of blocks that are older than some minutes.
async fn accept(chain: &Chain, agreement: &TestAgreement, fingerprint: H256) -> Result<Booked> {
    let call = RuntimeCall::Amendments(Call::<Runtime>::answer {
        agreement: agreement.id,
        number: NUMBER,
        fingerprint,
        accept: true,
    });
    let start = Instant::now();
    let answered = as_member(chain, &agreement.bank, call).await?.number;
    let mut booked = Booked {
        steps: 0,
        blocks: 0,
        time: Duration::ZERO,
        largest: Weight::zero(),
        added: KindTotals::default(),
        fallen_out: 0,
        is_completed: false,
    };
    let mut seen = answered;
    while !booked.is_completed {
        ensure!(
            start.elapsed() < PATIENCE,
            "not all is booked after {PATIENCE:?}: {booked:?}"
        );
        let last = chain.finalized_number().await?;
        while seen < last && !booked.is_completed {
            seen += 1;
            let block = chain.block_hash(seen).await?;
            booked.take(agreement, &chain.events(block).await?)?;
        }
        booked.time = start.elapsed();
        tokio::time::sleep(PAUSE).await;
    }
    booked.blocks = seen - answered;
    ensure!(
        booked.fallen_out == 0,
        "{} of the trades fell out",
        booked.fallen_out
    );
    Ok(booked)
}

impl Booked {
    /// Adds what a block says of the agreement's steps.
    fn take(&mut self, of: &TestAgreement, records: &[Record]) -> Result<()> {
        for record in records {
            match &record.event {
                RuntimeEvent::Amendments(Event::Booked {
                    agreement,
                    payments,
                    refunds,
                    ..
                }) if *agreement == of.id => {
                    ensure!(payments.count == 0, "a cancellation booked payments");
                    let charged = charged(records, record).context("a step has no weight")?;
                    self.steps += 1;
                    self.largest = self.largest.max(charged);
                    add(&mut self.added, refunds);
                }
                RuntimeEvent::Amendments(Event::Completed {
                    agreement,
                    fallen_out,
                    ..
                }) if *agreement == of.id => {
                    self.fallen_out = *fallen_out;
                    self.is_completed = true;
                }
                _ => (),
            }
        }
        Ok(())
    }
}

fn add(sums: &mut KindTotals, more: &KindTotals) {
    sums.count += more.count;
    sums.gross += more.gross;
    sums.debit += more.debit;
    sums.credit += more.credit;
}

/// What the transaction of an event was charged of its block.
fn charged(records: &[Record], of: &Record) -> Option<Weight> {
    records.iter().find_map(|record| match &record.event {
        RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { dispatch_info })
            if record.phase == of.phase =>
        {
            Some(dispatch_info.weight)
        }
        _ => None,
    })
}

/// How much of what a block has for members' calls a weight takes, in percent.
fn share_of_a_block(weight: Weight) -> Result<f64> {
    let limits = RuntimeBlockWeights::get();
    let room = limits
        .get(DispatchClass::Normal)
        .max_total
        .context("normal calls have no limit")?;
    Ok(100.0 * weight.ref_time() as f64 / room.ref_time() as f64)
}

/// What was recorded falsely, as the chain counts it.
async fn recorded(chain: &Chain, agreement: &TestAgreement) -> Result<KindTotals> {
    let trades = chain.trades(agreement.id, agreement.day()).await?;
    let totals = book::totals(&trades);
    ensure!(
        totals.refunds.count == 0,
        "the cancellations are on the day of what they cancel"
    );
    Ok(totals.payments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_room_for_calls_is_a_tenth() {
        let room = RuntimeBlockWeights::get()
            .get(DispatchClass::Normal)
            .max_total
            .unwrap();
        assert_eq!(share_of_a_block(room / 10_u64).unwrap().round(), 10.0);
    }

    #[test]
    fn sums_of_steps_add_up_in_each_number() {
        let mut sums = KindTotals::default();
        let step = KindTotals {
            count: 1,
            gross: 2,
            debit: 3,
            credit: 4,
        };
        add(&mut sums, &step);
        add(&mut sums, &step);
        let twice = KindTotals {
            count: 2,
            gross: 4,
            debit: 6,
            credit: 8,
        };
        assert_eq!(sums, twice);
    }
}
