//! The OpenRPC document of the methods, which `rpc.discover` answers.

use super::{
    answers::trades::entry_schema,
    arguments::Parameter,
    at::{block_schema, BLOCK},
    limits::{
        PATIENCE, REQUESTS_PER_CONNECTION, REQUESTS_PER_NODE, SUBSCRIPTIONS_PER_CONNECTION,
        SUBSCRIPTIONS_PER_NODE,
    },
    methods::{Method, METHODS},
    refusal::{Refusal, REFUSALS},
    schema::Schema,
    subscriptions::{Subscription, SUBSCRIPTIONS},
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
        // OpenRPC has no words for these.
        "x-subscriptions": SUBSCRIPTIONS.iter().map(subscription).collect::<Vec<_>>(),
        "x-limits": {
            "requestsPerConnection": REQUESTS_PER_CONNECTION,
            "requestsPerNode": REQUESTS_PER_NODE,
            "subscriptionsPerConnection": SUBSCRIPTIONS_PER_CONNECTION,
            "subscriptionsPerNode": SUBSCRIPTIONS_PER_NODE,
            "secondsForNotification": PATIENCE.as_secs(),
        },
        "components": {
            "schemas": {
                "amount": Schema::amount_itself().into_json(),
                BLOCK: block_schema().into_json(),
                "entry": entry_schema().into_json(),
            },
            "errors": errors,
        },
    })
}

fn method(method: &Method) -> Json {
    json!({
        "name": method.name,
        "summary": method.says,
        "paramStructure": "either",
        "params": method.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "result": { "name": "answer", "schema": method.answer_schema().into_json() },
        "errors": errors(),
    })
}

fn subscription(kind: &Subscription) -> Json {
    json!({
        "name": kind.name,
        "summary": kind.says,
        "unsubscribe": kind.unsubscribe,
        "notification": kind.notification,
        "paramStructure": "either",
        "params": kind.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "result": { "name": "notification", "schema": (kind.schema)().into_json() },
        "errors": errors(),
    })
}

/// References to all refusals.
fn errors() -> Vec<Json> {
    let names = REFUSALS.iter().map(|refusal| refusal.name);
    names
        .map(|name| json!({ "$ref": format!("#/components/errors/{name}") }))
        .collect()
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
