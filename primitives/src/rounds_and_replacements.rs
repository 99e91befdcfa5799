//! How often a party may commit for a side: rounds after rejected books, and replacements within a round.

/// Which commitment of a side: 0 for the first, and one more after each rejection of a whole book.
pub type Round = u8;

/// The number of rounds of a side. One commitment counts in each: after the rejection of its last book no
/// commitment is taken.
pub const MAX_ROUNDS: Round = 2;

/// Which commitment of a round: 0 for the first, and one more for each that takes the place of the one
/// before.
pub type Replacement = u8;

/// Maximum replacements per side and day.
pub const MAX_REPLACEMENTS: Replacement = 16;
