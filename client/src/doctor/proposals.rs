//! Proposals of amendments that await the member's answer.

use super::{
    business::{Business, Named},
    finding::{each_or_nothing, Finding},
};
use crate::{amendments::proposal_on_chain::awaited, time::moment_text};
use counterfoil_primitives::amendment::Proposal;

/// The check's name.
const CHECK: &str = "proposals";

/// What is found of proposals.
pub(super) fn findings(business: &Business) -> Vec<Finding> {
    let of = |named: &Named| -> Vec<Finding> {
        let own = named.proposals.iter().filter(|(_, proposal)| {
            awaited(proposal, &named.agreement, business.now).contains(&business.member)
        });
        own.map(|(number, proposal)| finding(named, *number, proposal, business))
            .collect()
    };
    let waiting = business.agreements.iter().flat_map(of).collect();
    each_or_nothing(CHECK, waiting, "none awaits an answer of the member")
}

fn finding(named: &Named, number: u32, proposal: &Proposal, business: &Business) -> Finding {
    let agreement = &named.agreement;
    let offset = agreement.offset_minutes(business.today);
    let (id, member) = (agreement.id, business.member);
    Finding::warning(
        CHECK,
        format!(
            "amendment {number} of agreement {id}, proposed by member {}, awaits the answer of member \
             {member} until {}",
            proposal.proposer,
            moment_text(proposal.answer_until, offset)
        ),
        format!(
            "`counterfoil amendment show {number} --agreement {id}`, then `counterfoil amendment answer \
             {number} --agreement {id}` with --accept or --reject."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};
    use counterfoil_primitives::{amendment::Standing, MemberId, Moment};

    const UNTIL: Moment = 5_000;

    /// What is found for a member of a proposal by the company, which can be answered until [`UNTIL`].
    fn found(member: MemberId, standing: Standing, now: Moment) -> Finding {
        let mut business = examples::business(now);
        business.member = member;
        let proposal = Proposal {
            standing,
            ..examples::proposal(UNTIL)
        };
        business.agreements[0].proposals = vec![(17, proposal)];
        findings(&business).remove(0)
    }

    #[test]
    fn a_proposal_of_the_other_party_awaits_the_members_answer() {
        let found = found(3, Standing::Open, UNTIL);
        assert_eq!(found.state, State::Warning);
        assert!(found.found.contains("amendment 17 of agreement 7"));
        let remedy = found.remedy.unwrap();
        assert!(
            remedy.contains("amendment answer 17 --agreement 7"),
            "{remedy}"
        );
    }

    #[test]
    fn what_the_member_proposed_itself_awaits_no_answer_of_it() {
        assert_eq!(found(2, Standing::Open, UNTIL).state, State::Ok);
    }

    #[test]
    fn a_proposal_whose_time_is_over_awaits_no_answer() {
        assert_eq!(found(3, Standing::Open, UNTIL + 1).state, State::Ok);
    }

    #[test]
    fn an_accepted_proposal_awaits_no_answer() {
        let accepted = Standing::Accepted {
            at: 1,
            progress: Default::default(),
        };
        assert_eq!(found(3, accepted, UNTIL).state, State::Ok);
    }
}
