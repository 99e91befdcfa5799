//! What wallets read in the metadata, beyond what the sources say.
//!
//! Wallets build their forms from the metadata and show a field's name, but neither its type's name nor
//! its documentation. So each amount, moment, time of day and week says in its field's name in what it is
//! counted: `gross` is `gross_minor_units`, `occurred_at` is `occurred_at_unix_ms`, `cut_off` is
//! `cut_off_minutes`, `weekly` is `weekly_bits_from_monday`. A type of such a name that is no number of that
//! width counts something else, and fields of it keep their names. A member's operator key is shown and taken
//! as the account that it signs for. Bytes do not change by it.

mod operators_as_accounts;
mod units_in_field_names;

use crate::Runtime;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use operators_as_accounts::show_operators_as_accounts;
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef};
use sp_core::OpaqueMetadata;
use units_in_field_names::{name_unit, UNITS};

/// The version that is asked for without its number.
const UNNUMBERED: u32 = 14;

/// The metadata that is given where no version is asked for.
pub fn current() -> OpaqueMetadata {
    at_version(UNNUMBERED).unwrap_or_else(|| OpaqueMetadata::new(Vec::new()))
}

/// The metadata in a version of its format, where that is known.
pub fn at_version(version: u32) -> Option<OpaqueMetadata> {
    let plain = Runtime::metadata_at_version(version)?;
    let mut metadata = RuntimeMetadataPrefixed::decode(&mut &plain[..]).ok()?;
    match &mut metadata.1 {
        RuntimeMetadata::V14(metadata) => for_wallets(&mut metadata.types),
        RuntimeMetadata::V15(metadata) => for_wallets(&mut metadata.types),
        RuntimeMetadata::V16(metadata) => for_wallets(&mut metadata.types),
        _ => {}
    }
    Some(OpaqueMetadata::new(metadata.encode()))
}

fn for_wallets(registry: &mut PortableRegistry) {
    for unit in &UNITS {
        name_unit(registry, unit);
    }
    show_operators_as_accounts(registry);
}

/// Whether the sources write a field's type in one of these ways.
fn is_written(field: &Field<PortableForm>, types: &[&str]) -> bool {
    let type_name = field.type_name.as_deref();
    type_name.is_some_and(|name| types.contains(&name))
}

/// The fields of all types: of structs, and of variants, which calls, events and errors are.
fn fields(registry: &mut PortableRegistry) -> impl Iterator<Item = &mut Field<PortableForm>> {
    registry
        .types
        .iter_mut()
        .flat_map(|portable| match &mut portable.ty.type_def {
            TypeDef::Composite(composite) => composite.fields.iter_mut().collect::<Vec<_>>(),
            TypeDef::Variant(of) => of
                .variants
                .iter_mut()
                .flat_map(|variant| variant.fields.iter_mut())
                .collect(),
            _ => Vec::new(),
        })
}
