//! Days, books and entries to test with.

use counterfoil_primitives::{
    align::Book, commitment::Place, terms::WHOLE_PPM, BusinessDay, Entry, Kind, Reference,
    Rounding, Rule, Side, SideId, SideTotals, Trade, TradeId, UserId,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use sp_core::H256;

/// Maximum positions of a generated day: three pages, the last one not full.
pub const MAX_SLOTS: usize = 600;

/// The place of the generated books.
pub fn place() -> Place {
    Place {
        genesis: H256::repeat_byte(7),
        side_id: SideId::new(1, BusinessDay(20_000), Side::Credit),
    }
}

/// Places that differ from [`place`] in one field each.
pub fn other_places() -> Vec<(&'static str, Place)> {
    let here = place();
    let there = |change: fn(&mut Place)| {
        let mut place = here;
        change(&mut place);
        place
    };
    vec![
        (
            "another chain",
            there(|place| place.genesis = H256::repeat_byte(8)),
        ),
        (
            "another agreement",
            there(|place| place.side_id.agreement = 2),
        ),
        (
            "another day",
            there(|place| place.side_id.day = place.side_id.day.next()),
        ),
        (
            "the other side",
            there(|place| place.side_id.side = place.side_id.side.other()),
        ),
    ]
}

/// The chain's entry on `position`.
pub fn entry(position: u32) -> Entry {
    let mut reference = [0xEE; 16];
    reference[..4].copy_from_slice(&position.to_be_bytes());
    Entry {
        id: TradeId {
            client: 1,
            sequence: u64::from(position) + 100,
        },
        kind: Kind::Payment,
        reference: Reference(reference),
        user: UserId::from_text(&format!("user {}", position % 50)).expect("short"),
        product: position % 3 + 1,
        amount: u128::from(position) * 17 + 5,
        occurred_at: 1_728_000_000_000 + u64::from(position) * 1_000,
    }
}

/// The chain's entries of a day.
pub fn chain(count: usize) -> Vec<Entry> {
    (0..count as u32).map(entry).collect()
}

/// The chain's entries of a day on which each fifth trade is a refund.
pub fn chain_of_both_kinds(count: usize) -> Vec<Entry> {
    let mut chain = chain(count);
    for entry in chain.iter_mut().step_by(5) {
        entry.kind = Kind::Refund;
    }
    chain
}

/// The sums of entries.
pub fn totals_of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> SideTotals {
    let mut totals = SideTotals::default();
    for entry in entries {
        totals.add_entry(entry);
    }
    totals
}

/// A book equal to the chain.
pub fn equal_book(chain: &[Entry]) -> Book {
    Book {
        slots: chain.iter().copied().map(Some).collect(),
        extras: Vec::new(),
    }
}

/// A trade whose amounts fit no cause but those that a test asks for.
pub fn trade() -> Trade {
    Trade {
        id: TradeId {
            client: 1,
            sequence: 42,
        },
        kind: Kind::Payment,
        reference: Reference([9; 16]),
        user: UserId::from_text("alena").expect("short"),
        product: 3,
        gross: 100_000,
        debit: 97_750,
        credit: 2_250,
        occurred_at: 1_728_000_000_000,
        terms_version: 2,
    }
}

/// What is wrong with a slot.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Lacks,
    Amount(u128),
    User,
    Kind,
    AnotherPosition(u32),
}

impl Wrong {
    fn apply(self, right: Entry) -> Option<Entry> {
        Some(match self {
            Self::Lacks => return None,
            Self::Amount(amount) => Entry { amount, ..right },
            Self::User => Entry {
                user: UserId([0xFF; 16]),
                ..right
            },
            Self::Kind => Entry {
                kind: right.kind.other(),
                ..right
            },
            Self::AnotherPosition(position) => entry(position),
        })
    }
}

fn wrong() -> impl Strategy<Value = Wrong> {
    prop_oneof![
        Just(Wrong::Lacks),
        any::<u128>().prop_map(Wrong::Amount),
        (0u128..1_000).prop_map(Wrong::Amount),
        Just(Wrong::User),
        Just(Wrong::Kind),
        (0u32..1_000).prop_map(Wrong::AnotherPosition),
    ]
}

/// Any amount: of the whole range, and small ones more often than by chance.
pub fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        any::<u128>(),
        0u128..10_000_000,
        (0u128..10).prop_map(|below| u128::MAX - below),
    ]
}

/// Either kind.
pub fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::BOTH.to_vec())
}

/// All ways to round.
pub const ROUNDINGS: [Rounding; 5] = [
    Rounding::Down,
    Rounding::Up,
    Rounding::HalfUp,
    Rounding::HalfDown,
    Rounding::HalfEven,
];

/// Any way to round.
pub fn rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(ROUNDINGS.to_vec())
}

prop_compose! {
    /// Any valid rule.
    pub fn valid_rule()(
        rate_ppm in 0..=WHOLE_PPM,
        flat in amount(),
        bounds in (amount(), amount()),
        capped in any::<bool>(),
        rounding in rounding(),
    ) -> Rule {
        let (floor, cap) = (bounds.0.min(bounds.1), bounds.0.max(bounds.1));
        Rule { rate_ppm, flat, floor, cap: capped.then_some(cap), rounding }
    }
}

/// Any entry.
pub fn any_entry() -> impl Strategy<Value = Entry> {
    let fields = any::<(u32, u64, [u8; 16], [u8; 16], u32, u64)>();
    (fields, kind(), amount()).prop_map(
        |((client, sequence, reference, user, product, occurred_at), kind, amount)| Entry {
            id: TradeId { client, sequence },
            kind,
            reference: Reference(reference),
            user: UserId(user),
            product,
            amount,
            occurred_at,
        },
    )
}

/// Extras: entries of the chain again, and strangers; at times more than a page of them.
fn extras() -> impl Strategy<Value = Vec<Entry>> {
    let extra = prop_oneof![(0u32..1_000).prop_map(entry), any_entry()];
    prop_oneof![
        3 => vec(extra.clone(), 0..6),
        1 => vec(extra, 250..520),
    ]
}

/// The chain's entries of a day, and any book of it.
pub fn day_and_book() -> impl Strategy<Value = (Vec<Entry>, Book)> {
    let count = prop_oneof![
        0..=MAX_SLOTS,
        Just(0),
        Just(1),
        Just(256),
        Just(257),
        Just(512)
    ];
    (count, vec((any::<Index>(), wrong()), 0..40), extras()).prop_map(
        |(count, wrongs, mut extras)| {
            let chain = chain_of_both_kinds(count);
            let mut book = equal_book(&chain);
            if count > 0 {
                for (index, wrong) in wrongs {
                    let at = index.index(count);
                    book.slots[at] = wrong.apply(chain[at]);
                }
            }
            extras.sort_unstable();
            book.extras = extras;
            (chain, book)
        },
    )
}
