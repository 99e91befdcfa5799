//! What wallets read of amounts.

use crate::{metadata, Runtime};
use codec::Decode;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{PortableRegistry, TypeDef};
use sp_core::OpaqueMetadata;
use std::collections::BTreeSet;

fn types(metadata: &OpaqueMetadata) -> PortableRegistry {
    match RuntimeMetadataPrefixed::decode(&mut &metadata[..])
        .expect("it decodes")
        .1
    {
        RuntimeMetadata::V14(metadata) => metadata.types,
        RuntimeMetadata::V15(metadata) => metadata.types,
        RuntimeMetadata::V16(metadata) => metadata.types,
        _ => panic!("an unknown version"),
    }
}

/// The fields of this project's types that hold 128 bits, as `Type.field` or `Event.Variant.field`.
fn wide_fields(registry: &PortableRegistry) -> BTreeSet<String> {
    let own = |path: &str| path.starts_with("counterfoil") || OWN.contains(&path);
    let mut found = BTreeSet::new();
    for portable in &registry.types {
        let path = &portable.ty.path.segments;
        let Some(name) = path.last().filter(|_| own(&path[0])) else {
            continue;
        };
        let mut put =
            |place: &str, fields: &[scale_info::Field<scale_info::form::PortableForm>]| {
                for field in fields {
                    if is_wide(registry, field.ty.id) {
                        let field = field.name.as_deref().unwrap_or("unnamed");
                        found.insert(format!("{place}.{field}"));
                    }
                }
            };
        match &portable.ty.type_def {
            TypeDef::Composite(composite) => put(name, &composite.fields),
            TypeDef::Variant(of) => of
                .variants
                .iter()
                .for_each(|variant| put(&format!("{name}.{}", variant.name), &variant.fields)),
            _ => {}
        }
    }
    found
}

const OWN: [&str; 5] = [
    "pallet_books",
    "pallet_reconciliation",
    "pallet_registry",
    "pallet_settlement",
    "pallet_trades",
];

/// Whether a type is `u128`, or perhaps one.
fn is_wide(registry: &PortableRegistry, id: u32) -> bool {
    let ty = registry.resolve(id).expect("the type is there");
    match &ty.type_def {
        TypeDef::Primitive(scale_info::TypeDefPrimitive::U128) => true,
        TypeDef::Variant(of) if ty.path.segments == ["Option"] => of
            .variants
            .iter()
            .flat_map(|variant| &variant.fields)
            .any(|field| is_wide(registry, field.ty.id)),
        _ => false,
    }
}

#[test]
fn every_amount_says_in_what_it_is_counted() {
    for version in Runtime::metadata_versions() {
        let registry = types(&metadata::at_version(version).expect("the version is known"));
        let fields = wide_fields(&registry);
        for expected in [
            "TradeRequest.gross_minor_units",
            "Trade.credit_minor_units",
            "Rule.flat_minor_units",
            "Rule.cap_minor_units",
            "Payable.amount_minor_units",
            "Event.DaySealed.debit_total_minor_units",
            "Event.Paid.amount_minor_units",
        ] {
            assert!(fields.contains(expected), "{expected} is not in {fields:?}");
        }
        for field in fields {
            assert!(
                field.ends_with("_minor_units"),
                "{field}, version {version}"
            );
        }
    }
}

#[test]
fn nothing_but_the_names_of_amounts_is_changed() {
    for version in Runtime::metadata_versions() {
        let plain = Runtime::metadata_at_version(version).expect("the version is known");
        let named = metadata::at_version(version).expect("the version is known");
        let (plain, named) = (types(&plain), types(&named));
        assert_eq!(plain.types.len(), named.types.len());
        let stripped = format!("{named:?}").replace("_minor_units", "");
        assert_eq!(stripped, format!("{plain:?}"));
    }
}

#[test]
fn metadata_without_a_version_names_units_too() {
    assert!(metadata::current() == metadata::at_version(14).unwrap());
    assert!(metadata::at_version(13).is_none());
    assert!(wide_fields(&types(&metadata::current())).contains("Trade.gross_minor_units"));
}
