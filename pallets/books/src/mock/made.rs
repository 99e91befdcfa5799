//! Trades, states and imports that tests make.

use super::*;
use counterfoil_primitives::ledger_import_hash::import_hash;

/// The chain's own book of a side.
pub fn chain_slots(side_id: SideId) -> Vec<Option<Entry>> {
    let entry = |trade: &Trade| Some(trade.entry(side_id.side));
    chain(|chain| {
        let trades = chain.trades.entry(side_id.day).or_default();
        trades.iter().map(entry).collect()
    })
}

/// The chain's own commitment to the book of a side.
pub fn chain_commitment(side_id: SideId) -> Commitment {
    MockPorts::chain_commitment(side_id).expect("the day is sealed")
}

/// The trade with `sequence`.
pub fn trade(sequence: Sequence) -> Trade {
    Trade {
        id: TradeId {
            client: CLIENT,
            sequence,
        },
        kind: Kind::Payment,
        reference: reference(sequence),
        user: UserId([1; 16]),
        product: PRODUCT,
        gross: 1_000,
        debit: 900 + u128::from(sequence % 10),
        credit: 100 - u128::from(sequence % 10),
        occurred_at: u64::from(DAY_ONE.0) * DAY + sequence,
        terms_version: 0,
    }
}

/// The reference of the trade with `sequence`.
pub fn reference(sequence: Sequence) -> Reference {
    Reference(sp_io::hashing::blake2_128(&sequence.encode()))
}

/// Records a number of further trades of the first day.
pub fn record(count: u64) {
    chain(|chain| {
        let trades = chain.trades.entry(DAY_ONE).or_default();
        let first = trades.len() as u64;
        trades.extend((first..first + count).map(trade));
    });
}

/// Records a refund of `gross`, `credit` of it the bank's, of the payment on a position of the first
/// day. Returns it. No book asks what was given back before.
pub fn record_refund(payment: u32, gross: Amount, credit: Amount) -> Trade {
    chain(|chain| {
        let trades = chain.trades.entry(DAY_ONE).or_default();
        let position = trades.len() as u32;
        let paid = trades[payment as usize];
        let refund = Trade {
            kind: Kind::Refund,
            gross,
            debit: gross - credit,
            credit,
            ..trade(u64::from(position))
        };
        trades.push(refund);
        let link = Link {
            relation: Relation::Refund,
            original: Original {
                id: paid.id,
                day: DAY_ONE,
                position: payment,
            },
            paid: paid.gross,
            refunded_before: 0,
        };
        chain.links.insert((DAY_ONE, position), link);
        refund
    })
}

/// Seals the first day.
pub fn seal() {
    chain(|chain| chain.sealed.insert(DAY_ONE));
}

/// Sets the state of a side, as the reconciliation would.
pub fn set_status(side_id: SideId, status: SideStatus) {
    use SideStatus::{Defaulted, ProvenLate};
    chain(|chain| {
        if matches!(status, Defaulted | ProvenLate { .. }) {
            chain.defaulted.insert(side_id);
        }
        chain.statuses.insert(side_id, status);
    });
}

/// Marks a side defaulted, which may be proven late.
pub fn default_for_now(side_id: SideId) {
    set_status(side_id, SideStatus::Defaulted);
    chain(|chain| chain.late.insert(side_id));
}

/// What the bank committed to in the round that is awaited or stands.
pub fn committed() -> Option<Commitment> {
    use ports::{Commitments, SideView};
    Books::commitment(BANK_SIDE, MockPorts::round(BANK_SIDE))
}

/// Rejects the commitment of a side, as the reconciliation would: the next round is awaited.
pub fn reject(side_id: SideId) {
    chain(|chain| *chain.rounds.entry(side_id).or_default() += 1);
}

/// Makes the bank's book its ledger.
pub fn bank_keeps_a_ledger() {
    chain(|chain| chain.sources.1 = Source::Ledger);
}

/// The line that a true ledger of the bank has for the trade with `sequence`.
pub fn line(sequence: Sequence) -> LedgerEntry {
    line_of(&trade(sequence))
}

/// The line that a true ledger of the bank has for a trade.
pub fn line_of(trade: &Trade) -> LedgerEntry {
    let entry = trade.entry(Side::Credit);
    LedgerEntry {
        id: Some(entry.id),
        kind: entry.kind,
        reference: entry.reference,
        user: entry.user,
        product: entry.product,
        amount: entry.amount,
        occurred_at: entry.occurred_at,
    }
}

/// Imports a ledger of the bank, as the node's RPC does, and confirms it if asked to.
pub fn import(generation: u32, lines: &[LedgerEntry], confirmed: bool) {
    for (page, lines) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
        let page = page as u32;
        BANK_BOOK.write(Item::ImportPage { generation, page }, &lines.to_vec());
    }
    let state = ImportState {
        generation,
        lines: lines.len() as u32,
        hash: import_hash(lines),
        confirmed,
    };
    BANK_BOOK.write(Item::Import, &state);
}
