//! Whether the node holds the member's keys: the operator's, and those of a validator.

use super::{
    asking::{found_of, Asked},
    finding::Finding,
    membership::Known,
};
use counterfoil_primitives::{
    operator::OPERATOR_KEY_TYPE, validator::ValidatorView, MemberId, Role,
};

/// Whether a node's keystore holds keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The node does not answer that here: it is an unsafe method.
    Denied,
}

/// What is known of a member as a validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsValidator {
    /// What is on chain of it; `None` where it has nothing to do with validators.
    pub view: Option<ValidatorView>,
    /// Whether the node holds the session keys that the chain has; `None` where the chain has none.
    pub held: Option<Held>,
}

/// What is known of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The operator's.
    pub operator: Asked<Held>,
    /// The session keys.
    pub session: Asked<AsValidator>,
}

/// What is found of a member's keys.
pub(super) fn findings(known: &Known, keys: &Keys) -> Vec<Finding> {
    [
        found_of("operator_key", &keys.operator, |held| {
            vec![operator(known, *held)]
        }),
        found_of("session_keys", &keys.session, |validator| {
            vec![session(known.id, *validator)]
        }),
    ]
    .concat()
}

/// What helps where a node does not say which keys it holds.
const ASK_THERE: &str =
    "Run `counterfoil doctor` on the node's own machine, where it answers unsafe methods";

/// The file in which a keystore holds an operator's key.
fn keystore_file(known: &Known) -> String {
    let public = AsRef::<[u8]>::as_ref(&known.view.operator);
    format!(
        "{}{}",
        hex::encode(OPERATOR_KEY_TYPE.0),
        hex::encode(public)
    )
}

fn operator(known: &Known, held: Held) -> Finding {
    const CHECK: &str = "operator_key";
    let id = known.id;
    match (held, known.view.role) {
        (Held::Yes, _) => Finding::ok(CHECK, format!("the node acts for member {id}")),
        (Held::No, Role::Client) => Finding::ok(
            CHECK,
            "not in the node's keystore, and not needed there: a client's own programs sign",
        ),
        (Held::No, _) => Finding::fault(
            CHECK,
            format!("the node does not act for member {id}: its keystore lacks the operator key"),
            "Put it in with `counterfoil-node operator-key`, or name the member's own node by --url.",
        ),
        (Held::Denied, Role::Client) => Finding::ok(
            CHECK,
            "not needed in the node's keystore: a client's own programs sign",
        ),
        (Held::Denied, _) => Finding::warning(
            CHECK,
            "the node does not say here which keys it holds: that is an unsafe method",
            format!(
                "{ASK_THERE}; or look for the file {} in the node's keystore.",
                keystore_file(known)
            ),
        ),
    }
}

fn session(id: MemberId, validator: AsValidator) -> Finding {
    const CHECK: &str = "session_keys";
    let is_validator = validator
        .view
        .is_some_and(|view| view.in_list || view.active || view.queued);
    if !is_validator {
        return Finding::ok(CHECK, format!("none needed: member {id} is no validator"));
    }
    match validator.held {
        Some(Held::Yes) => Finding::ok(CHECK, "the node holds those that the chain has"),
        Some(Held::Denied) => Finding::warning(
            CHECK,
            "the node does not say here which keys it holds: that is an unsafe method",
            format!("{ASK_THERE}."),
        ),
        Some(Held::No) | None => Finding::fault(
            CHECK,
            format!("member {id} is a validator, and the node does not hold its session keys"),
            "If this is the validator's node, run `counterfoil validator set-keys` at it: the new keys count \
             two sessions later. Otherwise name the validator's node by --url.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};

    fn validator(in_list: bool, held: Option<Held>) -> AsValidator {
        AsValidator {
            view: Some(ValidatorView {
                member: 3,
                has_keys: held.is_some(),
                in_list,
                active: false,
                queued: false,
            }),
            held,
        }
    }

    #[test]
    fn a_node_with_the_operators_key_acts_for_the_member() {
        assert_eq!(operator(&examples::bank(), Held::Yes).state, State::Ok);
    }

    #[test]
    fn a_node_without_the_operators_key_is_a_fault_but_for_a_client() {
        let mut known = examples::bank();
        let found = operator(&known, Held::No);
        assert_eq!(found.state, State::Fault);
        assert!(found
            .remedy
            .unwrap()
            .contains("counterfoil-node operator-key"));
        known.view.role = Role::Client;
        assert_eq!(operator(&known, Held::No).state, State::Ok);
    }

    #[test]
    fn where_a_node_does_not_say_which_keys_it_holds_the_remedy_names_the_file() {
        let found = operator(&examples::bank(), Held::Denied);
        assert_eq!(found.state, State::Warning);
        let remedy = found.remedy.unwrap();
        assert!(
            remedy.contains(&format!("6f706572{}", "07".repeat(32))),
            "{remedy}"
        );
    }

    #[test]
    fn where_a_node_does_not_say_which_keys_it_holds_a_client_needs_none_there() {
        let mut known = examples::bank();
        known.view.role = Role::Client;
        assert_eq!(operator(&known, Held::Denied).state, State::Ok);
    }

    #[test]
    fn only_a_validator_needs_session_keys() {
        let nobody = AsValidator {
            view: None,
            held: None,
        };
        assert_eq!(session(3, nobody).state, State::Ok);
        assert_eq!(
            session(3, validator(false, Some(Held::No))).state,
            State::Ok
        );
    }

    #[test]
    fn a_validators_node_holds_the_keys_that_the_chain_has() {
        let state = |held| session(3, validator(true, held)).state;
        assert_eq!(state(Some(Held::Yes)), State::Ok);
        assert_eq!(state(Some(Held::No)), State::Fault);
        assert_eq!(state(None), State::Fault);
        assert_eq!(state(Some(Held::Denied)), State::Warning);
    }
}
