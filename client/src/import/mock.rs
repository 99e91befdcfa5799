//! A chain in memory: it drops, delays, and goes on while imports are killed.

mod amended;
mod forks;
mod one_import;
mod recorded;
mod refunds;
mod upgraded;

pub use forks::Fork;
pub use one_import::MockChain;
pub use upgraded::{Upgrade, UNFIT};

use super::{Batch, Refusal, Supplemented};
use crate::journal::trade_of;
use counterfoil_primitives::{
    window::{reach, Reach},
    BusinessDay, Link, MemberId, Moment, Reference, RefundRequest, Sequence, Trade, TradeId,
    TradeRequest,
};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Blocks that what is sent may land in.
pub const ERA: u64 = 20;
/// Blocks that finality lags behind.
const LAG: u64 = 2;
/// The length of the mock's business days: a trade is booked to the day on which it occurred.
pub const DAY: Moment = 1_000;

fn day_of(moment: Moment) -> BusinessDay {
    BusinessDay((moment / DAY) as u32)
}

fn is_own(trade: &Trade) -> bool {
    trade.id.client == 1
}

#[derive(Default)]
struct Block {
    landed: Vec<Trade>,
    refused: Vec<(Sequence, Refusal)>,
    /// All that it holds, landed or refused.
    carried: Vec<Carried>,
}

/// What a block holds.
#[derive(Clone, Copy)]
enum Carried {
    /// What the client sent.
    Own(Request),
    /// A trade of another client, or of an amendment.
    Other(Trade),
}

/// A trade as it was sent.
#[derive(Clone, Copy)]
enum Request {
    Payment(TradeRequest),
    Refund(RefundRequest),
}

impl Request {
    fn all(batch: &Batch) -> Vec<Self> {
        match batch {
            Batch::Payments(payments) => payments.iter().copied().map(Self::Payment).collect(),
            Batch::Refunds(refunds) => refunds.iter().copied().map(Self::Refund).collect(),
        }
    }

    const fn trade(&self) -> TradeRequest {
        match self {
            Self::Payment(payment) => *payment,
            Self::Refund(refund) => trade_of(refund),
        }
    }
}

struct Pending {
    trades: Vec<Request>,
    ends_at: u64,
    delay: u32,
}

/// The chain and its pool, shared by all imports.
pub struct MockWorld {
    blocks: Vec<Block>,
    pool: Vec<Pending>,
    used: BTreeMap<Sequence, usize>,
    /// The links of refunds that landed, and of what amendments booked, to the payments that they are about.
    links: BTreeMap<TradeId, Link>,
    /// The days of payments that a fork books to another day than the one on which they occurred.
    moved: BTreeMap<TradeId, BusinessDay>,
    random: u64,
    /// Of 100 batches, those that the network loses.
    pub loses: u64,
    /// Of 100 batches, those that the pool does not take now.
    pub refuses: u64,
    /// Of 100 batches, those that a fork voids before the pool takes them.
    pub voids: u64,
    /// Of 100 blocks, those after which a fork takes the place of some that are not final.
    pub forks: u64,
    /// The longest that a batch waits, in blocks.
    pub slow: u64,
    /// Trades of at least this gross amount are refused.
    pub too_much: u128,
    /// Trades of this gross amount come too late.
    pub late: Option<u128>,
    /// Trades that occurred before this moment come too late, which the chain says before it looks for
    /// amendments.
    pub late_before: Moment,
    /// Trades of this gross amount come when the agreement has ended.
    pub ended: Option<u128>,
    /// The payments that amendments recorded, by their references.
    pub supplements: BTreeMap<Reference, Supplemented>,
    /// Whether the chain names an amendment's payment without looking at how late it comes.
    pub looks_for_supplements: bool,
    /// Business days after a payment's until which a part of it may be given back.
    pub refund_days: u16,
    /// A refund of the client's that lands just before the first one that its imports send.
    pub meanwhile: Option<RefundRequest>,
    /// A fork that comes just before the first refund that its imports send lands.
    pub fork: Option<Fork>,
    /// Refunds that were sent, whether they landed or not.
    pub refunds_sent: Vec<RefundRequest>,
    /// How many refunds each call had in which they were sent.
    pub refund_batches: Vec<usize>,
    /// Blocks that pass while an import that asks for the next one sleeps, and that can then not be
    /// read any more.
    pub sleeps: usize,
    /// When the chain gets a runtime with other calls.
    pub upgrade: Upgrade,
    /// The days from which on trades were read, in turn.
    pub searched: Vec<BusinessDay>,
    /// The days that were searched for the originals of refunds, in turn.
    pub days_searched: Vec<BusinessDay>,
    /// The clients of the agreement.
    pub clients: Vec<MemberId>,
    /// The clients that client 1 succeeds.
    pub predecessors: Vec<MemberId>,
}

impl MockWorld {
    pub fn new(seed: u64) -> Rc<RefCell<Self>> {
        Rc::new(RefCell::new(Self {
            blocks: vec![Block::default()],
            pool: Vec::new(),
            used: BTreeMap::new(),
            links: BTreeMap::new(),
            moved: BTreeMap::new(),
            random: seed,
            loses: 0,
            refuses: 0,
            voids: 0,
            forks: 0,
            slow: 0,
            too_much: u128::MAX,
            late: None,
            late_before: 0,
            ended: None,
            supplements: BTreeMap::new(),
            looks_for_supplements: true,
            refund_days: 180,
            meanwhile: None,
            fork: None,
            refunds_sent: Vec::new(),
            refund_batches: Vec::new(),
            sleeps: 0,
            upgrade: Upgrade::default(),
            searched: Vec::new(),
            days_searched: Vec::new(),
            clients: vec![1, 5],
            predecessors: Vec::new(),
        }))
    }

    fn roll(&mut self, below: u64) -> u64 {
        self.random = self
            .random
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.random >> 33) % below.max(1)
    }

    /// Makes a block.
    pub fn step(&mut self) {
        self.fork_before_refunds();
        let number = self.blocks.len();
        let mut block = Block::default();
        if let Some(refund) = self.lands_meanwhile() {
            self.take(Request::Refund(refund), number, &mut block);
        }
        for mut pending in std::mem::take(&mut self.pool) {
            if pending.ends_at <= number as u64 {
                continue;
            }
            if pending.delay > 0 {
                pending.delay -= 1;
                self.pool.push(pending);
                continue;
            }
            for request in pending.trades {
                self.take(request, number, &mut block);
            }
        }
        self.blocks.push(block);
        self.fork_by_chance();
    }

    /// Lets what the client sent land in a block with this number, or be refused there.
    fn take(&mut self, request: Request, number: usize, block: &mut Block) {
        let trade = request.trade();
        block.carried.push(Carried::Own(request));
        let landed = match self.refusal(&trade, number) {
            Some(refusal) => Err(refusal),
            None => self.landing(&block.landed, &request),
        };
        match landed {
            Ok(landed) => {
                self.used.insert(trade.sequence, number);
                block.landed.push(landed);
            }
            Err(refusal) => block.refused.push((trade.sequence, refusal)),
        }
    }

    /// Why a block with this number refuses a trade of the client, be it a payment or a refund.
    fn refusal(&self, trade: &TradeRequest, number: usize) -> Option<Refusal> {
        if self.used.contains_key(&trade.sequence) {
            Some(Refusal::Sequence)
        } else if self.is_beyond(trade.sequence, number) {
            Some(Refusal::TooFarAhead)
        } else if trade.occurred_at < self.late_before {
            Some(Refusal::TooLate)
        } else if self.looks_for_supplements && self.supplements.contains_key(&trade.reference) {
            Some(Refusal::Supplemented)
        } else if self.late == Some(trade.gross) {
            Some(Refusal::TooLate)
        } else if self.ended == Some(trade.gross) {
            Some(Refusal::Ended)
        } else if trade.gross >= self.too_much {
            Some(Refusal::Trade("too much".into()))
        } else {
            None
        }
    }

    /// A trade with the day to which it is booked.
    fn booked(&self, trade: &Trade) -> (BusinessDay, Trade) {
        let moved = self.moved.get(&trade.id).copied();
        (moved.unwrap_or_else(|| day_of(trade.occurred_at)), *trade)
    }

    /// Whether a sequence lies beyond the window by the blocks up to one.
    fn is_beyond(&self, sequence: Sequence, block: usize) -> bool {
        let used = self.used.iter().filter(|(_, at)| **at <= block);
        let highest = used.map(|(sequence, _)| *sequence).max();
        reach(highest, sequence) == Reach::Above
    }

    /// Records a trade of the client past its journal.
    pub fn record_elsewhere(&mut self, trade: TradeRequest) {
        self.land_past_the_journal(Request::Payment(trade));
    }

    /// Records a trade of another client.
    pub fn record_of_client(&mut self, client: MemberId, trade: TradeRequest) {
        self.land_of_others(vec![trade.into_trade(client, 0)]);
    }

    fn land_past_the_journal(&mut self, request: Request) {
        let landed = self.landing(&[], &request).expect("it is right");
        self.used.insert(landed.id.sequence, self.blocks.len());
        self.blocks.push(Block {
            landed: vec![landed],
            carried: vec![Carried::Own(request)],
            ..Block::default()
        });
    }

    fn land_of_others(&mut self, landed: Vec<Trade>) {
        let carried = landed.iter().copied().map(Carried::Other).collect();
        self.blocks.push(Block {
            landed,
            carried,
            ..Block::default()
        });
    }

    /// Lets a trade that this agreement does not show take a sequence.
    pub fn use_out_of_sight(&mut self, sequence: Sequence) {
        self.used.insert(sequence, self.blocks.len());
        self.blocks.push(Block::default());
    }

    /// All trades, final or not.
    pub fn trades(&self) -> Vec<Trade> {
        self.blocks
            .iter()
            .flat_map(|block| block.landed.clone())
            .collect()
    }

    /// All refusals, final or not.
    pub fn refusals(&self) -> Vec<Refusal> {
        let refused = self.blocks.iter().flat_map(|block| &block.refused);
        refused.map(|(_, refusal)| refusal.clone()).collect()
    }

    /// Batches in the pool.
    pub fn pending(&self) -> usize {
        self.pool.len()
    }

    /// The number of the best block.
    pub fn best(&self) -> u64 {
        self.blocks.len() as u64 - 1
    }

    fn finalized(&self) -> u64 {
        self.best().saturating_sub(LAG)
    }
}
