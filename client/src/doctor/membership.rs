//! Who the member is, and whether it may act.

use super::{
    asking::{found_of, Asked},
    finding::Finding,
};
use crate::time::day_text;
use counterfoil_primitives::{AgreementId, MemberId, MemberView, Role};

/// The check's name.
const CHECK: &str = "member";

/// Whom the doctor is asked about, as the chain knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// No member has the number.
    NoMember(MemberId),
    /// The key is no member's operator key.
    KeyOfNobody {
        /// The key's address.
        address: String,
    },
    /// The key is another member's than the one that was named.
    KeyOfAnother {
        /// The member that was named.
        named: MemberId,
        /// The member whose key it is.
        of: MemberId,
    },
    /// A member.
    Member(Box<Known>),
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: MemberId,
    /// What is on chain of it.
    pub view: MemberView,
}

impl Known {
    /// Whether others ask the member's node for books.
    pub(super) const fn keeps_books(&self) -> bool {
        matches!(self.view.role, Role::Bank | Role::Company)
    }
}

/// What is found of the member.
pub(super) fn findings(membership: &Asked<Membership>) -> Vec<Finding> {
    found_of(CHECK, membership, |membership| match membership {
        Membership::Member(known) => of_known(known),
        other => vec![of_unknown(other)],
    })
}

fn of_unknown(membership: &Membership) -> Finding {
    let (found, remedy) = match membership {
        Membership::NoMember(id) => (
            format!("there is no member {id}"),
            "Name a member of this chain, or have a seat propose it by `counterfoil member register`.",
        ),
        Membership::KeyOfNobody { address } => (
            format!("the key {address} is no member's operator key"),
            "Use the member's present key; where that is lost, have a seat propose another one by \
             `counterfoil member replace-operator`.",
        ),
        Membership::KeyOfAnother { named, of } => (
            format!("the key is that of member {of}, not of member {named}"),
            "Name the member's own key, or leave --member out.",
        ),
        Membership::Member(known) => return Finding::ok(CHECK, known.id.to_string()),
    };
    Finding::fault(CHECK, found, remedy)
}

fn of_known(known: &Known) -> Vec<Finding> {
    let Known { id, view, .. } = known;
    let role = match view.role {
        Role::Client => "client",
        Role::Company => "company",
        Role::Bank => "bank",
        Role::Reconciler => "reconciler",
    };
    let member = Finding::ok(CHECK, format!("{id}, {}, {role}", view.name));
    let change = view.open_change.map(|day| {
        Finding::warning(
            "account",
            format!(
                "the member asked to be paid to another account from {} on",
                day_text(day)
            ),
            format!(
                "If nobody here asked for it, somebody has the operator key: run `counterfoil member \
                 object-account` at once; `counterfoil member show --id {id}` says until when."
            ),
        )
    });
    std::iter::once(member).chain(change).collect()
}

/// What is found of agreements under which the member is a client: those that suspended it.
pub(super) fn suspensions(member: MemberId, suspended: &[AgreementId]) -> Vec<Finding> {
    let one = |agreement: &AgreementId| {
        Finding::warning(
            "suspension",
            format!("client {member} is suspended under agreement {agreement}: it records nothing"),
            format!(
                "Ask bank and company; both lift it, each by its key: `counterfoil agreement \
                 lift-suspension {agreement} {member}`."
            ),
        )
    };
    super::finding::each_or_nothing(
        "suspension",
        suspended.iter().map(one).collect(),
        "no agreement suspends the member",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};
    use counterfoil_primitives::BusinessDay;

    fn states(membership: Membership) -> Vec<State> {
        let found = findings(&Ok(membership));
        found.iter().map(|found| found.state).collect()
    }

    #[test]
    fn a_registered_member_is_in_order() {
        let known = Box::new(examples::bank());
        assert_eq!(states(Membership::Member(known)), [State::Ok]);
    }

    #[test]
    fn whoever_is_no_member_is_a_fault_with_its_own_remedy() {
        for (membership, remedy) in [
            (Membership::NoMember(9), "register"),
            (
                Membership::KeyOfNobody {
                    address: "5Grw".into(),
                },
                "replace-operator",
            ),
            (Membership::KeyOfAnother { named: 3, of: 4 }, "--member"),
        ] {
            let found = findings(&Ok(membership)).remove(0);
            assert_eq!(found.state, State::Fault);
            assert!(found.remedy.unwrap().contains(remedy), "{}", found.found);
        }
    }

    #[test]
    fn a_change_of_account_that_can_be_objected_to_is_remarked() {
        let mut known = examples::bank();
        known.view.open_change = Some(BusinessDay(20_780));
        let found = of_known(&known);
        assert_eq!(found[1].state, State::Warning);
        assert!(found[1].found.contains("2026-11-23"));
        assert!(found[1].remedy.as_ref().unwrap().contains("object-account"));
    }

    #[test]
    fn each_suspension_is_named_with_its_agreement() {
        assert_eq!(suspensions(5, &[])[0].state, State::Ok);
        let found = suspensions(5, &[7, 8]);
        assert_eq!(found.len(), 2);
        let remedy = found[1].remedy.as_ref().unwrap();
        assert!(remedy.contains("lift-suspension 8 5"), "{remedy}");
    }

    #[test]
    fn banks_and_companies_are_asked_for_books_and_nobody_else() {
        let keeps = |role| {
            let mut known = examples::bank();
            known.view.role = role;
            known.keeps_books()
        };
        assert!(keeps(Role::Bank) && keeps(Role::Company));
        assert!(!keeps(Role::Client) && !keeps(Role::Reconciler));
    }
}
