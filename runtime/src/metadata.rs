//! The names of amounts in the metadata.
//!
//! Wallets build their forms from the metadata and show a field's name, but neither its type's name nor
//! its documentation. So each field of the type [`Amount`] says there in what it is counted: `gross` is
//! `gross_minor_units`. A type of that name that is no number of 128 bits counts something else than
//! money, and fields of it keep their names. Bytes do not change by it.
//!
//! [`Amount`]: counterfoil_primitives::Amount

use crate::Runtime;
use alloc::{collections::BTreeSet, vec::Vec};
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef, TypeDefPrimitive};
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
    let wide = wide_types(registry);
    fields(registry)
        .filter(|field| is_named_amount(field) && wide.contains(&field.ty.id))
        .filter_map(|field| field.name.as_mut())
        .for_each(|name| name.push_str(UNIT));
}

/// Whether the sources call a field's type an amount: of money, or of something else.
fn is_named_amount(field: &Field<PortableForm>) -> bool {
    let type_name = field.type_name.as_deref();
    type_name.is_some_and(|name| AMOUNTS.contains(&name))
}

/// The ids of the types that hold 128 bits, compact or not, or perhaps hold them.
fn wide_types(registry: &PortableRegistry) -> BTreeSet<u32> {
    registry
        .types
        .iter()
        .map(|portable| portable.id)
        .filter(|id| is_wide(registry, *id))
        .collect()
}

fn is_wide(registry: &PortableRegistry, id: u32) -> bool {
    let Some(ty) = registry.resolve(id) else {
        return false;
    };
    match &ty.type_def {
        TypeDef::Primitive(TypeDefPrimitive::U128) => true,
        TypeDef::Compact(compact) => is_wide(registry, compact.type_param.id),
        TypeDef::Variant(of) if ty.path.segments == ["Option"] => of
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .any(|field| is_wide(registry, field.ty.id)),
        _ => false,
    }
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
