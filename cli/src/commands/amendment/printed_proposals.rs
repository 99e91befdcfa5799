//! What commands print of proposals.

use crate::output::{day_totals_json, moment_json, names_and_values, table, with, Rendered};
use counterfoil_client::{
    amendments::{
        proposal_on_chain::awaited,
        words::{self, state_name},
        GivingUp, Shown,
    },
    chain::views::Agreement,
    local_time::Clock,
    time::moment_rfc3339,
};
use counterfoil_primitives::{
    amendment::{Answers, Ground, Progress, Proposal, Standing},
    MemberId, Moment,
};
use serde_json::{json, Value as Json};
use sp_core::H256;

/// What is said of proposals under an agreement.
pub(super) struct Said<'a> {
    pub(super) agreement: &'a Agreement,
    now: Moment,
    /// How many trades are shown of each.
    pub(super) first: usize,
}

impl<'a> Said<'a> {
    /// By the chain's time `now`. Of each proposal the `first` trades are shown.
    pub(super) const fn of(agreement: &'a Agreement, now: Moment, first: usize) -> Self {
        Self {
            agreement,
            now,
            first,
        }
    }

    /// A proposal with what it names.
    pub(super) fn proposal(&self, shown: &Shown) -> Rendered {
        let json = with(
            self.proposal_json(shown.number, &shown.proposal),
            shown.draft.as_ref().map_or_else(
                || json!({ "content": Json::Null }),
                |draft| self.content_json(draft),
            ),
        );
        let mut text = self.proposal_text(shown.number, &shown.proposal);
        match &shown.draft {
            Some(draft) => text += &format!("\n{}", self.content_text(draft)),
            None => text += "\nits trades are booked; what it named is not kept",
        }
        Rendered::new(json, text)
    }

    /// The proposals that wait. `last` is the number of the newest.
    pub(super) fn list(&self, proposals: &[(u32, Proposal)], last: u32) -> Rendered {
        let listed = proposals
            .iter()
            .map(|(number, proposal)| self.proposal_json(*number, proposal));
        let json = json!({
            "agreement": self.agreement.id,
            "last": last,
            "proposals": listed.collect::<Vec<_>>(),
        });
        if proposals.is_empty() {
            let text = format!("no proposal waits; the newest number is {last}");
            return Rendered::new(json, text);
        }
        let rows = proposals.iter().map(|(number, proposal)| {
            let awaited = awaited(proposal, self.agreement, self.now);
            let until = (!awaited.is_empty()).then(|| self.time(proposal.answer_until));
            vec![
                number.to_string(),
                self.state(proposal),
                proposal.ground.name().into(),
                proposal.proposer.to_string(),
                words::totals(&proposal.stated, &self.agreement.money),
                members(&awaited),
                until.unwrap_or_default(),
            ]
        });
        let header = [
            "number",
            "state",
            "ground",
            "proposed by",
            "names",
            "answers awaited of",
            "answer until",
        ];
        Rendered::new(json, table(&header, rows))
    }

    /// A proposal that would be answered, withdrawn or written off.
    pub(super) fn unsent(&self, shown: &Shown) -> Rendered {
        let Rendered { json, text, .. } = self.proposal(shown);
        let json = with(json, json!({ "dry_run": true }));
        Rendered::new(json, format!("{text}\nnothing was sent"))
    }

    /// A proposal after an answer.
    pub(super) fn answered(&self, shown: &Shown, accept: bool) -> Rendered {
        let Shown {
            number, proposal, ..
        } = shown;
        let answer = if accept { "accepted" } else { "rejected" };
        let json = with(
            self.proposal_json(*number, proposal),
            json!({ "answered": answer }),
        );
        let awaited = awaited(proposal, self.agreement, self.now);
        let state = if awaited.is_empty() {
            self.state(proposal)
        } else {
            let until = self.time(proposal.answer_until);
            format!(
                "waits until {until} for the answer of {}",
                members(&awaited)
            )
        };
        let text = format!("your answer is on chain: {answer}; proposal {number} {state}");
        Rendered::new(json, text)
    }

    /// A moment by the agreement's clock.
    pub(super) fn time(&self, moment: Moment) -> String {
        let offset_on = |day| self.agreement.offset_minutes(day);
        Clock::new(&offset_on, None).text(moment)
    }

    fn proposal_json(&self, number: u32, proposal: &Proposal) -> Json {
        let progress = progress(&proposal.standing);
        json!({
            "agreement": proposal.agreement,
            "number": number,
            "state": state_name(&proposal.standing),
            "ground": proposal.ground.name(),
            "evidence": evidence(proposal.evidence),
            "proposer": proposal.proposer,
            "fingerprint": hash(proposal.fingerprint),
            "proposed_at": moment_rfc3339(proposal.proposed_at),
            "answer_until": moment_rfc3339(proposal.answer_until),
            "answers": { "bank": proposal.answers.bank, "company": proposal.answers.company },
            "awaited": awaited(proposal, self.agreement, self.now),
            "lapsed": proposal.has_lapsed(self.now),
            "stated": day_totals_json(&proposal.stated),
            "currency": self.agreement.money.code(),
            "since": moment_json(since(&proposal.standing)),
            "booked": progress.map(|progress| progress.booked),
            "fallen_out": progress.map(|progress| progress.fallen_out),
            "booked_totals": progress.map(|progress| day_totals_json(&progress.totals)),
        })
    }

    fn proposal_text(&self, number: u32, proposal: &Proposal) -> String {
        let money = &self.agreement.money;
        let mut facts = vec![
            (
                "proposal",
                format!("{number} of agreement {}", proposal.agreement),
            ),
            ("state", self.state(proposal)),
            ("ground", ground(proposal.ground)),
            ("evidence", evidence_text(proposal.evidence)),
            (
                "proposed by",
                format!(
                    "member {}, at {}",
                    proposal.proposer,
                    self.time(proposal.proposed_at)
                ),
            ),
            ("names", words::totals(&proposal.stated, money)),
            ("answers", self.answers(proposal)),
            ("answer until", self.time(proposal.answer_until)),
            ("fingerprint", hash(proposal.fingerprint)),
        ];
        if let Some(progress) = progress(&proposal.standing) {
            let booked = words::totals(&progress.totals, money);
            facts.push(("booked", format!("{} of them: {booked}", progress.booked)));
            facts.push(("not booked", progress.fallen_out.to_string()));
        }
        names_and_values(facts)
    }

    /// How far a proposal is, to stand behind `it` or its number.
    fn state(&self, proposal: &Proposal) -> String {
        let state = words::state(&proposal.standing);
        if proposal.has_lapsed(self.now) {
            return format!("{state}; the time for them is over, so it becomes a claim");
        }
        state.into()
    }

    /// What bank and company said.
    fn answers(&self, proposal: &Proposal) -> String {
        let view = &self.agreement.view;
        let is_awaited =
            matches!(proposal.standing, Standing::Open) && !proposal.has_lapsed(self.now);
        let said = |answer| match answer {
            None if is_awaited => "awaited",
            None => "did not answer",
            Some(true) => "accepts",
            Some(false) => "rejects",
        };
        let Answers { bank, company } = proposal.answers;
        format!(
            "bank ({}) {}, company ({}) {}",
            view.bank,
            said(bank),
            view.company,
            said(company)
        )
    }
}

/// How far the booking is, where it has begun.
const fn progress(standing: &Standing) -> Option<&Progress> {
    match standing {
        Standing::Accepted { progress, .. } | Standing::Completed { progress, .. } => {
            Some(progress)
        }
        Standing::Open | Standing::Unresolved { .. } => None,
    }
}

/// Since when a proposal stands so; `None` of one that is open.
const fn since(standing: &Standing) -> Option<Moment> {
    match standing {
        Standing::Open => None,
        Standing::Accepted { at, .. } | Standing::Completed { at, .. } => Some(*at),
        Standing::Unresolved { since, .. } => Some(*since),
    }
}

/// Why a proposal is made: the ground's name, and what it says.
pub(super) fn ground(ground: Ground) -> String {
    format!("{}: {}", ground.name(), words::ground(ground))
}

/// The hash of the evidence, or null.
pub(super) fn evidence(evidence: H256) -> Option<String> {
    (!evidence.is_zero()).then(|| hash(evidence))
}

/// The hash of the evidence, for people.
pub(super) fn evidence_text(hash: H256) -> String {
    evidence(hash).unwrap_or_else(|| "none".into())
}

/// A hash in hexadecimal.
pub(super) fn hash(hash: H256) -> String {
    format!("{hash:?}")
}

/// Members with commas, or `nobody`.
pub(super) fn members(members: &[MemberId]) -> String {
    if members.is_empty() {
        return "nobody".into();
    }
    let texts: Vec<_> = members.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

/// A proposal that is gone.
pub(super) fn given_up(agreement: &Agreement, number: u32, how: GivingUp) -> Rendered {
    let agreement = agreement.id;
    let json = json!({
        "agreement": agreement,
        "number": number,
        "withdrawn": how == GivingUp::Withdraw,
        "written_off": how == GivingUp::WriteOff,
    });
    let done = match how {
        GivingUp::Withdraw => "withdrawn",
        GivingUp::WriteOff => "written off",
    };
    let text = format!("proposal {number} of agreement {agreement} is {done}");
    Rendered::new(json, text)
}
