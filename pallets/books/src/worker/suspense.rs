//! The suspense list: the extras that a repair takes out of a book, with their causes.

use super::Book;
use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::{Item, Suspended},
    ports::SideView,
};

/// Writes the suspense list as the chain has it, so that a repeated repair loses none of it.
pub fn suspend_extras<T: Config>(book: &Book) {
    let suspense: Vec<Suspended> = T::Sides::extra_breaks(book.side_id)
        .into_iter()
        .map(|(entry, cause)| Suspended { entry, cause })
        .collect();
    book.stored().write(Item::Suspense, &suspense);
}
