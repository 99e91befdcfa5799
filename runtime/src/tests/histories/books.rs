//! The parties' books, and the damage in them.

use crate::{Runtime, Trades};
use codec::Encode;
use counterfoil_primitives::{
    align::Book, ports::DayTrades, tree::page_count, AgreementId, BusinessDay, Commitment, Entry,
    Kind, Side, SideId, Trade, TradeId,
};
use pallet_books::Commitments;
use pallet_reconciliation::Sides;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What is wrong in a book, at a place of it.
#[derive(Clone, Copy, Debug)]
pub enum Damage {
    Drop,
    Amount(u8),
    /// A refund as a payment, or a payment as a refund.
    Kind,
    Id,
    Reference,
    User,
    Product,
    Time,
    /// An entry once more.
    Repeat,
    /// An entry once more, by a party that has no id.
    Nameless,
    /// An entry that nobody recorded.
    Invent(u8),
}

pub type Damages = Vec<(u16, Damage)>;

/// Mostly little damage, seldom much.
pub fn damages() -> impl Strategy<Value = Damages> {
    let damage = prop_oneof![
        Just(Damage::Drop),
        any::<u8>().prop_map(Damage::Amount),
        Just(Damage::Kind),
        Just(Damage::Id),
        Just(Damage::Reference),
        Just(Damage::User),
        Just(Damage::Product),
        Just(Damage::Time),
        Just(Damage::Repeat),
        Just(Damage::Nameless),
        any::<u8>().prop_map(Damage::Invent),
    ];
    let place = prop_oneof![0u16..8, any::<u16>()];
    let one = (place, damage);
    prop_oneof![
        2 => Just(Vec::new()),
        3 => prop::collection::vec(one.clone(), 1..4),
        1 => prop::collection::vec(one, 4..300),
    ]
}

/// The trades of a day.
pub fn trades(agreement: AgreementId, day: BusinessDay) -> Vec<Trade> {
    let pages = page_count(Trades::totals(agreement, day).count());
    (0..pages)
        .flat_map(|page| Trades::page(agreement, day, page))
        .collect()
}

/// The chain's entries of a side.
pub fn chain(side_id: SideId) -> Vec<Entry> {
    trades(side_id.agreement, side_id.day)
        .iter()
        .map(|trade| trade.entry(side_id.side))
        .collect()
}

/// A book that equals the chain but for the damage.
pub fn damaged(side_id: SideId, damages: &[(u16, Damage)]) -> Book {
    let chain = chain(side_id);
    let mut book = Book {
        slots: chain.iter().copied().map(Some).collect(),
        extras: Vec::new(),
    };
    for (place, damage) in damages {
        let at = (!chain.is_empty()).then(|| usize::from(*place) % chain.len());
        match (damage, at) {
            (Damage::Invent(number), _) => book.extras.push(invented(*number)),
            (Damage::Repeat, Some(at)) => book.extras.push(chain[at]),
            (Damage::Nameless, Some(at)) => book.extras.push(Entry {
                id: TradeId::default(),
                ..chain[at]
            }),
            (Damage::Drop, Some(at)) => book.slots[at] = None,
            (_, Some(at)) => {
                if let Some(entry) = &mut book.slots[at] {
                    change(entry, *damage);
                }
            }
            (_, None) => {}
        }
    }
    book
}

fn change(entry: &mut Entry, damage: Damage) {
    match damage {
        Damage::Amount(by) => entry.amount += u128::from(by) + 1,
        Damage::Kind => entry.kind = entry.kind.pick(Kind::Refund, Kind::Payment),
        Damage::Id => entry.id.sequence += 1 << 40,
        Damage::Reference => entry.reference.0[15] ^= 1,
        Damage::User => entry.user.0[0] ^= 1,
        Damage::Product => entry.product += 1,
        Damage::Time => entry.occurred_at += 1,
        Damage::Drop | Damage::Repeat | Damage::Nameless | Damage::Invent(_) => {}
    }
}

fn invented(number: u8) -> Entry {
    Entry {
        id: TradeId {
            client: 1,
            sequence: (1 << 50) + u64::from(number),
        },
        kind: Kind::BOTH[usize::from(number % 2)],
        amount: number.into(),
        ..Default::default()
    }
}

/// What a book commits to.
pub fn commitment(side_id: SideId, book: &Book) -> Commitment {
    let place = Trades::place(side_id);
    Commitment::of_book(&place, &book.slots, &book.extras)
}

/// What a party committed to in the side's current round.
pub fn committed(side_id: SideId) -> Option<Commitment> {
    Commitments::<Runtime>::get(side_id, Sides::<Runtime>::get(side_id).round)
}

/// The books behind the commitments that parties made.
#[derive(Default)]
pub struct Drafts(BTreeMap<Vec<u8>, Book>);

impl Drafts {
    pub fn keep(&mut self, side_id: SideId, commitment: &Commitment, book: Book) {
        self.0.insert((side_id, commitment).encode(), book);
    }

    /// The book that was committed to, where there is one.
    pub fn book(&self, side_id: SideId, commitment: &Commitment) -> Option<&Book> {
        self.0.get(&(side_id, commitment).encode())
    }
}

/// Both sides of a day.
pub fn sides(agreement: AgreementId, day: BusinessDay) -> [SideId; 2] {
    Side::BOTH.map(|side| SideId::new(agreement, day, side))
}
