//! What is owed for a day.

use super::{amount, Denomination, Words};
use crate::SignedAmount;
use alloc::format;
use core::cmp::Ordering;

/// Who owes whom how much: `company owes bank 12.50 CZK`, `bank owes company 12.50 CZK`, or `nothing`.
pub fn words(owed: SignedAmount, denomination: &Denomination<'_>) -> Words {
    let who = match owed.cmp(&0) {
        Ordering::Greater => "company owes bank",
        Ordering::Less => "bank owes company",
        Ordering::Equal => return Words::truncated("nothing"),
    };
    let amount = amount::show(owed.unsigned_abs(), denomination);
    Words::truncated(&format!("{who} {amount}"))
}
