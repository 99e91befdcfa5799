//! Formats that are frozen, byte by byte. Chains store them, parties sign them, and programs keep them for
//! years. A test that fails here says that stored values are read wrongly from the next runtime on: such a
//! change needs a migration, and a new format of roots another format byte.
//!
//! Numbers are of a fixed size, and their lowest byte comes first. The entry, the domain and the place are in
//! `payloads`.

mod agreements;
mod books;
mod obligations;
mod terms;
mod trades;

/// An amount: 16 bytes, the lowest first.
fn amount(number: u128) -> [u8; 16] {
    number.to_le_bytes()
}

/// An amount that is there.
fn some_amount(number: u128) -> Vec<u8> {
    [&[1][..], &amount(number)].concat()
}
