//! Who takes part in an agreement, and what a suspended client may still do.

use crate::refund::agreement;
use counterfoil_primitives::{AgreementView, MemberId};

const CLIENT: MemberId = 1;
const COMPANY: MemberId = 2;
const BANK: MemberId = 3;
const RECONCILER: MemberId = 4;
const SECOND_CLIENT: MemberId = 5;
/// A member that has no part in the agreement.
const OTHER: MemberId = 6;

/// The sample agreement with a second client, which is suspended.
fn with_suspended() -> AgreementView {
    AgreementView {
        clients: vec![CLIENT, SECOND_CLIENT],
        suspended: vec![SECOND_CLIENT],
        ..agreement()
    }
}

#[test]
fn a_suspended_client_is_admitted_and_named() {
    let agreement = with_suspended();
    for client in [CLIENT, SECOND_CLIENT] {
        assert!(agreement.admits(client) && agreement.names(client));
    }
}

#[test]
fn an_agreement_names_parties_reconcilers_and_clients() {
    let agreement = with_suspended();
    for member in [CLIENT, COMPANY, BANK, RECONCILER] {
        assert!(agreement.names(member), "{member}");
    }
    assert!(!agreement.names(OTHER));
}

#[test]
fn only_clients_that_were_suspended_are() {
    let agreement = with_suspended();
    assert!(agreement.is_suspended(SECOND_CLIENT));
    for member in [CLIENT, COMPANY, BANK, RECONCILER, OTHER] {
        assert!(!agreement.is_suspended(member), "{member}");
    }
}

#[test]
fn parties_and_clients_that_are_not_suspended_may_amend() {
    let agreement = with_suspended();
    for member in [CLIENT, COMPANY, BANK] {
        assert!(agreement.may_amend(member), "{member}");
    }
    for member in [SECOND_CLIENT, RECONCILER, OTHER] {
        assert!(!agreement.may_amend(member), "{member}");
    }
}
