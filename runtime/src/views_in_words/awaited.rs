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
    settlement::{ObligationView, Waiting},
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    AgreementView, MemberId, Moment, Side, Source, MAX_ROUNDS,
};
use scale_info::TypeInfo;

/// What is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AwaitedInWords {
    /// What.
    pub what: String,
    /// The members that it can come from, with their numbers; none where it follows from other days, or is
    /// for the council or who manages the asset to do.
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
    let mut awaited = Vec::new();
    match day.status {
        DayStatus::Open => awaited.push(of.seal()),
        DayStatus::Sealed | DayStatus::Reconciled | DayStatus::Settled => {
            awaited.extend(Side::BOTH.into_iter().filter_map(|side| of.side(side)));
        }
    }
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
    let (debtor, creditor) = (names(view.debtor), names(view.creditor));
    let (what, from) = match &view.waiting {
        None if view.obligation.is_due() => {
            let left = amount(view.obligation.left());
            let what = format!("the payment of {left}, which the debtor's node makes");
            (what, debtor)
        }
        None => return None,
        Some(Waiting::Days { missing }) => return Some(other_days(agreement, view, *missing)),
        Some(Waiting::Release) => ("the release of the payment".into(), debtor),
        Some(Waiting::Short { by }) => {
            let by = amount(*by);
            (format!("{by} more on the debtor's account"), debtor)
        }
        Some(Waiting::Declaration { undeclared }) => {
            let undeclared = amount(*undeclared);
            let what = format!("a payment of {undeclared} outside the chain, and its declaration");
            (what, debtor)
        }
        Some(Waiting::Acknowledgement { declared }) => {
            let declared = amount(*declared);
            let what = format!("the answer to declared payments of {declared}");
            (what, creditor)
        }
        Some(reason @ Waiting::CreditorCannotReceive) => (in_the_way(reason), creditor),
        Some(reason @ Waiting::LeavesDust) => (in_the_way(reason), debtor),
        // The council, or who manages the asset.
        Some(
            reason @ (Waiting::Frozen
            | Waiting::AssetUnavailable
            | Waiting::OtherDecimals
            | Waiting::SameAccount
            | Waiting::NoAccount),
        ) => (in_the_way(reason), Vec::new()),
    };
    Some(AwaitedInWords {
        what,
        from,
        until: None,
        is_late: false,
    })
}

/// What has to change before a payment: `a remedy: the asset does not exist any more`.
fn in_the_way(reason: &Waiting) -> String {
    format!("a remedy: {reason}")
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
    /// The trades of a day, and then its seal.
    fn seal(&self) -> AwaitedInWords {
        if self.now >= self.day.cut_off_at {
            let what = "the seal, which the reconciler's node makes";
            return self.until(what, self.reconciler(), Some(self.day.preset_at));
        }
        let clients = self.agreement.clients.iter().copied();
        let record = clients.filter(|client| !self.agreement.is_suspended(*client));
        let what = match self.agreement.has_ended(self.day.day) {
            true => "refunds, until the cut-off",
            false => "trades, until the cut-off",
        };
        self.until(what, record.collect(), Some(self.day.cut_off_at))
    }

    /// What a side waits for.
    fn side(&self, side: Side) -> Option<AwaitedInWords> {
        let summary = side.pick(&self.day.debit, &self.day.credit);
        let name = side.pick("company", "bank");
        let party = vec![self.agreement.party(side)];
        match summary.status {
            SideStatus::Awaited => Some(self.commitment(side, summary)),
            SideStatus::Committed => Some(self.report(name, summary)),
            SideStatus::Proven { breaks } | SideStatus::ProvenLate { breaks } if breaks > 0 => {
                let what = format!("the repair of the {name}'s book, which its node makes");
                Some(self.until(what, party, None))
            }
            SideStatus::Defaulted if !summary.too_late => {
                let (what, from) = if summary.commitment.is_some() {
                    (
                        format!("a late report of the {name}'s book"),
                        self.reporters(),
                    )
                } else if summary.round < MAX_ROUNDS {
                    let what =
                        format!("a late commitment to the {name}'s book, if it is to be compared");
                    (what, party)
                } else {
                    return None;
                };
                Some(self.until(what, from, summary.late_until))
            }
            SideStatus::Proven { .. }
            | SideStatus::ProvenLate { .. }
            | SideStatus::Repaired { .. }
            | SideStatus::Defaulted => None,
        }
    }

    /// A commitment, as long as one is taken, and then the mark of default.
    fn commitment(&self, side: Side, summary: &SideSummary) -> AwaitedInWords {
        let name = side.pick("company", "bank");
        let deadline = self.day.deadline_at;
        if self.now >= deadline || summary.round >= MAX_ROUNDS {
            let mut what = format!("the mark that the {name}'s side defaulted");
            if self.now < deadline {
                what = format!("{what}, from {} on", local(self.agreement, deadline));
            }
            return self.until(what, self.reporters(), None);
        }
        let conditions = self.agreement.conditions_on(self.day.day);
        let source = conditions.map(|conditions| conditions.source(side));
        let book = match source {
            Some(Source::Ledger) => format!("the {name}'s ledger, and the commitment to it"),
            Some(Source::Received) | None => format!("the commitment to the {name}'s book"),
        };
        let party = vec![self.agreement.party(side)];
        match summary.round {
            0 => self.until(book, party, Some(self.day.preset_at)),
            _ => {
                let what = format!("{book}, since the book before was rejected");
                self.until(what, party, Some(deadline))
            }
        }
    }

    /// A report of what a party committed to.
    fn report(&self, name: &str, summary: &SideSummary) -> AwaitedInWords {
        let mut what = format!("the report of the {name}'s book");
        if self.now < self.day.preset_at {
            let preset = local(self.agreement, self.day.preset_at);
            what = format!("{what}, from {preset} on");
        } else if summary.listed_pages > 0 {
            let (accepted, listed) = (summary.accepted_pages, summary.listed_pages);
            what = format!("{what}, of which {accepted} of {listed} pages are in");
        }
        let deadline = self.day.deadline_at;
        let from = if self.now < deadline {
            self.reconciler()
        } else {
            what = format!("{what}, or the mark that the side defaulted");
            self.reporters()
        };
        self.until(what, from, Some(deadline))
    }

    fn until(
        &self,
        what: impl Into<String>,
        from: Vec<MemberId>,
        end: Option<Moment>,
    ) -> AwaitedInWords {
        until(self.agreement, what.into(), from, end, self.now)
    }

    fn reconciler(&self) -> Vec<MemberId> {
        self.agreement
            .reconciler_on(self.day.day)
            .into_iter()
            .collect()
    }

    /// Who may report and mark the sides of the day: the reconciler, and the parties in its place.
    fn reporters(&self) -> Vec<MemberId> {
        let mut members = self.reconciler();
        for party in [self.agreement.company, self.agreement.bank] {
            if !members.contains(&party) {
                members.push(party);
            }
        }
        members
    }
}
