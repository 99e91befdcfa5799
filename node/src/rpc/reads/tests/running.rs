//! The limits of requests.

use super::{
    super::{limits::REQUESTS_PER_CONNECTION, module_of, running::Context},
    example::Example,
};
use jsonrpsee::ConnectionId;
use serde_json::Value as Json;
use std::sync::mpsc;
use tokio::sync::oneshot;

/// The connection of the tests' own calls of a module.
const OWN: ConnectionId = ConnectionId(0);

#[tokio::test]
async fn a_request_beyond_the_limit_is_refused_with_a_code_and_answered_once_there_is_room() {
    let context = Context::new(Example::new());
    let requests = context.limits.requests.clone();
    let module = module_of(context).unwrap();
    let places: Vec<_> = (0..REQUESTS_PER_CONNECTION)
        .map(|_| requests.take(OWN).unwrap())
        .collect();
    let request = r#"{"jsonrpc":"2.0","id":1,"method":"counterfoil_agreements"}"#;
    let (answer, _) = module.raw_json_request(request, 1).await.unwrap();
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["error"]["code"], 8007);
    assert_eq!(answer["error"]["data"]["name"], "too_many_requests");
    drop(places);
    let (answer, _) = module.raw_json_request(request, 1).await.unwrap();
    let answer: Json = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["result"]["count"], 1);
}

#[tokio::test]
async fn a_caller_that_hangs_up_keeps_its_place_until_its_request_is_answered() {
    let context = Context::new(Example::new());
    let requests = context.limits.requests.clone();
    let (begin, begun) = oneshot::channel();
    let (release, released) = mpsc::channel::<()>();
    let mut answering = Box::pin(context.answer(OWN, move |_| {
        let _ = begin.send(());
        let _ = released.recv();
        Ok(())
    }));
    tokio::select! {
        _ = &mut answering => panic!("the request is held"),
        _ = begun => (),
    }
    drop(answering);
    let others: Vec<_> = (1..REQUESTS_PER_CONNECTION)
        .map(|_| requests.take(OWN).unwrap())
        .collect();
    assert!(requests.take(OWN).is_err());
    drop(others);
    release.send(()).unwrap();
}
