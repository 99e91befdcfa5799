//! A party's staff reads its own books: states, pages, the suspense list, results.

use super::staff_only;
use crate::books_in_database::Books;
use counterfoil_primitives::{
    book_storage::{BookState, DayResult, ImportState, Item, Suspended},
    AgreementId, Entry, SideId,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc, Extensions};
use sp_core::offchain::OffchainStorage;
use views::{EntryView, ResultView, StateView, SuspendedView};

#[cfg(test)]
mod tests;
mod views;

/// The party's own books. A day is a date's digits, like 20261128, or the days since 1970-01-01.
#[rpc(server)]
pub trait ViewApi {
    /// The state of a book; null where the node keeps none.
    #[method(name = "counterfoil_bookState", with_extensions)]
    fn state(&self, agreement: AgreementId, day: u32, side: String)
        -> RpcResult<Option<StateView>>;

    /// A page of a book's slots; a slot that the book lacks is null.
    #[method(name = "counterfoil_bookPage", with_extensions)]
    fn page(
        &self,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
    ) -> RpcResult<Option<Vec<Option<EntryView>>>>;

    /// A page of a book's extras.
    #[method(name = "counterfoil_bookExtras", with_extensions)]
    fn extras(
        &self,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
    ) -> RpcResult<Option<Vec<EntryView>>>;

    /// The entries that a repair took out of a book.
    #[method(name = "counterfoil_bookSuspense", with_extensions)]
    fn suspense(
        &self,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<Vec<SuspendedView>>;

    /// The day's result as this node's party was told; null until there is one.
    #[method(name = "counterfoil_bookResult", with_extensions)]
    fn result(
        &self,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<Option<ResultView>>;
}

/// Reads books.
pub struct View<S> {
    books: Books<S>,
}

impl<S: OffchainStorage> View<S> {
    /// Reads from `books`.
    pub const fn new(books: Books<S>) -> Self {
        Self { books }
    }

    fn read_state(&self, side_id: SideId) -> Option<StateView> {
        let import = self.books.get::<ImportState>(side_id, Item::Import);
        let state = self.books.get::<BookState>(side_id, Item::State);
        if import.is_none() && state.is_none() {
            return None;
        }
        Some(StateView::new(state.unwrap_or_default(), import))
    }
}

impl<S: OffchainStorage + 'static> ViewApiServer for View<S> {
    fn state(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<Option<StateView>> {
        staff_only::check(extensions)?;
        Ok(self.read_state(staff_only::side_id(agreement, day, &side)?))
    }

    fn page(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
    ) -> RpcResult<Option<Vec<Option<EntryView>>>> {
        staff_only::check(extensions)?;
        let side_id = staff_only::side_id(agreement, day, &side)?;
        let slots = self
            .books
            .get::<Vec<Option<Entry>>>(side_id, Item::Slots(page));
        Ok(slots.map(|slots| {
            slots
                .into_iter()
                .map(|slot| slot.map(EntryView::from))
                .collect()
        }))
    }

    fn extras(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
    ) -> RpcResult<Option<Vec<EntryView>>> {
        staff_only::check(extensions)?;
        let side_id = staff_only::side_id(agreement, day, &side)?;
        let extras = self.books.get::<Vec<Entry>>(side_id, Item::Extras(page));
        Ok(extras.map(|extras| extras.into_iter().map(EntryView::from).collect()))
    }

    fn suspense(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<Vec<SuspendedView>> {
        staff_only::check(extensions)?;
        let side_id = staff_only::side_id(agreement, day, &side)?;
        let suspense = self.books.get::<Vec<Suspended>>(side_id, Item::Suspense);
        Ok(suspense
            .unwrap_or_default()
            .into_iter()
            .map(SuspendedView::from)
            .collect())
    }

    fn result(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<Option<ResultView>> {
        staff_only::check(extensions)?;
        let side_id = staff_only::side_id(agreement, day, &side)?;
        let result = self.books.get::<DayResult>(side_id, Item::Result);
        Ok(result.map(ResultView::from))
    }
}
