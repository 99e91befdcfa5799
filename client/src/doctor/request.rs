//! The request for a book by which a node shows its clock, and for whom it acts.
//!
//! It is the request that the reconciler's worker sends, over HTTP to an endpoint, or over the connection to
//! one's own node. A request that nobody signed uses up no nonce and shows nothing of a book.

use super::endpoint::Reply;
use crate::{
    chain::{nonce, read_answer},
    operator::Operator,
};
use anyhow::Result;
use codec::Encode;
use counterfoil_primitives::{
    book_exchange::{Answer, Question, Request, SignedRequest, METHOD},
    MemberId, Moment, SideId,
};
use jsonrpsee::{core::client::ClientT, http_client::HttpClient, rpc_params};
use serde_json::Value as Json;
use sp_core::{sr25519, Pair, H256};
use std::time::Duration;

/// A request by a member for its own book, ending at a moment. Without the member's key, the signature is by
/// a key that is nobody's.
pub(super) fn of_member(
    genesis: H256,
    member: MemberId,
    side_id: SideId,
    operator: Option<&Operator>,
    expires_at: Moment,
) -> SignedRequest {
    let request = Request {
        genesis,
        addressee: member,
        requester: member,
        side_id,
        question: Question::Roots,
        expires_at,
        nonce: nonce(),
    };
    match operator {
        Some(operator) => operator.sign_request(request),
        None => {
            let (nobody, _) = sr25519::Pair::generate();
            let signature = nobody.sign(&request.signing_payload()).into();
            SignedRequest { request, signature }
        }
    }
}

/// Sends a request to the node at an HTTP address, as other members' workers do, and reads the answer.
pub(super) async fn over_http(
    url: &str,
    signed: &SignedRequest,
    patience: Duration,
) -> Result<Reply> {
    let client = HttpClient::builder().request_timeout(patience).build(url)?;
    let bytes = format!("0x{}", hex::encode(signed.encode()));
    let answer: Json = client.request(METHOD, rpc_params![bytes]).await?;
    Ok(reply(read_answer(&answer)?))
}

/// What an answer comes to.
pub(super) fn reply(answer: Answer) -> Reply {
    match answer {
        Answer::Refused(why) => Reply::Refused(why),
        Answer::Roots { .. } | Answer::Slots(_) | Answer::Extras(_) => Reply::Shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{operator::OperatorPair, BusinessDay, Side};

    fn signed(operator: Option<&Operator>) -> SignedRequest {
        let side_id = SideId::new(7, BusinessDay(20_780), Side::Credit);
        of_member(H256::repeat_byte(1), 3, side_id, operator, 9)
    }

    fn is_signed_by(signed: &SignedRequest, operator: &Operator) -> bool {
        let payload = signed.request.signing_payload();
        <OperatorPair as Pair>::verify(&signed.signature, payload, &operator.id())
    }

    #[test]
    fn with_the_members_key_it_signs_and_without_nobody_does() {
        let operator = Operator::from_suri("//Charlie").unwrap();
        assert!(is_signed_by(&signed(Some(&operator)), &operator));
        assert!(!is_signed_by(&signed(None), &operator));
    }

    #[test]
    fn a_member_asks_for_its_own_book() {
        let request = signed(None).request;
        assert_eq!((request.addressee, request.requester), (3, 3));
        assert_eq!((request.question, request.expires_at), (Question::Roots, 9));
    }

    #[test]
    fn a_refusal_is_kept_in_the_nodes_words_and_a_book_is_not_kept() {
        let refused = reply(Answer::Refused("not yet".into()));
        assert_eq!(refused, Reply::Refused("not yet".into()));
        let roots = Answer::Roots {
            slots: vec![],
            extras: vec![],
        };
        assert_eq!(reply(roots), Reply::Shown);
    }

    #[tokio::test]
    async fn where_nothing_listens_that_is_an_error_and_not_a_wait() {
        let answer = over_http("http://127.0.0.1:1", &signed(None), Duration::from_secs(5)).await;
        assert!(answer.is_err());
    }
}
