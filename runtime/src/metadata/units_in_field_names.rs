//! Fields whose names say in what their numbers are counted: minor units, milliseconds, minutes, days of a
//! week.

use super::{fields, is_written};
use alloc::collections::BTreeSet;
use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};

/// Numbers that say in their fields' names in what they are counted.
pub(super) struct Unit {
    /// What follows the name of the field.
    suffix: &'static str,
    /// The types, as the sources write them.
    types: &'static [&'static str],
    /// What such a type is.
    numbers: &'static [TypeDefPrimitive],
}

pub(super) const UNITS: [Unit; 4] = [
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
    Unit {
        suffix: "_bits_from_monday",
        types: &["WorkingDays"],
        numbers: &[TypeDefPrimitive::U8],
    },
];

pub(super) fn name_unit(registry: &mut PortableRegistry, unit: &Unit) {
    let numbers = numbers(registry, unit.numbers);
    fields(registry)
        .filter(|field| is_written(field, unit.types) && numbers.contains(&field.ty.id))
        .filter_map(|field| field.name.as_mut())
        .for_each(|name| name.push_str(unit.suffix));
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
