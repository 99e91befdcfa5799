//! Why nothing is sent of what was asked of an obligation.

use crate::time::day_text;
use counterfoil_primitives::{
    settlement::{declaration::MAX_DECLARATIONS, NotDeclared, ObligationView},
    AgreementId, BusinessDay, MemberId,
};
use std::fmt;

/// What helps where no declaration has the number.
const NAME_ONE: &str = "Name one that there is: see `obligation show`. \
    One of which nothing was received, or all came back, is gone.";

/// The settlement period that an obligation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodName {
    /// The agreement.
    pub agreement: AgreementId,
    /// The first day of the period.
    pub first: BusinessDay,
}

impl PeriodName {
    /// The name of the period of an obligation.
    pub const fn of(view: &ObligationView) -> Self {
        Self {
            agreement: view.agreement,
            first: view.period.first,
        }
    }
}

impl fmt::Display for PeriodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = day_text(self.first);
        write!(
            f,
            "agreement {}, settlement period of {first}",
            self.agreement
        )
    }
}

/// Why nothing is sent of what was asked of an obligation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObligationRefusal {
    /// Nothing is known of what is owed for the day.
    #[error(
        "agreement {agreement} has no obligation for {}: it does not include the day, or no day of its \
         settlement period is reconciled",
        date(.day)
    )]
    Unknown {
        /// The agreement.
        agreement: AgreementId,
        /// The day.
        day: BusinessDay,
    },
    /// Nothing is owed.
    #[error("{of}: nothing is owed")]
    NothingOwed {
        /// The period.
        of: PeriodName,
    },
    /// Another member owes.
    #[error("{of}: member {debtor} owes, and not member {member}")]
    NotTheDebtor {
        /// The period.
        of: PeriodName,
        /// The member.
        member: MemberId,
        /// Who owes.
        debtor: MemberId,
    },
    /// Another member is owed.
    #[error("{of}: member {creditor} is owed, and not member {member}")]
    NotTheCreditor {
        /// The period.
        of: PeriodName,
        /// The member.
        member: MemberId,
        /// Who is owed.
        creditor: MemberId,
    },
    /// The money moves on the chain.
    #[error("{of}: it is paid in asset {asset}, and not outside the chain")]
    OtherRail {
        /// The period.
        of: PeriodName,
        /// The asset.
        asset: u32,
    },
    /// Days of the period are not reconciled.
    #[error("{of}: it is not due yet; days of it that are not reconciled: {missing}")]
    NotDue {
        /// The period.
        of: PeriodName,
        /// How many.
        missing: u32,
    },
    /// It is paid.
    #[error("{of}: nothing is left to pay")]
    Paid {
        /// The period.
        of: PeriodName,
    },
    /// The debtor's staff has to release the payment first.
    #[error("{of}: a client went beyond its limits, so the payment waits for a release")]
    ReleaseAwaited {
        /// The period.
        of: PeriodName,
    },
    /// The payment waits for no release.
    #[error("{of}: the payment waits for no release")]
    NoReleaseAwaited {
        /// The period.
        of: PeriodName,
    },
    /// No declaration has the number.
    #[error("{of}: it has no declaration {number}; {}", known_text(.known))]
    UnknownDeclaration {
        /// The period.
        of: PeriodName,
        /// The number.
        number: u32,
        /// The numbers that there are.
        known: Vec<u32>,
    },
    /// The declarations do not allow it.
    #[error("{of}: {}", declaration_text(.why, .number, .bound))]
    Declaration {
        /// The period.
        of: PeriodName,
        /// The declaration's number, where it is about one.
        number: Option<u32>,
        /// Why not.
        why: NotDeclared,
        /// The amount that it goes beyond, or does not name, for people.
        bound: Option<String>,
    },
}

impl ObligationRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => {
                "Name a day that is reconciled: see `day show` and `obligation list`."
            }
            Self::NothingOwed { .. } => "There is nothing to do.",
            Self::NotTheDebtor { .. } | Self::NotTheCreditor { .. } => {
                "Sign with the operator key of that member."
            }
            Self::OtherRail { .. } => {
                "The debtor's node pays by itself; `obligation show` says why it does not."
            }
            Self::NotDue { .. } => {
                "Wait until all its days are reconciled: see `day list --pending`."
            }
            Self::Paid { .. } => "Declare nothing more for it.",
            Self::ReleaseAwaited { .. } => {
                "Look at the day, and release the payment by `obligation release`."
            }
            Self::NoReleaseAwaited { .. } => "There is nothing to release.",
            Self::UnknownDeclaration { .. } => NAME_ONE,
            Self::Declaration { why, .. } => declaration_remedy(*why),
        }
    }
}

fn date(day: &BusinessDay) -> String {
    day_text(*day)
}

/// Which declarations there are.
fn known_text(known: &[u32]) -> String {
    if known.is_empty() {
        return "there is none".into();
    }
    let texts: Vec<_> = known.iter().map(ToString::to_string).collect();
    format!("there are {}", texts.join(", "))
}

/// Why the declarations do not allow something.
fn declaration_text(why: &NotDeclared, number: &Option<u32>, bound: &Option<String>) -> String {
    let which = number.map_or_else(
        || "the declaration".to_owned(),
        |number| format!("declaration {number}"),
    );
    let bound = bound.as_deref().unwrap_or("nothing");
    match why {
        NotDeclared::Zero => "the amount is zero".into(),
        NotDeclared::NoReference => "the bank's reference is empty".into(),
        NotDeclared::MoreThanDue => {
            format!("more would be declared than is due and not declared yet, {bound}")
        }
        NotDeclared::ReferenceDeclared => "another declaration has the same reference".into(),
        NotDeclared::TooMany => format!("it has {MAX_DECLARATIONS} declarations, the maximum"),
        NotDeclared::Unknown => format!("there is no such declaration: {which}"),
        NotDeclared::OtherReference => format!("{which} has another reference"),
        NotDeclared::Answered => format!("{which} was answered already"),
        NotDeclared::NotAcknowledged => format!("{which} is not acknowledged yet"),
        NotDeclared::MoreThanDeclared => {
            format!("more would be received than {which} is of, {bound}")
        }
        NotDeclared::MoreThanReceived => {
            format!("more would come back than is left of {which}, {bound}")
        }
        NotDeclared::ReturnedMeanwhile => {
            format!("another amount than the one named came back of {which} before, {bound}")
        }
    }
}

/// What helps where the declarations do not allow something.
const fn declaration_remedy(why: NotDeclared) -> &'static str {
    match why {
        NotDeclared::Zero => "Give the amount that moved.",
        NotDeclared::NoReference => "Give the reference by which the bank's statement names it.",
        NotDeclared::MoreThanDue => "Declare what was paid for this settlement period alone.",
        NotDeclared::ReferenceDeclared => {
            "Give each payment the reference that the bank's statement has for it."
        }
        NotDeclared::TooMany => "Withdraw what was not paid, or wait for acknowledgements.",
        NotDeclared::Unknown => NAME_ONE,
        NotDeclared::OtherReference => "Look at the declaration once more: see `obligation show`.",
        NotDeclared::Answered => {
            "If money came back, let the debtor report it by `obligation returned`."
        }
        NotDeclared::NotAcknowledged => {
            "Withdraw the declaration, or wait until the creditor acknowledges it."
        }
        NotDeclared::MoreThanDeclared => {
            "Acknowledge what was declared, and have the rest declared too."
        }
        NotDeclared::MoreThanReceived => "Report what came back, and no more.",
        NotDeclared::ReturnedMeanwhile => {
            "See in `obligation show` whether this return counts already. \
             If it does not, name what came back before it by `--returned-before`."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: PeriodName = PeriodName {
        agreement: 7,
        first: BusinessDay(20_780),
    };

    fn refusal(why: NotDeclared, number: Option<u32>, bound: Option<&str>) -> ObligationRefusal {
        ObligationRefusal::Declaration {
            of: OF,
            number,
            why,
            bound: bound.map(Into::into),
        }
    }

    #[test]
    fn a_refusal_begins_with_agreement_and_period() {
        let words = ObligationRefusal::Paid { of: OF }.to_string();
        let place = "agreement 7, settlement period of 2026-11-23: ";
        assert!(words.starts_with(place), "{words}");
    }

    #[test]
    fn an_amount_that_is_too_large_is_told_with_its_bound() {
        let more = refusal(NotDeclared::MoreThanDeclared, Some(3), Some("40.00 CZK"));
        let words = more.to_string();
        assert!(
            words.ends_with("than declaration 3 is of, 40.00 CZK"),
            "{words}"
        );
        let due = refusal(NotDeclared::MoreThanDue, None, Some("60.00 CZK")).to_string();
        assert!(due.ends_with("not declared yet, 60.00 CZK"), "{due}");
    }

    #[test]
    fn a_day_without_an_obligation_is_told_by_its_date() {
        let unknown = ObligationRefusal::Unknown {
            agreement: 7,
            day: BusinessDay(20_780),
        };
        assert!(unknown.to_string().contains("for 2026-11-23:"));
        assert!(unknown.remedy().contains("`obligation list`"));
    }

    #[test]
    fn where_there_are_no_declarations_none_is_named() {
        let unknown = ObligationRefusal::UnknownDeclaration {
            of: OF,
            number: 3,
            known: Vec::new(),
        };
        assert!(unknown.to_string().ends_with("there is none"));
    }
}
