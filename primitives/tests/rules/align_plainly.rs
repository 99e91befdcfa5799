//! The rule of alignment, step by step and with no index, against which the real one is held.

use crate::{
    align::{named, unnamed},
    samples::{entry, kind},
};
use counterfoil_primitives::{
    align::{align, Book},
    refund::RefundedPayment,
    Entry, Kind, LedgerEntry, Reference, TradeId, UserId,
};
use proptest::prelude::*;

/// A line on its way into a book.
struct Line {
    line: LedgerEntry,
    /// The position that it takes.
    at: Option<usize>,
    /// The position that it is like.
    like: Option<usize>,
    /// Whether it names a trade by its id, and fits no other one.
    names: bool,
}

/// A day, a ledger on its way, and the slots that are taken.
struct Plainly<'a> {
    chain: &'a [Entry],
    refunded: &'a [RefundedPayment],
    lines: Vec<Line>,
    taken: Vec<bool>,
}

impl Plainly<'_> {
    /// Fits the lines that are not on a position yet to the first free position that is like them. Positions
    /// of nothing come after all others.
    fn fit(&mut self, named_too: bool, is_like: impl Fn(usize, &LedgerEntry) -> bool) {
        let chain = self.chain;
        let of_nothing =
            |nothing: bool| (0..chain.len()).filter(move |at| (chain[*at].amount == 0) == nothing);
        for line in &mut self.lines {
            if line.at.is_some() || (line.names && !named_too) {
                continue;
            }
            let all = of_nothing(false).chain(of_nothing(true));
            let mut alike = all.filter(|at| is_like(*at, &line.line));
            let first = alike.clone().next();
            line.at = alike.find(|at| !self.taken[*at]);
            line.like = line.like.or(first);
            if let Some(at) = line.at {
                self.taken[at] = true;
            }
        }
    }

    fn original(&self, at: usize) -> Option<&RefundedPayment> {
        let mut refunded = self.refunded.iter();
        refunded.find(|original| original.position as usize == at)
    }

    /// The book's entry of a line on a position, or, where it is an extra, like it.
    fn entry(&self, at: usize, line: &LedgerEntry, is_extra: bool) -> Entry {
        let mut entry = line.into_entry(self.chain[at].id);
        let original = self.original(at);
        let original = original.filter(|_| line.kind == Kind::Refund || !is_extra);
        if let Some(original) = original {
            if line.id == Some(original.id) {
                entry.id = self.chain[at].id;
            }
            if line.reference == original.reference {
                entry.reference = self.chain[at].reference;
            }
        }
        entry
    }
}

/// What [`align`] says, step by step, each position looked at for each line.
fn aligned_plainly(chain: &[Entry], refunded: &[RefundedPayment], ledger: &[LedgerEntry]) -> Book {
    let rest = |line: &LedgerEntry| (line.user, line.product, line.amount, line.occurred_at);
    let id = |at: usize, line: &LedgerEntry| line.id == Some(chain[at].id);
    let kind = |at: usize, line: &LedgerEntry| line.kind == chain[at].kind;
    let reference = |at: usize, line: &LedgerEntry| line.reference == chain[at].reference;
    let alike = |at: usize, line: &LedgerEntry| rest(line) == rest(&unnamed(chain[at]));
    let of_original =
        |at: usize, line: &LedgerEntry, names: fn(&RefundedPayment, &LedgerEntry) -> bool| {
            let mut originals = refunded
                .iter()
                .filter(|original| original.position as usize == at);
            originals.any(|original| names(original, line))
        };
    let by_id = |at: usize, line: &LedgerEntry| {
        of_original(at, line, |original, line| line.id == Some(original.id))
    };
    let by_reference = |at: usize, line: &LedgerEntry| {
        of_original(at, line, |original, line| {
            line.reference == original.reference
        })
    };
    let original_id = |at: usize, line: &LedgerEntry| line.kind == Kind::Refund && by_id(at, line);
    let original_reference =
        |at: usize, line: &LedgerEntry| line.kind == Kind::Refund && by_reference(at, line);
    let positions = || 0..chain.len();

    let lines = ledger.iter().map(|line| Line {
        line: *line,
        at: None,
        like: None,
        names: positions().any(|at| id(at, line)),
    });
    let mut book = Plainly {
        chain,
        refunded,
        lines: lines.collect(),
        taken: vec![false; chain.len()],
    };
    book.fit(true, |at, line| id(at, line) && kind(at, line));
    for line in &mut book.lines {
        // A repeat of a named trade is like none: it has the id. The id of a payment may stand for
        // its refund.
        line.like = None;
        let of_payment = !positions().any(|at| id(at, &line.line) && kind(at, &line.line));
        if of_payment && positions().any(|at| original_id(at, &line.line)) {
            line.names = false;
        }
    }
    book.fit(false, |at, line| {
        kind(at, line) && reference(at, line) && alike(at, line)
    });
    book.fit(false, |at, line| original_id(at, line) && alike(at, line));
    book.fit(false, |at, line| {
        original_reference(at, line) && alike(at, line)
    });
    book.fit(false, original_id);
    book.fit(false, |at, line| kind(at, line) && reference(at, line));
    book.fit(false, original_reference);
    for line in &mut book.lines {
        line.names = positions().any(|at| id(at, &line.line));
    }
    let likes: Vec<_> = book.lines.iter().map(|line| line.like).collect();
    book.fit(true, |at, line| id(at, line) && !kind(at, line));
    for (line, like) in book.lines.iter_mut().zip(likes) {
        line.like = like;
    }
    book.fit(false, |at, line| reference(at, line) && alike(at, line));
    book.fit(false, reference);

    let likes: Vec<_> = book.lines.iter().map(|line| line.like).collect();
    // What names a refund itself is that refund again.
    let may_be_refund = |line: &LedgerEntry| {
        let mut named = positions().filter(|at| id(*at, line));
        line.kind == Kind::Payment && named.all(|at| kind(at, line))
    };
    let repeats = |line: &LedgerEntry| {
        positions().any(|at| kind(at, line) && reference(at, line) && alike(at, line))
    };
    book.fit(false, |at, line| {
        may_be_refund(line) && by_reference(at, line) && alike(at, line)
    });
    book.fit(true, |at, line| {
        may_be_refund(line) && by_id(at, line) && alike(at, line)
    });
    book.fit(true, |at, line| {
        may_be_refund(line) && !repeats(line) && by_id(at, line)
    });
    book.fit(false, |at, line| {
        may_be_refund(line) && !repeats(line) && by_reference(at, line)
    });
    for (line, like) in book.lines.iter_mut().zip(likes) {
        line.like = like;
    }

    let mut slots: Vec<_> = chain
        .iter()
        .map(|entry| (entry.amount == 0).then_some(*entry))
        .collect();
    let mut extras = Vec::new();
    for Line { line, at, like, .. } in &book.lines {
        match (at, like) {
            (Some(at), _) => slots[*at] = Some(book.entry(*at, line, false)),
            (None, Some(like)) => extras.push(book.entry(*like, line, true)),
            (None, None) => extras.push(line.into_entry(TradeId::default())),
        }
    }
    extras.sort_unstable();
    Book { slots, extras }
}

/// What few trades differ in: reference, user, amount, kind.
type Few = (u8, u8, u8, Kind);

/// Entries of few references, payers and amounts, so that many share some of them or all.
fn alike(position: u32, (reference, user, amount, kind): Few) -> Entry {
    Entry {
        kind,
        reference: Reference([reference; 16]),
        user: UserId([user; 16]),
        product: 1,
        amount: u128::from(amount),
        occurred_at: 0,
        ..entry(position)
    }
}

fn few() -> impl Strategy<Value = Few> {
    (0u8..3, 0u8..2, 0u8..2, kind())
}

/// Seven refunds of eight trades, of two references and three amounts.
fn few_refunds() -> impl Strategy<Value = Few> {
    let kind = prop_oneof![7 => Just(Kind::Refund), 1 => Just(Kind::Payment)];
    (0u8..2, Just(0u8), 0u8..3, kind)
}

/// The number of the trade that a line names by its id: a payment of another day, or one of the first trades
/// of the day.
fn named_by() -> impl Strategy<Value = Option<u32>> {
    prop::option::of(prop_oneof![100u32..102, 0u32..4])
}

/// The payments of the refunds of `chain`, with ids of `at` and references.
fn originals(chain: &[Entry], of: &[(u32, u8)]) -> Vec<RefundedPayment> {
    let refunds = (0..).zip(chain).zip(of);
    refunds
        .filter(|((_, entry), _)| entry.kind == Kind::Refund)
        .map(|((position, _), (at, reference))| RefundedPayment {
            position,
            id: entry(*at).id,
            reference: Reference([*reference; 16]),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn a_ledger_is_aligned_as_the_plain_rule_says(
        chain in prop::collection::vec(few(), 0..12),
        of in prop::collection::vec((0u32..18, 0u8..5), 12),
        ledger in prop::collection::vec((prop::option::of(0u32..18), few()), 0..16),
    ) {
        let chain: Vec<_> = (0..).zip(chain).map(|(at, few)| alike(at, few)).collect();
        let refunded = originals(&chain, &of);
        let ledger: Vec<_> = ledger
            .into_iter()
            .map(|(id, few)| match id {
                Some(at) => named(alike(at, few)),
                None => unnamed(alike(0, few)),
            })
            .collect();
        prop_assert_eq!(
            align(&chain, &refunded, &ledger),
            aligned_plainly(&chain, &refunded, &ledger)
        );
    }

    // Most of these refunds have a reference that is also that of another one's payment, and lines name
    // few payments.
    #[test]
    fn refunds_whose_names_collide_are_aligned_as_the_plain_rule_says(
        chain in prop::collection::vec(few_refunds(), 1..8),
        of in prop::collection::vec((100u32..102, 0u8..2), 8),
        ledger in prop::collection::vec((named_by(), few_refunds()), 0..10),
    ) {
        let chain: Vec<_> = (0..).zip(chain).map(|(at, few)| alike(at, few)).collect();
        let refunded = originals(&chain, &of);
        let ledger: Vec<_> = ledger
            .into_iter()
            .map(|(id, few)| LedgerEntry {
                id: id.map(|at| entry(at).id),
                ..unnamed(alike(0, few))
            })
            .collect();
        prop_assert_eq!(
            align(&chain, &refunded, &ledger),
            aligned_plainly(&chain, &refunded, &ledger)
        );
    }
}
