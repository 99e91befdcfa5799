//! What a draft names that another proposal holds.
//!
//! The chain refuses it, and does not say which proposal that is.

use super::{words, Draft};
use crate::{chain::read::At, text::reference_text, time::day_text};
use anyhow::{bail, Result};
use counterfoil_primitives::{
    amendment::{Content, Proposal, Standing},
    AgreementId, MemberId, Moment, Reference,
};
use std::collections::BTreeSet;

impl At {
    /// Refuses drafts that name what an open or accepted proposal names, and says which one that is.
    pub async fn check_free(&self, agreement: AgreementId, drafts: &[Draft]) -> Result<()> {
        let now = self.now().await?;
        for (number, proposal) in self.amendments(agreement).await? {
            if !proposal.holds_trades() {
                continue;
            }
            let Some((_, Some(content))) = self.amendment(agreement, number).await? else {
                continue;
            };
            if let Some(what) = drafts.iter().find_map(|draft| in_both(draft, &content)) {
                bail!(refusal(number, &proposal, &what, now));
            }
        }
        Ok(())
    }
}

/// Why nothing is proposed of `what` another proposal names, and what helps.
fn refusal(number: u32, proposal: &Proposal, what: &str, now: Moment) -> String {
    let remedy = match proposal.standing {
        _ if proposal.has_lapsed(now) => {
            "its time for answers is over: propose again once a node of bank or company lets it lapse"
                .to_owned()
        }
        Standing::Open => format!(
            "leave out what it names, or have it answered, or withdrawn by member {}, first",
            proposal.proposer
        ),
        _ => "leave out what it names".to_owned(),
    };
    let state = words::state(&proposal.standing);
    format!("proposal {number}, which {state}, names {what}; {remedy}")
}

/// The first thing that a draft names and the content of another proposal too, in words.
fn in_both(draft: &Draft, other: &Content) -> Option<String> {
    if let (Content::Supplement { payments }, Content::Supplement { payments: others }) =
        (&draft.content, other)
    {
        let others = others.iter().map(|other| (other.client, other.reference));
        let others: BTreeSet<(MemberId, Reference)> = others.collect();
        let twice = payments
            .iter()
            .find(|payment| others.contains(&(payment.client, payment.reference)))?;
        let reference = reference_text(&twice.reference);
        return Some(format!(
            "the payment {reference} of client {}",
            twice.client
        ));
    }
    let (day, selection) = (other.day()?, other.selection()?);
    if draft.content.day() != Some(day) {
        return None;
    }
    let (position, _) = draft
        .named
        .iter()
        .find(|(position, trade)| selection.names(*position, trade))?;
    Some(format!("position {position} of {}", day_text(day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amendments::{
        draft::{replacements, supplements},
        tests::{self, correction, turns, DAY},
    };
    use counterfoil_primitives::{
        amendment::{Answers, MissingPayment, Progress},
        BusinessDay, UserId,
    };

    #[test]
    fn a_position_that_another_proposal_names_is_told() {
        let own = tests::draft(&turns(4));
        let other = |day, position| replacements(day, &[correction(position)]).remove(0);
        let told = in_both(&own, &other(DAY, 3));
        assert_eq!(told.as_deref(), Some("position 3 of 2026-11-23"));
        assert_eq!(in_both(&own, &other(DAY, 4)), None);
        assert_eq!(in_both(&own, &other(BusinessDay(DAY.0 + 1), 3)), None);
    }

    #[test]
    fn a_payment_that_another_proposal_would_record_is_told() {
        let content = |client| {
            let payment = MissingPayment {
                client,
                reference: Reference(*b"FV-1\0\0\0\0\0\0\0\0\0\0\0\0"),
                user: UserId::default(),
                product: 1,
                gross: 1,
                occurred_at: 1,
            };
            supplements(&[payment]).remove(0)
        };
        let own = Draft {
            content: content(5),
            named: Vec::new(),
            ..tests::draft(&turns(1))
        };
        let told = in_both(&own, &content(5));
        assert_eq!(told.as_deref(), Some("the payment FV-1 of client 5"));
        assert_eq!(in_both(&own, &content(1)), None);
        let cancels = tests::draft(&turns(1)).content;
        assert_eq!(in_both(&own, &cancels), None);
    }

    #[test]
    fn what_helps_against_another_proposal_is_told_by_how_far_it_is() {
        let told = |standing, now| {
            let proposal = tests::shown(standing, Answers::default()).proposal;
            refusal(3, &proposal, "position 3", now)
        };
        let open = told(Standing::Open, 1_000);
        assert!(open.contains("withdrawn by member 1, first"), "{open}");
        let lapsed = told(Standing::Open, 1_001);
        assert!(lapsed.ends_with("lets it lapse"), "{lapsed}");
        let progress = Progress::default();
        let accepted = told(Standing::Accepted { at: 5, progress }, 5);
        assert!(accepted.ends_with("leave out what it names"), "{accepted}");
        assert!(
            accepted.starts_with("proposal 3, which is accepted"),
            "{accepted}"
        );
    }
}
