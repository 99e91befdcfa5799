//! Which trades of a day are to be amended.

use crate::{tree::PAGE_SIZE, MemberId, Sequence, Trade};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};

/// Maximum positions that a proposal names: those of [`MAX_PAGES`] pages.
pub const MAX_POSITIONS: u32 = 65_536;
/// Maximum pages of a day on which a proposal names positions.
pub const MAX_PAGES: u32 = MAX_POSITIONS / PAGE_SIZE;
/// Maximum spans of positions per proposal.
pub const MAX_SPANS: u32 = 1_024;

/// Positions of a day, one after the other.
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
)]
pub struct Span {
    /// The first position.
    pub first: u32,
    /// The last position.
    pub last: u32,
}

/// Pages of a day, one after the other.
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
)]
pub struct PageSpan {
    /// The first page.
    pub first: u32,
    /// The last page.
    pub last: u32,
}

/// Which trades of a day.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Selection {
    /// Those on these positions: spans that ascend and do not touch each other.
    Positions(BoundedVec<Span, ConstU32<MAX_SPANS>>),
    /// Those of a client with a sequence from `first` to `last`, as far as they are on these pages.
    Sequences {
        /// The client in the trades' ids.
        client: MemberId,
        /// The lowest sequence.
        first: Sequence,
        /// The highest sequence.
        last: Sequence,
        /// The pages that are looked through.
        pages: PageSpan,
    },
}

impl Span {
    /// The pages on which it lies.
    const fn pages(&self) -> PageSpan {
        PageSpan {
            first: self.first / PAGE_SIZE,
            last: self.last / PAGE_SIZE,
        }
    }
}

impl PageSpan {
    /// How many pages it has.
    pub const fn count(&self) -> u32 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }

    /// Its pages, ascending.
    pub const fn pages(&self) -> RangeInclusive<u32> {
        self.first..=self.last
    }

    /// Whether its first page is not behind its last one.
    const fn is_valid(&self) -> bool {
        self.first <= self.last
    }
}

impl Selection {
    /// Whether it can name trades: spans ascend and do not touch, first is not behind last, and the pages
    /// are not more than a proposal may have.
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Positions(spans) => {
                let ascend = spans
                    .windows(2)
                    .all(|pair| pair[0].last < pair[1].first.saturating_sub(1));
                let fit = spans.iter().all(|span| span.first <= span.last);
                !spans.is_empty() && fit && ascend && self.pages_read() <= MAX_PAGES
            }
            Self::Sequences {
                first, last, pages, ..
            } => first <= last && pages.is_valid() && pages.count() <= MAX_PAGES,
        }
    }

    /// How many pages it names trades on, if its spans ascend.
    pub fn pages_read(&self) -> u32 {
        match self {
            Self::Positions(spans) => {
                let (mut count, mut behind) = (0u32, 0);
                for PageSpan { first, last } in spans.iter().map(Span::pages) {
                    let end = last.saturating_add(1);
                    count = count.saturating_add(end.saturating_sub(first.max(behind)));
                    behind = behind.max(end);
                }
                count
            }
            Self::Sequences { pages, .. } => pages.count(),
        }
    }

    /// The pages on which a valid selection names trades, ascending, each once.
    pub fn pages(&self) -> Vec<u32> {
        let mut pages: Vec<u32> = match self {
            Self::Positions(spans) => spans.iter().flat_map(|span| span.pages().pages()).collect(),
            Self::Sequences { pages, .. } => pages.pages().collect(),
        };
        pages.dedup();
        pages
    }

    /// Whether it names `trade`, which is on `position`.
    pub fn names(&self, position: u32, trade: &Trade) -> bool {
        match self {
            Self::Positions(spans) => {
                let behind = spans.partition_point(|span| span.first <= position);
                behind > 0 && position <= spans[behind - 1].last
            }
            Self::Sequences {
                client,
                first,
                last,
                pages,
            } => {
                pages.pages().contains(&(position / PAGE_SIZE))
                    && trade.id.client == *client
                    && (*first..=*last).contains(&trade.id.sequence)
            }
        }
    }

    /// The position behind the last one that it can name.
    pub fn end(&self) -> u32 {
        match self {
            Self::Positions(spans) => spans.last().map_or(0, |span| span.last.saturating_add(1)),
            Self::Sequences { pages, .. } => pages.last.saturating_add(1).saturating_mul(PAGE_SIZE),
        }
    }
}
