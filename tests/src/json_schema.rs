//! Whether a JSON value is as a JSON Schema says: of the keywords that the node's methods use.
//!
//! The node's own tests include this file.

use serde_json::Value as Json;

/// Checks `value` against `schema`, whose references lead into `document`. An error names the place.
pub fn check(value: &Json, schema: &Json, document: &Json) -> Result<(), String> {
    at("$", value, schema, document)
}

fn at(place: &str, value: &Json, schema: &Json, document: &Json) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let found = document.pointer(reference.trim_start_matches('#'));
        let found = found.ok_or_else(|| format!("{place}: {reference} leads nowhere"))?;
        return at(place, value, found, document);
    }
    for all in list(schema, "allOf") {
        at(place, value, all, document)?;
    }
    let forms = list(schema, "oneOf");
    if !forms.is_empty() {
        let fitting = forms
            .iter()
            .filter(|form| at(place, value, form, document).is_ok())
            .count();
        if fitting != 1 {
            return Err(format!(
                "{place}: {value} has {fitting} of the forms in {schema}"
            ));
        }
    }
    if !has_type(value, schema["type"].as_str()) {
        return Err(format!("{place}: {value} is no {}", schema["type"]));
    }
    let names = list(schema, "enum");
    if !names.is_empty() && !names.contains(value) {
        return Err(format!("{place}: {value} is none of {names:?}"));
    }
    if let Some(items) = value.as_array() {
        for (index, item) in items.iter().enumerate() {
            at(
                &format!("{place}[{index}]"),
                item,
                &schema["items"],
                document,
            )?;
        }
    }
    if let Some(keys) = value.as_object() {
        for required in list(schema, "required").iter().filter_map(Json::as_str) {
            if !keys.contains_key(required) {
                return Err(format!("{place}: {required} is missing"));
            }
        }
        for (key, value) in keys {
            match schema["properties"].get(key) {
                Some(property) => at(&format!("{place}.{key}"), value, property, document)?,
                None if schema["additionalProperties"] == Json::Bool(false) => {
                    return Err(format!("{place}: {key} is not documented"));
                }
                None => (),
            }
        }
    }
    Ok(())
}

/// What a keyword lists; nothing where the schema does not have it.
fn list<'a>(schema: &'a Json, keyword: &str) -> &'a [Json] {
    schema[keyword]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn has_type(value: &Json, name: Option<&str>) -> bool {
    match name {
        None => true,
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What is wrong with a value, by a schema that has each keyword.
    fn wrong(value: Json) -> String {
        let document = json!({ "shared": { "type": "string", "enum": ["a", "b"] } });
        let schema = json!({
            "type": "object",
            "required": ["name", "list"],
            "additionalProperties": false,
            "properties": {
                "name": { "allOf": [{ "$ref": "#/shared" }] },
                "list": { "type": "array", "items": { "oneOf": [
                    { "type": "integer" },
                    { "type": "null" },
                ] } },
            },
        });
        check(&value, &schema, &document).err().unwrap_or_default()
    }

    #[test]
    fn a_value_that_is_as_the_schema_says_passes() {
        assert_eq!(wrong(json!({ "name": "a", "list": [1, null] })), "");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (value, place) in [
            (json!({ "name": "c", "list": [] }), "$.name"),
            (json!({ "name": "a", "list": [1, "1"] }), "$.list[1]"),
            (json!({ "name": "a" }), "$: list is missing"),
            (
                json!({ "name": "a", "list": [], "more": 1 }),
                "$: more is not documented",
            ),
            (json!([]), "$: [] is no \"object\""),
        ] {
            let wrong = wrong(value);
            assert!(wrong.starts_with(place), "{wrong}");
        }
    }
}
