//! A call in words, as the runtime's metadata describes it: whoever votes reads what would run.

use crate::{
    calendar::week_text,
    chain::events::plain,
    error::{Error, Result},
    invisible_characters::is_unseen,
    obligations::words::{period_option, rail_text},
    printable_text::printable,
    time::{day_text, offset_text, time_of_day_text},
};
use counterfoil_primitives::{
    settlement::{Period, Rail},
    Amount, BusinessDay, TimeOfDay, UtcOffset, WorkingDays,
};
use scale_info::{form::PortableForm, PortableRegistry, Type, TypeDef, TypeDefPrimitive};
use serde_json::{json, Map, Value as Json};
use sp_core::crypto::{AccountId32, Ss58Codec};
use subxt::ext::scale_value::{
    scale::decode_as_type, Composite, Primitive, Value as Decoded, ValueDef, Variant,
};

/// A value with the number of its type.
type Value = Decoded<u32>;

/// The argument, or field of one, that is the largest gross amount of an agreement's trades.
const MAX_GROSS: &str = "max_gross";

/// A call in words.
#[derive(Clone, Debug, PartialEq)]
pub struct CallWords {
    /// The pallet's name.
    pub pallet: String,
    /// The call's name.
    pub name: String,
    /// What it does: the first line of its documentation.
    pub does: String,
    /// Its arguments by name, but calls: accounts as addresses, days as dates, bytes as text where they are
    /// such, else in hexadecimal.
    pub arguments: Map<String, Json>,
    /// The calls among its arguments, as of a batch.
    pub calls: Vec<CallWords>,
}

/// Reads a call in SCALE whose type has the number `call_type`.
pub fn read(types: &PortableRegistry, call_type: u32, mut bytes: &[u8]) -> Result<CallWords> {
    const WHAT: &str = "a call of the council";
    let value = decode_as_type(&mut bytes, call_type, types)
        .map_err(|error| Error::undecodable(WHAT, error.to_string()))?;
    if !bytes.is_empty() {
        let rest = format!("{} bytes are left over", bytes.len());
        return Err(Error::undecodable(WHAT, rest));
    }
    let reader = Reader { types, call_type };
    reader
        .call(&value)
        .ok_or_else(|| Error::undecodable(WHAT, "it is no call of a pallet"))
}

impl CallWords {
    /// A call that the runtime does not know.
    pub fn unknown(call: &[u8]) -> Self {
        let bytes = format!("0x{}", hex::encode(call));
        Self {
            pallet: "unknown".into(),
            name: "call".into(),
            does: "The runtime knows no such call.".into(),
            arguments: Map::from_iter([("bytes".into(), Json::String(bytes))]),
            calls: Vec::new(),
        }
    }

    /// The call's name as people write it.
    pub fn title(&self) -> String {
        format!("{}.{}", self.pallet, self.name)
    }

    /// The call for people, a line for each argument, calls within it further to the right.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![match self.does.as_str() {
            "" => self.title(),
            does => format!("{}: {}", self.title(), printable(does)),
        }];
        let arguments = self.arguments.iter();
        lines.extend(arguments.map(|(name, value)| format!("  {name}: {}", text(value))));
        let inner = self.calls.iter().flat_map(Self::lines);
        lines.extend(inner.map(|line| format!("  {line}")));
        lines
    }

    /// The call for programs.
    pub fn json(&self) -> Json {
        let calls: Vec<_> = self.calls.iter().map(Self::json).collect();
        json!({
            "call": self.title(),
            "does": self.does,
            "arguments": self.arguments,
            "calls": calls,
        })
    }
}

/// A value for people, on one line.
fn text(value: &Json) -> String {
    match value {
        Json::Null => "-".into(),
        Json::String(text) => printable(text).into_owned(),
        Json::Array(values) => {
            let texts: Vec<_> = values.iter().map(text_within).collect();
            texts.join(", ")
        }
        Json::Object(fields) => {
            let texts: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{name} {}", text_within(value)))
                .collect();
            texts.join(", ")
        }
        other => other.to_string(),
    }
}

/// A value within another one: a list or a structure between brackets.
fn text_within(value: &Json) -> String {
    match value {
        Json::Array(_) => format!("[{}]", text(value)),
        Json::Object(_) => format!("({})", text(value)),
        value => text(value),
    }
}

/// Reads values by their types.
struct Reader<'a> {
    types: &'a PortableRegistry,
    call_type: u32,
}

impl Reader<'_> {
    /// A value of the type of calls: the pallet's variant around the call's.
    fn call(&self, value: &Value) -> Option<CallWords> {
        let ValueDef::Variant(pallet) = &value.value else {
            return None;
        };
        let inner = only(&pallet.values)?;
        let ValueDef::Variant(call) = &inner.value else {
            return None;
        };
        let mut words = CallWords {
            pallet: pallet.name.clone(),
            name: call.name.clone(),
            does: self.first_line(inner.context, &call.name),
            arguments: Map::new(),
            calls: Vec::new(),
        };
        for (name, argument) in named(call) {
            match self.calls(argument) {
                Some(calls) => words.calls.extend(calls),
                None => {
                    let value = self.field(&name, argument);
                    words.arguments.insert(name, value);
                }
            }
        }
        Some(words)
    }

    /// The calls that an argument is, where it is one or a list of them.
    fn calls(&self, argument: &Value) -> Option<Vec<CallWords>> {
        if argument.context == self.call_type {
            return Some(vec![self.call(argument)?]);
        }
        let TypeDef::Sequence(list) = &self.type_of(argument)?.type_def else {
            return None;
        };
        match &argument.value {
            ValueDef::Composite(calls) if list.type_param.id == self.call_type => {
                calls.values().map(|call| self.call(call)).collect()
            }
            _ => None,
        }
    }

    /// The first line of the documentation of a type's variant.
    fn first_line(&self, of: u32, variant: &str) -> String {
        let docs = || {
            let TypeDef::Variant(all) = &self.types.resolve(of)?.type_def else {
                return None;
            };
            let found = all.variants.iter().find(|one| one.name == variant)?;
            Some(found.docs.first()?.trim().to_owned())
        };
        docs().unwrap_or_default()
    }

    fn value(&self, value: &Value) -> Json {
        if let Some(known) = self.known(value) {
            return known;
        }
        match &value.value {
            ValueDef::Composite(fields) => self.fields(fields),
            ValueDef::Variant(variant) if variant.values.is_empty() => json!(variant.name),
            ValueDef::Variant(variant) => {
                json!({ variant.name.clone(): self.fields(&variant.values) })
            }
            ValueDef::BitSequence(bits) => json!(format!("{bits:?}")),
            ValueDef::Primitive(primitive) => plain(primitive),
        }
    }

    /// A value under a name. A limit says its unit: whoever votes would take hundredths for whole ones.
    fn field(&self, name: &str, value: &Value) -> Json {
        let limit = (name == MAX_GROSS).then(|| limit(value)).flatten();
        limit.map_or_else(|| self.value(value), Json::String)
    }

    fn fields(&self, fields: &Composite<u32>) -> Json {
        match fields {
            Composite::Named(fields) => {
                let fields = fields.iter();
                Json::Object(
                    fields
                        .map(|(name, field)| (name.clone(), self.field(name, field)))
                        .collect(),
                )
            }
            Composite::Unnamed(_) => match only(fields) {
                Some(field) => self.value(field),
                None => Json::Array(fields.values().map(|field| self.value(field)).collect()),
            },
        }
    }

    /// A value of a type that people know by another form.
    fn known(&self, value: &Value) -> Option<Json> {
        let of = self.type_of(value)?;
        if is_list(of) {
            let ValueDef::Composite(items) = &value.value else {
                return None;
            };
            return Some(match self.bytes(value) {
                Some(bytes) => json!(bytes_text(&bytes)),
                None => Json::Array(items.values().map(|item| self.value(item)).collect()),
            });
        }
        match (of.path.segments.last()?.as_str(), &value.value) {
            ("Option", ValueDef::Variant(option)) => Some(match only(&option.values) {
                Some(some) => self.value(some),
                None => Json::Null,
            }),
            ("MultiAddress", ValueDef::Variant(address)) if address.name == "Id" => {
                only(&address.values).map(|account| self.value(account))
            }
            ("AccountId32" | "Public", _) => {
                let bytes: [u8; 32] = self.bytes(value)?.try_into().ok()?;
                Some(json!(AccountId32::new(bytes).to_ss58check()))
            }
            ("BusinessDay", _) => {
                let day = BusinessDay(number(value)?.try_into().ok()?);
                Some(json!(day_text(day)))
            }
            ("WorkingDays", _) => {
                let week = WorkingDays(number(value)?.try_into().ok()?);
                Some(json!(week_text(week)))
            }
            ("UtcOffset", _) => {
                let offset = UtcOffset(number(value)?.try_into().ok()?);
                Some(json!(offset_text(offset)))
            }
            ("TimeOfDay", _) => {
                let time = TimeOfDay(number(value)?.try_into().ok()?);
                Some(json!(time_of_day_text(time)))
            }
            ("Rail", ValueDef::Variant(rail)) => {
                let asset = only(&rail.values).and_then(number);
                let rail = match (rail.name.as_str(), asset) {
                    ("Asset", Some(asset)) => Rail::Asset(asset.try_into().ok()?),
                    ("External", None) => Rail::External,
                    _ => return None,
                };
                Some(json!(rail_text(rail)))
            }
            ("Period", ValueDef::Variant(period)) => {
                let is_named = |known: &Period| format!("{known:?}") == period.name;
                let period = Period::ALL.into_iter().find(is_named)?;
                Some(json!(period_option(period)))
            }
            ("ClientLimits", ValueDef::Composite(Composite::Named(limits))) => {
                let limits = limits
                    .iter()
                    .map(|(name, value)| Some((name.clone(), Json::String(limit(value)?))));
                limits.collect::<Option<Map<_, _>>>().map(Json::Object)
            }
            _ => None,
        }
    }

    /// The bytes of a list of them, also within new types.
    fn bytes(&self, value: &Value) -> Option<Vec<u8>> {
        let ValueDef::Composite(items) = &value.value else {
            return None;
        };
        let item = match &self.type_of(value)?.type_def {
            TypeDef::Sequence(list) => list.type_param.id,
            TypeDef::Array(list) => list.type_param.id,
            _ => return self.bytes(only(items)?),
        };
        let TypeDef::Primitive(TypeDefPrimitive::U8) = self.types.resolve(item)?.type_def else {
            return None;
        };
        items
            .values()
            .map(|item| u8::try_from(number(item)?).ok())
            .collect()
    }

    fn type_of(&self, value: &Value) -> Option<&Type<PortableForm>> {
        self.types.resolve(value.context)
    }
}

/// Whether a type is a list of values of one type.
const fn is_list(of: &Type<PortableForm>) -> bool {
    matches!(of.type_def, TypeDef::Sequence(_) | TypeDef::Array(_))
}

/// The arguments of a call, by name.
fn named(call: &Variant<u32>) -> Vec<(String, &Value)> {
    match &call.values {
        Composite::Named(fields) => fields
            .iter()
            .map(|(name, field)| (name.clone(), field))
            .collect(),
        Composite::Unnamed(fields) => (0..)
            .zip(fields)
            .map(|(number, field): (usize, _)| (number.to_string(), field))
            .collect(),
    }
}

/// The only one of these values.
fn only(values: &Composite<u32>) -> Option<&Value> {
    let mut all = values.values();
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// An integer, also within new types.
fn number(value: &Value) -> Option<i128> {
    match &value.value {
        ValueDef::Primitive(Primitive::U128(number)) => i128::try_from(*number).ok(),
        ValueDef::Primitive(Primitive::I128(number)) => Some(*number),
        ValueDef::Composite(fields) => number(only(fields)?),
        _ => None,
    }
}

/// An amount that is a limit, or a limit that there may be: `250000 minor units`, or `any amount`. `None`
/// where there is none.
fn limit(value: &Value) -> Option<String> {
    match &value.value {
        ValueDef::Primitive(Primitive::U128(Amount::MAX)) => Some("any amount".into()),
        ValueDef::Primitive(Primitive::U128(amount)) => Some(format!("{amount} minor units")),
        ValueDef::Variant(option) => limit(only(&option.values)?),
        _ => None,
    }
}

/// Bytes that hold a text as that text, others in hexadecimal.
fn bytes_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(is_unseen) => text.into(),
        _ => format!("0x{}", hex::encode(bytes)),
    }
}

#[cfg(test)]
mod tests;
