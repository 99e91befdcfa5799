//! What is wrong with a text that is to be an amount, and what to do about it.

use crate::printable_text::quoted;
use std::fmt;

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing stands there.
    Empty,
    /// No decimal number in the file's style.
    Malformed,
    /// Less than zero.
    Negative,
    /// Zero.
    Zero,
    /// More decimal places than the currency has.
    TooPrecise {
        /// How many it has.
        places: u32,
    },
    /// Three zeros after the separator, which may be decimals or thousands.
    MayBeThousands,
    /// A fraction of a minor unit.
    FractionOfMinor,
    /// Beyond what can be counted.
    TooLarge,
    /// Less than zero, as books write it: a minus behind, or parentheses.
    NegativeInBooks,
}

impl AmountError {
    /// What is wrong with `text`, for people.
    pub fn of(&self, text: &str) -> String {
        format!("{} {self}", quoted(text))
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "give the amount, or leave the line out",
            Self::Malformed => {
                "write digits only, with the separators that the mapping's [amount] names"
            }
            Self::Negative | Self::NegativeInBooks => {
                "if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = \"refund\"; otherwise correct the amount"
            }
            Self::Zero => "leave the line out: a trade of nothing is none",
            Self::TooPrecise { .. } => {
                "round the amount at its source; where the separator means thousands, say so in the mapping"
            }
            Self::MayBeThousands => {
                "where the separator means decimals, set unit = \"major\" under [amount] in the mapping; where it means thousands, name both separators there"
            }
            Self::FractionOfMinor => {
                "set unit = \"major\" under [amount] in the mapping, or export whole minor units"
            }
            Self::TooLarge => "check the amount for a lost separator",
        }
    }

    /// What to do about it on a ledger's line, which may be of nothing.
    pub const fn ledger_remedy(&self) -> &'static str {
        match self {
            Self::Empty => "give the amount that is booked, 0 where it is nothing",
            Self::Negative | Self::NegativeInBooks => {
                "a line is of one payment or refund, with the amount booked for it; if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = \"refund\"; otherwise export what the ledger holds in the end, without what it took back"
            }
            Self::Zero => "write 0 for nothing",
            Self::Malformed
            | Self::TooPrecise { .. }
            | Self::MayBeThousands
            | Self::FractionOfMinor
            | Self::TooLarge => self.remedy(),
        }
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "is empty"),
            Self::Malformed => write!(f, "is not a decimal number"),
            Self::Negative => write!(f, "is negative"),
            Self::Zero => write!(f, "is zero"),
            Self::TooPrecise { places } => write!(f, "has more than {places} decimal places"),
            Self::MayBeThousands => write!(f, "has a separator of decimals or of thousands"),
            Self::FractionOfMinor => {
                write!(
                    f,
                    "has decimals, where the mapping says that minor units are counted"
                )
            }
            Self::TooLarge => write!(f, "is too large"),
            Self::NegativeInBooks => write!(
                f,
                "is negative: a minus behind an amount or parentheses around it mean less than zero"
            ),
        }
    }
}

impl std::error::Error for AmountError {}
