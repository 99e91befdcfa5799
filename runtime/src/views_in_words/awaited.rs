//! What a day waits for, from whom, and until when.

use super::{
    amendments::{self, Pending},
    amounts::money,
    local, name_of,
};
use crate::{views, Timestamp};
use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    amendment::Standing,
    awaited_of_day::{self, Awaited, What},
    settlement::{ObligationView, Waiting},
    summary::{DayStatus, DaySummary, SideSummary},
    AgreementView, MemberId, Moment, Side, Source,
};
use scale_info::TypeInfo;

/// What is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AwaitedInWords {
    /// What.
    pub what: String,
    /// The members that it can come from, with their numbers; none where it follows from other days, or is
    /// for the council or who manages the asset to do; none, too, where the agreement has nobody for it.
    pub from: Vec<String>,
    /// Until when; none where no time is set.
    pub until: Option<String>,
    /// Whether that time is over.
    pub is_late: bool,
}

/// What a day waits for: its end, its seal, commitments, reports and repairs of its sides, the payment of its
/// settlement period, and answers to the `pending` proposals that name trades of it.
pub(super) fn of_day<'a>(
    agreement: &AgreementView,
    day: &DaySummary,
    obligation: Option<&ObligationView>,
    pending: impl IntoIterator<Item = &'a Pending>,
) -> Vec<AwaitedInWords> {
    let of = OfDay {
        agreement,
        day,
        now: Timestamp::get(),
    };
    let of_day = awaited_of_day::of_day(agreement, day, of.now);
    let mut awaited: Vec<_> = of_day.into_iter().map(|one| of.in_words(one)).collect();
    if day.status == DayStatus::Reconciled {
        awaited.extend(obligation.and_then(|view| payment(agreement, view)));
    }
    awaited.extend(
        pending
            .into_iter()
            .filter_map(|one| amendment(agreement, one)),
    );
    awaited
}

/// What the payment for a settlement period waits for; `None` where nothing is left to pay.
pub(super) fn payment(agreement: &AgreementView, view: &ObligationView) -> Option<AwaitedInWords> {
    let amount = |amount| money(agreement, amount);
    let what = match &view.waiting {
        None if view.obligation.is_due() => {
            let left = amount(view.obligation.left());
            format!("the payment of {left}, which the debtor's node makes")
        }
        None => return None,
        Some(Waiting::Days { missing }) => return Some(other_days(agreement, view, *missing)),
        Some(Waiting::Release) => "the release of the payment".into(),
        Some(Waiting::Short { by }) => {
            let by = amount(*by);
            format!("{by} more on the debtor's account")
        }
        Some(Waiting::Declaration { undeclared }) => {
            let undeclared = amount(*undeclared);
            format!("a payment of {undeclared} outside the chain, and its declaration")
        }
        Some(Waiting::Acknowledgement { declared }) => {
            let declared = amount(*declared);
            format!("the answer to declared payments of {declared}")
        }
        Some(
            reason @ (Waiting::CreditorCannotReceive
            | Waiting::LeavesDust
            | Waiting::Frozen
            | Waiting::AssetUnavailable
            | Waiting::OtherDecimals
            | Waiting::SameAccount
            | Waiting::NoAccount),
        ) => format!("a remedy: {reason}"),
    };
    Some(AwaitedInWords {
        what,
        from: names(awaited_of_day::of_payment(view)),
        until: None,
        is_late: false,
    })
}

/// The days of a settlement period that are not reconciled, until the deadline of its last one.
fn other_days(agreement: &AgreementView, view: &ObligationView, missing: u32) -> AwaitedInWords {
    let deadline = views::due_times(view.agreement, view.period.last).map(|times| times.deadline);
    let what = match missing {
        1 => "the reconciliation of a day of its settlement period".to_string(),
        _ => format!("the reconciliation of {missing} days of its settlement period"),
    };
    until(agreement, what, Vec::new(), deadline, Timestamp::get())
}

/// The answers to a proposal, or its booking.
fn amendment(agreement: &AgreementView, pending: &Pending) -> Option<AwaitedInWords> {
    let Pending {
        number, proposal, ..
    } = pending;
    let now = Timestamp::get();
    match proposal.standing {
        Standing::Open if !proposal.has_lapsed(now) => Some(AwaitedInWords {
            what: format!("an answer to amendment {number}"),
            from: amendments::awaited(agreement, proposal),
            until: Some(local(agreement, proposal.answer_until)),
            is_late: false,
        }),
        // Once the agreement has closed, what is accepted can only lapse.
        Standing::Accepted { .. } if !amendments::is_over(agreement, now) => Some(until(
            agreement,
            format!("the booking of amendment {number}, which the parties' nodes do"),
            vec![agreement.company, agreement.bank],
            None,
            now,
        )),
        Standing::Open
        | Standing::Accepted { .. }
        | Standing::Completed { .. }
        | Standing::Unresolved { .. } => None,
    }
}

fn names(members: impl IntoIterator<Item = MemberId>) -> Vec<String> {
    members.into_iter().map(name_of).collect()
}

fn until(
    agreement: &AgreementView,
    what: String,
    from: Vec<MemberId>,
    until: Option<Moment>,
    now: Moment,
) -> AwaitedInWords {
    AwaitedInWords {
        what,
        from: names(from),
        until: until.map(|until| local(agreement, until)),
        is_late: until.is_some_and(|until| now >= until),
    }
}

/// A day at a time of the chain.
struct OfDay<'a> {
    agreement: &'a AgreementView,
    day: &'a DaySummary,
    now: Moment,
}

impl OfDay<'_> {
    fn in_words(&self, awaited: Awaited) -> AwaitedInWords {
        AwaitedInWords {
            what: self.what(&awaited),
            from: names(awaited.from),
            until: awaited.until.map(|until| local(self.agreement, until)),
            is_late: awaited.is_late,
        }
    }

    fn what(&self, awaited: &Awaited) -> String {
        match awaited.what {
            What::Trades => "trades, until the cut-off".into(),
            What::Refunds => "refunds, until the cut-off".into(),
            What::Seal => "the seal, which the reconciler's node makes".into(),
            What::Commitment(side) => self.commitment(side),
            What::Report(side) => self.report(side, awaited.is_late),
            What::Default(side) => self.mark(side),
            What::Repair(side) => {
                let party = party(side);
                format!("the repair of the {party}'s book, which its node makes")
            }
            What::LateCommitment(side) => {
                let party = party(side);
                format!("a late commitment to the {party}'s book, if it is to be compared")
            }
            What::LateReport(side) => format!("a late report of the {}'s book", party(side)),
        }
    }

    fn commitment(&self, side: Side) -> String {
        let party = party(side);
        let conditions = self.agreement.conditions_on(self.day.day);
        let book = match conditions.map(|conditions| conditions.source(side)) {
            Some(Source::Ledger) => format!("the {party}'s ledger, and the commitment to it"),
            Some(Source::Received) | None => format!("the commitment to the {party}'s book"),
        };
        match self.summary(side).round {
            0 => book,
            _ => format!("{book}, since the book before was rejected"),
        }
    }

    /// A report of what a party committed to, or, where that is late, the mark that is taken in its place.
    fn report(&self, side: Side, is_late: bool) -> String {
        let summary = self.summary(side);
        let mut what = format!("the report of the {}'s book", party(side));
        if self.now < self.day.preset_at {
            let preset = local(self.agreement, self.day.preset_at);
            what = format!("{what}, from {preset} on");
        } else if summary.listed_pages > 0 {
            let (accepted, listed) = (summary.accepted_pages, summary.listed_pages);
            what = format!("{what}, of which {accepted} of {listed} pages are in");
        }
        if is_late {
            what = format!("{what}, or the mark that the side defaulted");
        }
        what
    }

    /// The mark of a side that can only default; it is not taken before the deadline.
    fn mark(&self, side: Side) -> String {
        let mark = format!("the mark that the {}'s side defaulted", party(side));
        if self.now >= self.day.deadline_at {
            return mark;
        }
        let deadline = local(self.agreement, self.day.deadline_at);
        format!("{mark}, from {deadline} on")
    }

    const fn summary(&self, side: Side) -> &SideSummary {
        side.pick(&self.day.debit, &self.day.credit)
    }
}

/// Who keeps the book of a side.
const fn party(side: Side) -> &'static str {
    side.pick("company", "bank")
}
