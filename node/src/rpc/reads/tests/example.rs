//! The chain of the examples: one agreement, and a day of it that is reconciled and not paid.

mod answers;

use crate::service::partial::Hash;
use counterfoil_primitives::{
    amendment::{
        Answers, Content, Correction, Ground, MissingPayment, Proposal, Selection, Span, Standing,
    },
    settlement::{Obligation, ObligationView, Rail, SettlementPeriod, Waiting},
    summary::{SideStatus, SideSummary},
    AgreementId, AgreementView, BusinessDay, Caps, Commitment, Conditions, Currency, DayTotals,
    Entry, Kind, KindTotals, Moment, Reference, Side, SideTotals, TimeOfDay, Trade, TradeId,
    UserId,
};
use futures::channel::mpsc::UnboundedSender;
use jsonrpsee::core::RpcResult;
use parking_lot::Mutex;
use sp_core::crypto::AccountId32;
use std::sync::{
    atomic::{AtomicU32, Ordering},
    Arc,
};

/// The agreement.
pub const AGREEMENT: AgreementId = 1;
/// Its day that is reconciled: 2026-11-28.
pub const DAY: BusinessDay = BusinessDay(20_785);
/// The last final block, and the time of it: the day after, at 12:03 UTC.
pub const LAST: u32 = 1_200;
const NOW: Moment = 20_786 * 86_400_000 + 43_380_000;
/// A proposal that is completed, one that replaces a payment, and one that supplements one.
pub const COMPLETED: u32 = 3;
/// See [`COMPLETED`].
pub const REPLACING: u32 = 4;
/// See [`COMPLETED`].
pub const SUPPLEMENTING: u32 = 5;
/// A block of which only the hash is known.
pub const WITHOUT_STATE: u32 = 7;

/// From this block on, the day has its payment and its refund; from the one behind [`LAST`] on, one more.
const RECORDED: u32 = 1_000;

/// The chain, which grows by [`Example::finalize`]. Clones share it.
#[derive(Clone)]
pub struct Example {
    last: Arc<AtomicU32>,
    /// How often a day was read.
    pub days_read: Arc<AtomicU32>,
    watchers: Arc<Mutex<Vec<UnboundedSender<()>>>>,
}

impl Example {
    /// The chain, whose last final block is [`LAST`].
    pub fn new() -> Self {
        Self {
            last: Arc::new(AtomicU32::new(LAST)),
            days_read: Arc::default(),
            watchers: Arc::default(),
        }
    }

    /// Makes a block final, and says so to whoever watches.
    pub fn finalize(&self, number: u32) {
        self.last.store(number, Ordering::SeqCst);
        for watcher in self.watchers.lock().iter() {
            // Whoever left is told nothing.
            let _ = watcher.unbounded_send(());
        }
    }
}

/// The trades of the day in a block.
fn recorded(at: Hash) -> Vec<Trade> {
    let number = at.to_low_u64_be();
    let later = Trade {
        id: TradeId {
            client: 1,
            sequence: 44,
        },
        ..payment()
    };
    let all = [payment(), refund(), later].into_iter();
    let count = if number < u64::from(RECORDED) {
        0
    } else if number <= u64::from(LAST) {
        2
    } else {
        3
    };
    all.take(count).collect()
}

/// The hash of a block.
pub fn hash_of(number: u32) -> Hash {
    Hash::from_low_u64_be(number.into())
}

fn reference(text: &str) -> Reference {
    counterfoil_primitives::written::label::read_reference(text).expect("it is a reference")
}

fn payment() -> Trade {
    Trade {
        id: TradeId {
            client: 1,
            sequence: 42,
        },
        kind: Kind::Payment,
        reference: reference("6f1c1c2e-8d5b-5e0a-9c55-0d6a3a9f4b21"),
        user: UserId::from_text("C-1042").expect("it is a payer"),
        product: 1,
        gross: 125_050,
        debit: 124_425,
        credit: 625,
        occurred_at: NOW - 86_400_000,
        terms_version: 0,
    }
}

fn refund() -> Trade {
    let payment = payment();
    Trade {
        id: TradeId {
            client: 1,
            sequence: 43,
        },
        kind: Kind::Refund,
        reference: reference("R-2026-0001"),
        gross: 25_010,
        debit: 24_885,
        credit: 125,
        occurred_at: payment.occurred_at + 3_600_000,
        ..payment
    }
}

/// An entry of the company's book for the day that the chain has on the day before.
fn booked_late() -> Entry {
    let payment = payment();
    Entry {
        id: TradeId {
            client: 1,
            sequence: 41,
        },
        reference: reference("R-2026-0002"),
        occurred_at: payment.occurred_at - 86_400_000,
        ..payment.entry(Side::Debit)
    }
}

fn totals(trade: &Trade) -> KindTotals {
    KindTotals {
        count: 1,
        gross: trade.gross,
        debit: trade.debit,
        credit: trade.credit,
    }
}

fn side(side: Side, breaks: u32) -> SideSummary {
    let commitment = Commitment {
        slots_root: Hash::repeat_byte(0x51),
        extras_root: Hash::repeat_byte(0xe0),
        slots: 2,
        extras: 0,
        totals: SideTotals {
            payments: payment().amount(side),
            refunds: refund().amount(side),
        },
    };
    SideSummary {
        status: SideStatus::Proven { breaks },
        commitment: Some(commitment),
        chain: Some(commitment),
        ..SideSummary::default()
    }
}

fn account(byte: u8) -> AccountId32 {
    AccountId32::new([byte; 32])
}

/// The agreement itself.
pub fn agreement() -> AgreementView {
    let conditions = Conditions {
        cut_off: TimeOfDay(600),
        preset: TimeOfDay(660),
        rail: Rail::Asset(1),
        ..Conditions::default()
    };
    AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(DAY.previous(), 4)],
        clients: vec![1],
        suspended: Vec::new(),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: DAY.previous(),
        end: None,
        caps: Caps {
            pages: 64,
            extras: 4_096,
        },
        max_gross: None,
        deadline_minutes: 720,
        max_late_minutes: 1_440,
        refund_days: 180,
        amend_days: 365,
        answer_days: 10,
        conditions: vec![(DAY.previous(), conditions)],
    }
}

fn only<T>(id: AgreementId, value: impl FnOnce() -> T) -> RpcResult<Option<T>> {
    Ok((id == AGREEMENT).then(value))
}

/// What is owed for the day.
pub fn owed() -> ObligationView {
    ObligationView {
        agreement: AGREEMENT,
        period: SettlementPeriod {
            first: DAY,
            last: DAY,
        },
        obligation: Obligation {
            days: 1,
            amount: 500,
            due_since: Some(NOW),
            ..Obligation::new(DAY, Rail::Asset(1))
        },
        debtor: Some(2),
        creditor: Some(3),
        days: vec![(DAY, 500)],
        declarations: Vec::new(),
        waiting: Some(Waiting::Short { by: 100 }),
    }
}

fn proposal() -> Proposal {
    Proposal {
        agreement: AGREEMENT,
        proposer: 3,
        ground: Ground::NotPaid,
        evidence: Hash::zero(),
        fingerprint: Hash::repeat_byte(0xf1),
        stated: DayTotals {
            payments: totals(&payment()),
            refunds: KindTotals::default(),
        },
        proposed_at: NOW - 3_600_000,
        answer_until: NOW + 864_000_000,
        answers: Answers {
            bank: Some(true),
            company: None,
        },
        standing: Standing::Open,
    }
}

/// What the proposal wants: to cancel the payment.
fn cancellation() -> Content {
    let spans = vec![Span { first: 0, last: 0 }];
    Content::Cancel {
        day: DAY,
        selection: Selection::Positions(spans.try_into().expect("it is one")),
    }
}

fn replacement() -> Content {
    let right = Correction {
        position: 0,
        user: payment().user,
        product: 1,
        gross: 125_000,
        occurred_at: payment().occurred_at,
    };
    Content::Replace {
        day: DAY,
        corrections: vec![right].try_into().expect("it is one"),
    }
}

fn supplement() -> Content {
    let missing = MissingPayment {
        client: 1,
        reference: reference("R-2026-0003"),
        user: payment().user,
        product: 1,
        gross: 700,
        occurred_at: payment().occurred_at,
    };
    Content::Supplement {
        payments: vec![missing].try_into().expect("it is one"),
    }
}
