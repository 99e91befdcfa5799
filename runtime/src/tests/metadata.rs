//! What wallets read of amounts, moments and operators.

use crate::{metadata, Runtime};
use codec::Decode;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{form::PortableForm, Field, PortableRegistry, Type, TypeDef, TypeDefPrimitive};
use sp_core::OpaqueMetadata;
use std::collections::BTreeSet;

/// The crates of this project's pallets.
const OWN: [&str; 10] = [
    "pallet_amendments",
    "pallet_books",
    "pallet_council",
    "pallet_envelope",
    "pallet_reconciliation",
    "pallet_registry",
    "pallet_settlement",
    "pallet_share",
    "pallet_trades",
    "pallet_validators",
];

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

/// Whether a type is of this project.
fn is_own(ty: &Type<PortableForm>) -> bool {
    let krate = ty.path.segments.first().map(String::as_str);
    krate.is_some_and(|krate| krate.starts_with("counterfoil") || OWN.contains(&krate))
}

/// The fields of a type, each with its place: `Type.field` or `Event.Variant.field`.
fn fields(ty: &Type<PortableForm>) -> Vec<(String, &Field<PortableForm>)> {
    let name = ty.path.segments.last().cloned().unwrap_or_default();
    let place = |of: &str, field: &Field<PortableForm>| {
        let field = field.name.as_deref().unwrap_or("unnamed");
        format!("{of}.{field}")
    };
    match &ty.type_def {
        TypeDef::Composite(composite) => composite
            .fields
            .iter()
            .map(|field| (place(&name, field), field))
            .collect(),
        TypeDef::Variant(of) => of
            .variants
            .iter()
            .flat_map(|variant| {
                let of = format!("{name}.{}", variant.name);
                variant
                    .fields
                    .iter()
                    .map(move |field| (place(&of, field), field))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The fields of this project's types that hold 128 bits.
fn wide_fields(registry: &PortableRegistry) -> BTreeSet<String> {
    let types = registry.types.iter().map(|portable| &portable.ty);
    types
        .filter(|ty| is_own(ty))
        .flat_map(fields)
        .filter(|(_, field)| is_wide(registry, field.ty.id))
        .map(|(place, _)| place)
        .collect()
}

/// Whether a type is `u128` or `i128`, compact or not, or perhaps one.
fn is_wide(registry: &PortableRegistry, id: u32) -> bool {
    let ty = registry.resolve(id).expect("the type is there");
    match &ty.type_def {
        TypeDef::Primitive(TypeDefPrimitive::U128 | TypeDefPrimitive::I128) => true,
        TypeDef::Compact(compact) => is_wide(registry, compact.type_param.id),
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
            "RefundRequest.refunded_before_minor_units",
            "Link.paid_minor_units",
            "Correction.gross_minor_units",
            "MissingPayment.gross_minor_units",
            "Trade.credit_minor_units",
            "KindTotals.gross_minor_units",
            "SideTotals.refunds_minor_units",
            "Rule.flat_minor_units",
            "Rule.cap_minor_units",
            "Obligation.amount_minor_units",
            "Obligation.paid_minor_units",
            "Declaration.received_minor_units",
            "ClientLimits.payments_minor_units",
            "Limits.max_gross_minor_units",
            "Call.declare.amount_minor_units",
            "Call.acknowledge.received_minor_units",
            "Call.report_return.amount_minor_units",
            "Call.report_return.returned_before_minor_units",
            "Outcome.obligation_minor_units",
            "SealedTotals.debit_total_minor_units",
            "Event.ObligationDue.amount_minor_units",
            "Event.Paid.amount_minor_units",
            "Event.PaymentDeclared.amount_minor_units",
            "Event.PaymentAcknowledged.received_minor_units",
            "Event.PaymentAcknowledged.left_minor_units",
            "Event.PaymentReturned.left_minor_units",
            "Event.ClientLimitExceeded.credits_minor_units",
            "Event.ClientLimitExceeded.limit_minor_units",
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
fn every_time_says_in_what_it_is_counted() {
    for version in Runtime::metadata_versions() {
        let registry = types(&metadata::at_version(version).expect("the version is known"));
        let fields: BTreeSet<_> = registry
            .types
            .iter()
            .flat_map(|portable| fields(&portable.ty))
            .map(|(place, _)| place)
            .collect();
        for expected in [
            "TradeRequest.occurred_at_unix_ms",
            "RefundRequest.occurred_at_unix_ms",
            "Trade.occurred_at_unix_ms",
            "Correction.occurred_at_unix_ms",
            "MissingPayment.occurred_at_unix_ms",
            "Proposal.proposed_at_unix_ms",
            "Proposal.answer_until_unix_ms",
            "Standing.Accepted.at_unix_ms",
            "Standing.Unresolved.since_unix_ms",
            "Event.Proposed.answer_until_unix_ms",
            "Seal.sealed_at_unix_ms",
            "Outcome.reconciled_at_unix_ms",
            "Obligation.due_since_unix_ms",
            "Obligation.paid_at_unix_ms",
            "Release.Given.at_unix_ms",
            "Declaration.declared_at_unix_ms",
            "Conditions.utc_offset_minutes",
            "Conditions.cut_off_minutes",
            "Conditions.preset_minutes",
            "Call.set_calendar.weekly_bits_from_monday",
            "Event.CalendarSet.weekly_bits_from_monday",
            "Calendar.weekly_bits_from_monday",
        ] {
            assert!(fields.contains(expected), "{expected} is not in {fields:?}");
        }
    }
}

#[test]
fn an_operator_is_shown_as_an_account() {
    for version in Runtime::metadata_versions() {
        let registry = types(&metadata::at_version(version).expect("the version is known"));
        let operators: Vec<_> = registry
            .types
            .iter()
            .filter(|portable| is_own(&portable.ty))
            .flat_map(|portable| fields(&portable.ty))
            .filter(|(_, field)| is_operator(field))
            .collect();
        assert!(operators
            .iter()
            .any(|(place, _)| place == "Member.operator"));
        for (place, field) in operators {
            let ty = registry.resolve(field.ty.id).expect("the type is there");
            assert_eq!(ty.path.segments.last().unwrap(), "AccountId32", "{place}");
        }
    }
}

fn is_operator(field: &Field<PortableForm>) -> bool {
    field.type_name.as_deref() == Some("OperatorId")
}

/// Types as they are plain and as they are handed out, in a version of the metadata.
fn plain_and_named(version: u32) -> (PortableRegistry, PortableRegistry) {
    let plain = Runtime::metadata_at_version(version).expect("the version is known");
    let named = metadata::at_version(version).expect("the version is known");
    (types(&plain), types(&named))
}

/// A type without the fields of structs and variants.
fn without_fields(ty: &Type<PortableForm>) -> Type<PortableForm> {
    let mut bare = ty.clone();
    match &mut bare.type_def {
        TypeDef::Composite(composite) => composite.fields.clear(),
        TypeDef::Variant(of) => of.variants.iter_mut().for_each(|one| one.fields.clear()),
        _ => {}
    }
    bare
}

#[test]
fn nothing_but_names_of_numbers_and_operators_is_changed() {
    for version in Runtime::metadata_versions() {
        let (plain, named) = plain_and_named(version);
        assert_eq!(plain.types.len(), named.types.len());
        for (before, after) in plain.types.iter().zip(&named.types) {
            assert_eq!(without_fields(&before.ty), without_fields(&after.ty));
            let pairs = fields(&before.ty).into_iter().zip(fields(&after.ty));
            for ((_, before), (place, after)) in pairs {
                let mut after = after.clone();
                if is_operator(before) {
                    after.ty = before.ty;
                }
                after.name = after.name.map(without_unit);
                assert_eq!(&after, before, "{place}, version {version}");
            }
        }
    }
}

fn without_unit(name: String) -> String {
    let units = ["_minor_units", "_unix_ms", "_bits_from_monday"];
    let bare = units.iter().fold(name, |name, unit| name.replace(unit, ""));
    // Some fields say so in the sources.
    match bare.strip_suffix("_minutes") {
        Some(bare) if !["deadline", "max_late"].contains(&bare) => bare.into(),
        _ => bare,
    }
}

#[test]
fn what_is_named_by_its_unit_is_a_number_of_this_project() {
    for version in Runtime::metadata_versions() {
        let (plain, named) = plain_and_named(version);
        let mut found = BTreeSet::new();
        for (before, after) in plain.types.iter().zip(&named.types) {
            let pairs = fields(&before.ty).into_iter().zip(fields(&after.ty));
            for ((_, before), (place, field)) in pairs {
                if before.name == field.name {
                    continue;
                }
                assert!(is_own(&after.ty), "{place}, version {version}");
                if place.ends_with("_minor_units") {
                    assert!(is_wide(&named, field.ty.id), "{place}, version {version}");
                    found.insert(place);
                }
            }
        }
        assert_eq!(found, wide_fields(&named), "version {version}");
    }
}

#[test]
fn each_pallet_of_this_project_is_looked_at() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../pallets");
    let mut pallets: Vec<_> = std::fs::read_dir(folder)
        .expect("the sources are there")
        .map(|entry| entry.expect("it is read").file_name())
        .map(|name| format!("pallet_{}", name.to_string_lossy()))
        // No pallet, but what they share.
        .filter(|name| name != "pallet_support")
        .collect();
    pallets.sort_unstable();
    assert_eq!(pallets, OWN);
}

#[test]
fn metadata_without_a_version_names_units_too() {
    assert!(metadata::current() == metadata::at_version(14).unwrap());
    assert!(metadata::at_version(13).is_none());
    assert!(wide_fields(&types(&metadata::current())).contains("Trade.gross_minor_units"));
}
