//! Whether the member's endpoint answers others as it should: by the request that the reconciler sends.
//!
//! With the member's key the request is signed, and asks for the member's own book of a day that came due:
//! what the node refuses then, or shows, says whether it acts for the member. Without the key nobody signs
//! it. Then a node that answers as it should refuses it for the signature, which is the last thing that it
//! looks at before the member's own affairs.

use super::{asking::Asked, endpoint_address::is_of_one_machine, finding::Finding, Unanswered};
use counterfoil_primitives::{book_exchange::refusal, MemberId};

/// The check's name.
const CHECK: &str = "endpoint";

/// What a node answered to a request for a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It refused, in these words.
    Refused(String),
    /// It showed the book.
    Shown,
}

impl Reply {
    /// The words of a refusal.
    pub(super) fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused(why) => Some(why),
            Self::Shown => None,
        }
    }
}

/// What is known of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The member.
    pub member: MemberId,
    /// The address on chain; empty where there is none.
    pub url: String,
    /// Whether the chain is a live one, whose members are on several machines.
    pub is_live: bool,
    /// Whether the request was signed by the member's key.
    pub is_signed: bool,
    /// Whether the member is a party of an agreement, so that its key would sign the request; `None` where
    /// its agreements could not be read.
    pub is_party: Option<bool>,
    /// What came back; `None` where nothing could be asked.
    pub reply: Option<Asked<Reply>>,
}

/// What helps against an address that is wrong.
const SET_IT: &str =
    "Set the address of the member's own node by `counterfoil member set-endpoint`";

/// What is found of the endpoint of a bank or a company.
pub(super) fn finding(endpoint: &Endpoint) -> Finding {
    let url = &endpoint.url;
    let fault = |found: String, remedy: &str| Finding::fault(CHECK, found, remedy);
    match &endpoint.reply {
        _ if endpoint.is_live && is_of_one_machine(url) => fault(
            format!("{url} is an address of one machine alone: no other member reaches it"),
            &format!("{SET_IT}, as others reach it."),
        ),
        None if url.is_empty() => fault(
            "the chain has no endpoint of the member: nobody can fetch its book".into(),
            &format!("{SET_IT}."),
        ),
        None => fault(
            format!("{url} is no address of http or https"),
            &format!("{SET_IT}."),
        ),
        Some(Err(Unanswered(why))) => fault(
            format!("{url} does not answer from this machine: {why}"),
            &format!(
                "See that the node runs, and that proxy and firewall let `counterfoil_fetchBook` \
                 through: see \"What must be reachable\" in docs/network.md. If the address is wrong: \
                 {SET_IT}."
            ),
        ),
        Some(Ok(reply)) => of_reply(endpoint, reply),
    }
}

fn of_reply(endpoint: &Endpoint, reply: &Reply) -> Finding {
    let Endpoint {
        member,
        url,
        is_signed,
        is_party,
        ..
    } = endpoint;
    let fault = |found: String, remedy: &str| Finding::fault(CHECK, found, remedy);
    match reply.refusal() {
        None | Some(refusal::NOT_CLOSED) => {
            Finding::ok(CHECK, format!("{url} answers for member {member}"))
        }
        Some(refusal::NOT_YET) => Finding::ok(
            CHECK,
            format!("{url} answers as a node of this chain; no day has come due whose book it could show"),
        ),
        Some(refusal::NOT_SIGNED) if !is_signed => {
            let when = match is_party {
                Some(true) => "name it by --key-file",
                Some(false) => "once the member is a party of an agreement",
                None => "once its agreements can be read",
            };
            Finding::ok(
                CHECK,
                format!(
                    "{url} answers as a node of this chain; whether it acts for member {member} shows with \
                     the member's key, {when}"
                ),
            )
        }
        Some(refusal::OTHER_CHAIN) => fault(
            format!("the node at {url} is of another chain"),
            &format!("{SET_IT}."),
        ),
        Some(refusal::ACTS_FOR_ANOTHER) => fault(
            format!("the node at {url} does not act for member {member}"),
            &format!("{SET_IT}, or put the key into that node with `counterfoil-node operator-key`."),
        ),
        Some(refusal::EXPIRED | refusal::TOO_FAR_AHEAD) => fault(
            format!("the clock of the node at {url} differs by minutes from this machine's"),
            "Set the clocks of both by NTP.",
        ),
        Some(refusal::NO_MEMBER | refusal::NOT_SIGNED) => fault(
            format!("the node at {url} does not know the member, or its present key"),
            "See that it is in step with the chain: run `counterfoil doctor` at it.",
        ),
        Some(why) => Finding::warning(
            CHECK,
            format!("the node at {url} refuses to show the member's own book: {why}"),
            "See the log of that node.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    const URL: &str = "https://bank.example";

    fn found(is_signed: bool, reply: Reply) -> Finding {
        finding(&Endpoint {
            member: 3,
            url: URL.into(),
            is_live: true,
            is_signed,
            is_party: Some(true),
            reply: Some(Ok(reply)),
        })
    }

    fn refused(is_signed: bool, why: &str) -> Finding {
        found(is_signed, Reply::Refused(why.into()))
    }

    #[test]
    fn a_node_that_shows_the_members_book_or_has_not_closed_it_acts_for_the_member() {
        for found in [
            found(true, Reply::Shown),
            refused(true, refusal::NOT_CLOSED),
        ] {
            assert_eq!(found.state, State::Ok);
            assert!(found.found.contains("answers for member 3"));
        }
    }

    #[test]
    fn a_refusal_for_the_signature_is_right_where_nobody_signed_and_wrong_otherwise() {
        assert_eq!(refused(false, refusal::NOT_SIGNED).state, State::Ok);
        assert_eq!(refused(true, refusal::NOT_SIGNED).state, State::Fault);
    }

    #[test]
    fn where_nobody_signed_a_party_is_told_to_name_its_key_and_another_what_is_lacking() {
        let said = |is_party| {
            let reply = Reply::Refused(refusal::NOT_SIGNED.into());
            let endpoint = Endpoint {
                member: 3,
                url: URL.into(),
                is_live: true,
                is_signed: false,
                is_party,
                reply: Some(Ok(reply)),
            };
            finding(&endpoint).found
        };
        for (is_party, words) in [
            (Some(true), "name it by --key-file"),
            (Some(false), "once the member is a party of an agreement"),
            (None, "once its agreements can be read"),
        ] {
            let said = said(is_party);
            assert!(said.ends_with(words), "{said}");
        }
    }

    #[test]
    fn a_day_that_has_not_come_due_is_no_fault() {
        assert_eq!(refused(true, refusal::NOT_YET).state, State::Ok);
    }

    #[test]
    fn the_wrong_node_is_a_fault_with_what_helps() {
        for (why, remedy) in [
            (refusal::OTHER_CHAIN, "set-endpoint"),
            (refusal::ACTS_FOR_ANOTHER, "operator-key"),
            (refusal::EXPIRED, "NTP"),
            (refusal::TOO_FAR_AHEAD, "NTP"),
            (refusal::NO_MEMBER, "in step"),
        ] {
            let found = refused(true, why);
            assert_eq!(found.state, State::Fault, "{why}");
            assert!(found.remedy.unwrap().contains(remedy), "{why}");
        }
    }

    #[test]
    fn another_refusal_is_told_in_the_nodes_words() {
        let found = refused(true, "there are too many requests at a time");
        assert_eq!(found.state, State::Warning);
        assert!(found.found.contains("too many requests"));
    }

    #[test]
    fn an_address_that_is_missing_wrong_or_silent_is_a_fault() {
        let of = |url: &str, reply| {
            finding(&Endpoint {
                member: 3,
                url: url.into(),
                is_live: true,
                is_signed: false,
                is_party: Some(true),
                reply,
            })
        };
        let silent = Err(Unanswered("connection refused".into()));
        let found = of(URL, Some(silent));
        assert_eq!(found.state, State::Fault);
        assert!(found.found.contains("connection refused"));
        assert!(of("", None).found.contains("no endpoint"));
        assert!(of("ws://bank", None).found.contains("no address of http"));
    }

    #[test]
    fn an_address_of_one_machine_is_a_fault_on_a_live_chain_alone() {
        let state = |url: &str, is_live| {
            let endpoint = Endpoint {
                member: 3,
                url: url.into(),
                is_live,
                is_signed: true,
                is_party: Some(true),
                reply: Some(Ok(Reply::Shown)),
            };
            finding(&endpoint).state
        };
        for url in [
            "http://127.0.0.1:9955",
            "http://localhost/",
            "https://[::1]:443",
            "http://[::]:9955",
            "http://0.0.0.0:9955",
            "HTTP://LocalHost:9955",
        ] {
            assert_eq!(state(url, true), State::Fault, "{url}");
            assert_eq!(state(url, false), State::Ok, "{url}");
        }
        assert_eq!(state("https://localhost.bank.example", true), State::Ok);
    }
}
