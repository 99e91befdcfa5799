//! Proposals of amendments.

use super::{
    super::{
        arguments::{Arguments, NUMBER},
        at::At,
        page,
        refusal::NOT_THERE,
        schema::{Field, Schema},
        written::{date, hash, moment, with},
    },
    days::{totals, totals_schema},
};
use counterfoil_primitives::{
    amendment::{Content, Ground, Progress, Proposal, Selection, Standing, Unresolved},
    AgreementView, MemberId, Moment, Side,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// The names of [`state`].
const STATES: [&str; 6] = [
    "open",
    "accepted",
    "completed",
    "rejected",
    "lapsed",
    "ended",
];

/// A page of the proposals that are not completed, by number.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let found = at.source.proposals(at.block.hash, of.agreement)?;
    let pages = page::json(found.len(), of);
    let shown = page::of_list(found, of);
    let shown = shown.map(|(number, proposal)| to_json(&agreement, number, &proposal, at.now));
    let head = json!({
        "agreement": of.agreement,
        "last": at.source.last_proposal(at.block.hash, of.agreement)?,
        "proposals": shown.collect::<Vec<_>>(),
    });
    Ok(with(head, pages))
}

/// A proposal, completed or not.
pub fn show(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let (proposal, content) = find(at, of)?;
    let content = content.map(|content| content_json(&content, &proposal));
    let proposal = to_json(&agreement, of.number, &proposal, at.now);
    Ok(with(proposal, json!({ "content": content })))
}

/// The proposal that a request names, with its content until it is completed.
pub(super) fn find(at: &At<'_>, of: &Arguments) -> RpcResult<(Proposal, Option<Content>)> {
    let found = at.source.proposal(at.block.hash, of.agreement, of.number)?;
    found.ok_or_else(|| {
        NOT_THERE.of(
            Some(NUMBER.name),
            format!("agreement {} has no proposal {}", of.agreement, of.number),
            "it was never made, or was withdrawn or written off; counterfoil_proposals lists the others",
        )
    })
}

/// What a proposal wants, but for the trades themselves.
fn content_json(content: &Content, proposal: &Proposal) -> Json {
    let (mut positions, mut sequences, mut of_client, mut pages) = (None, None, None, None);
    match content.selection() {
        Some(Selection::Positions(spans)) => {
            let spans = spans.iter().map(|span| [span.first, span.last]);
            positions = Some(spans.collect::<Vec<_>>());
        }
        Some(Selection::Sequences {
            client,
            first,
            last,
            pages: span,
        }) => {
            sequences = Some([first, last]);
            of_client = Some(client);
            pages = Some([span.first, span.last]);
        }
        None => (),
    }
    json!({
        "act": act(content),
        "day": content.day().map(date),
        "positions": positions,
        "client": of_client,
        "sequences": sequences,
        "pages": pages,
        "count": proposal.stated.count(),
    })
}

/// The name of what a content does.
const fn act(content: &Content) -> &'static str {
    match content {
        Content::Cancel { .. } => "cancel",
        Content::Replace { .. } => "replace",
        Content::Supplement { .. } => "supplement",
    }
}

fn to_json(agreement: &AgreementView, number: u32, proposal: &Proposal, now: Moment) -> Json {
    let by = agreement.denomination();
    let (since, progress) = progress(&proposal.standing);
    json!({
        "agreement": proposal.agreement,
        "number": number,
        "state": state(&proposal.standing),
        "ground": proposal.ground.name(),
        "evidence": (!proposal.evidence.is_zero()).then(|| hash(proposal.evidence)),
        "proposer": proposal.proposer,
        "fingerprint": hash(proposal.fingerprint),
        "proposed_at": moment(proposal.proposed_at),
        "answer_until": moment(proposal.answer_until),
        "answers": { "bank": proposal.answers.bank, "company": proposal.answers.company },
        "awaited": awaited(agreement, proposal, now),
        "lapsed": proposal.has_lapsed(now),
        "stated": totals(&proposal.stated, &by),
        "currency": agreement.currency.as_str(),
        "since": since.map(moment),
        "booked": progress.map(|progress| progress.booked),
        "fallen_out": progress.map(|progress| progress.fallen_out),
        "booked_totals": progress.map(|progress| totals(&progress.totals, &by)),
    })
}

/// The name of a state.
const fn state(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Accepted { .. } => "accepted",
        Standing::Completed { .. } => "completed",
        Standing::Unresolved { why, .. } => match why {
            Unresolved::Rejected => "rejected",
            Unresolved::Lapsed => "lapsed",
            Unresolved::Ended { .. } => "ended",
        },
    }
}

/// Since when a proposal stands so, and how far its booking is.
const fn progress(standing: &Standing) -> (Option<Moment>, Option<&Progress>) {
    match standing {
        Standing::Open => (None, None),
        Standing::Accepted { at, progress } | Standing::Completed { at, progress } => {
            (Some(*at), Some(progress))
        }
        Standing::Unresolved {
            since,
            why: Unresolved::Ended { progress },
        } => (Some(*since), Some(progress)),
        Standing::Unresolved { since, .. } => (Some(*since), None),
    }
}

/// The institutions whose answers are awaited.
pub(super) fn awaited(
    agreement: &AgreementView,
    proposal: &Proposal,
    now: Moment,
) -> Vec<MemberId> {
    if !matches!(proposal.standing, Standing::Open) || proposal.has_lapsed(now) {
        return Vec::new();
    }
    let sides = Side::BOTH.into_iter();
    let silent = sides.filter(|side| proposal.answers.of(*side).is_none());
    silent.map(|side| agreement.party(side)).collect()
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let head: [Field; 3] = [
        ("agreement", Schema::number(), "The agreement's number."),
        (
            "last",
            Schema::number(),
            "The number of the newest proposal; 0 before the first.",
        ),
        ("proposals", proposal_schema().list(), "By number."),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

/// The schema of [`show`].
pub fn show_schema() -> Schema {
    let pair = || Schema::number().list().or_null();
    let acts = Schema::names(["cancel", "replace", "supplement"]);
    let content = Schema::object([
        ("act", acts, "What is done with the trades."),
        (
            "day",
            Schema::date().or_null(),
            "Their day; null: payments never recorded.",
        ),
        (
            "positions",
            pair_list().or_null(),
            "Their positions on that day, each pair the first and the last of a run.",
        ),
        (
            "client",
            Schema::number().or_null(),
            "Whose trades they are, if they are named by sequences.",
        ),
        ("sequences", pair(), "The first and the last of these."),
        (
            "pages",
            pair(),
            "The first and the last page on which these count.",
        ),
        (
            "count",
            Schema::number(),
            "How many trades, or payments never recorded.",
        ),
    ]);
    proposal_schema().and((
        "content",
        content.or_null(),
        "What it wants; null once it is completed.",
    ))
}

fn pair_list() -> Schema {
    Schema::number().list().list()
}

fn proposal_schema() -> Schema {
    let answer = || Schema::boolean().or_null();
    let answers = Schema::object([
        (
            "bank",
            answer(),
            "The bank's; null where it has not answered.",
        ),
        (
            "company",
            answer(),
            "The company's; null where it has not answered.",
        ),
    ]);
    Schema::object([
        ("agreement", Schema::number(), "The agreement's number."),
        ("number", Schema::number(), "Its number in the agreement."),
        ("state", Schema::names(STATES), "How far it is."),
        ("ground", Schema::names_of(Ground::name), "Why it is made."),
        (
            "evidence",
            Schema::hash().or_null(),
            "The hash of the evidence.",
        ),
        ("proposer", Schema::number(), "Who proposed it."),
        ("fingerprint", Schema::hash(), "What an answer names it by."),
        ("proposed_at", Schema::moment(), "When it was proposed."),
        (
            "answer_until",
            Schema::moment(),
            "Until when it can be answered.",
        ),
        ("answers", answers, "Whether bank and company agree."),
        (
            "awaited",
            Schema::number().list(),
            "The members whose answers are awaited.",
        ),
        (
            "lapsed",
            Schema::boolean(),
            "Whether the time for answers is over and some are missing.",
        ),
        (
            "stated",
            totals_schema(),
            "What the trades that it names come to.",
        ),
        (
            "currency",
            Schema::text(),
            "The ISO 4217 code of all amounts.",
        ),
        (
            "since",
            Schema::moment().or_null(),
            "Since when it stands so; null while it is open.",
        ),
        (
            "booked",
            Schema::number().or_null(),
            "What it names that is booked.",
        ),
        (
            "fallen_out",
            Schema::number().or_null(),
            "What it names and could not be booked.",
        ),
        (
            "booked_totals",
            totals_schema().or_null(),
            "What the booked trades come to.",
        ),
    ])
}
