//! What is signed and what calls are known by: session keys, and the indices of pallets, calls and errors.

use super::pallets_in_metadata::{metadata, SDK};
use crate::SessionKeys;
use codec::Encode;
use frame_metadata::v14::{PalletMetadata, RuntimeMetadataV14};
use scale_info::{form::PortableForm, TypeDef};
use sp_core::{ed25519, sr25519};
use std::{fs, path::Path};

/// With this variable the test writes the indices anew.
const WRITE: &str = "COUNTERFOIL_WRITE_DOCUMENT";

/// A change needs a migration: validators keep session keys, and prove them by a call.
#[test]
fn session_keys_are_encoded_as_that_of_blocks_and_that_of_finality() {
    let keys = SessionKeys {
        aura: sr25519::Public::from_raw([1; 32]).into(),
        grandpa: ed25519::Public::from_raw([2; 32]).into(),
    };
    assert_eq!(keys.encode(), [[1_u8; 32], [2; 32]].concat());
}

/// The variants of a type, a line each.
fn variants(metadata: &RuntimeMetadataV14, what: &str, id: u32) -> String {
    let Some(TypeDef::Variant(of)) = metadata.types.resolve(id).map(|ty| &ty.type_def) else {
        return String::new();
    };
    let mut variants: Vec<_> = of.variants.iter().collect();
    variants.sort_by_key(|variant| variant.index);
    variants
        .into_iter()
        .map(|variant| format!("  {what} {} {}\n", variant.index, variant.name))
        .collect()
}

/// A pallet by its index, and what is known by an index within it.
fn pallet(metadata: &RuntimeMetadataV14, pallet: &PalletMetadata<PortableForm>) -> String {
    let head = format!("{} {}\n", pallet.index, pallet.name);
    if SDK.contains(&pallet.name.as_str()) {
        return head;
    }
    let calls = pallet.calls.as_ref().map(|calls| calls.ty.id);
    let errors = pallet.error.as_ref().map(|errors| errors.ty.id);
    let of = |what, id: Option<u32>| {
        id.map(|id| variants(metadata, what, id))
            .unwrap_or_default()
    };
    [head, of("call", calls), of("error", errors)].concat()
}

/// All indices, as the metadata has them.
fn indices() -> String {
    let metadata = metadata();
    let mut pallets: Vec<_> = metadata.pallets.iter().collect();
    pallets.sort_by_key(|pallet| pallet.index);
    let lines = pallets.into_iter().map(|of| pallet(&metadata, of));
    lines.collect()
}

/// An index that changes makes another call of what was signed, and another error of what programs were
/// told. What is new comes after what is there.
#[test]
fn indices_of_pallets_calls_and_errors_stay() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/indices.txt");
    let indices = indices();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &indices).expect("the file can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == indices,
        "src/tests/indices.txt is out of date. Where lines were added alone, run this test with {WRITE}=1, \
         which writes it anew; where a line changed or went, give it its index back:\n{indices}"
    );
}
