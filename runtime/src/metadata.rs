//! The names of amounts in the metadata.
//!
//! Wallets build their forms from the metadata and show a field's name, but neither its type's name nor
//! its documentation. So each field of the type [`Amount`] says there in what it is counted: `gross` is
//! `gross_minor_units`. Bytes do not change by it.
//!
//! [`Amount`]: counterfoil_primitives::Amount

use crate::Runtime;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef};
use sp_core::OpaqueMetadata;

/// What follows the name of an amount.
const UNIT: &str = "_minor_units";
/// The types of amounts, as the sources write them.
const AMOUNTS: [&str; 2] = ["Amount", "Option<Amount>"];
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
        RuntimeMetadata::V14(metadata) => name_units(&mut metadata.types),
        RuntimeMetadata::V15(metadata) => name_units(&mut metadata.types),
        RuntimeMetadata::V16(metadata) => name_units(&mut metadata.types),
        _ => {}
    }
    Some(OpaqueMetadata::new(metadata.encode()))
}

fn name_units(registry: &mut PortableRegistry) {
    fields(registry)
        .filter(|field| is_amount(field))
        .filter_map(|field| field.name.as_mut())
        .for_each(|name| name.push_str(UNIT));
}

fn is_amount(field: &Field<PortableForm>) -> bool {
    let type_name = field.type_name.as_deref();
    type_name.is_some_and(|name| AMOUNTS.contains(&name))
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
