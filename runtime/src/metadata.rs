//! What wallets read in the metadata, beyond what the sources say.
//!
//! Wallets build their forms from the metadata and show a field's name, but neither its type's name nor
//! its documentation. So each amount, moment and time of day says in its field's name in what it is counted:
//! `gross` is `gross_minor_units`, `occurred_at` is `occurred_at_unix_ms`, `cut_off` is
//! `cut_off_minutes`. A type of such a name that is no number of that width counts something else, and
//! fields of it keep their names. A member's operator
//! key is shown and taken as the account that it signs for. Bytes do not change by it.

use crate::Runtime;
use alloc::{collections::BTreeSet, vec::Vec};
use codec::{Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef, TypeDefPrimitive};
use sp_core::OpaqueMetadata;

/// Numbers that say in their fields' names in what they are counted.
struct Unit {
    /// What follows the name of the field.
    suffix: &'static str,
    /// The types, as the sources write them.
    types: &'static [&'static str],
    /// What such a type is.
    numbers: &'static [TypeDefPrimitive],
}

const UNITS: [Unit; 3] = [
    Unit {
        suffix: "_minor_units",
        types: &[
            "Amount",
            "Option<Amount>",
            "SignedAmount",
            "Option<SignedAmount>",
        ],
        numbers: &[TypeDefPrimitive::U128, TypeDefPrimitive::I128],
    },
    Unit {
        suffix: "_unix_ms",
        types: &["Moment", "Option<Moment>"],
        numbers: &[TypeDefPrimitive::U64],
    },
    Unit {
        suffix: "_minutes",
        types: &["TimeOfDay", "UtcOffset"],
        numbers: &[TypeDefPrimitive::U16, TypeDefPrimitive::I16],
    },
];
/// The type of an operator's key, as the sources write it.
const OPERATOR: &str = "OperatorId";
/// The path of the type of an account, of the same bytes.
const ACCOUNT: [&str; 3] = ["sp_core", "crypto", "AccountId32"];
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

fn name_unit(registry: &mut PortableRegistry, unit: &Unit) {
    let numbers = numbers(registry, unit.numbers);
    fields(registry)
        .filter(|field| is_written(field, unit.types) && numbers.contains(&field.ty.id))
        .filter_map(|field| field.name.as_mut())
        .for_each(|name| name.push_str(unit.suffix));
}

fn show_operators_as_accounts(registry: &mut PortableRegistry) {
    let account = registry
        .types
        .iter()
        .find(|portable| portable.ty.path.segments == ACCOUNT)
        .map(|portable| portable.id);
    let Some(account) = account else { return };
    fields(registry)
        .filter(|field| is_written(field, &[OPERATOR]))
        .for_each(|field| field.ty = account.into());
}

/// Whether the sources write a field's type in one of these ways.
fn is_written(field: &Field<PortableForm>, types: &[&str]) -> bool {
    let type_name = field.type_name.as_deref();
    type_name.is_some_and(|name| types.contains(&name))
}

/// The ids of the types that are such a number, compact or not, or perhaps one, or one with a name.
fn numbers(registry: &PortableRegistry, numbers: &[TypeDefPrimitive]) -> BTreeSet<u32> {
    registry
        .types
        .iter()
        .map(|portable| portable.id)
        .filter(|id| is_number(registry, *id, numbers))
        .collect()
}

fn is_number(registry: &PortableRegistry, id: u32, numbers: &[TypeDefPrimitive]) -> bool {
    let Some(ty) = registry.resolve(id) else {
        return false;
    };
    match &ty.type_def {
        TypeDef::Primitive(primitive) => numbers.contains(primitive),
        TypeDef::Compact(compact) => is_number(registry, compact.type_param.id, numbers),
        TypeDef::Composite(wrapper) => match &wrapper.fields[..] {
            [field] => field.name.is_none() && is_number(registry, field.ty.id, numbers),
            _ => false,
        },
        TypeDef::Variant(of) if ty.path.segments == ["Option"] => of
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .any(|field| is_number(registry, field.ty.id, numbers)),
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
