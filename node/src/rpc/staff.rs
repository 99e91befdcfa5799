//! What staff's methods have in common: who may call them, and how they name a book.

use super::error::{refused, unreadable};
use crate::books::BookId;
use counterfoil_primitives::{AgreementId, BusinessDay, Side};
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned, Extensions};
use sc_rpc::DenyUnsafe;

/// Refuses a caller that may not call unsafe methods.
pub fn check(extensions: &Extensions) -> RpcResult<()> {
    match extensions.get::<DenyUnsafe>() {
        Some(policy) => policy.check_if_safe().map_err(ErrorObjectOwned::from),
        None => Err(refused(
            "this node does not say who may call unsafe methods",
        )),
    }
}

/// The book that a caller names by agreement, day and `debit` or `credit`.
pub fn book(agreement: AgreementId, day: u32, side: &str) -> RpcResult<BookId> {
    let side = match side {
        "debit" => Side::Debit,
        "credit" => Side::Credit,
        _ => return Err(unreadable("a side is `debit` or `credit`")),
    };
    Ok(BookId {
        agreement,
        day: BusinessDay(day),
        side,
    })
}
