//! The parameters that methods take, and their values in a request: by name or by position, and no others.

use super::{refusal::INVALID_PARAMETER, schema::Schema};
use crate::service::partial::Hash;
use counterfoil_primitives::{written::date, AgreementId, BusinessDay, Side};
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::{Map, Value as Json};

/// How much of a wrong value a refusal repeats, in characters.
const MAX_REPEATED: usize = 64;

/// A parameter.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub says: &'static str,
    /// How it is written.
    pub write: &'static str,
    /// Whether it has to be given.
    pub is_required: bool,
    /// Its schema.
    pub schema: fn() -> Schema,
    /// A value that examples have, as JSON.
    example: &'static str,
    /// Takes a value; `None` where it is not written so.
    take: fn(&mut Arguments, &Json) -> Option<()>,
}

/// Which agreement.
pub const AGREEMENT: Parameter = Parameter {
    name: "agreement",
    says: "The agreement's number.",
    write: "a number, like 1",
    is_required: true,
    schema: Schema::number,
    example: "1",
    take: |to, given| {
        to.agreement = number(given)?;
        Some(())
    },
};

/// Which day of an agreement.
pub const DAY: Parameter = Parameter {
    name: "day",
    says: "The business day.",
    write: "a date, like \"2026-11-28\"",
    is_required: true,
    schema: Schema::date,
    example: "\"2026-11-28\"",
    take: |to, given| {
        let text = given.as_str().filter(|text| text.len() == 10)?;
        to.day = date::read(text).ok()?;
        Some(())
    },
};

/// Which side of a day.
pub const SIDE: Parameter = Parameter {
    name: "side",
    says: "The side: the company's is debit, the bank's is credit.",
    write: "\"debit\" or \"credit\"",
    is_required: true,
    schema: sides,
    example: "\"debit\"",
    take: |to, given| {
        to.side = Side::from_name(given.as_str()?)?;
        Some(())
    },
};

/// Which proposal of an agreement.
pub const NUMBER: Parameter = Parameter {
    name: "number",
    says: "The proposal's number in its agreement.",
    write: "a number, like 1",
    is_required: true,
    schema: Schema::number,
    example: "1",
    take: |to, given| {
        to.number = number(given)?;
        Some(())
    },
};

/// Which page of a list.
pub const PAGE: Parameter = Parameter {
    name: "page",
    says: "The page of 256, from 0 on; 0 where it is not given. Behind the last page, lists are empty.",
    write: "a number, like 0",
    is_required: false,
    schema: Schema::number,
    example: "0",
    take: |to, given| {
        to.page = number(given)?;
        Some(())
    },
};

/// Which block is read. Each method takes it, as its last parameter.
pub const AT: Parameter = Parameter {
    name: "at",
    says: "The block that is read, by its hash, or, if it is final, by its number; the last final one where \
           it is not given.",
    write: "a block's hash, 0x and 64 digits, or the number of a final block",
    is_required: false,
    schema: blocks,
    example: "0",
    take: |to, given| {
        to.at = Some(match given {
            Json::String(_) => Named::Hash(serde_json::from_value(given.clone()).ok()?),
            _ => Named::Number(number(given)?),
        });
        Some(())
    },
};

fn sides() -> Schema {
    Schema::names_of(Side::name)
}

fn blocks() -> Schema {
    Schema::hash().or(Schema::number())
}

fn number(given: &Json) -> Option<u32> {
    u32::try_from(given.as_u64()?).ok()
}

/// How a request names a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By its hash.
    Hash(Hash),
    /// By its number.
    Number(u32),
}

/// The values of a request. What a method does not take is as [`Arguments::none`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// See [`AGREEMENT`].
    pub agreement: AgreementId,
    /// See [`DAY`].
    pub day: BusinessDay,
    /// See [`SIDE`].
    pub side: Side,
    /// See [`NUMBER`].
    pub number: u32,
    /// See [`PAGE`].
    pub page: u32,
    /// See [`AT`].
    pub at: Option<Named>,
}

impl Arguments {
    /// No values.
    const fn none() -> Self {
        Self {
            agreement: 0,
            day: BusinessDay(0),
            side: Side::Debit,
            number: 0,
            page: 0,
            at: None,
        }
    }

    /// Reads the values of `parameters` from the parameters of a request.
    pub fn read(raw: Option<&str>, parameters: &[Parameter]) -> Result<Self, ErrorObjectOwned> {
        let given = by_name(raw, parameters)?;
        if let Some(unknown) = given.keys().find(|key| !is_known(key, parameters)) {
            let unknown = shortened(unknown);
            return Err(INVALID_PARAMETER.of(
                Some(&unknown),
                format!("there is no parameter {unknown}"),
                known(parameters),
            ));
        }
        let mut arguments = Self::none();
        for parameter in parameters {
            match given.get(parameter.name).filter(|value| !value.is_null()) {
                Some(value) => parameter.read(&mut arguments, value)?,
                None if parameter.is_required => return Err(parameter.missing()),
                None => (),
            }
        }
        Ok(arguments)
    }
}

impl Parameter {
    /// The value that examples have.
    pub fn example_json(&self) -> Json {
        serde_json::from_str(self.example).unwrap_or_default()
    }

    fn read(&self, to: &mut Arguments, value: &Json) -> Result<(), ErrorObjectOwned> {
        (self.take)(to, value).ok_or_else(|| {
            let value = shortened(&value.to_string());
            let why = format!("{value} is no {}", self.name);
            INVALID_PARAMETER.of(Some(self.name), why, self.remedy())
        })
    }

    fn missing(&self) -> ErrorObjectOwned {
        let why = format!("{} is missing", self.name);
        INVALID_PARAMETER.of(Some(self.name), why, self.remedy())
    }

    fn remedy(&self) -> String {
        format!("give {} as {}", self.name, self.write)
    }
}

/// The given values by their parameters' names.
fn by_name(
    raw: Option<&str>,
    parameters: &[Parameter],
) -> Result<Map<String, Json>, ErrorObjectOwned> {
    let given = raw.map_or(Ok(Json::Null), serde_json::from_str);
    match given {
        Ok(Json::Null) => Ok(Map::new()),
        Ok(Json::Object(given)) => Ok(given),
        Ok(Json::Array(given)) if given.len() <= parameters.len() => {
            let names = parameters.iter().map(|parameter| parameter.name.to_owned());
            Ok(names.zip(given).collect())
        }
        Ok(Json::Array(given)) => {
            let why = format!(
                "{} values are given, more than there are parameters",
                given.len()
            );
            Err(INVALID_PARAMETER.of(None, why, known(parameters)))
        }
        _ => Err(INVALID_PARAMETER.of(
            None,
            "the parameters are neither an object nor a list",
            known(parameters),
        )),
    }
}

fn is_known(name: &str, parameters: &[Parameter]) -> bool {
    parameters.iter().any(|parameter| parameter.name == name)
}

/// The parameters that there are, as a remedy.
fn known(parameters: &[Parameter]) -> String {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    match names.is_empty() {
        true => "give none: the method takes no parameters".into(),
        false => format!("give {}, in this order or by name", names.join(", ")),
    }
}

/// What a refusal repeats of a text.
fn shortened(text: &str) -> String {
    text.chars().take(MAX_REPEATED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: [Parameter; 4] = [AGREEMENT, DAY, SIDE, AT];

    fn read(raw: &str) -> Result<Arguments, ErrorObjectOwned> {
        Arguments::read(Some(raw), &TAKEN)
    }

    /// The parameter that a refusal names, and its code.
    fn refused(raw: &str) -> (Json, i32) {
        let error = read(raw).unwrap_err();
        let data: Json = serde_json::from_str(error.data().unwrap().get()).unwrap();
        assert!(
            data["remedy"].as_str().unwrap().starts_with("give "),
            "{data}"
        );
        (data["parameter"].clone(), error.code())
    }

    #[test]
    fn values_are_given_by_name_or_by_position() {
        let by_name = read(r#"{"side":"credit","day":"2026-11-28","agreement":7}"#).unwrap();
        assert_eq!(by_name, read(r#"[7,"2026-11-28","credit"]"#).unwrap());
        assert_eq!((by_name.agreement, by_name.day.0), (7, 20_785));
        assert_eq!((by_name.side, by_name.at), (Side::Credit, None));
    }

    #[test]
    fn a_block_is_named_by_hash_or_by_number() {
        let at = |value: &str| {
            let raw = format!(r#"[7,"2026-11-28","credit",{value}]"#);
            read(&raw).unwrap().at
        };
        assert_eq!(at("12"), Some(Named::Number(12)));
        let hash = format!("\"0x{}\"", "01".repeat(32));
        assert_eq!(at(&hash), Some(Named::Hash(Hash::repeat_byte(1))));
        assert_eq!(at("null"), None);
    }

    #[test]
    fn a_value_that_is_missing_is_named() {
        assert_eq!(refused("[7]"), ("day".into(), -32602));
        assert_eq!(refused(r#"[7,null,"debit"]"#), ("day".into(), -32602));
        let error = Arguments::read(None, &TAKEN).unwrap_err();
        assert_eq!(error.message(), "agreement is missing");
    }

    #[test]
    fn a_value_that_is_written_otherwise_is_named() {
        for (raw, parameter) in [
            (r#"["7","2026-11-28","debit"]"#, "agreement"),
            (r#"[4294967296,"2026-11-28","debit"]"#, "agreement"),
            (r#"[7,20261128,"debit"]"#, "day"),
            (r#"[7,"20261128","debit"]"#, "day"),
            (r#"[7,"2026-11-31","debit"]"#, "day"),
            (r#"[7,"2026-11-28","left"]"#, "side"),
            (r#"[7,"2026-11-28","debit","0x12"]"#, "at"),
        ] {
            assert_eq!(refused(raw), (parameter.into(), -32602), "{raw}");
        }
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        let raw = r#"{"agreement":7,"day":"2026-11-28","side":"debit","Side":"debit"}"#;
        assert_eq!(refused(raw), ("Side".into(), -32602));
        let raw = r#"[7,"2026-11-28","debit",null,1]"#;
        assert_eq!(refused(raw), (Json::Null, -32602));
    }

    #[test]
    fn a_refusal_repeats_a_bounded_part_of_a_value() {
        let raw = format!(r#"["{}"]"#, "7".repeat(1_000));
        let error = read(&raw).unwrap_err();
        assert!(error.message().len() < 100, "{}", error.message());
    }
}
