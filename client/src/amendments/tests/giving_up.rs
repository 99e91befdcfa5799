//! Who takes a proposal back, and who writes a claim off.

use super::*;
use crate::{amendments::GivingUp, error::AmendmentRefusal};
use counterfoil_primitives::amendment::{Progress, Unresolved};

const CLAIM: Standing = Standing::Unresolved {
    since: 5,
    why: Unresolved::Lapsed,
};

/// What becomes of giving a proposal up that is this far.
fn given_up(how: GivingUp, standing: Standing, member: MemberId) -> Result<(), AmendmentRefusal> {
    let shown = shown(standing, Answers::default());
    how.check(3, &shown.proposal, &agreement().view, member)
}

#[test]
fn what_is_open_is_withdrawn_and_a_claim_is_written_off() {
    assert_eq!(given_up(GivingUp::Withdraw, Standing::Open, 1), Ok(()));
    assert_eq!(given_up(GivingUp::WriteOff, CLAIM, 1), Ok(()));
}

#[test]
fn a_claim_is_not_withdrawn_and_the_remedy_names_the_command() {
    let refusal = given_up(GivingUp::Withdraw, CLAIM, 1).unwrap_err();
    assert!(matches!(refusal, AmendmentRefusal::IsAClaim { .. }));
    assert!(refusal.remedy().contains("`amendment write-off`"));
}

#[test]
fn what_is_open_is_not_written_off_and_the_remedy_names_the_command() {
    let refusal = given_up(GivingUp::WriteOff, Standing::Open, 1).unwrap_err();
    assert_eq!(refusal, AmendmentRefusal::StillOpen { number: 3 });
    assert!(refusal.remedy().contains("`amendment withdraw`"));
}

#[test]
fn only_its_proposer_gives_a_proposal_up() {
    for (how, standing) in [
        (GivingUp::Withdraw, Standing::Open),
        (GivingUp::WriteOff, CLAIM),
    ] {
        let refusal = given_up(how, standing, 2).unwrap_err();
        assert!(matches!(
            refusal,
            AmendmentRefusal::NotTheProposer { proposer: 1, .. }
        ));
    }
}

#[test]
fn what_is_agreed_is_not_given_up() {
    let progress = Progress::default();
    for agreed in [
        Standing::Accepted { at: 5, progress },
        Standing::Completed { at: 5, progress },
    ] {
        for how in [GivingUp::Withdraw, GivingUp::WriteOff] {
            let refusal = given_up(how, agreed, 1).unwrap_err();
            assert!(matches!(refusal, AmendmentRefusal::CannotWithdraw { .. }));
        }
    }
}

#[test]
fn what_is_given_up_is_what_was_shown_as_it_stands_when_it_is_sent() {
    let (agreement, shown) = (agreement().view, shown(Standing::Open, Answers::default()));
    let named = |proposal: &Proposal| GivingUp::Withdraw.named(&shown, proposal, &agreement, 1);
    assert_eq!(named(&shown.proposal), Ok(shown.proposal.fingerprint));
    let rejected = Proposal {
        standing: CLAIM,
        ..shown.proposal
    };
    let refusal = named(&rejected).unwrap_err();
    assert!(matches!(refusal, AmendmentRefusal::IsAClaim { .. }));
    // After a fork another proposal may have the number.
    let other = Proposal {
        fingerprint: H256::repeat_byte(1),
        ..shown.proposal
    };
    let refusal = named(&other).unwrap_err();
    assert_eq!(refusal, AmendmentRefusal::OtherContent { number: 3 });
}
