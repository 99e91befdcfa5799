//! What programs build on: the methods of the runtime API, and their version.

use crate::{metadata, VERSION};
use codec::Decode;
use counterfoil_primitives::runtime_versions::{API_VERSION, TRANSACTION_VERSION};
use frame_metadata::{v16::RuntimeApiMetadata, RuntimeMetadata, RuntimeMetadataPrefixed};
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef};

/// A hash of what the methods of the version that clients know take and answer.
const METHODS: u64 = 0x2a05_c9ac_e32c_1ef1;

/// The API in the metadata, and the types that it names.
fn counterfoil_api() -> (RuntimeApiMetadata<PortableForm>, PortableRegistry) {
    let bytes = metadata::at_version(16).expect("the version is known");
    let prefixed = RuntimeMetadataPrefixed::decode(&mut &bytes[..]).expect("it is metadata");
    let RuntimeMetadata::V16(metadata) = prefixed.1 else {
        panic!("another version");
    };
    let api = metadata
        .apis
        .into_iter()
        .find(|api| api.name == "CounterfoilApi")
        .expect("the runtime has it");
    (api, metadata.types)
}

/// A type with all that it holds, down to its numbers and texts.
fn shape(types: &PortableRegistry, id: u32) -> String {
    let ty = types.resolve(id).expect("the type is there");
    let name = ty.path.segments.last().map_or("", String::as_str);
    match &ty.type_def {
        TypeDef::Primitive(primitive) => format!("{primitive:?}"),
        TypeDef::Composite(of) => format!("{name}({})", of_fields(types, &of.fields)),
        TypeDef::Variant(of) => {
            let variants = of.variants.iter().map(|variant| {
                let fields = of_fields(types, &variant.fields);
                format!("{} {}({fields})", variant.index, variant.name)
            });
            format!("{name}<{}>", listed(variants))
        }
        TypeDef::Sequence(of) => format!("[{}]", shape(types, of.type_param.id)),
        TypeDef::Array(of) => format!("[{}; {}]", shape(types, of.type_param.id), of.len),
        TypeDef::Tuple(of) => {
            let fields = of.fields.iter().map(|field| shape(types, field.id));
            format!("({})", listed(fields))
        }
        TypeDef::Compact(of) => format!("compact {}", shape(types, of.type_param.id)),
        TypeDef::BitSequence(_) => "bits".into(),
    }
}

fn of_fields(types: &PortableRegistry, fields: &[Field<PortableForm>]) -> String {
    listed(fields.iter().map(|field| {
        let name = field.name.as_ref().map(|name| format!("{name}: "));
        name.unwrap_or_default() + &shape(types, field.ty.id)
    }))
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_method_that_changes_has_a_new_version() {
    let (api, types) = counterfoil_api();
    let methods: String = api
        .methods
        .iter()
        .map(|method| {
            let inputs = method
                .inputs
                .iter()
                .map(|input| format!("{}: {}", input.name, shape(&types, input.ty.id)));
            let output = shape(&types, method.output.id);
            format!("{}({}) -> {output}\n", method.name, listed(inputs))
        })
        .collect();
    let hash = u64::from_be_bytes(sp_io::hashing::twox_64(methods.as_bytes()));
    assert_eq!(api.version.0, API_VERSION);
    assert_eq!(
        hash, METHODS,
        "raise the version in src/counterfoil_api.rs and in primitives/src/runtime_versions.rs unless methods \
         were added alone, and put the hash here: {hash:#x} is of\n{methods}"
    );
}

/// Clients sign for the version that they know. So it is raised there with that of the runtime.
#[test]
fn clients_know_the_transaction_version_of_the_runtime() {
    assert_eq!(VERSION.transaction_version, TRANSACTION_VERSION);
}
