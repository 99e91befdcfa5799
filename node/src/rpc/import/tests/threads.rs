//! Calls that wait for one another.

use super::*;
use futures::join;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

/// Whether a call of `method` that waits for another one leaves its thread to others.
fn leaves_its_thread(method: &str, params: &str) -> bool {
    let Fixture { import, .. } = fixture(0);
    let books = import.books.clone();
    let mut module = import.into_rpc();
    module.extensions_mut().insert(DenyUnsafe::No);
    let is_free = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let (is_held, waits) = std::sync::mpsc::channel();
    let other = thread::spawn({
        let is_free = is_free.clone();
        move || {
            let _held = books.lock();
            is_held.send(()).unwrap();
            thread::sleep(Duration::from_millis(500));
            is_free.store(true, Ordering::SeqCst);
        }
    });
    waits.recv().unwrap();
    let request = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
    let went_on = runtime.block_on(async {
        let call = module.raw_json_request(&request, 1);
        let meanwhile = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            !is_free.load(Ordering::SeqCst)
        };
        let (answer, went_on) = join!(call, meanwhile);
        answer.unwrap();
        went_on
    });
    other.join().unwrap();
    went_on
}

#[test]
fn a_call_that_waits_for_another_holds_up_no_thread_of_the_server() {
    let hash = format!("{:?}", H256::zero());
    let page = format!("0x{}", hex::encode(lines(1).encode()));
    let calls = [
        ("counterfoil_beginImport", r#"[1, 20000, "credit"]"#.into()),
        (
            "counterfoil_importBook",
            format!(r#"[1, 20000, "credit", 0, "{page}"]"#),
        ),
        (
            "counterfoil_confirmImport",
            format!(r#"[1, 20000, "credit", "{hash}"]"#),
        ),
    ];
    for (method, params) in calls {
        assert!(leaves_its_thread(method, &params), "{method}");
    }
}
