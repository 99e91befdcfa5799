//! Two ledgers with every kind of break, each on a slot where only one cause fits.

#[cfg(test)]
mod tests;

use super::{input::Payment, rules::Terms};
use anyhow::Result;
use std::collections::{BTreeMap, HashSet};

/// A side, as the demo counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Keeps debit entries.
    Company,
    /// Keeps credit entries.
    Bank,
}

/// A line of a party's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The trade's number at its client, where the ledger names one.
    pub sequence: Option<u64>,
    /// What ties it to its payment or refund.
    pub reference: [u8; 16],
    /// The payer.
    pub user: String,
    /// The product.
    pub product: u32,
    /// The booked amount.
    pub amount: u128,
    /// The trade it was made from, from which it has its kind and time.
    pub trade: usize,
}

/// A break that was put into a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// In whose ledger.
    pub party: Party,
    /// The cause that the chain should find, by its name there.
    pub cause: &'static str,
    /// The reference of the entry.
    pub reference: [u8; 16],
    /// What the ledger says, where it says anything.
    pub found: Option<u128>,
    /// What is right; nothing for an entry that should not be there.
    pub right: Option<u128>,
}

/// A party's ledger with its breaks.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What is imported.
    pub lines: Vec<Line>,
    /// What is wrong with it.
    pub planned: Vec<Planned>,
}

impl Ledger {
    /// The kinds of breaks that it does not have.
    pub fn left_out(&self) -> Vec<&'static str> {
        let has = |cause: &str| self.planned.iter().any(|planned| planned.cause == cause);
        let all = SLOT_CAUSES.into_iter().chain(EXTRA_CAUSES);
        all.filter(|cause| !has(cause)).collect()
    }

    /// The line of the first trade that the party's ledger should have one for, and has none.
    pub fn lacks(&self, party: Party, trades: &[Payment]) -> Option<Line> {
        let booked: HashSet<usize> = self.lines.iter().map(|line| line.trade).collect();
        (0..trades.len())
            .filter(|at| !booked.contains(at))
            .find_map(|at| right_line(party, trades, at))
    }
}

/// The causes of slots, in the order of the chain's names.
const SLOT_CAUSES: [&str; 8] = [
    "missing",
    "wrong_user",
    "gross_booked",
    "other_side",
    "older_terms",
    "unit_scale",
    "rounding_difference",
    "other_amount",
];

/// The causes of lines that are too many.
const EXTRA_CAUSES: [&str; 2] = ["duplicate", "not_on_chain"];

/// A number that no client of the demo comes to.
const UNUSED: u64 = 4_000_000_000;

impl Party {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Company, Self::Bank];

    /// The amount of a payment or refund on this party's side.
    pub fn amount(self, trade: &Payment) -> u128 {
        match self {
            Self::Company => trade.debit,
            Self::Bank => trade.credit,
        }
    }

    fn other_amount(self, trade: &Payment) -> u128 {
        match self {
            Self::Company => trade.credit,
            Self::Bank => trade.debit,
        }
    }

    /// The amount by the older terms, of which a refund has none.
    fn older_amount(self, trade: &Payment, terms: &Terms) -> Result<Option<u128>> {
        if trade.refund_of.is_some() {
            return Ok(None);
        }
        let (debit, credit) = terms.older().amounts(trade.gross)?;
        Ok(Some(match self {
            Self::Company => debit,
            Self::Bank => credit,
        }))
    }
}

/// The line that a party should have for a trade; none where it books nothing. The bank's lines of
/// refunds have their payments' references, the company's have their own.
pub fn right_line(party: Party, trades: &[Payment], at: usize) -> Option<Line> {
    let trade = &trades[at];
    let amount = party.amount(trade);
    let reference = match (party, trade.refund_of) {
        (Party::Bank, Some(payment)) => trades[payment].reference,
        _ => trade.reference,
    };
    (amount > 0).then(|| Line {
        sequence: None,
        reference,
        user: trade.user.clone(),
        product: trade.product,
        amount,
        trade: at,
    })
}

/// The ledger that the party should have.
pub fn right_ledger(party: Party, trades: &[Payment]) -> Ledger {
    Ledger {
        lines: (0..trades.len())
            .filter_map(|at| right_line(party, trades, at))
            .collect(),
        planned: Vec::new(),
    }
}

/// The ledger with one break of every kind, one of them on a refund where there are refunds. A kind that fits
/// nowhere is left out.
pub fn broken_ledger(
    party: Party,
    trades: &[Payment],
    terms: &BTreeMap<u32, Terms>,
) -> Result<Ledger> {
    let Ledger {
        lines: right,
        mut planned,
    } = right_ledger(party, trades);
    let mut taken = HashSet::new();
    let mut wrong: BTreeMap<usize, Option<Line>> = BTreeMap::new();
    let payments = trades
        .iter()
        .filter(|trade| trade.refund_of.is_none())
        .count();
    for (index, cause) in SLOT_CAUSES.into_iter().enumerate() {
        // Nobody imports a ledger without lines.
        if cause == "missing" && right.len() < 2 {
            continue;
        }
        let places = places(party, index, payments, trades.len());
        let Some((at, line)) = place(cause, party, trades, terms, places, &taken)? else {
            continue;
        };
        taken.insert(at);
        planned.push(Planned {
            party,
            cause,
            reference: trades[at].reference,
            found: line.as_ref().map(|line| line.amount),
            right: Some(party.amount(&trades[at])),
        });
        wrong.insert(at, line);
    }
    let extras = (payments / 2..payments)
        .chain(0..payments / 2)
        .filter(|at| !taken.contains(at))
        .find_map(|at| right_line(party, trades, at))
        .map(too_many)
        .unwrap_or_default();
    for (cause, line) in &extras {
        planned.push(Planned {
            party,
            cause,
            reference: line.reference,
            found: Some(line.amount),
            right: None,
        });
    }
    let lines = right
        .into_iter()
        .filter_map(|line| wrong.get(&line.trade).cloned().unwrap_or(Some(line)))
        .chain(extras.into_iter().map(|(_, line)| line))
        .collect();
    Ok(Ledger { lines, planned })
}

/// Where the break with the number `index` may be, in the order in which places are tried. The breaks are
/// spread over the payments, and differ between the parties. The last one falls on a refund, if it fits.
fn places(
    party: Party,
    index: usize,
    payments: usize,
    trades: usize,
) -> impl Iterator<Item = usize> {
    let (start, among) = match index + 1 == SLOT_CAUSES.len() {
        true => (payments, trades),
        false => (
            index * payments / SLOT_CAUSES.len() + party as usize,
            payments,
        ),
    };
    (0..among).map(move |step| (start + step) % among)
}

/// Lines that are too many beside the right one: it once more, and one of no trade.
fn too_many(right: Line) -> Vec<(&'static str, Line)> {
    let stranger = Line {
        reference: right.reference.map(|byte| byte ^ 0x5a),
        amount: right.amount + 1,
        sequence: Some(UNUSED),
        ..right.clone()
    };
    EXTRA_CAUSES.into_iter().zip([right, stranger]).collect()
}

/// The first of the `places` on which `cause` fits and no other does, and the wrong line; none where it fits
/// on none of them.
fn place(
    cause: &str,
    party: Party,
    trades: &[Payment],
    terms: &BTreeMap<u32, Terms>,
    places: impl Iterator<Item = usize>,
    taken: &HashSet<usize>,
) -> Result<Option<(usize, Option<Line>)>> {
    for at in places {
        let trade = &trades[at];
        // What has no line has no break.
        let Some(line) = right_line(party, trades, at).filter(|_| !taken.contains(&at)) else {
            continue;
        };
        let right = line.amount;
        let older = party.older_amount(trade, &terms[&trade.product])?;
        let amount = match cause {
            "missing" => return Ok(Some((at, None))),
            "wrong_user" => {
                let somebody = if trade.user == "somebody" {
                    "nobody"
                } else {
                    "somebody"
                };
                let user = somebody.into();
                return Ok(Some((at, Some(Line { user, ..line }))));
            }
            "gross_booked" => trade.gross,
            "other_side" => party.other_amount(trade),
            "older_terms" => older.unwrap_or(right),
            "unit_scale" => right * 100,
            "rounding_difference" => right + 1,
            _ => right + 4_711,
        };
        let candidates = [
            ("gross_booked", amount == trade.gross),
            ("other_side", amount == party.other_amount(trade)),
            ("older_terms", Some(amount) == older),
            ("unit_scale", amount == right * 100 || amount * 100 == right),
            ("rounding_difference", amount.abs_diff(right) == 1),
        ];
        let fits: Vec<&str> = candidates
            .into_iter()
            .filter_map(|(name, fits)| fits.then_some(name))
            .collect();
        let only = match cause {
            "other_amount" => fits.is_empty(),
            _ => fits == [cause],
        };
        if amount != right && amount > 0 && only {
            return Ok(Some((at, Some(Line { amount, ..line }))));
        }
    }
    Ok(None)
}
