//! The nonces of requests that were answered: each is taken once.
//!
//! A request that expired is refused for that, so its nonce may be forgotten; the others are kept in
//! the database, for the time after a restart. They lie there in pages, of which one is written for
//! a request, however many there are.

use codec::{Decode, Encode};
use counterfoil_primitives::{book_exchange::Request, MemberId, Moment};
use parking_lot::Mutex;
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use std::sync::Arc;

/// The most requests of a member that are answered before the first of them expires.
pub const MAX_NONCES: usize = 4096;

/// Nonces of a page: some 2 kB.
pub const PER_PAGE: usize = 64;

/// A nonce that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Taken {
    requester: MemberId,
    nonce: [u8; 16],
    expires_at: Moment,
}

/// The nonces of requests answered before.
#[derive(Clone)]
pub struct Nonces<S> {
    kept: Arc<Mutex<Kept<S>>>,
}

struct Kept<S> {
    storage: S,
    pages: Vec<Vec<Taken>>,
}

/// Why a nonce is not taken, in words for the requester.
pub type Reason = &'static str;

impl<S: OffchainStorage> Nonces<S> {
    /// The nonces that `storage` keeps.
    pub fn new(storage: S) -> Self {
        let pages = (0..)
            .map_while(|page| storage.get(STORAGE_PREFIX, &key(page)))
            .map(|bytes| Decode::decode(&mut &bytes[..]).unwrap_or_default())
            .collect();
        Self {
            kept: Arc::new(Mutex::new(Kept { storage, pages })),
        }
    }

    /// Checks that the nonce was not taken, without taking it.
    pub fn ensure_fresh(&self, request: &Request) -> Result<(), Reason> {
        let Kept { pages, .. } = &*self.kept.lock();
        let is_it =
            |taken: &Taken| taken.requester == request.requester && taken.nonce == request.nonce;
        if pages.iter().flatten().any(is_it) {
            return Err("the nonce was used before");
        }
        Ok(())
    }

    /// Takes a nonce, unless it was taken before.
    pub fn take(&self, request: &Request, now: Moment) -> Result<(), Reason> {
        let Kept { storage, pages } = &mut *self.kept.lock();
        for page in pages.iter_mut() {
            page.retain(|taken| taken.expires_at >= now);
        }
        let of_member = pages
            .iter()
            .flatten()
            .filter(|taken| taken.requester == request.requester);
        let mut count = 0;
        for taken in of_member {
            if taken.nonce == request.nonce {
                return Err("the nonce was used before");
            }
            count += 1;
        }
        if count >= MAX_NONCES {
            return Err("there are too many requests at a time");
        }
        let with_room = pages.iter().position(|page| page.len() < PER_PAGE);
        let at = with_room.unwrap_or_else(|| {
            pages.push(Vec::new());
            pages.len() - 1
        });
        pages[at].push(Taken {
            requester: request.requester,
            nonce: request.nonce,
            expires_at: request.expires_at,
        });
        storage.set(STORAGE_PREFIX, &key(at as u32), &pages[at].encode());
        Ok(())
    }
}

/// Where a page lies in the off-chain database.
fn key(page: u32) -> Vec<u8> {
    (b"counterfoil/nonces", page).encode()
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{book_exchange::Question, BusinessDay, Side, SideId};
    use sp_core::offchain::storage::InMemOffchainStorage;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const NOW: Moment = 1_800_000_000_000;
    const END: Moment = NOW + 60_000;

    fn request(requester: MemberId, nonce: u128, expires_at: Moment) -> Request {
        Request {
            genesis: Default::default(),
            addressee: 2,
            requester,
            side_id: SideId::new(1, BusinessDay(20_000), Side::Debit),
            question: Question::Roots,
            expires_at,
            nonce: nonce.to_le_bytes(),
        }
    }

    fn nonces() -> Nonces<InMemOffchainStorage> {
        Nonces::new(InMemOffchainStorage::default())
    }

    /// Takes `count` nonces of a member.
    fn fill<S: OffchainStorage>(nonces: &Nonces<S>, requester: MemberId, count: usize) {
        for nonce in 0..count as u128 {
            assert_eq!(nonces.take(&request(requester, nonce, END), NOW), Ok(()));
        }
    }

    #[test]
    fn a_nonce_is_taken_once() {
        let nonces = nonces();
        fill(&nonces, 4, 1);
        assert!(nonces.ensure_fresh(&request(4, 0, END)).is_err());
        assert!(nonces.take(&request(4, 0, END), NOW).is_err());
        assert_eq!(nonces.ensure_fresh(&request(4, 1, END)), Ok(()));
    }

    #[test]
    fn two_members_may_use_the_same_nonce() {
        let nonces = nonces();
        fill(&nonces, 4, 1);
        assert_eq!(nonces.ensure_fresh(&request(5, 0, END)), Ok(()));
        assert_eq!(nonces.take(&request(5, 0, END), NOW), Ok(()));
    }

    #[test]
    fn nonces_of_expired_requests_make_room() {
        let nonces = nonces();
        fill(&nonces, 4, 3 * PER_PAGE);
        let later = request(4, u128::MAX, END + 60_000);
        assert_eq!(nonces.take(&later, END + 1), Ok(()));
        let kept: usize = nonces.kept.lock().pages.iter().map(Vec::len).sum();
        assert_eq!(kept, 1);
    }

    #[test]
    fn nonces_stay_taken_after_a_restart() {
        let nonces = nonces();
        let count = 2 * PER_PAGE + 3;
        fill(&nonces, 4, count);
        let storage = nonces.kept.lock().storage.clone();
        let restarted = Nonces::new(storage);
        for nonce in 0..count as u128 {
            assert!(restarted.take(&request(4, nonce, END), NOW).is_err());
        }
    }

    #[test]
    fn a_page_that_is_damaged_leaves_the_others() {
        let nonces = nonces();
        fill(&nonces, 4, 2 * PER_PAGE);
        let mut storage = nonces.kept.lock().storage.clone();
        storage.set(STORAGE_PREFIX, &key(0), &[0xFF]);
        let restarted = Nonces::new(storage);
        let last = request(4, 2 * PER_PAGE as u128 - 1, END);
        assert!(restarted.take(&last, NOW).is_err());
    }

    #[test]
    fn a_member_has_so_many_requests_at_a_time_and_others_theirs() {
        let nonces = nonces();
        fill(&nonces, 4, MAX_NONCES);
        let one_more = MAX_NONCES as u128;
        assert!(nonces.take(&request(4, one_more, END), NOW).is_err());
        assert_eq!(nonces.take(&request(5, one_more, END), NOW), Ok(()));
    }

    /// A database that counts the bytes written to it.
    #[derive(Clone, Default)]
    struct Counting {
        storage: InMemOffchainStorage,
        written: Arc<AtomicUsize>,
    }

    impl OffchainStorage for Counting {
        fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
            self.written.fetch_add(value.len(), Ordering::Relaxed);
            self.storage.set(prefix, key, value);
        }
        fn remove(&mut self, prefix: &[u8], key: &[u8]) {
            self.storage.remove(prefix, key);
        }
        fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
            self.storage.get(prefix, key)
        }
        fn compare_and_set(
            &mut self,
            prefix: &[u8],
            key: &[u8],
            old: Option<&[u8]>,
            new: &[u8],
        ) -> bool {
            self.storage.compare_and_set(prefix, key, old, new)
        }
    }

    #[test]
    fn a_request_writes_one_page_however_many_came_before() {
        let storage = Counting::default();
        let written = storage.written.clone();
        let nonces = Nonces::new(storage);
        fill(&nonces, 4, MAX_NONCES);
        fill(&nonces, 5, MAX_NONCES - 1);
        written.store(0, Ordering::Relaxed);
        let last = request(5, MAX_NONCES as u128 - 1, END);
        assert_eq!(nonces.take(&last, NOW), Ok(()));
        assert!((1..=2_000).contains(&written.load(Ordering::Relaxed)));
    }
}
