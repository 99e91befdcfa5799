//! All checks together: what is said of a healthy node, of none, and of one of another chain.

use super::{keys::Held, *};
use counterfoil_primitives::book_exchange::refusal;
use std::path::Path;

/// The names of the checks that came out like this.
fn named(found: &[Finding], state: State) -> Vec<&'static str> {
    let those = found.iter().filter(|finding| finding.state == state);
    those.map(|finding| finding.check).collect()
}

/// The facts, after a change to those of the chain.
fn changed(change: impl FnOnce(&mut OfChain)) -> Vec<Finding> {
    let mut facts = examples::facts();
    let node = facts.node.as_mut().unwrap();
    change(node.chain.as_mut().unwrap());
    findings(&facts)
}

#[test]
fn of_a_healthy_node_each_check_is_in_order_once() {
    let found = findings(&examples::facts());
    let checks = [
        "connection",
        "peers",
        "sync",
        "finality",
        "block_time",
        "node_clock",
        "member",
        "operator_key",
        "session_keys",
        "endpoint",
        "days",
        "proposals",
        "obligations",
        "calendars",
    ];
    assert_eq!(named(&found, State::Ok), checks);
    assert_eq!(found.len(), checks.len());
}

#[test]
fn where_no_node_is_reached_that_is_all_there_is_to_say_of_it() {
    let found = findings(&Facts {
        node: Err(Unanswered("no node answers".into())),
        mappings: vec![],
    });
    assert_eq!(named(&found, State::Fault), ["connection"]);
    assert_eq!(found.len(), 1);
}

#[test]
fn of_another_chain_nothing_is_said_of_the_member() {
    let mut facts = examples::facts();
    let node = facts.node.as_mut().unwrap();
    node.chain = None;
    node.runtime.as_mut().unwrap().name = "polkadot".into();
    let found = findings(&facts);
    assert_eq!(named(&found, State::Fault), ["connection"]);
    assert_eq!(named(&found, State::Ok), ["peers", "sync", "finality"]);
}

#[test]
fn whoever_is_no_member_has_no_keys_to_look_for() {
    let found = changed(|chain| {
        chain.membership = Ok(Membership::NoMember(9));
        chain.member = None;
    });
    assert_eq!(named(&found, State::Fault), ["member"]);
    assert_eq!(found.len(), 7);
}

#[test]
fn one_fault_leaves_the_other_checks_as_they_are() {
    let found = changed(|chain| {
        let member = chain.member.as_mut().unwrap();
        member.keys.operator = Ok(Held::No);
        let reply = endpoint::Reply::Refused(refusal::ACTS_FOR_ANOTHER.into());
        member.endpoint.as_mut().unwrap().reply = Some(Ok(reply));
    });
    assert_eq!(named(&found, State::Fault), ["operator_key", "endpoint"]);
    assert_eq!(named(&found, State::Ok).len(), 12);
}

#[test]
fn what_waits_is_one_fault_where_it_cannot_be_read() {
    let found = changed(|chain| {
        chain.member.as_mut().unwrap().business = Err(Unanswered("no answer".into()));
    });
    assert_eq!(named(&found, State::Fault), ["business"]);
}

#[test]
fn a_client_is_told_under_which_agreements_it_is_suspended() {
    let found = changed(|chain| {
        let Ok(Membership::Member(known)) = &mut chain.membership else {
            panic!("a member")
        };
        known.id = 5;
        known.view.role = Role::Client;
        let business = chain.member.as_mut().unwrap().business.as_mut().unwrap();
        business.member = 5;
        business.agreements[0].agreement.view.suspended = vec![5];
    });
    assert_eq!(named(&found, State::Warning), ["suspension"]);
}

#[test]
fn a_mapping_is_read_without_a_node() {
    let found = findings(&Facts {
        node: Err(Unanswered("no node answers".into())),
        mappings: vec![MappingFile::read(Path::new("/nowhere/ledger.toml"))],
    });
    assert_eq!(
        named(&found, State::Fault),
        ["connection", "ledger_mapping"]
    );
}
