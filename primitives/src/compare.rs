//! The difference between chain and book, and the check of a reported one.
//!
//! The reconciler finds the difference ([`diff_page`], [`diff_roots`]); the runtime believes
//! none of it before [`check_header`], [`check_slots`] and [`check_extras`] have rebuilt the
//! party's commitment.

use crate::{commitment::Place, tree, Commitment, Entry};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// A slot on which a book differs from the chain.
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
pub struct SlotDiff {
    /// The slot's offset in its page.
    pub offset: u8,
    /// What the book holds there.
    pub found: Option<Entry>,
}

/// A page whose root in the book is not the chain's.
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
pub struct DirtyPage {
    /// The page.
    pub page: u32,
    /// Its root in the book.
    pub root: H256,
}

/// The first part of a report with breaks: which pages differ, and the extras' page roots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ReportHeader {
    /// The pages that differ, ascending.
    pub dirty: Vec<DirtyPage>,
    /// The roots of the extras' pages, in order.
    pub extras: Vec<H256>,
}

/// Why a reported header or page is no difference between chain and commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Fault {
    /// Pages or slots are not in strictly ascending order.
    NotAscending,
    /// A page or slot lies outside the day.
    OutOfRange,
    /// A listed page or slot does not differ from the chain.
    NotDifferent,
    /// The number of extras' pages or entries is not the committed one.
    WrongExtrasCount,
    /// The slots' root is not the committed one.
    SlotsRootMismatch,
    /// The extras' root is not the committed one.
    ExtrasRootMismatch,
    /// The page's root is not the header's.
    PageRootMismatch,
    /// The parts are not the ones that the header announces, each once.
    Incomplete,
}

/// The pages on which a book's roots differ from the chain's.
pub fn diff_roots(chain: &[H256], book: &[H256]) -> Vec<DirtyPage> {
    chain
        .iter()
        .zip(book)
        .enumerate()
        .filter(|(_, (chain, book))| chain != book)
        .map(|(page, (_, root))| DirtyPage {
            page: page as u32,
            root: *root,
        })
        .collect()
}

/// The slots on which a page of a book differs from the chain's.
pub fn diff_page(chain: &[Entry], book: &[Option<Entry>]) -> Vec<SlotDiff> {
    chain
        .iter()
        .zip(book)
        .enumerate()
        .filter(|(_, (chain, book))| book.as_ref() != Some(chain))
        .map(|(offset, (_, found))| SlotDiff {
            offset: offset as u8,
            found: *found,
        })
        .collect()
}

/// Checks that the chain's page roots, with the listed ones put in, rebuild the commitment.
///
/// `chain` are the chain's own page roots of the side.
pub fn check_header(
    place: &Place,
    commitment: &Commitment,
    chain: &[H256],
    header: &ReportHeader,
) -> Result<(), Fault> {
    if header
        .dirty
        .windows(2)
        .any(|pair| pair[0].page >= pair[1].page)
    {
        return Err(Fault::NotAscending);
    }
    if header.extras.len() as u32 != tree::page_count(commitment.extras) {
        return Err(Fault::WrongExtrasCount);
    }
    if chain.len() as u32 != tree::page_count(commitment.slots) {
        return Err(Fault::SlotsRootMismatch);
    }
    let mut roots = chain.to_vec();
    for dirty in &header.dirty {
        let root = roots
            .get_mut(dirty.page as usize)
            .ok_or(Fault::OutOfRange)?;
        if *root == dirty.root {
            return Err(Fault::NotDifferent);
        }
        *root = dirty.root;
    }
    let domain = commitment.domain(place);
    if tree::slots_root(&domain, roots) != commitment.slots_root {
        return Err(Fault::SlotsRootMismatch);
    }
    if tree::extras_root(&domain, header.extras.iter().copied()) != commitment.extras_root {
        return Err(Fault::ExtrasRootMismatch);
    }
    Ok(())
}

/// Checks that the chain's page, with the reported slots put in, rebuilds `root`.
///
/// `chain` are the chain's own entries of the page and side.
pub fn check_slots(chain: &[Entry], slots: &[SlotDiff], root: H256) -> Result<(), Fault> {
    if slots
        .windows(2)
        .any(|pair| pair[0].offset >= pair[1].offset)
    {
        return Err(Fault::NotAscending);
    }
    let mut page: Vec<Option<Entry>> = chain.iter().copied().map(Some).collect();
    for diff in slots {
        let slot = page
            .get_mut(diff.offset as usize)
            .ok_or(Fault::OutOfRange)?;
        if *slot == diff.found {
            return Err(Fault::NotDifferent);
        }
        *slot = diff.found;
    }
    if tree::slots_page_root(&page) != root {
        return Err(Fault::PageRootMismatch);
    }
    Ok(())
}

/// Checks that `extras` are `page` of the committed `count` of extras, by the header's `root`.
///
/// Their order is the committed one, whatever it is: a party that did not sort them is proven all
/// the same.
pub fn check_extras(count: u32, page: u32, extras: &[Entry], root: H256) -> Result<(), Fault> {
    if page >= tree::page_count(count) {
        return Err(Fault::OutOfRange);
    }
    if extras.len() as u32 != tree::page_len(count, page) {
        return Err(Fault::WrongExtrasCount);
    }
    if tree::extras_page_root(extras) != root {
        return Err(Fault::PageRootMismatch);
    }
    Ok(())
}
