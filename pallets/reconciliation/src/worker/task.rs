//! What: the reconciliation of a day that is due.

use super::{
    budget::Budget,
    findings::{self, Findings},
    notes::{self, take_turn, Step},
    problem::Problem,
    submit,
    timer::{clock, Due, Point},
    LOG,
};
use crate::{Config, Outcomes, Pallet, SealDay, SideKey, Sides};
use alloc::collections::BTreeMap;
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, SideView},
    summary::SideStatus,
    AgreementView, MemberId, Side,
};
use frame_support::traits::Time;

/// The peers that did not answer in this run: they are not asked again for other days.
pub type SilentPeers = BTreeMap<MemberId, Problem>;

/// What needs no peer: seals the day, and marks the sides that have not committed.
///
/// A side defaults only by a state of the deadline or later: an older one does not show yet what was
/// committed in time.
pub fn mark<T: Config>(
    view: &AgreementView,
    &Due {
        agreement,
        day,
        member,
        point,
    }: &Due,
) {
    if !T::Trades::is_sealed(agreement, day) {
        if take_turn((agreement, day, Side::Debit), Step::Seal, clock()) {
            T::Seal::submit_seal(agreement, day, member);
        }
        return;
    }
    let is_past_deadline = view
        .deadline_of(day)
        .is_some_and(|deadline| T::UnixTime::now() >= deadline);
    for side in Side::BOTH {
        let key = (agreement, day, side);
        if Pallet::<T>::side_status(agreement, day, side) == SideStatus::Awaited {
            match point {
                Point::CutOff => (),
                Point::Deadline if is_past_deadline => mark_defaulted::<T>(member, key),
                Point::Preset | Point::Deadline => mark_overdue::<T>(member, key),
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
    view: &AgreementView,
    due: &Due,
    budget: &Budget,
    silent: &mut SilentPeers,
) {
    let (agreement, day, point) = (due.agreement, due.day, due.point);
    if point < Point::Preset || Outcomes::<T>::contains_key(agreement, day) {
        return;
    }
    for side in Side::BOTH {
        let key = (agreement, day, side);
        let party = view.party(side);
        let committed = Pallet::<T>::side_status(agreement, day, side) == SideStatus::Committed;
        if committed && due.member == party && Pallet::<T>::is_chains_own(key) {
            report_own::<T>(party, key);
            continue;
        }
        let is_open = committed && !may_still_commit::<T>(view, due, side.other());
        let rests = !silent.contains_key(&party) && notes::is_resting(party, clock());
        if !is_open || rests || budget.is_spent() || !take_turn(key, Step::Report, clock()) {
            continue;
        }
        let share = budget.of_a_side();
        let start = clock();
        let found = match silent.get(&party) {
            Some(problem) => Err(problem.clone()),
            None => find::<T>(view, due.member, key, &share),
        };
        let problem = match found {
            Ok(findings) => {
                let fetched = share.fetched();
                log::info!(
                    target: LOG,
                    "Agreement {agreement}, day {}, {side:?} side: compared in {} ms, of which {} ms \
                     went into fetching {} bytes, for member {}.",
                    day.0,
                    clock().saturating_sub(start),
                    fetched.millis,
                    fetched.bytes,
                    due.member,
                );
                let unfinished = findings.unfinished().cloned();
                submit::report::<T>(due.member, key, findings);
                unfinished
            }
            Err(problem) => Some(problem),
        };
        if let Some(problem) = problem {
            trouble::<T>(view, due, key, &problem);
            if problem.is_silence() {
                silent.insert(party, problem);
            }
        }
    }
}

/// Reports the clean side of this node's own member. The proof lies on chain: pages that the node
/// would fetch from itself show nothing more, and its own endpoint may be out of its reach.
fn report_own<T: Config>(member: MemberId, key: SideKey) {
    if take_turn(key, Step::Report, clock()) {
        submit::report::<T>(member, key, Findings::Clean);
    }
}

/// Whether `side` is this node's own party's, and may still be committed to: until then no node shows
/// it the other book.
fn may_still_commit<T: Config>(view: &AgreementView, due: &Due, side: Side) -> bool {
    view.party(side) == due.member
        && Pallet::<T>::side_status(due.agreement, due.day, side) == SideStatus::Awaited
        && view
            .deadline_of(due.day)
            .is_some_and(|deadline| clock() < deadline)
}

/// What follows where a book could not be had, or not all of it.
fn trouble<T: Config>(view: &AgreementView, due: &Due, key: SideKey, problem: &Problem) {
    let (agreement, day, side) = key;
    let party = view.party(side);
    log::warn!(
        target: LOG,
        "Agreement {agreement}, day {}, {side:?} side, book of member {party}: {problem} \
         What was verified before is reported, and nothing else is kept; a later run asks for the \
         rest. Remedy: {}",
        day.0,
        problem.remedy(),
    );
    if may_default(view, due, party) && !problem.is_ours() {
        mark_defaulted::<T>(due.member, key);
    }
    if problem.took_long() {
        notes::let_rest(party, clock());
    }
}

/// Whether `party`, whose book this node could not have, loses its say.
///
/// No node says so of its own member: that it does not reach itself shows nothing. And a party's node
/// waits until 1.5 × the deadline, since it may have the book where others do not.
fn may_default(view: &AgreementView, due: &Due, party: MemberId) -> bool {
    let until = if view.reconciler_on(due.day) == Some(due.member) {
        view.deadline_of(due.day)
    } else {
        view.stand_in_defaults_of(due.day)
    };
    let over = until.is_some_and(|until| clock() >= until);
    due.point == Point::Deadline && due.member != party && over
}

/// What there is to report of a side.
fn find<T: Config>(
    view: &AgreementView,
    requester: MemberId,
    key: SideKey,
    budget: &Budget,
) -> Result<Findings, Problem> {
    let (agreement, day, side) = key;
    let commitment = T::Books::commitment(agreement, day, side).ok_or(Problem::Withdrawn)?;
    findings::of_side::<T>(view, requester, key, commitment, budget)
}

fn mark_overdue<T: Config>(member: MemberId, key: SideKey) {
    let record = Sides::<T>::get(key);
    if record.overdue || record.rejections > 0 {
        return;
    }
    if take_turn(key, Step::Overdue, clock()) {
        submit::overdue::<T>(member, key);
    }
}

fn mark_defaulted<T: Config>(member: MemberId, key: SideKey) {
    if take_turn(key, Step::Defaulted, clock()) {
        submit::defaulted::<T>(member, key);
    }
}
