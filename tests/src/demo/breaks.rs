//! Two ledgers with every kind of break, each on a slot where only one cause fits.

use super::{input::Payment, rules::Terms};
use anyhow::{bail, Result};
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
    /// What ties it to its payment.
    pub reference: [u8; 16],
    /// The payer.
    pub user: String,
    /// The product.
    pub product: u32,
    /// The booked amount.
    pub amount: u128,
    /// The payment it was made from, which gives its time.
    pub payment: usize,
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

/// A number that no client of the demo comes to.
const UNUSED: u64 = 4_000_000_000;

impl Party {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Company, Self::Bank];

    /// The amount of a payment on this party's side.
    pub fn amount(self, payment: &Payment) -> u128 {
        match self {
            Self::Company => payment.debit,
            Self::Bank => payment.credit,
        }
    }

    fn other_amount(self, payment: &Payment) -> u128 {
        match self {
            Self::Company => payment.credit,
            Self::Bank => payment.debit,
        }
    }

    fn older_amount(self, payment: &Payment, terms: &Terms) -> Result<u128> {
        let (debit, credit) = terms.older().amounts(payment.gross)?;
        Ok(match self {
            Self::Company => debit,
            Self::Bank => credit,
        })
    }
}

/// The ledger that the party should have.
pub fn right_ledger(party: Party, payments: &[Payment]) -> Ledger {
    let lines = payments
        .iter()
        .enumerate()
        .map(|(at, payment)| Line {
            sequence: None,
            reference: payment.reference,
            user: payment.user.clone(),
            product: payment.product,
            amount: party.amount(payment),
            payment: at,
        })
        .collect();
    Ledger {
        lines,
        planned: Vec::new(),
    }
}

/// The ledger with one break of every kind.
pub fn broken_ledger(
    party: Party,
    payments: &[Payment],
    terms: &BTreeMap<u32, Terms>,
) -> Result<Ledger> {
    let mut ledger = right_ledger(party, payments);
    let mut taken = HashSet::new();
    let mut wrong: BTreeMap<usize, Option<Line>> = BTreeMap::new();
    for (index, cause) in SLOT_CAUSES.into_iter().enumerate() {
        // The breaks are spread over the day, and differ between the parties.
        let start = index * payments.len() / SLOT_CAUSES.len() + party as usize;
        let (at, line) = place(cause, party, payments, terms, start, &taken)?;
        taken.insert(at);
        ledger.planned.push(Planned {
            party,
            cause,
            reference: payments[at].reference,
            found: line.as_ref().map(|line| line.amount),
            right: Some(party.amount(&payments[at])),
        });
        wrong.insert(at, line);
    }
    let Some(twice) = (payments.len() / 2..payments.len()).find(|at| !taken.contains(at)) else {
        bail!("too few payments for every break");
    };
    let duplicate = ledger.lines[twice].clone();
    let mut stranger = duplicate.clone();
    stranger.reference = stranger.reference.map(|byte| byte ^ 0x5a);
    stranger.amount += 1;
    stranger.sequence = Some(UNUSED);
    for (cause, line) in [("duplicate", &duplicate), ("not_on_chain", &stranger)] {
        ledger.planned.push(Planned {
            party,
            cause,
            reference: line.reference,
            found: Some(line.amount),
            right: None,
        });
    }
    let right = std::mem::take(&mut ledger.lines);
    ledger.lines = right
        .into_iter()
        .enumerate()
        .filter_map(|(at, line)| wrong.get(&at).cloned().unwrap_or(Some(line)))
        .chain([duplicate, stranger])
        .collect();
    Ok(ledger)
}

/// The first payment from `start` on on which `cause` fits and no other does, and the wrong line.
fn place(
    cause: &str,
    party: Party,
    payments: &[Payment],
    terms: &BTreeMap<u32, Terms>,
    start: usize,
    taken: &HashSet<usize>,
) -> Result<(usize, Option<Line>)> {
    for step in 0..payments.len() {
        let at = (start + step) % payments.len();
        let payment = &payments[at];
        if taken.contains(&at) {
            continue;
        }
        let right = party.amount(payment);
        let older = party.older_amount(payment, &terms[&payment.product])?;
        let line = |user: &str, amount| Line {
            sequence: None,
            reference: payment.reference,
            user: user.into(),
            product: payment.product,
            amount,
            payment: at,
        };
        let amount = match cause {
            "missing" => return Ok((at, None)),
            "wrong_user" => {
                let somebody = if payment.user == "somebody" {
                    "nobody"
                } else {
                    "somebody"
                };
                return Ok((at, Some(line(somebody, right))));
            }
            "gross_booked" => payment.gross,
            "other_side" => party.other_amount(payment),
            "older_terms" => older,
            "unit_scale" => right * 100,
            "rounding_difference" => right + 1,
            _ => right + 4_711,
        };
        let candidates = [
            ("gross_booked", amount == payment.gross),
            ("other_side", amount == party.other_amount(payment)),
            ("older_terms", amount == older),
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
            return Ok((at, Some(line(&payment.user, amount))));
        }
    }
    bail!("no payment of the file takes a break of the kind {cause} alone; try --clean")
}

#[cfg(test)]
mod tests {
    use super::super::rules::{Debit, Rounding, Rule};
    use super::*;

    fn terms() -> BTreeMap<u32, Terms> {
        let credit = Rule {
            rate_ppm: 20_000,
            flat: 0,
            floor: 0,
            cap: None,
            rounding: Rounding::HalfUp,
        };
        let debit = Debit::Residual;
        BTreeMap::from([(1, Terms { credit, debit })])
    }

    fn payments(count: u8) -> Vec<Payment> {
        let terms = terms()[&1];
        (0..count)
            .map(|at| {
                let gross = 100_000 + 1_234 * u128::from(at);
                let (debit, credit) = terms.amounts(gross).unwrap();
                Payment {
                    source_id: at.to_string(),
                    reference: [at; 16],
                    user: "somebody".into(),
                    product: 1,
                    gross,
                    debit,
                    credit,
                    occurred_at: 0,
                    time: Default::default(),
                }
            })
            .collect()
    }

    #[test]
    fn every_kind_of_break_is_there_once_on_each_side() {
        for party in Party::BOTH {
            let ledger = broken_ledger(party, &payments(60), &terms()).unwrap();
            let mut causes: Vec<_> = ledger.planned.iter().map(|planned| planned.cause).collect();
            causes.sort_unstable();
            causes.dedup();
            assert_eq!(causes.len(), 10);
            // One line is missing, two are too many.
            assert_eq!(ledger.lines.len(), 61);
        }
    }

    #[test]
    fn a_right_ledger_has_no_breaks() {
        let ledger = right_ledger(Party::Bank, &payments(3));
        assert!(ledger.planned.is_empty());
        assert_eq!(ledger.lines[2].amount, payments(3)[2].credit);
    }

    #[test]
    fn too_small_a_file_is_an_error() {
        assert!(broken_ledger(Party::Bank, &payments(4), &terms()).is_err());
    }
}
