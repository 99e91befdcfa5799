//! What people write and read: amounts, days, times, payers and references, between their text and
//! the chain's own forms.
//!
//! | module | what it reads and shows |
//! |---|---|
//! | [`amount`] | `1250.50 CZK` and minor units |
//! | [`date`] | `2026-11-28`, the number `20261128`, and business days |
//! | [`time`] | `2026-11-28 14:30` and moments |
//! | [`due`] | `due on 2026-10-09, since 2026-10-08 is closed`, which is shown and never read |
//! | [`label`] | `C-9999`, UUIDs, and the sixteen bytes of payers and references |
//! | [`refused_characters`] | characters that nobody tells from others by looking |
//! | `uuid_and_hex` | sixteen bytes as a UUID or as hexadecimal digits |
//! | [`offset`] | `+01:00` and `Z` |
//! | [`obligation`] | `company owes bank 12.50 CZK`, which is shown and never read |
//!
//! Each reads one way of writing and refuses the rest by name: what means one thing here and another
//! thing elsewhere is never guessed at. Nothing is trimmed, because a person does not see what a
//! program takes away. What is shown reads back as what it shows.

pub mod amount;
pub mod date;
pub mod due;
pub mod label;
pub mod obligation;
pub mod offset;
pub mod refused_characters;
pub mod time;
mod uuid_and_hex;

pub use amount::{Denomination, UnreadableAmount};
pub use date::{day_of_input, UnreadableDate};
pub use label::UnreadableLabel;
pub use time::UnreadableTime;

/// What a person writes, or reads of it: an amount, a time, a payer, a reference. Longer than anything
/// that is read, so that a text which is too long is refused as what it is.
pub type Words = crate::Text<64>;

/// The number that ASCII digits write; `None` where there are none, others than digits, or too many.
fn number(digits: &str) -> Option<u32> {
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| are_digits)
}
