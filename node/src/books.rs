//! Access to the party's books in the off-chain database.
//!
//! The runtime's workers write books there; imports are written here. Both name values as
//! `counterfoil_primitives::store` says.

use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    store::{self, Cursor, Item},
    AgreementId, BusinessDay, Side,
};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use std::fmt;

/// Which book: a side of a day of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen)]
pub struct BookId {
    /// The agreement.
    pub agreement: AgreementId,
    /// The business day.
    pub day: BusinessDay,
    /// The side.
    pub side: Side,
}

impl fmt::Display for BookId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            agreement,
            day,
            side,
        } = self;
        write!(f, "agreement {agreement}, day {}, {side:?}", day.0)
    }
}

/// The books in an off-chain database.
#[derive(Clone)]
pub struct Books<S> {
    storage: S,
}

impl<S: OffchainStorage> Books<S> {
    /// The books in `storage`.
    pub const fn new(storage: S) -> Self {
        Self { storage }
    }

    /// The database.
    pub const fn storage(&self) -> &S {
        &self.storage
    }

    /// A value of a book; `None` where it is missing or damaged.
    pub fn get<V: Decode>(&self, book: BookId, item: Item) -> Option<V> {
        let bytes = self.storage.get(STORAGE_PREFIX, &Self::key(book, item))?;
        V::decode(&mut &bytes[..]).ok()
    }

    /// Writes a value of a book.
    pub fn set(&mut self, book: BookId, item: Item, value: &impl Encode) {
        self.storage
            .set(STORAGE_PREFIX, &Self::key(book, item), &value.encode());
    }

    /// The first day whose book the worker of this side is not done with.
    pub fn first_open_day(&self, agreement: AgreementId, side: Side) -> Option<BusinessDay> {
        let whole_side = BookId {
            agreement,
            day: BusinessDay::default(),
            side,
        };
        let cursor: Cursor = self.get(whole_side, Item::Cursor)?;
        Some(cursor.next)
    }

    fn key(book: BookId, item: Item) -> Vec<u8> {
        store::key(book.agreement, book.day, book.side, item)
    }
}
