//! What: the reconciliation of a day that is due.

use super::{
    budget::Budget,
    fetch_problem::Problem,
    findings::{self, Findings},
    may_default::{may_default, may_default_unseen},
    retry::{self, take_turn, Step},
    submit,
    timer::{clock, Due, Point},
    LOG,
};
use crate::{Config, Outcomes, Pallet, Sides};
use alloc::collections::BTreeMap;
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, SealDay, SideView},
    summary::SideStatus,
    AgreementView, MemberId, Side, SideId,
};
use frame_support::traits::Time;

/// The peers that did not answer in this run: they are not asked again for other days.
pub type SilentPeers = BTreeMap<MemberId, Problem>;

/// What needs no peer: seals the day, and marks the sides that have not committed.
///
/// A side defaults only by a state of the deadline or later: an older one does not show yet what was
/// committed in time.
pub fn mark<T: Config>(due: &Due) {
    let (agreement_id, day) = (due.agreement, due.day);
    if !T::Trades::is_sealed(agreement_id, day) {
        if take_turn(due.side_id(Side::Debit), Step::Seal, clock()) {
            T::Seal::submit_seal(agreement_id, day, due.member);
        }
        return;
    }
    let is_past_deadline = T::UnixTime::now() >= due.times.deadline;
    for side_id in Side::BOTH.map(|side| due.side_id(side)) {
        if Pallet::<T>::side_status(side_id) == SideStatus::Awaited {
            match due.point {
                Point::CutOff => (),
                Point::Deadline if is_past_deadline => mark_defaulted::<T>(due.member, side_id),
                Point::Preset | Point::Deadline => mark_overdue::<T>(due.member, side_id),
            }
        }
    }
}

/// What needs the parties: fetches, compares and reports the sides that have committed.
///
/// A side whose book cannot be had is left for a later run; past the deadline it is marked
/// defaulted, after this one last attempt, by which the chain proves it where the commitment is its
/// own. One that goes on answering, if slowly, is not marked.
pub fn report<T: Config>(
    agreement: &AgreementView,
    due: &Due,
    budget: &Budget,
    silent: &mut SilentPeers,
) {
    if due.point < Point::Preset || Outcomes::<T>::contains_key(due.agreement, due.day) {
        return;
    }
    for side_id in Side::BOTH.map(|side| due.side_id(side)) {
        if Pallet::<T>::side_status(side_id) == SideStatus::Committed {
            report_side::<T>(agreement, due, side_id, Step::Report, budget, silent);
        }
    }
}

/// Fetches, compares and reports a side that has committed, unless it has to wait. Returns whether it was
/// its turn.
pub(super) fn report_side<T: Config>(
    agreement: &AgreementView,
    due: &Due,
    side_id: SideId,
    step: Step,
    budget: &Budget,
    silent: &mut SilentPeers,
) -> bool {
    let party = agreement.party(side_id.side);
    if due.member == party && Pallet::<T>::is_chains_own(side_id) {
        return report_own::<T>(party, side_id, step);
    }
    if may_still_choose::<T>(agreement, due, side_id.side.other()) {
        if may_default_unseen(due) {
            mark_defaulted::<T>(due.member, side_id);
        }
        return false;
    }
    let rests = !silent.contains_key(&party) && retry::is_resting(party, clock());
    if rests || budget.is_spent() || !take_turn(side_id, step, clock()) {
        return false;
    }
    let share = budget.of_a_side();
    let start = clock();
    let found = match silent.get(&party) {
        Some(problem) => Err(problem.clone()),
        None => find::<T>(agreement, due.member, side_id, &share),
    };
    let problem = match found {
        Ok(findings) => {
            let fetched = share.fetched();
            log::info!(
                target: LOG,
                "Compared the book of {side_id} in {} ms, of which {} ms went into fetching {} \
                 bytes, for member {}.",
                clock().saturating_sub(start),
                fetched.millis,
                fetched.bytes,
                due.member,
            );
            let unfinished = findings.unfinished().cloned();
            submit::report::<T>(due.member, side_id, findings);
            unfinished
        }
        Err(problem) => Some(problem),
    };
    if let Some(problem) = problem {
        trouble::<T>(agreement, due, side_id, &problem);
        if problem.is_silence() {
            silent.insert(party, problem);
        }
    }
    true
}

/// Reports the clean side of this node's own member. The proof lies on chain: pages that the node
/// would fetch from itself show nothing more, and its own endpoint may be out of its reach.
fn report_own<T: Config>(member: MemberId, side_id: SideId, step: Step) -> bool {
    let is_its_turn = take_turn(side_id, step, clock());
    if is_its_turn {
        submit::report::<T>(member, side_id, Findings::Clean);
    }
    is_its_turn
}

/// Whether `side` is this node's own party's, which may still choose what it commits to: until then no
/// node shows it the other book.
fn may_still_choose<T: Config>(agreement: &AgreementView, due: &Due, side: Side) -> bool {
    agreement.party(side) == due.member
        && Pallet::<T>::side_summary(due.side_id(side)).may_still_choose()
}

/// Logs that a book could not be fetched, or only a part of it.
fn trouble<T: Config>(agreement: &AgreementView, due: &Due, side_id: SideId, problem: &Problem) {
    let party = agreement.party(side_id.side);
    log::warn!(
        target: LOG,
        "The book of {side_id}, of member {party}, cannot be fetched, or only a part of it: {problem} \
         What was verified before is reported, and nothing else is kept; a later run asks for the \
         rest. Remedy: {}",
        problem.remedy(),
    );
    if may_default(agreement, due, party) && !problem.is_ours() {
        mark_defaulted::<T>(due.member, side_id);
    }
    if problem.took_long() {
        retry::let_rest(party, clock());
    }
}

/// What there is to report of a side.
fn find<T: Config>(
    agreement: &AgreementView,
    requester: MemberId,
    side_id: SideId,
    budget: &Budget,
) -> Result<Findings, Problem> {
    let round = Pallet::<T>::round(side_id);
    let commitment = T::Books::commitment(side_id, round).ok_or(Problem::NotCommitted)?;
    findings::of_side::<T>(agreement, requester, side_id, commitment, budget)
}

fn mark_overdue<T: Config>(member: MemberId, side_id: SideId) {
    let record = Sides::<T>::get(side_id);
    if record.overdue || record.round > 0 {
        return;
    }
    if take_turn(side_id, Step::Overdue, clock()) {
        submit::overdue::<T>(member, side_id);
    }
}

/// Marks a side defaulted, unless that was sent just before.
pub(super) fn mark_defaulted<T: Config>(member: MemberId, side_id: SideId) {
    if take_turn(side_id, Step::Defaulted, clock()) {
        submit::defaulted::<T>(member, side_id);
    }
}
