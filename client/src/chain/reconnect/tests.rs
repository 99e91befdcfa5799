//! Connections that break, come back, and do not.

use super::*;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex as StdMutex},
};

/// What a connection does with the next request, besides telling its chain.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Answers,
    Breaks,
    Refuses,
}

/// A connection that breaks as planned.
struct Fake {
    genesis: &'static str,
    plan: StdMutex<VecDeque<Next>>,
    asked: Arc<StdMutex<Vec<String>>>,
}

impl Fake {
    fn next(&self, method: &str) -> Result<Box<RawValue>, Error> {
        let text = |text: &str| RawValue::from_string(format!("{text:?}")).unwrap();
        if method == "chain_getBlockHash" {
            return Ok(text(self.genesis));
        }
        self.asked.lock().unwrap().push(method.into());
        match self.plan.lock().unwrap().pop_front() {
            Some(Next::Answers) => Ok(text("answer")),
            Some(Next::Refuses) => Err(Error::User(subxt::rpcs::UserError::method_not_found())),
            _ => Err(Error::Client("the background task closed".into())),
        }
    }
}

impl RpcClientT for Fake {
    fn request_raw<'a>(
        &'a self,
        method: &'a str,
        _: Option<Box<RawValue>>,
    ) -> RawRpcFuture<'a, Box<RawValue>> {
        Box::pin(async move { self.next(method) })
    }

    fn subscribe_raw<'a>(
        &'a self,
        method: &'a str,
        _: Option<Box<RawValue>>,
        _: &'a str,
    ) -> RawRpcFuture<'a, RawRpcSubscription> {
        Box::pin(async move {
            let first = self.next(method)?;
            Ok(RawRpcSubscription {
                stream: stream::iter([Ok(first)]).boxed(),
                id: None,
            })
        })
    }
}

/// A try to connect: a connection of a chain with a plan, or none.
type Try = Option<(&'static str, Vec<Next>)>;

struct World {
    asked: Arc<StdMutex<Vec<String>>>,
    tries: Arc<StdMutex<VecDeque<Try>>>,
}

impl World {
    /// A client to which the tries come in this order.
    async fn new(tries: Vec<Try>) -> (Self, RpcClient) {
        let world = Self {
            asked: Arc::default(),
            tries: Arc::new(StdMutex::new(tries.into())),
        };
        let (asked, tries) = (world.asked.clone(), world.tries.clone());
        let connect = move || -> BoxFuture<'static, Result<RpcClient, Error>> {
            let next = tries.lock().unwrap().pop_front().flatten();
            let asked = asked.clone();
            Box::pin(async move {
                let (genesis, plan) = next.ok_or(Error::Client("refused".into()))?;
                Ok(RpcClient::new(Fake {
                    genesis,
                    plan: StdMutex::new(plan.into()),
                    asked,
                }))
            })
        };
        let patience = Duration::from_millis(20);
        let pause = Duration::from_millis(1);
        let line = Reconnecting::by(Box::new(connect), "ws://node", patience, pause).await;
        (world, RpcClient::new(line.unwrap()))
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

async fn ask(client: &RpcClient, method: &str) -> Result<String, String> {
    let answer = client.request(method, rpc_params![]).await;
    answer.map_err(|error| error.to_string())
}

use Next::{Answers, Breaks, Refuses};

#[tokio::test]
async fn a_request_whose_connection_breaks_is_asked_again_over_a_new_one() {
    let tries = vec![
        Some(("a", vec![Answers, Breaks])),
        None,
        Some(("a", vec![Answers])),
    ];
    let (world, client) = World::new(tries).await;
    for _ in 0..2 {
        assert_eq!(ask(&client, "state_call").await.as_deref(), Ok("answer"));
    }
    assert_eq!(world.asked(), 3);
}

#[tokio::test]
async fn requests_side_by_side_share_the_new_connection() {
    let tries = vec![
        Some(("a", vec![Breaks, Breaks])),
        Some(("a", vec![Answers, Answers])),
    ];
    let (world, client) = World::new(tries).await;
    let (first, second) = tokio::join!(ask(&client, "state_call"), ask(&client, "state_call"));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(world.tries.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_node_that_stays_away_is_given_up() {
    let (_, client) = World::new(vec![Some(("a", vec![Breaks]))]).await;
    let error = ask(&client, "state_call").await.unwrap_err();
    for part in ["ws://node is lost", "no node has answered"] {
        assert!(error.contains(part), "{error}");
    }
}

#[tokio::test]
async fn a_node_that_comes_back_later_is_found_by_the_next_request() {
    let mut tries = vec![Some(("a", vec![Breaks]))];
    tries.extend(vec![None; 60]);
    let (world, client) = World::new(tries).await;
    assert!(ask(&client, "state_call").await.is_err());
    *world.tries.lock().unwrap() = VecDeque::from([Some(("a", vec![Answers]))]);
    assert_eq!(ask(&client, "state_call").await.as_deref(), Ok("answer"));
}

#[tokio::test]
async fn another_chain_in_the_nodes_place_is_not_asked() {
    let tries = vec![Some(("a", vec![Breaks])), Some(("b", vec![Answers]))];
    let (world, client) = World::new(tries).await;
    let error = ask(&client, "state_call").await.unwrap_err();
    assert!(error.contains("of another chain"), "{error}");
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn what_the_node_itself_refuses_is_not_asked_again() {
    let (world, client) = World::new(vec![Some(("a", vec![Refuses]))]).await;
    let error = ask(&client, "state_call").await.unwrap_err();
    assert!(error.contains("Method not found"), "{error}");
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn a_request_that_breaks_each_connection_is_given_up() {
    let tries = vec![Some(("a", vec![Breaks])); 10];
    let (world, client) = World::new(tries).await;
    let error = ask(&client, "state_call").await.unwrap_err();
    assert!(error.contains("background task closed"), "{error}");
    assert_eq!(world.asked(), 1 + REPEATS as usize);
}

#[tokio::test]
async fn a_request_for_a_book_is_not_asked_twice() {
    let tries = vec![
        Some(("a", vec![Breaks])),
        Some(("a", vec![Answers, Answers])),
    ];
    let (world, client) = World::new(tries).await;
    let error = ask(&client, book_exchange::METHOD).await.unwrap_err();
    assert!(error.contains("whether what was sent"), "{error}");
    assert_eq!(world.asked(), 1);
    assert!(ask(&client, book_exchange::METHOD).await.is_ok());
}

#[tokio::test]
async fn a_stream_that_is_cut_off_says_so() {
    let tries = vec![Some(("a", vec![Breaks])), Some(("a", vec![Answers]))];
    let (_, client) = World::new(tries).await;
    let mut heard = client
        .subscribe::<String>("author_submitAndWatchExtrinsic", rpc_params![], "end")
        .await
        .unwrap();
    assert_eq!(heard.next().await.unwrap().unwrap(), "answer");
    let error = heard.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("whether what was sent"), "{error}");
}
