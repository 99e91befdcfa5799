//! A node's off-chain side: storage in memory, a pool that takes everything, and HTTP to the nodes
//! of the parties, which answer in every manner.

use super::{set_clock, signature, world};
use codec::{DecodeAll, Encode};
use counterfoil_primitives::{
    align::Book,
    book_exchange::{Answer, Question, SignedRequest},
    tree::{self, PAGE_SIZE},
};
use sp_core::offchain::{
    testing::TestOffchainExt, DbExternalities, Externalities, HttpError, HttpRequestId,
    HttpRequestStatus, OffchainDbExt, OffchainWorkerExt, OpaqueNetworkState, StorageKind,
    Timestamp, TransactionPool, TransactionPoolExt,
};
use std::collections::BTreeMap;

/// Registers a node's off-chain side with the externalities.
pub fn register(ext: &mut sp_io::TestExternalities) {
    let offchain = Offchain::default();
    ext.register_extension(OffchainDbExt::new(offchain.clone()));
    ext.register_extension(OffchainWorkerExt::new(offchain));
    ext.register_extension(TransactionPoolExt::new(Pool));
}

/// How a party's node answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Manner {
    Honest,
    Unreachable,
    Hangs,
    HangsInBody,
    CutOff,
    CutOffUnnoticed,
    Oversized,
    Status(u16),
    NotJson,
    OtherId,
    Error,
    NotHex,
    NotScale,
    Refuses,
    OtherQuestion,
    OnePageLess,
    /// Honest, but so slow that a request is just answered in time.
    Slow,
    /// Honest for a number of requests, and then busy.
    UpTo(usize),
    /// Few bytes that stand for much memory.
    ManyEmptySlots,
    /// Serves the book of somebody else.
    Foreign(Book),
}

/// The transaction pool: takes everything.
struct Pool;

impl TransactionPool for Pool {
    fn submit_transaction(&mut self, transaction: Vec<u8>) -> Result<(), ()> {
        world(|world| world.pool.push(transaction));
        Ok(())
    }
}

/// The off-chain side of a node: storage in memory, and HTTP to the parties of the [`MockWorld`].
#[derive(Clone, Default)]
struct Offchain {
    inner: TestOffchainExt,
    sent: BTreeMap<u16, (String, Vec<u8>)>,
    answers: BTreeMap<u16, Served>,
}

/// What a node sends back.
#[derive(Clone)]
struct Served {
    status: HttpRequestStatus,
    body: Vec<u8>,
    read: usize,
    takes: u64,
    end: Result<(), HttpError>,
}

impl Offchain {
    /// Lets the clock go on to to `deadline`.
    fn wait_until(deadline: Option<Timestamp>) {
        let deadline = deadline.expect("a wait without deadline would hang the worker for ever");
        set_clock(deadline.unix_millis());
    }
}

impl Externalities for Offchain {
    fn is_validator(&self) -> bool {
        true
    }
    fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
        Err(())
    }
    fn timestamp(&mut self) -> Timestamp {
        Timestamp::from_unix_millis(world(|world| world.clock))
    }
    fn sleep_until(&mut self, deadline: Timestamp) {
        Self::wait_until(Some(deadline));
    }
    fn random_seed(&mut self) -> [u8; 32] {
        self.inner.random_seed()
    }
    fn http_request_start(
        &mut self,
        method: &str,
        uri: &str,
        _: &[u8],
    ) -> Result<HttpRequestId, ()> {
        assert_eq!(method, "POST");
        let id = self.sent.len() as u16;
        self.sent.insert(id, (uri.to_string(), Vec::new()));
        Ok(HttpRequestId(id))
    }
    fn http_request_add_header(
        &mut self,
        _: HttpRequestId,
        name: &str,
        value: &str,
    ) -> Result<(), ()> {
        assert_eq!((name, value), ("content-type", "application/json"));
        Ok(())
    }
    fn http_request_write_body(
        &mut self,
        id: HttpRequestId,
        chunk: &[u8],
        _: Option<Timestamp>,
    ) -> Result<(), HttpError> {
        let (uri, body) = self.sent.get_mut(&id.0).ok_or(HttpError::Invalid)?;
        body.extend_from_slice(chunk);
        if chunk.is_empty() {
            self.answers.insert(id.0, serve(uri, body));
        }
        Ok(())
    }
    fn http_response_wait(
        &mut self,
        ids: &[HttpRequestId],
        deadline: Option<Timestamp>,
    ) -> Vec<HttpRequestStatus> {
        let status = |id: &HttpRequestId| {
            let served = &self.answers[&id.0];
            world(|world| world.clock += served.takes);
            served.status
        };
        let statuses: Vec<_> = ids.iter().map(status).collect();
        if statuses.contains(&HttpRequestStatus::DeadlineReached) {
            Self::wait_until(deadline);
        }
        statuses
    }
    fn http_response_headers(&mut self, _: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
        Vec::new()
    }
    fn http_response_read_body(
        &mut self,
        id: HttpRequestId,
        buffer: &mut [u8],
        deadline: Option<Timestamp>,
    ) -> Result<usize, HttpError> {
        let served = self.answers.get_mut(&id.0).ok_or(HttpError::Invalid)?;
        let rest = &served.body[served.read..];
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        served.read += read;
        if read > 0 {
            return Ok(read);
        }
        let end = served.end;
        if end == Err(HttpError::DeadlineReached) {
            Self::wait_until(deadline);
        }
        end.map(|()| 0)
    }
    fn set_authorized_nodes(&mut self, _: Vec<sp_core::OpaquePeerId>, _: bool) {}
}

impl DbExternalities for Offchain {
    fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
        self.inner.local_storage_set(kind, key, value)
    }
    fn local_storage_clear(&mut self, kind: StorageKind, key: &[u8]) {
        self.inner.local_storage_clear(kind, key)
    }
    fn local_storage_compare_and_set(
        &mut self,
        kind: StorageKind,
        key: &[u8],
        old: Option<&[u8]>,
        new: &[u8],
    ) -> bool {
        self.inner
            .local_storage_compare_and_set(kind, key, old, new)
    }
    fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
        self.inner.local_storage_get(kind, key)
    }
}

/// The node of the addressee answers a JSON-RPC request, in its manner.
fn serve(uri: &str, body: &[u8]) -> Served {
    let asked: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(
        asked["method"],
        counterfoil_primitives::book_exchange::METHOD
    );
    let id = asked["id"].as_u64().unwrap();
    let raw = hex::decode(&asked["params"][0].as_str().unwrap()[2..]).unwrap();
    let SignedRequest {
        request,
        signature: signed,
    } = SignedRequest::decode_all(&mut raw.as_slice()).unwrap();
    assert_eq!(uri, format!("http://member-{}", request.addressee));
    assert_eq!(signed, signature(&request.signing_payload()));
    let manner = world(|world| {
        world.asked.push(request.clone());
        let manner = world.manners.get(&request.addressee).cloned();
        match manner.unwrap_or(Manner::Honest) {
            Manner::UpTo(most) if world.asked.len() > most => Manner::Status(429),
            manner => manner,
        }
    });
    let book = match &manner {
        Manner::Foreign(book) => book.clone(),
        _ => world(|world| world.books[&request.side_id].clone()),
    };
    let mut answer = answer(&book, &request.question);
    match (&manner, &mut answer) {
        (Manner::Refuses, answer) => *answer = Answer::Refused("no\nsuch book".into()),
        (Manner::OtherQuestion, Answer::Roots { .. }) => answer = Answer::Slots(vec![]),
        (Manner::OtherQuestion, _) => {
            answer = Answer::Roots {
                slots: vec![],
                extras: vec![],
            }
        }
        (Manner::OnePageLess, Answer::Slots(pages)) => drop(pages.pop()),
        (Manner::OnePageLess, Answer::Extras(pages)) => drop(pages.pop()),
        (Manner::OnePageLess, Answer::Roots { slots, .. }) => drop(slots.pop()),
        _ => (),
    }
    let result = match manner {
        Manner::NotHex => "0xzz".to_string(),
        Manner::ManyEmptySlots => {
            let pages = Answer::Slots(vec![vec![None; 2_000_000]]);
            format!("0x{}", hex::encode(pages.encode()))
        }
        Manner::NotScale => format!("0x{}00", hex::encode(answer.encode())),
        _ => format!("0x{}", hex::encode(answer.encode())),
    };
    let id = if manner == Manner::OtherId {
        id ^ 1
    } else {
        id
    };
    let body = match manner {
        Manner::NotJson => "<html>It works!</html>".to_string(),
        Manner::Error => format!(
            r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":-32601,"message":"Method not found"}}}}"#
        ),
        Manner::Oversized => "x".repeat(crate::worker::http::MAX_BODY + 1),
        _ => format!(r#"{{"jsonrpc":"2.0","result":"{result}","id":{id}}}"#),
    };
    let mut body = body.into_bytes();
    if matches!(
        manner,
        Manner::CutOff | Manner::CutOffUnnoticed | Manner::HangsInBody
    ) {
        body.truncate(body.len() / 2);
    }
    Served {
        status: match manner {
            Manner::Hangs => HttpRequestStatus::DeadlineReached,
            Manner::Unreachable => HttpRequestStatus::IoError,
            Manner::Status(status) => HttpRequestStatus::Finished(status),
            _ => HttpRequestStatus::Finished(200),
        },
        body,
        read: 0,
        takes: match manner {
            Manner::Slow => crate::worker::budget::REQUEST_MS - 100,
            _ => 0,
        },
        end: match manner {
            Manner::HangsInBody => Err(HttpError::DeadlineReached),
            Manner::CutOff => Err(HttpError::IoError),
            _ => Ok(()),
        },
    }
}

fn answer(book: &Book, question: &Question) -> Answer {
    let slots: Vec<_> = book.slots.chunks(PAGE_SIZE as usize).collect();
    let extras: Vec<_> = book.extras.chunks(PAGE_SIZE as usize).collect();
    match question {
        Question::Roots => Answer::Roots {
            slots: slots
                .iter()
                .map(|page| tree::slots_page_root(page))
                .collect(),
            extras: tree::extras_page_roots(&book.extras),
        },
        Question::Slots(pages) => {
            let page = |page: &u32| slots.get(*page as usize).map_or(vec![], |s| s.to_vec());
            Answer::Slots(pages.iter().map(page).collect())
        }
        Question::Extras(pages) => {
            let page = |page: &u32| extras.get(*page as usize).map_or(vec![], |e| e.to_vec());
            Answer::Extras(pages.iter().map(page).collect())
        }
    }
}
