//! The parameters that methods take, and their values in a request: by name or by position, and no others.

use super::{refusal::INVALID_PARAMETER, schema::Schema};
use crate::service::partial::Hash;
use counterfoil_primitives::{written::date, AgreementId, BusinessDay, MemberId, Side};
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
    says:
        "The page of 256, from 0 on; 0 where it is not given. After the last page, lists are empty.",
    write: "a number, like 0",
    is_required: false,
    schema: Schema::number,
    example: "0",
    take: |to, given| {
        to.page = number(given)?;
        Some(())
    },
};

/// Which side, or both.
pub const ONE_SIDE: Parameter = Parameter {
    name: SIDE.name,
    says: "The side whose entries are sent: the company's is debit, the bank's is credit; both where it is \
           not given.",
    write: SIDE.write,
    is_required: false,
    schema: sides,
    example: "\"debit\"",
    take: |to, given| {
        to.one_side = Some(Side::from_name(given.as_str()?)?);
        Some(())
    },
};

/// Which client, or all.
pub const CLIENT: Parameter = Parameter {
    name: "client",
    says: "Entries of trades with this client in their ids are sent; 0 stands for trades of amendments. \
           All where it is not given.",
    write: "a member's number, like 1",
    is_required: false,
    schema: Schema::number,
    example: "1",
    take: |to, given| {
        to.client = Some(number(given)?);
        Some(())
    },
};

/// After which block a subscription begins.
pub const AFTER: Parameter = Parameter {
    name: "after",
    says: "The final block that the subscriber has, by hash or number: what became final after it is sent \
           first. Where it is not given, it is the last final one.",
    write: AT.write,
    is_required: false,
    schema: blocks,
    example: "0",
    take: |to, given| {
        to.after = Some(named(given)?);
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
        to.at = Some(named(given)?);
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

fn named(given: &Json) -> Option<Named> {
    Some(match given {
        Json::String(_) => Named::Hash(serde_json::from_value(given.clone()).ok()?),
        _ => Named::Number(number(given)?),
    })
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
    /// See [`ONE_SIDE`].
    pub one_side: Option<Side>,
    /// See [`CLIENT`].
    pub client: Option<MemberId>,
    /// See [`AFTER`].
    pub after: Option<Named>,
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
            one_side: None,
            client: None,
            after: None,
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
mod tests;
