//! What the pallets say of their errors, for those who meet an error by its number alone.

use crate::Runtime;
use alloc::string::String;
use scale_info::{TypeDef, TypeInfo};

/// The name of an error of a pallet, and what the pallet says of it. Knows the pallets whose errors
/// the pool names by codes.
pub fn docs(pallet: &str, index: u8) -> Option<(String, String)> {
    let errors = match pallet {
        "Reconciliation" => pallet_reconciliation::Error::<Runtime>::type_info(),
        "Settlement" => pallet_settlement::Error::<Runtime>::type_info(),
        _ => return None,
    };
    let TypeDef::Variant(errors) = errors.type_def else {
        return None;
    };
    let error = errors.variants.iter().find(|error| error.index == index)?;
    Some((error.name.into(), error.docs.join(" ")))
}
