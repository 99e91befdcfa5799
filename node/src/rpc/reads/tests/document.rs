//! `docs/json-rpc.md`, which is made of the table of methods and of answers on the example chain.

use super::{
    super::{
        arguments::Parameter,
        limits::{
            MAX_DAYS_BACK, PATIENCE, READERS_FOR_SUBSCRIPTIONS, REQUESTS_PER_CONNECTION,
            REQUESTS_PER_NODE, SUBSCRIPTIONS_PER_CONNECTION, SUBSCRIPTIONS_PER_NODE,
        },
        methods::{Method, METHODS},
        refusal::REFUSALS,
        subscriptions::{Subscription, SUBSCRIPTIONS},
    },
    example::Example,
    requests::{example_params, method},
};
use serde_json::{json, Value as Json};
use std::{fs, path::Path};

/// Set to write the document instead of comparing it.
const WRITE: &str = "COUNTERFOIL_WRITE_DOCUMENT";

const HEAD: &str = "\
# JSON-RPC for programs

A node answers reads of a chain's reconciliation as plain JSON, for programs that have neither SCALE nor the
chain's metadata. All that they read is public, so a node answers whoever may connect to it. The books of a
party stay with its own staff. To send transactions, see [programs.md](programs.md); for the command line,
[cli/README.md](../cli/README.md).

This file is generated from the node's code. `rpc.discover` answers the same as an
[OpenRPC](https://open-rpc.org) document, with a JSON Schema of each parameter and answer.

## What holds for all methods

- Parameters are given by name or by position. An unknown one is refused.
- `at` names the block that is read: a hash, or the number of a final block. Without it, the last final block
  is read. Each answer names its block: give that hash as `at` to read further pages of the same state.
- A page has at most 256 items. `count` is the number of items on all pages.
- An answer has all its keys. What is not known, or does not apply, is null.
- Dates are like `2026-11-28`, by the agreement's clock. Times are in UTC, like `2026-11-29T11:03:00Z`.
- An amount is an object: `minor`, in minor units, and `value`, in the currency's unit, are both text, since
  JSON's numbers are too short for them; `currency` is the ISO 4217 code.
- A key has the name that the command line's JSON uses for the same thing.
";

const ERRORS: &str = "
## Errors

Codes and names do not change. `data` has the name, a remedy, and the parameter that is at fault, or null.

| code | name | what it means |
|---|---|---|
";

const SUBSCRIBING: &str = "
## Subscriptions

A subscription needs a websocket: send its request to `ws://127.0.0.1:9944`. The answer is an id. Each
notification has it as `subscription` beside its `result`. The unsubscribe method takes the id and ends the
subscription. `rpc.discover` has the subscriptions as `x-subscriptions`, in the form of methods.

Only final blocks are read, so that no fork takes back what was sent. Blocks that become final together share
one notification, which names the last of them. To miss nothing after a connection was lost, subscribe to
entries again with `after`: the block of the last notification whose `more` was false. If the connection was
lost between notifications of one block, the first entries of that block are sent again: tell them by day and
position. A day is sent whole, so it needs no such block.

If a subscription ends by itself, its last notification has an `error` in place of a `result`.
";

const PARAMETERS: &str = "\
| parameter | required | what it means | how it is written |
|---|---|---|---|
";

const LIMITS: &str = "
## Limits

A request beyond a limit is refused at once, and does not wait. The node's operator sets further limits of all
methods by the SDK's options, which begin with `--rpc-`.

| what | per connection | per node |
|---|---|---|
";

/// What a document holds of the limits.
fn limits_text() -> String {
    let rows = [
        (
            "requests that are answered at a time",
            REQUESTS_PER_CONNECTION,
            REQUESTS_PER_NODE,
        ),
        (
            "subscriptions",
            SUBSCRIPTIONS_PER_CONNECTION,
            SUBSCRIPTIONS_PER_NODE,
        ),
    ];
    let rows = rows.map(|(what, connection, node)| format!("| {what} | {connection} | {node} |\n"));
    let seconds = PATIENCE.as_secs();
    format!(
        "{LIMITS}{}\n\
         - A request by HTTP is a connection of its own.\n\
         - For all subscriptions, the node makes {READERS_FOR_SUBSCRIPTIONS} reads at a time; the others \
         wait for their turn.\n\
         - A subscription whose notification finds no room on its connection for {seconds} seconds ends \
         as `too_slow`.\n\
         - `after` names a block of the last {MAX_DAYS_BACK} days.\n",
        rows.concat()
    )
}

/// What a document holds of parameters.
fn parameters_text(parameters: &[Parameter]) -> String {
    let rows = parameters.iter().map(|taken| {
        let required = if taken.is_required { "yes" } else { "no" };
        let (name, says, write) = (taken.name, taken.says, taken.write);
        format!("| `{name}` | {required} | {says} | {write} |\n")
    });
    format!("{PARAMETERS}{}", rows.collect::<String>())
}

/// What a document holds of a subscription, with the parameters that its example has.
fn subscription_text(kind: &Subscription) -> String {
    let values = kind.parameters.iter();
    let values = values.map(|taken| (taken.name.to_owned(), taken.example_json()));
    let params = Json::Object(values.collect());
    let chain = Example::new();
    let feed = kind.begin(&chain, Some(&params.to_string()));
    let mut feed = feed.expect("the example begins");
    let result = feed.next(&chain).expect("the example has an answer");
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": kind.name, "params": params });
    let notification = json!({
        "jsonrpc": "2.0",
        "method": kind.notification,
        "params": { "subscription": "qtk0RZDcPtP6AzXy", "result": result },
    });
    let (name, says, unsubscribe) = (kind.name, kind.says, kind.unsubscribe);
    let parameters = parameters_text(kind.parameters);
    let (request, notification) = (
        fenced("json", &pretty(&request)),
        fenced("json", &pretty(&notification)),
    );
    format!(
        "\n### `{name}`\n\n{says}\nIt ends by `{unsubscribe}`.\n\n{parameters}\n\
         The request:\n\n{request}\nA notification:\n\n{notification}"
    )
}

/// What a document holds of a refusal.
fn refusal_text() -> String {
    let rows = REFUSALS.iter().map(|refusal| {
        let (code, name, says) = (refusal.code, refusal.name, refusal.says);
        format!("| {code} | `{name}` | {says} |\n")
    });
    let rows: String = rows.collect();
    let params = json!({ "agreement": 2, "day": "2026-11-28" });
    let of_day = method("counterfoil_day");
    let error = of_day.call(&Example::new(), Some(&params.to_string()));
    let error = serde_json::to_value(error.expect_err("there is no such agreement"));
    let error = fenced("json", &pretty(&error.expect("an error is JSON")));
    let request = request(of_day, &params);
    format!("{ERRORS}{rows}\n{request}\n{error}")
}

/// What a document holds of a method.
fn method_text(method: &Method) -> String {
    let parameters = parameters_text(method.parameters);
    let params = example_params(method);
    let answer = method.call(&Example::new(), Some(&params.to_string()));
    let answer = fenced("json", &pretty(&answer.expect("the example has an answer")));
    let request = request(method, &params);
    let (name, says) = (method.name, method.says);
    format!("\n### `{name}`\n\n{says}\n\n{parameters}\n{request}\n{answer}")
}

/// A request by `curl`.
fn request(method: &Method, params: &Json) -> String {
    let name = method.name;
    let text = format!(
        "curl -s http://127.0.0.1:9944 -H 'content-type: application/json' -d '\n\
         {{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{name}\",\n \"params\":{params}}}'"
    );
    fenced("sh", &text)
}

fn pretty(value: &Json) -> String {
    serde_json::to_string_pretty(value).expect("a value is JSON")
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{text}\n```\n")
}

/// The whole document.
fn document() -> String {
    let methods: String = METHODS.iter().map(method_text).collect();
    let subscriptions: String = SUBSCRIPTIONS.iter().map(subscription_text).collect();
    let (refusals, limits) = (refusal_text(), limits_text());
    format!("{HEAD}{refusals}{limits}{SUBSCRIBING}{subscriptions}\n## Methods\n{methods}")
}

#[test]
fn the_document_of_the_methods_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/json-rpc.md");
    let document = document();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &document).expect("the document can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == document,
        "docs/json-rpc.md is out of date; run this test with {WRITE}=1, which writes it anew"
    );
}
