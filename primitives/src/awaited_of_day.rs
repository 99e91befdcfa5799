//! What a day waits for, from whom, and until when; and who has to act, so that an obligation is paid.
//!
//! Who is named can do what is awaited, by what the calls check, though a report not before the preset time,
//! and a mark not before the deadline. Until the deadline of a side its report is
//! awaited from the reconciler alone, since the parties only stand in for it; from then on it is awaited
//! from each member that may report or mark the side.

use crate::{
    settlement::{ObligationView, Waiting},
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    AgreementView, MemberId, Moment, Side, MAX_ROUNDS,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// What a day, or a side of it, waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum What {
    /// Trades, until the cut-off.
    Trades,
    /// Trades of a day from the agreement's end on, which takes no payments of clients: refunds.
    Refunds,
    /// The seal of a day whose cut-off is over.
    Seal,
    /// A party's commitment to its book.
    Commitment(Side),
    /// The report of what a party committed to; from the deadline on, that or the mark of default.
    Report(Side),
    /// The mark that a side defaulted, of which no commitment in time can come any more. No mark is taken
    /// before the deadline.
    Default(Side),
    /// The repair of a book whose breaks are proven.
    Repair(Side),
    /// A commitment to the book of a side that defaulted, if anybody wants its breaks proven.
    LateCommitment(Side),
    /// The report of a side that defaulted, if anybody wants its breaks proven.
    LateReport(Side),
}

impl What {
    /// The name in JSON, like `late_report`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trades => "trades",
            Self::Refunds => "refunds",
            Self::Seal => "seal",
            Self::Commitment(_) => "commitment",
            Self::Report(_) => "report",
            Self::Default(_) => "default",
            Self::Repair(_) => "repair",
            Self::LateCommitment(_) => "late_commitment",
            Self::LateReport(_) => "late_report",
        }
    }

    /// Of which side it is; `None` where it is of the day.
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::Trades | Self::Refunds | Self::Seal => None,
            Self::Commitment(side)
            | Self::Report(side)
            | Self::Default(side)
            | Self::Repair(side)
            | Self::LateCommitment(side)
            | Self::LateReport(side) => Some(side),
        }
    }
}

/// Something that a day waits for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Awaited {
    /// What.
    pub what: What,
    /// The members that it can come from, any of them.
    pub from: Vec<MemberId>,
    /// Until when it is in time; `None` where no time is set.
    pub until: Option<Moment>,
    /// Whether that time is over: what is late is awaited nevertheless.
    pub is_late: bool,
}

/// A day that waits for something.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct WaitingDay {
    /// The day.
    pub summary: DaySummary,
    /// What it waits for, at the time of the chain.
    pub awaited: Vec<Awaited>,
}

/// What `day` waits for at `now`, the time of the chain: its trades or its seal, and then what its sides wait
/// for, the company's first.
pub fn of_day(agreement: &AgreementView, day: &DaySummary, now: Moment) -> Vec<Awaited> {
    let of = OfDay {
        agreement,
        day,
        now,
    };
    match day.status {
        DayStatus::Open => vec![of.open()],
        DayStatus::Sealed | DayStatus::Reconciled | DayStatus::Settled => Side::BOTH
            .into_iter()
            .filter_map(|side| of.side(side))
            .collect(),
    }
}

/// Who has to act, so that what is owed for a settlement period is paid; `None` where nothing is left to pay,
/// other days come first, or the council or who manages the asset has to act.
pub fn of_payment(view: &ObligationView) -> Option<MemberId> {
    if view.obligation.left() == 0 {
        return None;
    }
    match view.waiting {
        None
        | Some(
            Waiting::Release
            | Waiting::Short { .. }
            | Waiting::LeavesDust
            | Waiting::Declaration { .. },
        ) => view.debtor,
        Some(Waiting::CreditorCannotReceive | Waiting::Acknowledgement { .. }) => view.creditor,
        Some(
            Waiting::Days { .. }
            | Waiting::Frozen
            | Waiting::AssetUnavailable
            | Waiting::OtherDecimals
            | Waiting::SameAccount
            | Waiting::NoAccount,
        ) => None,
    }
}

/// A day at a time of the chain.
struct OfDay<'a> {
    agreement: &'a AgreementView,
    day: &'a DaySummary,
    now: Moment,
}

impl OfDay<'_> {
    fn open(&self) -> Awaited {
        let DaySummary {
            day,
            cut_off_at,
            preset_at,
            ..
        } = *self.day;
        if self.now >= cut_off_at {
            return self.awaited(What::Seal, self.reconciler(), Some(preset_at));
        }
        let clients = self.agreement.clients.iter().copied();
        let may_record = clients.filter(|client| !self.agreement.is_suspended(*client));
        let what = match self.agreement.has_ended(day) {
            true => What::Refunds,
            false => What::Trades,
        };
        self.awaited(what, may_record.collect(), Some(cut_off_at))
    }

    fn side(&self, side: Side) -> Option<Awaited> {
        let summary = side.pick(&self.day.debit, &self.day.credit);
        let party = vec![self.agreement.party(side)];
        let deadline = self.day.deadline_at;
        let is_over = self.now >= deadline;
        let may_commit = summary.round < MAX_ROUNDS;
        let (what, from, until) = match summary.status {
            SideStatus::Awaited if may_commit && !is_over => {
                let until = self.commitment_until(summary);
                (What::Commitment(side), party, Some(until))
            }
            SideStatus::Awaited => (What::Default(side), self.reporters(), None),
            SideStatus::Committed if is_over => {
                (What::Report(side), self.reporters(), Some(deadline))
            }
            SideStatus::Committed => (What::Report(side), self.reconciler(), Some(deadline)),
            SideStatus::Proven { breaks } | SideStatus::ProvenLate { breaks } if breaks > 0 => {
                (What::Repair(side), party, None)
            }
            SideStatus::Defaulted if summary.too_late => return None,
            SideStatus::Defaulted if summary.commitment.is_some() => {
                (What::LateReport(side), self.reporters(), summary.late_until)
            }
            SideStatus::Defaulted if may_commit => {
                (What::LateCommitment(side), party, summary.late_until)
            }
            SideStatus::Defaulted
            | SideStatus::Proven { .. }
            | SideStatus::ProvenLate { .. }
            | SideStatus::Repaired { .. } => return None,
        };
        Some(self.awaited(what, from, until))
    }

    /// Until when a commitment is in time: the preset time; for one after a rejected book, the deadline.
    const fn commitment_until(&self, side: &SideSummary) -> Moment {
        match side.round {
            0 => self.day.preset_at,
            _ => self.day.deadline_at,
        }
    }

    fn awaited(&self, what: What, from: Vec<MemberId>, until: Option<Moment>) -> Awaited {
        Awaited {
            what,
            from,
            until,
            is_late: until.is_some_and(|until| self.now >= until),
        }
    }

    fn reconciler(&self) -> Vec<MemberId> {
        let reconciler = self.agreement.reconciler_on(self.day.day);
        reconciler.into_iter().collect()
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
