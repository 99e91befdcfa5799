//! Subscriptions: what they send, and when they end.

use super::{
    super::{
        feed::Feed,
        limits::SUBSCRIPTIONS_PER_CONNECTION,
        module_of,
        openrpc::document,
        running::Context,
        subscriptions::{Subscription, SUBSCRIPTIONS},
    },
    example::{hash_of, Example, LAST},
    json_schema::check,
};
use jsonrpsee::ConnectionId;
use serde_json::{json, Value as Json};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::sync::mpsc::Receiver;

fn subscription(name: &str) -> &'static Subscription {
    let found = SUBSCRIPTIONS.iter().find(|kind| kind.name == name);
    found.expect("there is such a subscription")
}

/// How long a test waits for what has to come.
const LONGEST: Duration = Duration::from_secs(30);

const ENTRIES: &str = "counterfoil_subscribeEntries";
const DAY: &str = "counterfoil_subscribeDay";

/// A feed on the example chain.
fn feed(chain: &Example, name: &str, params: Json) -> Box<dyn Feed> {
    let begun = subscription(name).begin(chain, Some(&params.to_string()));
    begun.expect("it begins")
}

/// The next notification of a feed.
fn next(feed: &mut Box<dyn Feed>, chain: &Example) -> Option<Json> {
    feed.next(chain).expect("the chain answers")
}

/// Where the entries of a notification stand.
fn positions(notification: &Json) -> Vec<u64> {
    let entries = notification["entries"].as_array().expect("there is a list");
    entries
        .iter()
        .filter_map(|entry| entry["position"].as_u64())
        .collect()
}

/// Subscribes by a module that keeps `room` messages; the answer, and what follows.
async fn subscribe(
    context: Context,
    name: &str,
    params: Json,
    room: usize,
) -> (Json, Receiver<String>) {
    let module = module_of(context).unwrap();
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": name, "params": params });
    let asked = module.raw_json_request(&request.to_string(), room).await;
    let (answer, messages) = asked.unwrap();
    (serde_json::from_str(&answer).unwrap(), messages)
}

/// The next message.
async fn message(messages: &mut Receiver<String>) -> Json {
    let waiting = tokio::time::timeout(LONGEST, messages.recv());
    let message = waiting.await.expect("it comes in time");
    serde_json::from_str(&message.expect("there is one")).expect("it is JSON")
}

/// Waits until something is so.
async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(LONGEST, waiting).await;
    waited.expect("it is so in time");
}

#[test]
fn each_notification_is_as_its_schema_says() {
    let document = document();
    for (kind, params) in [
        (subscription(ENTRIES), json!({ "agreement": 1, "after": 0 })),
        (subscription(DAY), json!([1, "2026-11-28"])),
    ] {
        let chain = Example::new();
        let sent = next(&mut feed(&chain, kind.name, params), &chain).expect("it sends at once");
        let schema = (kind.schema)().into_json();
        assert_eq!(check(&sent, &schema, &document), Ok(()), "{}", kind.name);
    }
}

#[test]
fn what_became_final_behind_a_named_block_is_sent_first() {
    let chain = Example::new();
    let mut entries = feed(&chain, ENTRIES, json!({ "agreement": 1, "after": 0 }));
    let sent = next(&mut entries, &chain).unwrap();
    assert_eq!(positions(&sent), [0, 1]);
    assert_eq!(
        (&sent["block"]["number"], &sent["more"]),
        (&json!(LAST), &json!(false))
    );
    assert_eq!(next(&mut entries, &chain), None);
}

#[test]
fn a_subscriber_that_comes_back_misses_nothing_and_gets_nothing_twice() {
    let chain = Example::new();
    let mut first = feed(&chain, ENTRIES, json!({ "agreement": 1, "after": 0 }));
    let block = next(&mut first, &chain).unwrap()["block"]["hash"].clone();
    chain.finalize(LAST + 1);
    let mut again = feed(&chain, ENTRIES, json!({ "agreement": 1, "after": block }));
    assert_eq!(positions(&next(&mut again, &chain).unwrap()), [2]);
}

#[test]
fn without_a_block_a_subscription_begins_behind_the_last_final_one_and_names_it() {
    let chain = Example::new();
    let mut entries = feed(&chain, ENTRIES, json!([1]));
    let sent = next(&mut entries, &chain).unwrap();
    assert_eq!(positions(&sent), [] as [u64; 0]);
    assert_eq!(sent["block"]["hash"], json!(hash_of(LAST)));
    chain.finalize(LAST + 1);
    assert_eq!(positions(&next(&mut entries, &chain).unwrap()), [2]);
}

#[test]
fn a_block_without_entries_is_named_only_after_many_of_them() {
    let chain = Example::new();
    let mut entries = feed(&chain, ENTRIES, json!([1]));
    chain.finalize(LAST + 1);
    next(&mut entries, &chain).unwrap();
    chain.finalize(LAST + 2);
    assert_eq!(next(&mut entries, &chain), None);
    chain.finalize(LAST + 101);
    let sent = next(&mut entries, &chain).unwrap();
    assert_eq!(positions(&sent), [] as [u64; 0]);
    assert_eq!(sent["block"]["number"], LAST + 101);
}

#[test]
fn a_side_and_a_client_choose_among_the_entries() {
    let chain = Example::new();
    let one = json!({ "agreement": 1, "side": "credit", "client": 1, "after": 0 });
    let sent = next(&mut feed(&chain, ENTRIES, one), &chain).unwrap();
    assert_eq!(sent["entries"][0]["debit"], Json::Null);
    assert_eq!(sent["entries"][0]["credit"]["amount"]["minor"], "625");
    let other = json!({ "agreement": 1, "client": 2, "after": 0 });
    let sent = next(&mut feed(&chain, ENTRIES, other), &chain).unwrap();
    assert_eq!(positions(&sent), [] as [u64; 0]);
}

#[test]
fn a_day_is_sent_at_once_and_again_only_when_it_changed() {
    let chain = Example::new();
    let mut day = feed(&chain, DAY, json!([1, "2026-11-28"]));
    let sent = next(&mut day, &chain).unwrap();
    assert_eq!(
        (&sent["trades"], &sent["block"]["number"]),
        (&json!(2), &json!(LAST))
    );
    assert_eq!(next(&mut day, &chain), None);
    chain.finalize(LAST + 1);
    assert_eq!(next(&mut day, &chain).unwrap()["trades"], 3);
    chain.finalize(LAST + 2);
    assert_eq!(next(&mut day, &chain), None);
}

#[test]
fn a_day_is_read_only_where_something_of_it_changed() {
    let chain = Example::new();
    let mut day = feed(&chain, DAY, json!([1, "2026-11-28"]));
    next(&mut day, &chain).unwrap();
    let read = || chain.days_read.load(Ordering::SeqCst);
    let before = read();
    chain.finalize(LAST + 1);
    assert!(next(&mut day, &chain).is_some());
    let changed = read();
    assert!(changed > before);
    chain.finalize(LAST + 2);
    assert_eq!(next(&mut day, &chain), None);
    assert_eq!(read(), changed);
}

#[tokio::test]
async fn a_subscriber_is_sent_what_becomes_final() {
    let chain = Example::new();
    let context = Context::new(chain.clone());
    let (answer, mut messages) = subscribe(context, ENTRIES, json!([1]), 8).await;
    assert!(
        answer["result"].is_u64() || answer["result"].is_string(),
        "{answer}"
    );
    let first = message(&mut messages).await;
    assert_eq!(first["method"], "counterfoil_entries");
    chain.finalize(LAST + 1);
    let second = message(&mut messages).await;
    assert_eq!(positions(&second["params"]["result"]), [2]);
}

#[tokio::test]
async fn a_subscription_to_what_is_not_there_is_refused() {
    for (name, params, code) in [
        (ENTRIES, json!([2]), 8004),
        (DAY, json!([1, "2027-11-28"]), 8004),
        (ENTRIES, json!({ "agreement": 1, "after": LAST + 1 }), 8005),
        (
            ENTRIES,
            json!({ "agreement": 1, "after": hash_of(LAST + 1) }),
            8005,
        ),
        (ENTRIES, json!({ "agreement": 1, "at": 3 }), -32602),
    ] {
        let context = Context::new(Example::new());
        let (answer, _) = subscribe(context, name, params, 8).await;
        assert_eq!(answer["error"]["code"], code, "{answer}");
    }
}

#[tokio::test]
async fn a_subscription_beyond_the_limit_is_refused() {
    let context = Context::new(Example::new());
    let places = context.limits.subscriptions.clone();
    let _taken: Vec<_> = (0..SUBSCRIPTIONS_PER_CONNECTION)
        .map(|_| places.take(ConnectionId(0)).unwrap())
        .collect();
    let (answer, _) = subscribe(context, ENTRIES, json!([1]), 8).await;
    assert_eq!(answer["error"]["data"]["name"], "too_many_subscriptions");
}

#[tokio::test]
async fn a_subscriber_that_takes_nothing_loses_its_subscription_and_is_told_why() {
    let chain = Example::new();
    let mut context = Context::new(chain.clone());
    context.limits.patience = Duration::from_millis(20);
    let places = context.limits.subscriptions.clone();
    let (_, mut messages) =
        subscribe(context, ENTRIES, json!({ "agreement": 1, "after": 0 }), 1).await;
    // The first message takes all the room that there is; the second finds none.
    until(|| !messages.is_empty()).await;
    chain.finalize(LAST + 1);
    let all_are_free = || {
        let taken = (0..SUBSCRIPTIONS_PER_CONNECTION).map(|_| places.take(ConnectionId(0)));
        taken.collect::<Result<Vec<_>, _>>().is_ok()
    };
    until(all_are_free).await;
    let first = message(&mut messages).await;
    assert_eq!(positions(&first["params"]["result"]), [0, 1]);
    let last = message(&mut messages).await;
    assert_eq!(last["params"]["error"]["data"]["name"], "too_slow");
}
