//! What happened, in words and in JSON.

use super::{read::At, Chain, Config};
use crate::error::{DispatchRefusal, Explain, Result};
use scale_info::{form::PortableForm, Variant};
use serde_json::{json, Map, Value as Json};
use sp_core::H256;
use subxt::{
    events::Phase,
    ext::scale_value::{Composite, Primitive, Value, ValueDef},
    metadata::PalletMetadata,
};

/// An event of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The pallet's name.
    pub pallet: String,
    /// The event's name.
    pub name: String,
    /// Its fields by name: integers of up to 64 bits as numbers, wider ones as strings, bytes in
    /// hexadecimal, variants as `"Name"` or `{"Name": fields}`.
    pub fields: Json,
    /// The index of the transaction that it happened in, where it happened in one.
    pub extrinsic: Option<u32>,
}

impl Event {
    /// Whether this is the event `pallet.name`.
    pub fn is(&self, pallet: &str, name: &str) -> bool {
        self.pallet == pallet && self.name == name
    }

    /// A field that holds an integer.
    pub fn number(&self, field: &str) -> Option<u64> {
        integer(self.fields.get(field)?)
    }

    /// A field that holds 32 bytes.
    pub fn hash(&self, field: &str) -> Option<H256> {
        let digits = self.fields.get(field)?.as_str()?.strip_prefix("0x")?;
        let bytes: [u8; 32] = hex::decode(digits).ok()?.try_into().ok()?;
        Some(H256(bytes))
    }

    /// A field that holds a variant: its name.
    pub fn variant(&self, field: &str) -> Option<String> {
        match self.fields.get(field)? {
            Json::String(name) => Some(name.clone()),
            Json::Object(variant) => variant.keys().next().cloned(),
            _ => None,
        }
    }

    pub(super) fn read(event: &subxt::events::Event<'_, Config>) -> Result<Self> {
        let fields = event
            .decode_fields_unchecked_as::<Composite<()>>()
            .of_shape(format!(
                "the event {}.{}",
                event.pallet_name(),
                event.event_name()
            ))?;
        Ok(Self {
            pallet: event.pallet_name().into(),
            name: event.event_name().into(),
            fields: composite(&fields),
            extrinsic: match event.phase() {
                Phase::ApplyExtrinsic(index) => Some(index),
                Phase::Initialization | Phase::Finalization => None,
            },
        })
    }
}

/// An integer; a new type around one shows as a list of one.
fn integer(value: &Json) -> Option<u64> {
    match value {
        Json::Number(number) => number.as_u64(),
        Json::String(digits) => digits.parse().ok(),
        Json::Array(inner) if inner.len() == 1 => integer(&inner[0]),
        _ => None,
    }
}

impl At {
    /// The events of the block.
    pub async fn events(&self) -> Result<Vec<Event>> {
        let block = self.opened().await?;
        let events = block
            .events()
            .fetch()
            .await
            .of_node("cannot read the block's events")?;
        events
            .iter()
            .map(|event| Event::read(&event.of_shape("an event")?))
            .collect()
    }
}

impl Chain {
    /// The refusal that a dispatch error in JSON tells of.
    pub(crate) fn dispatch_refusal(&self, error: &Json) -> DispatchRefusal {
        match self.module_error_variant(error) {
            Some((pallet, variant)) => pallet_refusal(&pallet, variant),
            None => DispatchRefusal::Other(error.to_string()),
        }
    }

    /// The names of pallet and error that a dispatch error in JSON holds.
    pub(super) fn module_error(&self, error: &Json) -> Option<(String, String)> {
        let (pallet, variant) = self.module_error_variant(error)?;
        Some((pallet.name().into(), variant.name.clone()))
    }

    fn module_error_variant(
        &self,
        error: &Json,
    ) -> Option<(PalletMetadata<'_>, &Variant<PortableForm>)> {
        let module = error.get("Module")?;
        let module = module.get(0).unwrap_or(module);
        let pallet = u8::try_from(module.get("index")?.as_u64()?).ok()?;
        let error = match module.get("error")? {
            Json::String(bytes) => u8::from_str_radix(bytes.get(2..4)?, 16).ok()?,
            Json::Array(bytes) => u8::try_from(bytes.first()?.as_u64()?).ok()?,
            _ => return None,
        };
        let pallet = self.metadata.pallet_by_error_index(pallet)?;
        let variant = pallet.error_variant_by_index(error)?;
        Some((pallet, variant))
    }
}

/// The refusal by an error of a pallet.
pub(super) fn pallet_refusal(
    pallet: &PalletMetadata<'_>,
    error: &Variant<PortableForm>,
) -> DispatchRefusal {
    DispatchRefusal::Pallet {
        pallet: pallet.name().into(),
        name: error.name.clone(),
        docs: error.docs.join(" ").trim().into(),
    }
}

fn composite(fields: &Composite<()>) -> Json {
    match fields {
        Composite::Named(fields) => Json::Object(
            fields
                .iter()
                .map(|(name, field)| (name.clone(), value(field)))
                .collect::<Map<_, _>>(),
        ),
        Composite::Unnamed(fields) => {
            bytes(fields).unwrap_or_else(|| Json::Array(fields.iter().map(value).collect()))
        }
    }
}

/// A longer list of small integers is bytes: hexadecimal.
fn bytes(fields: &[Value<()>]) -> Option<Json> {
    if fields.len() < 2 {
        return None;
    }
    let bytes = fields
        .iter()
        .map(|field| match field.value {
            ValueDef::Primitive(Primitive::U128(number)) => u8::try_from(number).ok(),
            _ => None,
        })
        .collect::<Option<Vec<u8>>>()?;
    Some(Json::String(format!("0x{}", hex::encode(bytes))))
}

fn value(any: &Value<()>) -> Json {
    match &any.value {
        ValueDef::Composite(Composite::Unnamed(fields)) if fields.len() == 1 => value(&fields[0]),
        ValueDef::Composite(fields) => composite(fields),
        ValueDef::Variant(variant) => match &variant.values {
            values if values.is_empty() => Json::String(variant.name.clone()),
            Composite::Unnamed(fields) if fields.len() == 1 => {
                json!({ variant.name.clone(): value(&fields[0]) })
            }
            values => json!({ variant.name.clone(): composite(values) }),
        },
        ValueDef::BitSequence(bits) => Json::String(format!("{bits:?}")),
        ValueDef::Primitive(primitive) => plain(primitive),
    }
}

/// A value without parts. Integers that programs may not read are strings.
pub(crate) fn plain(primitive: &Primitive) -> Json {
    match primitive {
        Primitive::Bool(flag) => json!(flag),
        Primitive::Char(letter) => json!(letter.to_string()),
        Primitive::String(text) => json!(text),
        Primitive::U128(number) => u64::try_from(*number)
            .map_or_else(|_| json!(number.to_string()), |number| json!(number)),
        Primitive::I128(number) => i64::try_from(*number)
            .map_or_else(|_| json!(number.to_string()), |number| json!(number)),
        Primitive::U256(number) | Primitive::I256(number) => {
            json!(format!("0x{}", hex::encode(number)))
        }
    }
}
