//! Appends trades to pages, reads single ones, and roots full pages.
//!
//! A page is extended in its encoded form: its trades are decoded only when it gets full, for its
//! roots. A few trades are appended by the host, to which the page need not go through the runtime's
//! memory; many are put together with it there, which takes one call of the host for all.

use crate::{Config, Days, PageRoots, Pages};
use alloc::{vec, vec::Vec};
use codec::{Compact, CompactLen, Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    tree::{self, PAGE_SIZE},
    AgreementId, BusinessDay, Entry, Side, Trade,
};
use frame_support::{defensive, storage::unhashed, traits::ConstU32};
use sp_core::H256;

/// Pages of a chapter of page roots.
pub type ChapterSize = ConstU32<{ tree::CHAPTER_SIZE }>;

/// Maximum trades of a call that the host appends to a page.
const FEW: usize = 32;

/// Appends `trades` to a day that holds `held` so far, and the roots of the pages that get full.
/// Returns how many did.
pub(crate) fn append<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    held: u32,
    trades: &[Trade],
) -> u32 {
    let mut full = 0;
    let mut position = held;
    let mut left = trades;
    while !left.is_empty() {
        let (page, offset) = tree::locate(position);
        let offset = u32::from(offset);
        let room = PAGE_SIZE.saturating_sub(offset) as usize;
        let (now, later) = left.split_at(room.min(left.len()));
        let key = Pages::<T>::hashed_key_for((agreement, day, page));
        if offset > 0 && now.len() <= FEW {
            append_few(&key, now);
        } else {
            extend(&key, offset, now);
        }
        if now.len() == room {
            let roots = full_page_roots(&key, offset, now);
            push_roots::<T>(agreement, day, page, roots);
            full += 1;
        }
        position = position.saturating_add(now.len() as u32);
        left = later;
    }
    full
}

/// Whether a trade of a day's last page is such a one.
pub(crate) fn last_has<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    is_such: impl Fn(&Trade) -> bool,
) -> bool {
    let Some(last) = Days::<T>::get(agreement, day).count().checked_sub(1) else {
        return false;
    };
    let (page, _) = tree::locate(last);
    Pages::<T>::get((agreement, day, page)).iter().any(is_such)
}

/// The trade on a position of a day. It is read at its offset of the encoded page, in which all trades
/// are of one length.
pub(crate) fn trade_at<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    position: u32,
) -> Option<Trade> {
    let (page, offset) = tree::locate(position);
    let key = Pages::<T>::hashed_key_for((agreement, day, page));
    let held = held_at(&key)?;
    if u32::from(offset) >= held {
        return None;
    }
    let mut encoded = vec![0; Trade::max_encoded_len()];
    let at = prefix_len(held) + usize::from(offset) * encoded.len();
    sp_io::storage::read(&key, &mut encoded, at as u32)?;
    Trade::decode(&mut &encoded[..]).ok()
}

/// How many trades the encoded page at `key` holds; `None` where there is no page.
fn held_at(key: &[u8]) -> Option<u32> {
    // A compact length of up to 256 takes at most two bytes.
    let mut prefix = [0; 2];
    sp_io::storage::read(key, &mut prefix, 0)?;
    let Compact(held) = Compact::<u32>::decode(&mut &prefix[..]).ok()?;
    Some(held)
}

/// Appends `trades` one by one to the encoded page at `key`.
fn append_few(key: &[u8], trades: &[Trade]) {
    for trade in trades {
        sp_io::storage::append(key, trade.encode());
    }
}

/// Appends `trades` to the encoded page at `key`, which holds `held`.
fn extend(key: &[u8], held: u32, trades: &[Trade]) {
    let old = match held {
        0 => Vec::new(),
        _ => unhashed::get_raw(key).unwrap_or_default(),
    };
    let body = old.get(prefix_len(held)..).unwrap_or_default();
    if body.len() != held as usize * Trade::max_encoded_len() {
        defensive!("a page does not hold as many trades as its day counts");
    }
    let count = held.saturating_add(trades.len() as u32);
    let mut raw = Vec::with_capacity(
        prefix_len(count) + body.len() + trades.len() * Trade::max_encoded_len(),
    );
    Compact(count).encode_to(&mut raw);
    raw.extend_from_slice(body);
    for trade in trades {
        trade.encode_to(&mut raw);
    }
    unhashed::put_raw(key, &raw);
}

/// Bytes of the length that an encoded page begins with; none where there is no page yet.
fn prefix_len(held: u32) -> usize {
    match held {
        0 => 0,
        _ => Compact::<u32>::compact_len(&held),
    }
}

/// The roots of the page at `key`, which got full by `added`, on top of `held` trades.
fn full_page_roots(key: &[u8], held: u32, added: &[Trade]) -> (H256, H256) {
    if held == 0 {
        return roots(added);
    }
    match unhashed::get::<Vec<Trade>>(key) {
        Some(trades) => roots(&trades),
        None => {
            defensive!("a page does not decode");
            Default::default()
        }
    }
}

/// The page roots of both sides of a page of trades.
pub(crate) fn roots(trades: &[Trade]) -> (H256, H256) {
    let of = |side: Side| {
        let entries: Vec<Entry> = trades.iter().map(|trade| trade.entry(side)).collect();
        tree::chain_page_root(&entries)
    };
    (of(Side::Debit), of(Side::Credit))
}

/// Appends the roots of a page to its chapter; the pages before it have theirs.
pub(crate) fn push_roots<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    page: u32,
    roots: (H256, H256),
) {
    let chapter = (agreement, day, tree::chapter_of(page));
    if PageRoots::<T>::try_append(chapter, roots).is_err() {
        defensive!("a chapter has more pages than it may have");
    }
}

/// The roots of those pages of a day that have them, of both sides, in order.
pub(crate) fn stored_roots<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
) -> Vec<(H256, H256)> {
    let pages = tree::page_count(Days::<T>::get(agreement, day).count());
    (0..tree::chapter_count(pages))
        .flat_map(|chapter| PageRoots::<T>::get((agreement, day, chapter)))
        .collect()
}
