//! A party's staff reads its own books: states, pages, the suspense list, results.
//!
//! Amounts are text, since JSON's numbers are too short for them.

use super::staff;
use crate::books::Books;
use counterfoil_primitives::{
    book_storage::{BookState, DayResult, ImportProblem, ImportState, Item, Suspended},
    written::label,
    AgreementId, Cause, Entry, SideId, Source,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc, Extensions};
use serde::Serialize;
use sp_core::{offchain::OffchainStorage, H256};

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

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// The client of the trade's id.
    client: u32,
    /// The sequence of the trade's id.
    sequence: u64,
    /// The text that a person wrote, or a UUID; 32 hexadecimal digits after `0x` where it is neither.
    reference: String,
    /// The payer as text; 32 hexadecimal digits after `0x` where it is none that people can write.
    user: String,
    /// What was bought.
    product: u32,
    /// Minor units.
    amount: String,
    /// Milliseconds since 1970.
    occurred_at: u64,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            client: entry.id.client,
            sequence: entry.id.sequence,
            reference: label::show_reference(&entry.reference),
            user: label::show_user(&entry.user),
            product: entry.product,
            amount: entry.amount.to_string(),
            occurred_at: entry.occurred_at,
        }
    }
}

/// An entry that a repair took out of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuspendedView {
    /// The entry.
    entry: EntryView,
    /// Why it has no place in the book.
    cause: Cause,
}

impl From<Suspended> for SuspendedView {
    fn from(suspended: Suspended) -> Self {
        Self {
            entry: suspended.entry.into(),
            cause: suspended.cause,
        }
    }
}

/// The state of a ledger import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportView {
    /// Counts the imports of the day.
    generation: u32,
    /// Lines.
    lines: u32,
    /// Over the lines, once confirmed.
    hash: H256,
    /// Whether the party stands by it.
    confirmed: bool,
}

/// The state of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// What the book is.
    source: Source,
    /// Positions kept so far.
    slots: u32,
    /// Entries on no position.
    extras: u32,
    /// The sum of all amounts, in minor units.
    total: String,
    /// Whether the book is closed: committed to, or about to be.
    frozen: bool,
    /// Whether the corrections of the chain were applied.
    repaired: bool,
    /// Trades whose reference another trade of the day carries too.
    equal_references: u32,
    /// Why a confirmed import gave no book.
    problem: Option<&'static str>,
    /// The ledger import, where there is one.
    import: Option<ImportView>,
}

/// The result of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultView {
    /// Trades of the day.
    trades: u32,
    /// Breaks proven on this side.
    breaks: u32,
    /// Whether this side was marked defaulted.
    defaulted: bool,
    /// Whether this side's book was repaired.
    repaired: bool,
    /// What the company owes the bank for the day, in minor units.
    payable: String,
    /// Whether it is paid.
    paid: bool,
}

impl From<DayResult> for ResultView {
    fn from(result: DayResult) -> Self {
        Self {
            trades: result.trades,
            breaks: result.breaks,
            defaulted: result.defaulted,
            repaired: result.repaired,
            payable: result.payable.to_string(),
            paid: result.paid,
        }
    }
}

const fn in_words(problem: ImportProblem) -> &'static str {
    use ImportProblem::*;
    match problem {
        ImportDamaged => "the import is damaged: import it again",
        TooManyExtras => "far more lines than the day has trades: import the right day",
        TooLarge => "the day has more trades than a node can align",
        ReadBackFailed => "the book did not read back as written; it is tried again",
    }
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
        let state = state.unwrap_or_default();
        Some(StateView {
            source: state.source,
            slots: state.slots,
            extras: state.extras,
            total: state.total.to_string(),
            frozen: state.frozen,
            repaired: state.repaired,
            equal_references: state.equal_references,
            problem: state.problem.map(in_words),
            import: import.map(|import| ImportView {
                generation: import.generation,
                lines: import.lines,
                hash: import.hash,
                confirmed: import.confirmed,
            }),
        })
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
        staff::check(extensions)?;
        Ok(self.read_state(staff::side_id(agreement, day, &side)?))
    }

    fn page(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
    ) -> RpcResult<Option<Vec<Option<EntryView>>>> {
        staff::check(extensions)?;
        let side_id = staff::side_id(agreement, day, &side)?;
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
        staff::check(extensions)?;
        let side_id = staff::side_id(agreement, day, &side)?;
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
        staff::check(extensions)?;
        let side_id = staff::side_id(agreement, day, &side)?;
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
        staff::check(extensions)?;
        let side_id = staff::side_id(agreement, day, &side)?;
        let result = self.books.get::<DayResult>(side_id, Item::Result);
        Ok(result.map(ResultView::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Reference, UserId};

    fn shown(reference: [u8; 16], user: [u8; 16]) -> (String, String) {
        let view = EntryView::from(Entry {
            reference: Reference(reference),
            user: UserId(user),
            ..Entry::default()
        });
        (view.reference, view.user)
    }

    #[test]
    fn references_and_payers_show_as_people_write_them() {
        let (reference, user) = shown(*b"FV-2026/0017\0\0\0\0", *b"C-1042\0\0\0\0\0\0\0\0\0\0");
        assert_eq!((&*reference, &*user), ("FV-2026/0017", "C-1042"));
        let uuid = 0x7f0c_2d1e_5b0a_4f7e_9c3d_0a1b_2c3d_4e5f_u128;
        let (reference, _) = shown(uuid.to_be_bytes(), [0; 16]);
        assert_eq!(reference, "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f");
    }

    #[test]
    fn what_people_cannot_write_shows_in_hexadecimal() {
        let (reference, user) = shown([1; 16], *b"C  1042\0\0\0\0\0\0\0\0\0");
        assert_eq!(reference, "0x01010101010101010101010101010101");
        assert_eq!(user, "0x43202031303432000000000000000000");
    }
}
