//! Proposals of amendments in words.

use super::{
    amounts::money,
    day::{totals, TotalsInWords},
    local, name_of,
};
use crate::{Amendments, Registry, Timestamp};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    amendment::{Content, Ground, Progress, Proposal, Selection, Span, Standing, Unresolved},
    ports::Directory,
    written::date,
    AgreementId, AgreementView, BusinessDay, DayTotals, Moment, Side,
};
use scale_info::TypeInfo;
use sp_core::H256;

/// Maximum spans of positions that are listed; of more, the first and the last position are told.
const MAX_LISTED: usize = 4;

/// A proposal to amend what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AmendmentInWords {
    /// Its number in the agreement.
    pub number: u32,
    /// Who proposed it, with its number.
    pub proposer: String,
    /// When.
    pub proposed_at: String,
    /// Why.
    pub ground: String,
    /// What is to be done with which trades.
    pub content: String,
    /// What the named payments come to, or those that were not recorded.
    pub payments: TotalsInWords,
    /// What the named refunds come to.
    pub refunds: TotalsInWords,
    /// The institutions whose answers are awaited, with their numbers.
    pub awaited: Vec<String>,
    /// Until when they can answer.
    pub answer_until: String,
    /// How far it is.
    pub standing: String,
    /// The hash of the evidence, which stays with the parties.
    pub evidence: H256,
    /// What an answer names it by.
    pub fingerprint: H256,
}

/// A proposal that is not completed.
pub(super) struct Pending {
    /// Its number in the agreement.
    pub number: u32,
    /// The proposal.
    pub proposal: Proposal,
    content: Option<Content>,
}

impl Pending {
    /// Whether it names trades of `day`, or payments of it that were not recorded.
    pub fn touches(&self, agreement: &AgreementView, day: BusinessDay) -> bool {
        match &self.content {
            Some(Content::Supplement { payments }) => payments
                .iter()
                .any(|payment| agreement.day_of(payment.occurred_at) == Some(day)),
            Some(content) => content.day() == Some(day),
            None => false,
        }
    }
}

/// The proposals of an agreement that are not completed, by number.
pub(super) fn pending(id: AgreementId) -> Vec<Pending> {
    Amendments::waiting(id)
        .into_iter()
        .map(|(number, proposal)| Pending {
            number,
            proposal,
            content: Amendments::amendment(id, number).and_then(|(_, content)| content),
        })
        .collect()
}

/// The proposals of an agreement that are not completed in words, by number.
pub fn amendments(id: AgreementId) -> Vec<AmendmentInWords> {
    let Some(agreement) = Registry::agreement(id) else {
        return Vec::new();
    };
    let pending = pending(id);
    let in_words = pending.iter().map(|one| in_words(&agreement, one));
    in_words.collect()
}

pub(super) fn in_words(agreement: &AgreementView, pending: &Pending) -> AmendmentInWords {
    let Pending {
        number,
        proposal,
        content,
    } = pending;
    let content = content
        .as_ref()
        .map(|content| named(content, &proposal.stated));
    AmendmentInWords {
        number: *number,
        proposer: name_of(proposal.proposer),
        proposed_at: local(agreement, proposal.proposed_at),
        ground: ground(proposal.ground).into(),
        content: content.unwrap_or_default(),
        payments: totals(agreement, &proposal.stated.payments),
        refunds: totals(agreement, &proposal.stated.refunds),
        awaited: awaited(agreement, proposal),
        answer_until: local(agreement, proposal.answer_until),
        standing: standing(agreement, proposal),
        evidence: proposal.evidence,
        fingerprint: proposal.fingerprint,
    }
}

fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::NotPaid => "the payment did not take place",
        Ground::PaidTwice => "one payment is recorded twice",
        Ground::WrongUser => "the wrong user is recorded",
        Ground::WrongAmount => "the wrong amount is recorded",
        Ground::WrongProduct => "the wrong product is recorded",
        Ground::ChargedBack => "the user's bank took the payment back",
        Ground::NotRecorded => "the payment is not recorded",
        Ground::WrongFile => "a wrong file was imported",
        Ground::Other => "another one: see the evidence",
    }
}

/// What a proposal does with which trades: `take back 1,000 trades of 2026-11-27: positions 0 to 999`.
fn named(content: &Content, stated: &DayTotals) -> String {
    match content {
        Content::Cancel { day, selection } => {
            let trades = counted(stated.count(), "trade");
            let day = date::show(*day);
            format!("take back {trades} of {day}: {}", selected(selection))
        }
        Content::Replace { day, .. } => {
            let payments = counted(stated.count(), "payment");
            let positions = content.selection().map(|selection| selected(&selection));
            let positions = positions.unwrap_or_default();
            format!(
                "state {payments} of {} right: {positions}",
                date::show(*day)
            )
        }
        Content::Supplement { payments } => {
            let payments = counted(payments.len() as u32, "payment");
            format!("record {payments} not recorded before")
        }
    }
}

fn selected(selection: &Selection) -> String {
    match selection {
        Selection::Positions(spans) => positions(spans),
        Selection::Sequences {
            client,
            first,
            last,
            pages,
        } => {
            let client = name_of(*client);
            let (from, to) = (pages.first, pages.last);
            format!("sequences {first} to {last} of client {client}, on pages {from} to {to}")
        }
    }
}

fn positions(spans: &[Span]) -> String {
    match spans {
        [Span { first, last }] if first == last => format!("position {first}"),
        [first, .., last] if spans.len() > MAX_LISTED => {
            let count = grouped(spans.len() as u32);
            let (first, last) = (first.first, last.last);
            format!("positions in {count} spans from {first} to {last}")
        }
        _ => {
            let listed: Vec<String> = spans.iter().map(span).collect();
            format!("positions {}", listed.join(", "))
        }
    }
}

fn span(span: &Span) -> String {
    let Span { first, last } = *span;
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}

/// The institutions whose answers are awaited: none once the time for answers is over.
pub(super) fn awaited(agreement: &AgreementView, proposal: &Proposal) -> Vec<String> {
    if proposal.standing != Standing::Open || proposal.has_lapsed(Timestamp::get()) {
        return Vec::new();
    }
    Side::BOTH
        .into_iter()
        .filter(|side| proposal.answers.of(*side).is_none())
        .map(|side| name_of(agreement.party(side)))
        .collect()
}

/// Whether the agreement has closed by `now`: then nothing is booked any more.
pub(super) fn is_over(agreement: &AgreementView, now: Moment) -> bool {
    let today = agreement.day_of(now);
    today.is_some_and(|today| agreement.has_closed(today))
}

fn standing(agreement: &AgreementView, proposal: &Proposal) -> String {
    match proposal.standing {
        Standing::Open if proposal.has_lapsed(Timestamp::get()) => {
            "not answered in time: it can lapse".into()
        }
        Standing::Open => "open: answers are awaited".into(),
        Standing::Accepted { at, progress } => {
            let at = local(agreement, at);
            let over = match is_over(agreement, Timestamp::get()) {
                true => "; the agreement has closed: it can lapse",
                false => "",
            };
            format!("accepted {at}: {}{over}", booked(agreement, &progress))
        }
        Standing::Completed { at, progress } => {
            let at = local(agreement, at);
            format!("completed {at}: {}", booked(agreement, &progress))
        }
        Standing::Unresolved { since, why } => {
            let why: String = match why {
                Unresolved::Rejected => "rejected".into(),
                Unresolved::Lapsed => "lapsed".into(),
                Unresolved::Ended { progress } => {
                    let booked = booked(agreement, &progress);
                    format!("not booked whole before the agreement closed ({booked}),")
                }
            };
            let since = local(agreement, since);
            format!("{why} {since}: a claim until its proposer writes it off")
        }
    }
}

/// How much of a proposal is booked: `12 booked, 1 fell out; payments of 0.00 CZK, refunds of 9.00 CZK`.
fn booked(agreement: &AgreementView, progress: &Progress) -> String {
    let [booked, fallen_out] = [progress.booked, progress.fallen_out].map(grouped);
    let [payments, refunds] = [progress.totals.payments, progress.totals.refunds]
        .map(|totals| money(agreement, totals.gross));
    format!("{booked} booked, {fallen_out} fell out; payments of {payments}, refunds of {refunds}")
}

/// A number of things: `1 trade`, `1,000 trades`.
fn counted(count: u32, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(count))
}

/// A number with its thousands apart: `65,536`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
