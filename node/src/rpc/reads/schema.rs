//! JSON Schemas of what is taken and answered, by a few forms: an answer has all its keys and no others, and
//! what is not known is null.

use super::written::{DATE, HASH, MINOR, MOMENT};
use codec::Decode;
use serde_json::{json, Map, Value as Json};

/// Bytes that the fields of a variant may have, in SCALE: those of an amount.
const MAX_FIELDS: usize = 16;

/// A JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema(Json);

/// A key of an object, its value's schema, and what it means.
pub type Field = (&'static str, Schema, &'static str);

impl Schema {
    /// The schema as JSON.
    pub fn into_json(self) -> Json {
        self.0
    }

    /// A count, a number, or the number of something.
    pub fn number() -> Self {
        Self(json!({ "type": "integer", "minimum": 0 }))
    }

    /// Any text.
    pub fn text() -> Self {
        Self(json!({ "type": "string" }))
    }

    /// Yes or no.
    pub fn boolean() -> Self {
        Self(json!({ "type": "boolean" }))
    }

    /// One of these names.
    pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self(json!({ "type": "string", "enum": names }))
    }

    /// The names of all values of an enumeration; fields of its variants are zero.
    pub fn names_of<T: Decode, N: Into<Json>>(name: impl Fn(T) -> N) -> Self {
        let values = (0..=u8::MAX).filter_map(|variant| {
            let mut bytes = [0_u8; 1 + MAX_FIELDS];
            bytes[0] = variant;
            T::decode(&mut &bytes[..]).ok()
        });
        let names: Vec<Json> = values.map(|value| name(value).into()).collect();
        Self(json!({ "type": "string", "enum": names }))
    }

    /// A date.
    pub fn date() -> Self {
        Self(json!({ "type": "string", "format": "date", "pattern": DATE }))
    }

    /// A moment in UTC.
    pub fn moment() -> Self {
        Self(json!({ "type": "string", "format": "date-time", "pattern": MOMENT }))
    }

    /// A hash.
    pub fn hash() -> Self {
        Self(json!({ "type": "string", "pattern": HASH }))
    }

    /// An amount of money, or of what is owed.
    pub fn amount() -> Self {
        Self::shared("amount")
    }

    /// The amount itself.
    pub fn amount_itself() -> Self {
        let minor = Self(json!({ "type": "string", "pattern": MINOR }));
        Self::object([
            ("minor", minor, "In minor units; below zero, the bank owes."),
            ("value", Self::text(), "In the currency's unit."),
            ("currency", Self::text(), "The ISO 4217 code."),
        ])
    }

    /// A schema that several answers share, by its name in the document.
    pub fn shared(name: &str) -> Self {
        Self(json!({ "$ref": format!("#/components/schemas/{name}") }))
    }

    /// One of two forms.
    pub fn or(self, other: Self) -> Self {
        Self(json!({ "oneOf": [self.0, other.0] }))
    }

    /// The same, or null.
    pub fn or_null(self) -> Self {
        self.or(Self(json!({ "type": "null" })))
    }

    /// A list of such values.
    pub fn list(self) -> Self {
        Self(json!({ "type": "array", "items": self.0 }))
    }

    /// An object with these keys and no others.
    pub fn object(fields: impl IntoIterator<Item = Field>) -> Self {
        let mut properties = Map::new();
        for (key, schema, says) in fields {
            properties.insert(key.into(), schema.described(says));
        }
        let keys: Vec<String> = properties.keys().cloned().collect();
        Self(json!({
            "type": "object",
            "properties": properties,
            "required": keys,
            "additionalProperties": false,
        }))
    }

    /// An object's schema with one more key.
    pub fn and(self, (key, schema, says): Field) -> Self {
        let mut object = self.0;
        object["properties"][key] = schema.described(says);
        if let Some(required) = object["required"].as_array_mut() {
            required.push(key.into());
        }
        Self(object)
    }

    /// The schema with what it means. Beside a reference nothing else counts, so that is wrapped.
    fn described(self, says: &str) -> Json {
        let mut schema = if self.0.get("$ref").is_some() {
            json!({ "allOf": [self.0] })
        } else {
            self.0
        };
        if let Json::Object(keys) = &mut schema {
            keys.insert("description".into(), says.into());
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::super::written::name;
    use super::*;
    use counterfoil_primitives::{settlement::Waiting, Cause, Kind};

    #[test]
    fn an_enumeration_has_the_names_of_all_its_values() {
        let kinds = Schema::names_of(Kind::name).into_json();
        assert_eq!(kinds["enum"], json!(["payment", "refund"]));
        let causes = Schema::names_of(name::<Cause>).into_json();
        assert_eq!(causes["enum"][0], "missing");
        assert_eq!(causes["enum"][16], "not_matched");
        let reasons = Schema::names_of(|why: Waiting| why.name()).into_json();
        assert_eq!(reasons["enum"][11], "acknowledgement");
    }

    #[test]
    fn an_object_has_its_keys_and_no_others() {
        let object = Schema::object([("a", Schema::amount(), "A.")]);
        let object = object.and(("b", Schema::text(), "B.")).into_json();
        assert_eq!(object["required"], json!(["a", "b"]));
        assert_eq!(object["additionalProperties"], false);
        let expected = json!({
            "allOf": [{ "$ref": "#/components/schemas/amount" }],
            "description": "A.",
        });
        assert_eq!(object["properties"]["a"], expected);
    }
}
