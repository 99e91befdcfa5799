//! Each check of a request by itself, and what is answered.

use super::*;
use crate::rpc::testing::{
    keystore, operator, TestChain, AGREEMENT, BANK, CLIENT, COMPANY, GENESIS, RECONCILER,
};
use counterfoil_primitives::{
    book_exchange::{MAX_LIFETIME, MAX_PAGES},
    summary::{SideStatus, SideSummary},
    BusinessDay, Entry, MemberId, Round, Side, Source,
};
use proptest::{prelude::*, sample::Index};
use sp_core::{offchain::storage::InMemOffchainStorage, Pair, H256};

mod commits_first;
mod days;

const NOW: Moment = 1_800_000_000_000;
const DAY: BusinessDay = BusinessDay(20_000);
/// The company's side.
const SIDE_ID: SideId = SideId::new(AGREEMENT, DAY, Side::Debit);

/// The company's node, whose book of the day is closed: one slot, one extra.
fn company() -> Fetch<TestChain, InMemOffchainStorage> {
    let mut books = Books::new(InMemOffchainStorage::default());
    books.set(SIDE_ID, Item::Slots(0), &vec![Some(entry(1))]);
    books.set(SIDE_ID, Item::Extras(0), &vec![entry(2)]);
    let state = BookState {
        source: Source::Ledger,
        slots: 1,
        extras: 1,
        frozen: true,
        slots_page_roots: vec![H256::repeat_byte(7)],
        extras_page_roots: vec![H256::repeat_byte(8)],
        ..Default::default()
    };
    books.set(SIDE_ID, Item::State, &state);
    let nonces = Nonces::new(books.storage().clone());
    let chain = TestChain {
        status: SideStatus::Committed,
        side: SideSummary {
            late_until: Some(LATE_UNTIL),
            ..Default::default()
        },
        ..Default::default()
    };
    Fetch::new(chain, keystore(&[COMPANY]), books, nonces)
}

fn entry(amount: u128) -> Entry {
    Entry {
        amount,
        ..Default::default()
    }
}

fn request(question: Question) -> Request {
    Request {
        genesis: GENESIS,
        addressee: COMPANY,
        requester: RECONCILER,
        side_id: SIDE_ID,
        question,
        expires_at: NOW + 60_000,
        nonce: [1; 16],
    }
}

fn signed_by(member: MemberId, request: Request) -> SignedRequest {
    SignedRequest {
        signature: operator(member).sign(&request.signing_payload()),
        request,
    }
}

fn ask(node: &Fetch<TestChain, InMemOffchainStorage>, request: Request) -> Answer {
    let signed = signed_by(request.requester, request);
    node.answer(&signed, NOW).unwrap()
}

fn refusal(request: Request) -> String {
    match ask(&company(), request) {
        Answer::Refused(reason) => reason,
        answer => panic!("not refused but answered: {answer:?}"),
    }
}

#[test]
fn the_reconciler_gets_the_page_roots() {
    let answer = ask(&company(), request(Question::Roots));
    let roots = Answer::Roots {
        slots: vec![H256::repeat_byte(7)],
        extras: vec![H256::repeat_byte(8)],
    };
    assert_eq!(answer, roots);
}

#[test]
fn the_other_party_gets_pages_of_slots() {
    let asked = Request {
        requester: BANK,
        ..request(Question::Slots(vec![0]))
    };
    let answer = ask(&company(), asked);
    assert_eq!(answer, Answer::Slots(vec![vec![Some(entry(1))]]));
}

#[test]
fn pages_of_extras_are_answered() {
    let answer = ask(&company(), request(Question::Extras(vec![0])));
    assert_eq!(answer, Answer::Extras(vec![vec![entry(2)]]));
}

#[test]
fn a_client_of_the_agreement_is_refused() {
    let asked = Request {
        requester: CLIENT,
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("no part"));
}

#[test]
fn another_chain_is_refused() {
    let asked = Request {
        genesis: H256::zero(),
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("another chain"));
}

#[test]
fn an_expired_request_is_refused() {
    let asked = Request {
        expires_at: NOW - 1,
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("expired"));
}

#[test]
fn a_request_for_too_long_is_refused() {
    let asked = Request {
        expires_at: NOW + MAX_LIFETIME + 1,
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("too far ahead"));
}

#[test]
fn an_unknown_agreement_is_refused() {
    let asked = Request {
        side_id: SideId::new(AGREEMENT + 1, DAY, Side::Debit),
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("no such agreement"));
}

#[test]
fn an_addressee_that_is_not_the_party_is_refused() {
    let asked = Request {
        addressee: BANK,
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("not the party"));
}

#[test]
fn an_addressee_without_a_key_here_is_refused() {
    let asked = Request {
        addressee: BANK,
        side_id: SideId::new(AGREEMENT, DAY, Side::Credit),
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("does not act"));
}

#[test]
fn a_signature_by_another_member_is_refused() {
    let signed = signed_by(BANK, request(Question::Roots));
    let Answer::Refused(reason) = company().answer(&signed, NOW).unwrap() else {
        panic!("not refused");
    };
    assert!(reason.contains("signature"));
}

#[test]
fn a_changed_request_is_refused() {
    let mut signed = signed_by(RECONCILER, request(Question::Roots));
    signed.request.question = Question::Slots(vec![0]);
    let Answer::Refused(reason) = company().answer(&signed, NOW).unwrap() else {
        panic!("not refused");
    };
    assert!(reason.contains("signature"));
}

#[test]
fn a_nonce_is_taken_once() {
    let node = company();
    ask(&node, request(Question::Roots));
    let Answer::Refused(reason) = ask(&node, request(Question::Roots)) else {
        panic!("not refused");
    };
    assert!(reason.contains("nonce"));
}

#[test]
fn two_members_may_use_the_same_nonce() {
    let node = company();
    ask(&node, request(Question::Roots));
    let asked = Request {
        requester: BANK,
        ..request(Question::Roots)
    };
    assert!(matches!(ask(&node, asked), Answer::Roots { .. }));
}

#[test]
fn a_refused_request_leaves_its_nonce_unused() {
    let node = company();
    let forged = signed_by(BANK, request(Question::Roots));
    node.answer(&forged, NOW).unwrap();
    let answer = ask(&node, request(Question::Roots));
    assert!(matches!(answer, Answer::Roots { .. }));
}

/// The agreement's preset time: midnight, UTC. The deadline is a minute later.
const PRESET: Moment = (DAY.0 as Moment + 1) * 86_400_000;
const DEADLINE: Moment = PRESET + 60_000;
/// When a side that defaulted is not proven late any more.
const LATE_UNTIL: Moment = PRESET + 30 * 86_400_000;

/// What `requester` gets at `now`, which is the time of the chain too, where both sides are at `status`, in
/// `round`.
fn asked_at(now: Moment, requester: MemberId, status: SideStatus, round: Round) -> Answer {
    let side = SideSummary {
        too_late: now >= LATE_UNTIL,
        ..Default::default()
    };
    asked_of(side, now, requester, status, round)
}

/// The same where the chain says this of both sides beside that.
fn asked_of(
    side: SideSummary,
    now: Moment,
    requester: MemberId,
    status: SideStatus,
    round: Round,
) -> Answer {
    let mut node = company();
    node.chain.status = status;
    node.chain.round = round;
    node.chain.side = SideSummary {
        late_until: Some(LATE_UNTIL),
        ..side
    };
    let asked = Request {
        requester,
        expires_at: now + 60_000,
        ..request(Question::Roots)
    };
    node.answer(&signed_by(requester, asked), now).unwrap()
}

#[test]
fn a_request_that_nobody_signed_asks_one_thing_of_the_chain() {
    let node = company();
    let forged = signed_by(BANK, request(Question::Roots));
    node.answer(&forged, NOW).unwrap();
    assert_eq!(*node.chain.asked.lock(), ["operator"]);
}

#[test]
fn what_time_and_nonce_rule_out_asks_nothing_of_the_chain() {
    let node = company();
    ask(&node, request(Question::Roots));
    node.chain.asked.lock().clear();
    let elsewhere = Request {
        genesis: H256::zero(),
        ..request(Question::Roots)
    };
    let expired = Request {
        expires_at: NOW - 1,
        ..request(Question::Roots)
    };
    for asked in [request(Question::Roots), elsewhere, expired] {
        assert!(matches!(ask(&node, asked), Answer::Refused(_)));
    }
    assert!(node.chain.asked.lock().is_empty());
}

#[test]
fn a_book_is_opened_at_the_preset_time_and_not_before() {
    let asked = |now: Moment| asked_at(now, RECONCILER, SideStatus::Committed, 0);
    let Answer::Refused(reason) = asked(PRESET - 1) else {
        panic!("not refused");
    };
    assert!(reason.contains("not to be reconciled yet"));
    assert!(matches!(asked(PRESET), Answer::Roots { .. }));
}

#[test]
fn a_book_that_is_open_is_refused() {
    let asked = Request {
        side_id: SideId::new(AGREEMENT, DAY.next(), Side::Debit),
        ..request(Question::Roots)
    };
    assert!(refusal(asked).contains("not closed"));
}

#[test]
fn a_page_beyond_the_book_is_refused() {
    assert!(refusal(request(Question::Slots(vec![1]))).contains("no such page"));
}

#[test]
fn too_many_pages_are_refused() {
    let pages = vec![0; MAX_PAGES + 1];
    assert!(refusal(request(Question::Slots(pages))).contains("too many"));
}

#[test]
fn a_request_for_too_many_pages_is_refused_unread() {
    let node = company();
    let asked = request(Question::Extras(vec![0; MAX_PAGES + 1]));
    // The signature is not looked at.
    let forged = signed_by(BANK, asked);
    let Answer::Refused(reason) = node.answer(&forged, NOW).unwrap() else {
        panic!("not refused");
    };
    assert!(reason.contains("too many"), "{reason}");
    assert!(node.chain.asked.lock().is_empty());
    // Its nonce is free.
    assert!(matches!(
        ask(&node, request(Question::Roots)),
        Answer::Roots { .. }
    ));
}

#[test]
fn as_many_pages_as_a_question_may_ask_for_are_answered() {
    let pages = vec![0; MAX_PAGES];
    let answer = ask(&company(), request(Question::Slots(pages)));
    assert!(matches!(answer, Answer::Slots(pages) if pages.len() == MAX_PAGES));
}

#[test]
fn the_pages_of_a_repaired_book_are_refused() {
    let mut node = company();
    let closed: BookState = node.books.get(SIDE_ID, Item::State).unwrap();
    let repaired = BookState {
        repaired: true,
        ..closed
    };
    node.books.set(SIDE_ID, Item::State, &repaired);
    let Answer::Refused(reason) = ask(&node, request(Question::Slots(vec![0]))) else {
        panic!("not refused");
    };
    assert!(reason.contains("repaired"));
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let answer = company().fetch_book(bytes.into());
        prop_assert!(answer.is_err() || is_refusal(&answer.unwrap()));
    }

    #[test]
    fn a_request_with_one_bit_changed_gets_no_book(at in any::<Index>(), bit in 0u8..8) {
        let mut bytes = signed_by(RECONCILER, request(Question::Slots(vec![0]))).encode();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(changed) = SignedRequest::decode_all(&mut &bytes[..]) {
            let answer = company().answer(&changed, NOW).unwrap();
            prop_assert!(matches!(answer, Answer::Refused(_)), "{answer:?}");
        }
    }
}

fn is_refusal(answer: &Bytes) -> bool {
    matches!(Answer::decode_all(&mut &answer[..]), Ok(Answer::Refused(_)))
}
