//! Sending proposals: what is shown before, and what is said after.

use super::{
    printed_proposals::{hash, members, Said},
    Sending, SHOWN,
};
use crate::{
    commands::{
        ask::{ask, ensure_confirmed},
        Context,
    },
    output::{notes_text, with, Rendered},
};
use anyhow::{Context as _, Result};
use counterfoil_client::{
    amendments::{Draft, Proposed},
    chain::{read::At, views::Agreement},
    time::moment_rfc3339,
};
use counterfoil_primitives::{
    amendment::{Content, Ground},
    MemberId,
};
use serde_json::json;
use sp_core::H256;

/// Shows proposals of contents, with notes, and sends them one after the other once somebody confirms it.
pub(super) async fn propose(
    context: &Context,
    (at, agreement): (&At, &Agreement),
    (ground, evidence): (Ground, H256),
    contents: Vec<Content>,
    notes: &[String],
    sending: Sending,
) -> Result<Rendered> {
    let mut drafts = Vec::with_capacity(contents.len());
    for content in contents {
        drafts.push(Draft::of(at, agreement, (ground, evidence), content).await?);
    }
    at.check_free(agreement.id, &drafts).await?;
    let said = Said::of(agreement, at.now().await?, SHOWN);
    let preview = said.drafts(&drafts, notes);
    if sending.dry_run {
        if context.has_key() {
            let proposer = at.member_of(&context.operator()?).await?;
            at.check_proposals(agreement, proposer, drafts.len())
                .await?;
        }
        let text = format!("{}\nnothing was sent", preview.text);
        return Ok(Rendered::new(preview.json, text));
    }
    let operator = context.operator()?;
    let proposer = at.member_of(&operator).await?;
    at.check_proposals(agreement, proposer, drafts.len())
        .await?;
    let question = match drafts.len() {
        1 => "Propose it?".to_owned(),
        count => format!("Propose all {count}, one after the other?"),
    };
    ensure_confirmed(sending.yes, &preview.text, &question, ask)?;
    let mut sent: Vec<Proposed> = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let proposed = at
            .chain()
            .propose_amendment(agreement.id, draft, &operator)
            .await
            .with_context(|| so_far(&sent, drafts.len()))?;
        sent.push(proposed);
    }
    Ok(said.proposed(proposer, &drafts, &sent))
}

/// Which of `count` proposals are known to be on chain when one fails, and what helps.
fn so_far(sent: &[Proposed], count: usize) -> String {
    let numbers: Vec<String> = sent.iter().map(|sent| sent.number.to_string()).collect();
    match numbers.len() {
        0 => format!("of {count} to be proposed, none is known to be on chain"),
        known => format!(
            "of {count} to be proposed, {known} are known to be on chain, by the numbers {}, and hold what they name: \
             see `amendment list`, and withdraw them before you repeat the command, or propose only the rest",
            numbers.join(", ")
        ),
    }
}

impl Said<'_> {
    /// Drafts, before they are sent.
    pub(super) fn drafts(&self, drafts: &[Draft], notes: &[String]) -> Rendered {
        let json = json!({
            "dry_run": true,
            "agreement": self.agreement.id,
            "currency": self.agreement.money.code(),
            "proposals": drafts.iter().map(|draft| self.draft_json(draft)).collect::<Vec<_>>(),
            "notes": notes,
        });
        let texts: Vec<String> = drafts.iter().map(|draft| self.draft_text(draft)).collect();
        Rendered::new(json, texts.join("\n\n") + &notes_text(notes))
    }

    /// Drafts that `proposer` proposed, with their numbers and fingerprints, and who answers them.
    pub(super) fn proposed(
        &self,
        proposer: MemberId,
        drafts: &[Draft],
        sent: &[Proposed],
    ) -> Rendered {
        let (agreement, view) = (self.agreement.id, &self.agreement.view);
        let parties = [view.bank, view.company].into_iter();
        let awaited: Vec<MemberId> = parties.filter(|party| *party != proposer).collect();
        let proposals = drafts.iter().zip(sent).map(|(draft, sent)| {
            let named = json!({
                "number": sent.number,
                "fingerprint": hash(sent.fingerprint),
                "awaited": awaited,
                "answer_until": moment_rfc3339(sent.answer_until),
            });
            with(named, self.draft_json(draft))
        });
        let json = json!({
            "agreement": agreement,
            "proposals": proposals.collect::<Vec<_>>(),
        });
        let lines = sent.iter().map(|sent| {
            let number = sent.number;
            format!(
                "proposal {number} of agreement {agreement} is on chain, with the fingerprint {}; it waits until {} for the \
                 answers of {}, with their keys: \
                 `counterfoil amendment answer {number} --agreement {agreement} --accept` or `--reject`",
                hash(sent.fingerprint),
                self.time(sent.answer_until),
                members(&awaited)
            )
        });
        Rendered::new(json, lines.collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::amendment::tests::{agreement, draft};
    use counterfoil_client::chain::submit::Included;

    fn sent(number: u32) -> Proposed {
        Proposed {
            number,
            fingerprint: H256::repeat_byte(7),
            answer_until: 1_000,
            included: Included {
                block: H256::zero(),
                events: Vec::new(),
            },
        }
    }

    #[test]
    fn a_failure_tells_which_proposals_are_on_chain_already_and_what_to_do_with_them() {
        let none = "of 3 to be proposed, none is known to be on chain";
        assert_eq!(so_far(&[], 3), none);
        let some = so_far(&[sent(4), sent(5)], 3);
        assert!(some.contains("2 are known"), "{some}");
        assert!(some.contains("numbers 4, 5"), "{some}");
        assert!(some.contains("withdraw them before"), "{some}");
    }

    #[test]
    fn proposals_that_were_sent_are_told_with_who_answers_them_and_how() {
        let agreement = agreement();
        let said = Said::of(&agreement, 500, 2);
        let by_company = said.proposed(2, &[draft(3)], &[sent(4)]);
        for part in [
            "amendment answer 4 --agreement 7",
            "answers of 3, with",
            "waits until 1970-01-01",
        ] {
            assert!(by_company.text.contains(part), "{}", by_company.text);
        }
        let json = &by_company.json["proposals"][0];
        assert_eq!(
            (&json["number"], &json["content"]["act"]),
            (&json!(4), &json!("cancel"))
        );
        assert_eq!(json["awaited"], json!([3]));
        assert!(json["fingerprint"].as_str().unwrap().starts_with("0x0707"));
        let by_client = said.proposed(1, &[draft(3)], &[sent(4)]);
        assert_eq!(by_client.json["proposals"][0]["awaited"], json!([3, 2]));
    }

    #[test]
    fn what_is_to_be_sent_is_shown_with_what_the_user_should_know() {
        let agreement = agreement();
        let said = Said::of(&agreement, 500, 2);
        let notes = ["lines left out by [only]: 3".to_owned()];
        let preview = said.drafts(&[draft(1), draft(2)], &notes);
        assert_eq!(preview.json["proposals"].as_array().unwrap().len(), 2);
        assert_eq!(preview.json["notes"], json!(notes));
        assert!(preview.text.ends_with("note: lines left out by [only]: 3"));
    }
}
