//! What a party is called, and who it is on the development chain.

use crate::{
    demo::breaks::Party,
    member::{BANK, COMPANY},
};
use counterfoil_primitives::Side;

impl Party {
    /// Its name, as files and people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Bank => "bank",
        }
    }

    /// The member of the development chain.
    pub const fn member(self) -> u32 {
        match self {
            Self::Company => COMPANY,
            Self::Bank => BANK,
        }
    }

    /// The side whose book it keeps.
    pub const fn side(self) -> Side {
        match self {
            Self::Company => Side::Debit,
            Self::Bank => Side::Credit,
        }
    }
}
