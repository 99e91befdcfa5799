//! The OpenRPC document of the methods, which `rpc.discover` answers.

use super::{
    answers::trades::entry_schema,
    arguments::Parameter,
    at::block_schema,
    methods::{Method, METHODS},
    refusal::{Refusal, REFUSALS},
    schema::Schema,
};
use serde_json::{json, Map, Value as Json};

/// The version of OpenRPC.
const OPENRPC: &str = "1.3.2";

/// The document.
pub fn document() -> Json {
    let errors: Map<String, Json> = REFUSALS.iter().map(error).collect();
    json!({
        "openrpc": OPENRPC,
        "info": {
            "title": "Counterfoil",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Reads of a chain's reconciliation as plain JSON.",
            "license": { "name": env!("CARGO_PKG_LICENSE") },
        },
        "methods": METHODS.iter().map(method).collect::<Vec<_>>(),
        "components": {
            "schemas": {
                "amount": Schema::amount_itself().into_json(),
                "block": block_schema().into_json(),
                "entry": entry_schema().into_json(),
            },
            "errors": errors,
        },
    })
}

fn method(method: &Method) -> Json {
    let errors = REFUSALS.iter();
    let errors =
        errors.map(|refusal| json!({ "$ref": format!("#/components/errors/{}", refusal.name) }));
    json!({
        "name": method.name,
        "summary": method.says,
        "paramStructure": "either",
        "params": method.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "result": { "name": "answer", "schema": method.answer_schema().into_json() },
        "errors": errors.collect::<Vec<_>>(),
    })
}

fn parameter(parameter: &Parameter) -> Json {
    let mut schema = (parameter.schema)().into_json();
    schema["examples"] = [parameter.example_json()].into_iter().collect();
    json!({
        "name": parameter.name,
        "summary": parameter.says,
        "description": format!("Written as {}.", parameter.write),
        "required": parameter.is_required,
        "schema": schema,
    })
}

fn error(refusal: &Refusal) -> (String, Json) {
    let error = json!({
        "code": refusal.code,
        "message": refusal.says,
        "data": {
            "name": refusal.name,
            "parameter": "the parameter that is at fault, or null",
            "remedy": "what helps",
        },
    });
    (refusal.name.into(), error)
}
