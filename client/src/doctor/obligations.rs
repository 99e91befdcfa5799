//! What is owed and waits for the member: as debtor, or as creditor.

use super::{
    business::{Business, Named},
    finding::{each_or_nothing, Finding},
};
use crate::{
    obligations::words::{days_text, waiting_text},
    time::day_text,
};
use counterfoil_primitives::{
    settlement::{Declaration, ObligationView, Waiting},
    MemberId,
};

/// The check's name.
const CHECK: &str = "obligations";

/// What is found of obligations.
pub(super) fn findings(business: &Business) -> Vec<Finding> {
    let member = business.member;
    let of = |named: &Named| -> Vec<Finding> {
        let views = named.obligations.iter();
        views
            .flat_map(|view| {
                [
                    as_debtor(named, view, member),
                    as_creditor(named, view, member),
                ]
            })
            .flatten()
            .flatten()
            .collect()
    };
    let waiting = business.agreements.iter().flat_map(of).collect();
    each_or_nothing(CHECK, waiting, "none waits for the member")
}

/// How commands name an obligation.
fn place(view: &ObligationView) -> String {
    format!("{} {}", view.agreement, day_text(view.period.first))
}

fn title(view: &ObligationView) -> String {
    format!("agreement {}, {}", view.agreement, days_text(view.period))
}

/// What the member has to do that owes.
fn as_debtor(named: &Named, view: &ObligationView, member: MemberId) -> Option<Vec<Finding>> {
    if view.debtor != Some(member) {
        return None;
    }
    let waiting = view.waiting?;
    let place = place(view);
    let remedy = match waiting {
        Waiting::Release => format!(
            "Look at what clients recorded, and release it: `counterfoil obligation release {place}`."
        ),
        Waiting::Short { .. } | Waiting::LeavesDust => {
            "Put money on the account that the member pays from: `counterfoil member show` names it; the \
             node pays then by itself."
                .into()
        }
        Waiting::Declaration { .. } => format!(
            "Pay outside the chain, and declare it: `counterfoil obligation declare {place} --amount AMOUNT \
             --value-date DAY --reference TEXT`."
        ),
        Waiting::Frozen => "Ask who manages the asset why the account is frozen.".into(),
        Waiting::AssetUnavailable | Waiting::OtherDecimals | Waiting::SameAccount | Waiting::NoAccount => {
            format!("Have the council put that right: `counterfoil obligation show {place}` names it.")
        }
        // These wait for others.
        Waiting::Days { .. } | Waiting::CreditorCannotReceive | Waiting::Acknowledgement { .. } => {
            return None
        }
    };
    let found = format!(
        "{}: member {member} owes, and {}",
        title(view),
        waiting_text(&waiting, &named.agreement.money)
    );
    Some(vec![Finding::warning(CHECK, found, remedy)])
}

/// What the member has to do that is owed.
fn as_creditor(named: &Named, view: &ObligationView, member: MemberId) -> Option<Vec<Finding>> {
    if view.creditor != Some(member) {
        return None;
    }
    let cannot_receive = view.waiting == Some(Waiting::CreditorCannotReceive);
    let account = cannot_receive.then(|| cannot_take(view, member));
    let open = view
        .declarations
        .iter()
        .filter(|declared| declared.open() > 0);
    let declared = open.map(|declaration| acknowledgement(named, view, declaration));
    Some(account.into_iter().chain(declared).collect())
}

fn cannot_take(view: &ObligationView, member: MemberId) -> Finding {
    let title = title(view);
    Finding::warning(
        CHECK,
        format!("{title}: the account of member {member} cannot take the payment"),
        "Ask who manages the asset why; or be paid to another account, by `counterfoil member \
         change-account` or the council.",
    )
}

fn acknowledgement(named: &Named, view: &ObligationView, declaration: &Declaration) -> Finding {
    let Declaration {
        number,
        amount,
        reference,
        ..
    } = declaration;
    Finding::warning(
        CHECK,
        format!(
            "{}: declaration {number} of {} ({reference}) awaits an acknowledgement",
            title(view),
            named.agreement.money.show(*amount)
        ),
        format!(
            "Look at the account's statement, and say what came: `counterfoil obligation acknowledge {} \
             {number} --received AMOUNT`.",
            place(view)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};

    const COMPANY: MemberId = 2;
    const BANK: MemberId = 3;

    /// What is found for a member of an obligation of the company to the bank.
    fn found(
        member: MemberId,
        waiting: Option<Waiting>,
        declared: &[Option<u128>],
    ) -> Vec<Finding> {
        let mut business = examples::business(0);
        business.member = member;
        let declarations = (0..).zip(declared).map(|(number, received)| Declaration {
            number,
            received: *received,
            ..examples::declaration()
        });
        business.agreements[0].obligations = vec![ObligationView {
            waiting,
            declarations: declarations.collect(),
            ..examples::obligation()
        }];
        findings(&business)
    }

    fn remedy(member: MemberId, waiting: Waiting) -> Option<String> {
        found(member, Some(waiting), &[]).remove(0).remedy
    }

    #[test]
    fn the_debtor_is_told_what_its_payment_waits_for() {
        let named = |waiting, words: &str| {
            let remedy = remedy(COMPANY, waiting).unwrap();
            assert!(remedy.contains(words), "{remedy}");
        };
        named(Waiting::Release, "obligation release 7 2026-11-23");
        named(Waiting::Short { by: 5 }, "Put money");
        named(Waiting::LeavesDust, "Put money");
        named(
            Waiting::Declaration { undeclared: 5 },
            "obligation declare 7 2026-11-23",
        );
        named(Waiting::Frozen, "frozen");
        named(Waiting::NoAccount, "council");
    }

    #[test]
    fn what_waits_for_others_is_not_the_debtors() {
        for waiting in [
            Waiting::Days { missing: 1 },
            Waiting::CreditorCannotReceive,
            Waiting::Acknowledgement { declared: 5 },
        ] {
            assert_eq!(remedy(COMPANY, waiting), None);
        }
        assert_eq!(found(COMPANY, None, &[])[0].state, State::Ok);
    }

    #[test]
    fn the_creditor_does_not_pay() {
        assert_eq!(remedy(BANK, Waiting::Release), None);
    }

    #[test]
    fn the_creditor_acknowledges_each_declaration_that_is_open() {
        let waiting = Some(Waiting::Acknowledgement { declared: 200 });
        let found = found(BANK, waiting, &[Some(100), None, None]);
        assert_eq!(found.len(), 2);
        assert!(found[0].found.contains("declaration 1 of 1.00 CZK (E2E-1)"));
        let remedy = found[0].remedy.as_ref().unwrap();
        assert!(
            remedy.contains("acknowledge 7 2026-11-23 1 --received"),
            "{remedy}"
        );
    }

    #[test]
    fn a_creditor_whose_account_takes_no_payment_is_told() {
        let remedy = remedy(BANK, Waiting::CreditorCannotReceive).unwrap();
        assert!(remedy.contains("change-account"), "{remedy}");
    }
}
