//! How much of a book may be wrong before the whole book is rejected.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How much of a book may be wrong before the whole book is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Caps {
    /// Maximum pages with breaks per book.
    pub pages: u32,
    /// Maximum extras per book.
    pub extras: u32,
}

impl Caps {
    /// The largest caps. A side keeps its breaks by page, and all of them go at once
    /// where its book is rejected or its side defaults: that must fit into a block.
    pub const MAX: Self = Self {
        pages: 1_024,
        extras: 65_536,
    };

    /// Whether the caps allow some breaks, and no more than [`Self::MAX`].
    pub const fn is_valid(&self) -> bool {
        self.pages > 0
            && self.extras > 0
            && self.pages <= Self::MAX.pages
            && self.extras <= Self::MAX.extras
    }

    /// Whether a book with breaks on `count` pages may be taken; with more, the whole book is rejected.
    pub const fn allows_pages(&self, count: usize) -> bool {
        count <= self.pages as usize
    }

    /// Whether a book with `count` extras may be taken; with more, the whole book is rejected.
    pub const fn allows_extras(&self, count: u32) -> bool {
        count <= self.extras
    }
}
