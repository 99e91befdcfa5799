//! Requests and their answers.

use super::{
    super::{
        arguments::{Arguments, Parameter, AT},
        methods::{Method, METHODS},
        module,
        openrpc::document,
        subscriptions::SUBSCRIPTIONS,
    },
    example::{hash_of, Example, COMPLETED, LAST, REPLACING, SUPPLEMENTING, WITHOUT_STATE},
    json_schema::check,
};
use serde_json::{json, Value as Json};

pub(super) fn method(name: &str) -> &'static Method {
    let found = METHODS.iter().find(|method| method.name == name);
    found.expect("there is such a method")
}

/// The answer of a method on the example chain.
fn answer(name: &str, params: Json) -> Json {
    let raw = params.to_string();
    method(name)
        .call(&Example::new(), Some(&raw))
        .expect("it answers")
}

/// The code of a refusal, its name, the parameter at fault, and why.
fn refusal(name: &str, params: Json) -> (i32, Json, Json, String) {
    let raw = params.to_string();
    let error = method(name).call(&Example::new(), Some(&raw)).unwrap_err();
    let data: Json = serde_json::from_str(error.data().expect("it has data").get()).unwrap();
    let why = error.message().to_owned();
    assert!(data["remedy"]
        .as_str()
        .is_some_and(|remedy| !remedy.is_empty()));
    (
        error.code(),
        data["name"].clone(),
        data["parameter"].clone(),
        why,
    )
}

/// The parameters of a method's example: those that have to be given.
pub(super) fn example_params(method: &Method) -> Json {
    let required = method.parameters.iter().filter(|taken| taken.is_required);
    let values = required.map(|taken| (taken.name.to_owned(), taken.example_json()));
    Json::Object(values.collect())
}

#[test]
fn each_answer_is_as_its_schema_says() {
    let document = document();
    for method in &METHODS {
        let answer = answer(method.name, example_params(method));
        let schema = method.answer_schema().into_json();
        let checked = check(&answer, &schema, &document);
        assert_eq!(checked, Ok(()), "{}", method.name);
    }
}

#[test]
fn each_parameter_takes_its_example() {
    for method in &METHODS {
        let examples = method.parameters.iter().map(Parameter::example_json);
        let examples = Json::Array(examples.collect());
        let read = Arguments::read(Some(&examples.to_string()), method.parameters);
        assert!(read.is_ok(), "{}: {read:?}", method.name);
    }
}

#[test]
fn each_method_takes_a_block_as_its_last_parameter() {
    for method in &METHODS {
        let last = method.parameters.last().map(|taken| taken.name);
        assert_eq!(last, Some(AT.name), "{}", method.name);
    }
}

#[test]
fn each_documented_method_is_registered() {
    let module = module(Example::new()).unwrap();
    let document = document();
    let documented = document["methods"].as_array().unwrap();
    let mut documented: Vec<&str> = documented
        .iter()
        .filter_map(|method| method["name"].as_str())
        .chain(["rpc.discover"])
        .collect();
    for kind in &SUBSCRIPTIONS {
        documented.extend([kind.name, kind.unsubscribe]);
    }
    documented.sort_unstable();
    let mut registered: Vec<&str> = module.method_names().collect();
    registered.sort_unstable();
    assert_eq!(registered, documented);
}

#[tokio::test]
async fn a_request_over_the_wire_is_answered_without_leave_for_unsafe_methods() {
    let module = module(Example::new()).unwrap();
    let request = r#"{"jsonrpc":"2.0","id":1,"method":"counterfoil_agreements"}"#;
    let (answer, _) = module.raw_json_request(request, 1).await.unwrap();
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["result"]["agreements"][0]["currency"], "CZK");
    let request = r#"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#;
    let (answer, _) = module.raw_json_request(request, 1).await.unwrap();
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["result"], document());
}

#[test]
fn a_day_shows_timing_differences_beside_breaks() {
    let day = answer("counterfoil_day", json!([1, "2026-11-28"]));
    assert_eq!(
        (&day["status"], &day["trades"]),
        (&json!("reconciled"), &json!(2))
    );
    assert_eq!(
        (&day["debit"]["breaks"], &day["debit"]["timing"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&day["credit"]["breaks"], &day["credit"]["timing"]),
        (&json!(0), &json!(0))
    );
    let owed = json!({ "minor": "500", "value": "5.00", "currency": "CZK" });
    assert_eq!(day["obligation"], owed);
    assert_eq!(day["cut_off_at"], "2026-11-29T10:00:00Z");
}

#[test]
fn a_refund_names_its_payment() {
    let trades = answer("counterfoil_trades", json!([1, "2026-11-28"]));
    assert_eq!(trades["trades"][0]["original"], Json::Null);
    assert_eq!(trades["trades"][1]["refund_of"]["id"], "1/42");
    assert_eq!((&trades["count"], &trades["pages"]), (&json!(2), &json!(1)));
}

#[test]
fn a_page_behind_the_last_is_empty() {
    for (name, list) in [
        ("counterfoil_trades", "trades"),
        ("counterfoil_breaks", "slots"),
    ] {
        for page in [1, u32::MAX] {
            let mut params = example_params(method(name));
            params["page"] = page.into();
            assert_eq!(answer(name, params)[list], json!([]), "{name} {page}");
        }
    }
}

#[test]
fn breaks_say_what_was_found_what_is_right_and_where_else_it_is() {
    let breaks = answer("counterfoil_breaks", json!([1, "2026-11-28", "debit"]));
    let slot = &breaks["slots"][0];
    assert_eq!(slot["cause"], "gross_booked");
    assert_eq!(
        (
            &slot["found"]["amount"]["value"],
            &slot["right"]["amount"]["value"]
        ),
        (&json!("1250.50"), &json!("1244.25"))
    );
    assert_eq!(breaks["extras"][0]["timing"]["other_day"], "2026-11-27");
    let clean = answer("counterfoil_breaks", json!([1, "2026-11-28", "credit"]));
    assert_eq!((&clean["slots"], &clean["count"]), (&json!([]), &json!(0)));
}

#[test]
fn the_last_final_block_is_read_unless_another_is_named() {
    let number = |params| answer("counterfoil_agreements", params)["block"]["number"].clone();
    assert_eq!(number(json!([])), LAST);
    assert_eq!(number(json!({ "at": 12 })), 12);
    assert_eq!(number(json!({ "at": hash_of(LAST + 1) })), LAST + 1);
}

#[test]
fn a_block_that_cannot_be_read_is_refused() {
    for (at, why) in [
        (json!(LAST + 1), "is not final"),
        (json!(hash_of(LAST + 2)), "does not know"),
        (json!(WITHOUT_STATE), "does not keep the state"),
    ] {
        let refused = refusal("counterfoil_agreements", json!({ "at": at }));
        assert_eq!(
            (refused.0, refused.1, refused.2),
            (8005, json!("no_block"), json!("at"))
        );
        assert!(refused.3.contains(why), "{}", refused.3);
    }
}

#[test]
fn what_is_not_there_is_refused_with_the_parameter_that_names_it() {
    for (name, params, parameter) in [
        ("counterfoil_agreement", json!([2]), "agreement"),
        ("counterfoil_day", json!([2, "2026-11-28"]), "agreement"),
        ("counterfoil_day", json!([1, "2027-11-28"]), "day"),
        ("counterfoil_trades", json!([1, "2027-11-28"]), "day"),
        (
            "counterfoil_breaks",
            json!([1, "2027-11-28", "debit"]),
            "day",
        ),
        ("counterfoil_obligations", json!([2]), "agreement"),
        ("counterfoil_obligation", json!([1, "2027-11-28"]), "day"),
        ("counterfoil_proposals", json!([2]), "agreement"),
        ("counterfoil_proposal", json!([1, 2]), "number"),
        ("counterfoil_products", json!([2]), "agreement"),
        ("counterfoil_waiting", json!([2]), "agreement"),
        (
            "counterfoil_timingDifferences",
            json!([1, "2027-11-28", "debit"]),
            "day",
        ),
        (
            "counterfoil_corrections",
            json!([1, "2027-11-28", "debit"]),
            "day",
        ),
        ("counterfoil_proposalTrades", json!([1, 2]), "number"),
        (
            "counterfoil_proposalTrades",
            json!([1, COMPLETED]),
            "number",
        ),
    ] {
        let refused = refusal(name, params);
        let expected = (8004, json!("not_there"), json!(parameter));
        assert_eq!(
            (refused.0, refused.1, refused.2),
            expected,
            "{name}: {}",
            refused.3
        );
    }
}

#[test]
fn a_day_names_the_proposals_that_touch_it_and_who_has_to_pay() {
    let day = answer("counterfoil_day", json!([1, "2026-11-28"]));
    assert_eq!(day["amendments"], json!([1]));
    assert_eq!(day["settlement"]["awaited"], 2);
    assert_eq!(day["settlement"]["waiting"]["reason"], "short");
    assert_eq!(day["debit"]["corrections"], 1);
    assert_eq!(day["awaited"], json!([repair()]));
}

/// What the day of the example waits for: the company's book has breaks.
fn repair() -> Json {
    json!({
        "what": "repair",
        "members": [2],
        "side": "debit",
        "until": null,
        "late": false,
    })
}

#[test]
fn corrections_say_what_to_do_with_each_break() {
    let params = json!([1, "2026-11-28", "debit"]);
    let corrections = answer("counterfoil_corrections", params);
    let [slot, extra] = [0, 1].map(|index| &corrections["corrections"][index]);
    assert_eq!(
        (&slot["action"], &slot["position"]),
        (&json!("correct"), &json!(0))
    );
    assert_eq!(slot["difference"]["minor"], "-625");
    assert_eq!(
        (&extra["action"], &extra["right"]),
        (&json!("none"), &Json::Null)
    );
}

#[test]
fn timing_differences_are_listed_by_themselves() {
    let params = json!([1, "2026-11-28", "debit"]);
    let timing = answer("counterfoil_timingDifferences", params);
    assert_eq!(
        (&timing["count"], &timing["timing"][0]["late"]),
        (&json!(1), &json!("ledger"))
    );
    let behind = json!([1, "2026-11-28", "debit", 1]);
    let behind = answer("counterfoil_timingDifferences", behind);
    assert_eq!(
        (&behind["count"], &behind["timing"]),
        (&json!(1), &json!([]))
    );
}

#[test]
fn an_inbox_has_the_answers_that_are_awaited_what_is_due_and_the_days_that_wait() {
    let waiting = answer("counterfoil_waiting", json!([1]));
    assert_eq!(waiting["proposals"][0]["awaited"], json!([2]));
    assert_eq!(waiting["obligations"][0]["awaited"], 2);
    assert_eq!(waiting["obligations_count"], 1);
    let day = json!({ "day": "2026-11-28", "status": "reconciled", "awaited": [repair()] });
    assert_eq!(waiting["days"], json!([day]));
}

#[test]
fn the_trades_of_a_proposal_stand_beside_what_is_right() {
    let named = |number: u32, page: u32| {
        let params = json!([1, number, page]);
        answer("counterfoil_proposalTrades", params)["named"].clone()
    };
    let cancelled = named(1, 0);
    assert_eq!(cancelled[0]["trade"]["id"], "1/42");
    assert_eq!(
        (&cancelled[0]["right"], &cancelled[1]),
        (&Json::Null, &Json::Null)
    );
    assert_eq!(named(1, 1), json!([]));
    let replaced = named(REPLACING, 0);
    assert_eq!(replaced[0]["trade"]["gross"]["minor"], "125050");
    assert_eq!(replaced[0]["right"]["gross"]["minor"], "125000");
    let supplemented = named(SUPPLEMENTING, 0);
    assert_eq!(
        (&supplemented[0]["client"], &supplemented[0]["trade"]),
        (&json!(1), &Json::Null)
    );
    assert_eq!(supplemented[0]["right"]["reference"], "R-2026-0003");
}

#[test]
fn a_proposal_shows_what_it_wants_until_it_is_completed() {
    let content =
        |number: u32| answer("counterfoil_proposal", json!([1, number]))["content"].clone();
    assert_eq!(content(1)["act"], "cancel");
    assert_eq!(content(1)["positions"], json!([[0, 0]]));
    assert_eq!(content(SUPPLEMENTING)["day"], Json::Null);
    assert_eq!(content(COMPLETED), Json::Null);
}

#[test]
fn products_show_each_version_of_their_terms() {
    let products = answer("counterfoil_products", json!([1]));
    let version = &products["products"][0]["versions"][0];
    assert_eq!(
        (&version["version"], &version["from"]),
        (&json!(0), &json!("2026-11-27"))
    );
    assert_eq!(version["credit"]["rate_ppm"], 5_000);
}
