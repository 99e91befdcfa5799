//! The engine of an import: it sends payments, follows them and looks them up, until each has a
//! verdict.
//!
//! | module | what it does |
//! |---|---|
//! | `sending` | which payments go next, under which sequences |
//! | `following_blocks` | what finalised blocks say of payments on their way |
//! | `supplements_looked_up` | asks the chain about payments that an amendment recorded, or may have |
//! | `doubted` | asks the chain about payments that neither says anything of |
//! | `refunds_waiting` | forms refunds, once their originals are final |
//! | `refunds_by_other_programs` | settles refunds that are on chain before they are formed |

mod doubted;
mod following_blocks;
mod refunds_by_other_programs;
mod refunds_waiting;
mod sending;
mod supplements_looked_up;

use super::{
    before_sending::{sort_payments, Held},
    refunds::{with_own_references, Missing, Places},
    HeldUp, Prepared, Settings, Step, TradeChain, Verdict,
};
use crate::journal::{Journal, Line};
use anyhow::{Context, Result};
use counterfoil_primitives::{ProductId, RefundRequest, Sequence, Terms, TradeRequest};
use std::collections::{HashMap, HashSet, VecDeque};
use supplements_looked_up::Sought;

/// After this number of final blocks without any of its trades a client is told that it is held up. A batch
/// usually lands in the first or second block after it was sent, and is final three blocks later.
const HELD_UP: u64 = 10;

/// Records payments, and says of each what became of it, in the same order.
///
/// An error ends the import at once; running it again takes it up where it was.
pub async fn run<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    watch: &mut dyn FnMut(Step),
) -> Result<Vec<Verdict>> {
    run_beside(chain, journal, payments, &Missing::new(), settings, watch).await
}

/// As [`run()`], for payments of a file whose other lines are `missing`: refunds of these are refused with
/// the reason why their originals are.
pub async fn run_beside<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    payments: &[Prepared],
    missing: &Missing,
    settings: &Settings,
    watch: &mut dyn FnMut(Step),
) -> Result<Vec<Verdict>> {
    let client = chain.client();
    let payments = with_own_references(client, settings.agreement, Some(journal), payments)?;
    let payments: &[Prepared] = &payments;
    let places = Places::of(client, settings.agreement, payments, missing);
    let mut verdicts = vec![None; payments.len()];
    let to_send = sort_payments(chain, journal, &places, settings, &mut verdicts, watch).await?;
    let mut engine = Engine {
        chain,
        journal,
        payments,
        settings,
        verdicts,
        queue: VecDeque::new(),
        waiting: Vec::new(),
        places,
        formed: HashMap::new(),
        terms: HashMap::new(),
        moving: HashSet::new(),
        held: Vec::new(),
        doubted: Vec::new(),
        supplemented: Vec::new(),
        flights: Vec::new(),
        way: HashMap::new(),
        attempts: vec![0; payments.len()],
        finalized: 0,
        moved_at: 0,
        full: None,
    };
    to_send
        .ready
        .into_iter()
        .for_each(|index| engine.enqueue(index));
    engine.held = to_send.held;
    engine.finalized = engine.chain.final_block().await?;
    engine.moved_at = engine.finalized;
    engine.report(watch);
    while engine.is_busy() {
        // Payments go first: it may take long to find the originals of refunds.
        engine.send_all().await?;
        if engine.form_refunds(watch).await? {
            engine.send_all().await?;
        }
        let news = engine.chain.advance().await?;
        engine.take(news)?;
        engine.look_up_supplements().await?;
        engine.look_up().await?;
        engine.report(watch);
    }
    engine
        .verdicts
        .into_iter()
        .map(|verdict| verdict.context("a payment was left without a verdict"))
        .collect()
}

/// The payments of a batch on its way.
type Flight = Vec<usize>;

/// A payment on its way: its index, the trade as sent, and the block at which its era ends.
type OnWay = (usize, TradeRequest, u64);

struct Engine<'a, C> {
    chain: &'a mut C,
    journal: &'a Journal,
    payments: &'a [Prepared],
    settings: &'a Settings,
    verdicts: Vec<Option<Verdict>>,
    /// To be sent.
    queue: VecDeque<usize>,
    /// Refunds to be formed.
    waiting: Vec<usize>,
    /// Where their originals stand.
    places: Places<'a>,
    /// Refunds as they were last formed.
    formed: HashMap<usize, RefundRequest>,
    /// Versions of terms that were read.
    terms: HashMap<(ProductId, u16), Terms>,
    /// Of those, the ones whose sequence turned out to be another's.
    moving: HashSet<usize>,
    /// To be sent once what was sent for them before can land no more, and has not.
    held: Vec<Held>,
    /// Payments that the chain must be asked about, before anything else happens to them.
    doubted: Vec<usize>,
    /// Refused payments of which an amendment may say where they are.
    supplemented: Vec<Sought>,
    flights: Vec<Flight>,
    /// What is on its way.
    way: HashMap<Sequence, OnWay>,
    attempts: Vec<u32>,
    /// The number of the finalised block.
    finalized: u64,
    /// The final block in which something was last settled, or after which something was first sent.
    moved_at: u64,
    /// Why the pool took nothing when it was last asked.
    full: Option<String>,
}

impl<C: TradeChain> Engine<'_, C> {
    fn is_busy(&self) -> bool {
        !(self.queue.is_empty()
            && self.waiting.is_empty()
            && self.held.is_empty()
            && self.flights.is_empty()
            && self.doubted.is_empty())
    }

    fn report(&self, watch: &mut dyn FnMut(Step)) {
        let payments = self.verdicts.iter().flatten().count();
        watch(Step::Done { payments });
        if let Some(held_up) = self.held_up() {
            watch(Step::HeldUp(held_up));
        }
    }

    /// What holds the import up, if anything does.
    fn held_up(&self) -> Option<HeldUp> {
        if let Some(reason) = &self.full {
            let reason = reason.clone();
            return Some(HeldUp::ByThePool { reason });
        }
        let blocks = self.finalized.saturating_sub(self.moved_at);
        (blocks >= HELD_UP && !self.flights.is_empty()).then_some(HeldUp::InThePool { blocks })
    }

    /// Whether nothing lands any more whose era ends at that block.
    const fn has_ended(&self, ends_at: u64) -> bool {
        ends_at <= self.finalized
    }

    /// Notes in the journal what became of payments.
    fn settle(&self, settled: Vec<(usize, Line)>) -> Result<()> {
        if settled.is_empty() {
            return Ok(());
        }
        let lines = settled
            .into_iter()
            .map(|(index, line)| (self.payments[index].id.as_str(), line));
        self.journal.settle(self.settings.agreement, lines)
    }
}
