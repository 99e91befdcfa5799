//! Which line of a statement is of which declaration.
//!
//! What a line is of follows from what was declared alone, and not from what was acknowledged since: so the
//! same file, read again, has the same lines for each declaration, and nothing is left to acknowledge.

use super::{
    reference_in_text::{period_reference, Texts},
    StatementLine,
};
use counterfoil_primitives::{
    settlement::{Declaration, ObligationView},
    AgreementId, Amount, BusinessDay, MemberId,
};
use std::{collections::BTreeMap, fmt};

/// A payment that was declared, of which a line of a statement may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The first day of the settlement period that it pays for.
    pub first: BusinessDay,
    /// What was declared, and what was said of it since.
    pub declaration: Declaration,
}

/// What was declared to a member, or, without one, to anybody, of some obligations.
pub fn declared_to(creditor: Option<MemberId>, obligations: &[ObligationView]) -> Vec<Declared> {
    obligations
        .iter()
        .filter(|view| creditor.is_none() || view.creditor == creditor)
        .flat_map(|view| {
            let first = view.period.first;
            let declarations = view.declarations.iter().cloned();
            declarations.map(move |declaration| Declared { first, declaration })
        })
        .collect()
}

/// What a statement shows of a declaration that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Which of the declarations.
    pub declared: usize,
    /// How much came in, in minor units: what was declared, or less.
    pub received: Amount,
    /// The lines, in the order of the file.
    pub lines: Vec<usize>,
    /// Whether one of the lines has another value date than was declared.
    pub other_value_date: bool,
}

/// Why a line that names a declaration is left to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// More came in than was declared.
    MoreThanDeclared,
    /// Money came in before the value date that was declared: it may be an earlier payment of the same
    /// reference, which came back since.
    Earlier,
    /// The line names the settlement period, of which no declaration has its amount.
    OtherAmount,
    /// It may be of several declarations.
    Several,
    /// Money with the declaration's reference was paid out.
    PaidOut,
    /// The same line stands in the file twice.
    Twice,
    /// The declaration was acknowledged with another amount.
    AnsweredOtherwise,
}

impl Difference {
    /// The name in JSON, like `more_than_declared`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MoreThanDeclared => "more_than_declared",
            Self::Earlier => "earlier",
            Self::OtherAmount => "other_amount",
            Self::Several => "several",
            Self::PaidOut => "paid_out",
            Self::Twice => "twice",
            Self::AnsweredOtherwise => "answered_otherwise",
        }
    }
}

/// For people, with what helps.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MoreThanDeclared => {
                "more came in than was declared: have the rest declared, and acknowledge by hand"
            }
            Self::Earlier => {
                "it came in before the declared value date: acknowledge by hand unless it is an earlier payment"
            }
            Self::OtherAmount => {
                "no declaration of the settlement period has this amount: ask the debtor"
            }
            Self::Several => "several declarations fit: acknowledge the right one by hand",
            Self::PaidOut => {
                "money with this reference was paid out: acknowledge by hand what stayed"
            }
            Self::Twice => "the same line stands in the file twice: see whether money came twice",
            Self::AnsweredOtherwise => {
                "another amount was acknowledged: have the rest declared, or what is too much reported as returned"
            }
        })
    }
}

/// Why a line is of no declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMatch {
    /// It has no reference.
    NoReference,
    /// Nothing was declared with its reference.
    Unknown,
    /// It was paid out.
    PaidOut,
}

impl NoMatch {
    /// The name in JSON, like `no_reference`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoReference => "no_reference",
            Self::Unknown => "unknown",
            Self::PaidOut => "paid_out",
        }
    }
}

/// For people.
impl fmt::Display for NoMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoReference => "it has no reference",
            Self::Unknown => "nothing was declared with its reference",
            Self::PaidOut => "it was paid out",
        })
    }
}

/// What is made of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It shows that a declaration is to be acknowledged: which one.
    Acknowledge(usize),
    /// The declaration was acknowledged with what came in: which one.
    Before(usize),
    /// It is left to people.
    Differs {
        /// Which declaration it is of, where that is known.
        declared: Option<usize>,
        /// Why.
        why: Difference,
    },
    /// It is of no declaration.
    Unmatched(NoMatch),
}

impl Outcome {
    /// The name in JSON, like `acknowledge`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Acknowledge(_) => "acknowledge",
            Self::Before(_) => "acknowledged_before",
            Self::Differs { .. } => "differs",
            Self::Unmatched(_) => "unmatched",
        }
    }

    /// The declaration that the line is of, where that is known.
    pub const fn declared(&self) -> Option<usize> {
        match self {
            Self::Acknowledge(declared) | Self::Before(declared) => Some(*declared),
            Self::Differs { declared, .. } => *declared,
            Self::Unmatched(_) => None,
        }
    }
}

/// What is made of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// What is made of each line, in the order of the lines.
    pub outcomes: Vec<Outcome>,
    /// What is to be acknowledged, in the order of the declarations.
    pub acknowledgements: Vec<Acknowledgement>,
    /// The open declarations of which the statement has no line.
    pub absent: Vec<usize>,
}

/// Finds which lines of a statement are of which declarations of an agreement.
pub fn match_lines(
    agreement: AgreementId,
    lines: &[StatementLine],
    declared: &[Declared],
) -> Matching {
    let periods: Vec<String> = declared
        .iter()
        .map(|one| period_reference(agreement, one.first))
        .collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        outcomes.push(match Found::of(line, declared, &periods) {
            Found::One(one) => {
                groups.entry(one).or_default().push(at);
                // Only all lines of a declaration together tell.
                Outcome::Acknowledge(one)
            }
            Found::None(why) => Outcome::Unmatched(why),
            Found::Unclear(why) => Outcome::Differs {
                declared: None,
                why,
            },
        });
    }
    let mut acknowledgements = Vec::new();
    for (one, group) in &groups {
        let of_group: Vec<&StatementLine> = group.iter().map(|at| &lines[*at]).collect();
        let declaration = &declared[*one].declaration;
        let outcome = match judge(declaration, &of_group) {
            Ok(received) => {
                let is_other = |line: &&StatementLine| {
                    line.value_date
                        .is_some_and(|date| date != declaration.value_date)
                };
                acknowledgements.push(Acknowledgement {
                    declared: *one,
                    received,
                    lines: group.clone(),
                    other_value_date: of_group.iter().any(is_other),
                });
                Outcome::Acknowledge(*one)
            }
            Err(None) => Outcome::Before(*one),
            Err(Some(why)) => Outcome::Differs {
                declared: Some(*one),
                why,
            },
        };
        for at in group {
            outcomes[*at] = outcome;
        }
    }
    let is_absent =
        |one: &usize| declared[*one].declaration.received.is_none() && !groups.contains_key(one);
    Matching {
        outcomes,
        acknowledgements,
        absent: (0..declared.len()).filter(is_absent).collect(),
    }
}

/// What came in for a declaration that is open, by all its lines. `None` as error: it was acknowledged with
/// just that.
fn judge(
    declaration: &Declaration,
    lines: &[&StatementLine],
) -> Result<Amount, Option<Difference>> {
    if lines.iter().any(|line| !line.is_received) {
        return Err(Some(Difference::PaidOut));
    }
    let is_same = |one: &StatementLine, other: &StatementLine| {
        (one.amount, one.value_date, &one.texts) == (other.amount, other.value_date, &other.texts)
    };
    let mut rest = lines;
    while let Some((one, others)) = rest.split_first() {
        if others.iter().any(|other| is_same(one, other)) {
            return Err(Some(Difference::Twice));
        }
        rest = others;
    }
    let is_earlier = |line: &StatementLine| {
        line.value_date
            .is_some_and(|date| date < declaration.value_date)
    };
    let amounts = lines.iter().map(|line| line.amount);
    let sum = amounts.fold(0, Amount::saturating_add);
    match declaration.received {
        Some(received) if received == sum => Err(None),
        Some(_) => Err(Some(Difference::AnsweredOtherwise)),
        None if sum > declaration.amount => Err(Some(Difference::MoreThanDeclared)),
        None if lines.iter().any(|line| is_earlier(line)) => Err(Some(Difference::Earlier)),
        None => Ok(sum),
    }
}

/// What a line by itself is of.
enum Found {
    One(usize),
    Unclear(Difference),
    None(NoMatch),
}

impl Found {
    /// What `line` is of. `periods` name the settlement periods of the declarations.
    fn of(line: &StatementLine, declared: &[Declared], periods: &[String]) -> Self {
        let texts = Texts::of(&line.texts);
        let all = 0..declared.len();
        let named = all
            .clone()
            .filter(|one| texts.have(&declared[*one].declaration.reference));
        let named: Vec<usize> = named.collect();
        let of_period: Vec<usize> = all.filter(|one| texts.have(&periods[*one])).collect();
        let has_amount = |one: &usize| declared[*one].declaration.amount == line.amount;
        let has_date = |one: &usize| line.value_date == Some(declared[*one].declaration.value_date);
        let left = if named.is_empty() {
            // Of a period others may be declared later, so that by its name alone only the amount tells.
            let exact: Vec<usize> = of_period.iter().copied().filter(has_amount).collect();
            if exact.is_empty() {
                return match (of_period.is_empty(), line.is_received, texts.are_blank()) {
                    (false, true, _) => Self::Unclear(Difference::OtherAmount),
                    (_, false, _) => Self::None(NoMatch::PaidOut),
                    (true, true, true) => Self::None(NoMatch::NoReference),
                    (true, true, false) => Self::None(NoMatch::Unknown),
                };
            }
            exact
        } else {
            let left = narrowed(named, |one| of_period.contains(one));
            narrowed(left, has_amount)
        };
        match narrowed(left, has_date)[..] {
            [one] => Self::One(one),
            _ => Self::Unclear(Difference::Several),
        }
    }
}

/// Those of several that a rule keeps; all where it keeps none, or nothing has to be decided.
fn narrowed(all: Vec<usize>, rule: impl Fn(&usize) -> bool) -> Vec<usize> {
    let kept: Vec<usize> = all.iter().copied().filter(|one| rule(one)).collect();
    if kept.is_empty() {
        return all;
    }
    kept
}
