//! What wallets show of calls, events, errors and storage. They show the first line, cut at its end,
//! so that line is a sentence by itself.

use super::pallets_in_metadata::{metadata, SDK};
use frame_metadata::v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryType};
use scale_info::{form::PortableForm, TypeDef};

/// The longest line that the apps UI shows whole.
const LINE: usize = 100;

fn own(metadata: &RuntimeMetadataV14) -> Vec<&PalletMetadata<PortableForm>> {
    let own: Vec<_> = metadata
        .pallets
        .iter()
        .filter(|pallet| !SDK.contains(&pallet.name.as_str()))
        .collect();
    assert!(own.len() >= 5, "the pallets are found");
    own
}

/// What is wrong with a first line, if anything.
fn fault(docs: &[String]) -> Option<&'static str> {
    let first = docs.first().map(|line| line.trim()).unwrap_or_default();
    if first.is_empty() {
        Some("says nothing")
    } else if !first.ends_with('.') {
        Some("goes on in the next line")
    } else if first.contains(". ") {
        Some("is more than a sentence")
    } else if first.len() > LINE {
        Some("is long")
    } else {
        None
    }
}

#[test]
fn each_call_event_and_error_is_told_by_one_short_sentence() {
    let metadata = metadata();
    let mut found = Vec::new();
    for pallet in own(&metadata) {
        let kinds = [
            ("call", pallet.calls.as_ref().map(|calls| calls.ty)),
            ("event", pallet.event.as_ref().map(|events| events.ty)),
            ("error", pallet.error.as_ref().map(|errors| errors.ty)),
        ];
        for (kind, ty) in kinds {
            let Some(ty) = ty.and_then(|ty| metadata.types.resolve(ty.id)) else {
                continue;
            };
            let TypeDef::Variant(variants) = &ty.type_def else {
                panic!("{}: no variants", pallet.name);
            };
            found.extend(variants.variants.iter().filter_map(|variant| {
                let fault = fault(&variant.docs)?;
                Some(format!("{} {kind} {} {fault}", pallet.name, variant.name))
            }));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_storage_tells_the_order_of_its_keys_and_how_days_are_counted() {
    let metadata = metadata();
    let mut found = Vec::new();
    for pallet in own(&metadata) {
        let entries = pallet.storage.iter().flat_map(|storage| &storage.entries);
        for entry in entries {
            let keys = match &entry.ty {
                StorageEntryType::Plain(_) => continue,
                StorageEntryType::Map { hashers, .. } => hashers.len(),
            };
            let lines = entry.docs.iter().map(|line| line.trim());
            let told = lines.filter_map(|line| line.strip_prefix("Keys: ")).next();
            let fault = match told {
                None if keys == 1 => continue,
                None => "does not tell its keys",
                Some(told) if told.split(", ").count() != keys => "tells another number of keys",
                Some(told) if told.contains("day") && !told.contains("since 1970-01-01") => {
                    "does not tell how days are counted"
                }
                Some(_) => continue,
            };
            found.push(format!("{}.{} {fault}", pallet.name, entry.name));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
