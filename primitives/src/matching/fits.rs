//! Where the lines of a ledger belong.

use crate::{Entry, LedgerEntry, Reference, TradeId};

/// Where a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// On this position.
    At(u32),
    /// On this position, of a refund whose payment the line names.
    AtByOriginal(u32, OfOriginal),
    /// An extra that names a trade by its id, which another line has taken.
    NamedAgain,
    /// An extra that is like the trade on this position, which another line has taken.
    Like(u32),
    /// An extra that is like the refund on this position, and names its payment.
    LikeByOriginal(u32, OfOriginal),
    /// An extra that is like no trade of the day.
    Nothing,
}

/// What a line of a refund has of the payment; in the book the refund's own stands for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfOriginal {
    /// The id.
    pub id: bool,
    /// The reference.
    pub reference: bool,
}

impl Fit {
    /// The position that the line takes; `None` for an extra.
    pub const fn position(&self) -> Option<u32> {
        match *self {
            Self::At(position) | Self::AtByOriginal(position, _) => Some(position),
            _ => None,
        }
    }

    /// The position of the trade that the line is, or is like.
    pub const fn trade(&self) -> Option<u32> {
        match *self {
            Self::Like(position) | Self::LikeByOriginal(position, _) => Some(position),
            _ => self.position(),
        }
    }

    /// The book's entry of the line, where the trade on [`Self::trade`] has this id and reference.
    pub fn entry(&self, line: &LedgerEntry, id: TradeId, reference: Reference) -> Entry {
        let entry = line.into_entry(id);
        match self {
            Self::AtByOriginal(_, original) | Self::LikeByOriginal(_, original) => Entry {
                id: if original.id { id } else { entry.id },
                reference: if original.reference {
                    reference
                } else {
                    entry.reference
                },
                ..entry
            },
            _ => entry,
        }
    }

    /// Whether the line may still find a position.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self, Self::Like(_) | Self::Nothing)
    }

    /// The same fit of a line that names the refund's payment.
    pub(super) fn by_original(self, name: impl Fn(&mut OfOriginal)) -> Self {
        let with = |mut original: OfOriginal| {
            name(&mut original);
            original
        };
        match self {
            Self::At(position) => Self::AtByOriginal(position, with(OfOriginal::default())),
            Self::Like(position) => Self::LikeByOriginal(position, with(OfOriginal::default())),
            Self::AtByOriginal(position, original) => Self::AtByOriginal(position, with(original)),
            Self::LikeByOriginal(position, original) => {
                Self::LikeByOriginal(position, with(original))
            }
            Self::NamedAgain | Self::Nothing => self,
        }
    }
}
