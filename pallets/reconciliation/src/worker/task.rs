//! What: the reconciliation of a day that is due.

use super::{
    fetch::{Budget, Problem},
    findings::{self, Findings},
    notes::{self, take_turn, Step},
    submit,
    timer::{clock, Due, Point},
    LOG,
};
use crate::{Config, Outcomes, Pallet, SealDay, SideKey, Sides};
use alloc::collections::BTreeMap;
use counterfoil_primitives::{
    ports::{Commitments, DayLedger, SideView},
    summary::SideStatus,
    AgreementView, MemberId, Side,
};

/// The peers that did not answer in this run: they are not asked again for other days.
pub type SilentPeers = BTreeMap<MemberId, Problem>;

/// What needs no peer: seals the day, and marks the sides that have not committed.
pub fn mark<T: Config>(
    &Due {
        agreement,
        day,
        member,
        point,
    }: &Due,
) {
    if !T::Ledger::is_sealed(agreement, day) {
        if take_turn((agreement, day, Side::Debit), Step::Seal, clock()) {
            T::Seal::submit_seal(agreement, day, member);
        }
        return;
    }
    for side in Side::BOTH {
        let key = (agreement, day, side);
        if Pallet::<T>::side_status(agreement, day, side) == SideStatus::Awaited {
            match point {
                Point::CutOff => (),
                Point::Preset => mark_overdue::<T>(member, key),
                Point::Deadline => mark_defaulted::<T>(member, key),
            }
        }
    }
}

/// What needs the parties: fetches, compares and reports the sides that have committed.
///
/// A side whose book cannot be had is left for a later run; past the deadline it is marked
/// defaulted, after this one last attempt.
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
        let rests = !silent.contains_key(&party) && notes::is_resting(party, clock());
        if !committed || rests || budget.is_spent() || !take_turn(key, Step::Report, clock()) {
            continue;
        }
        let share = budget.of_a_side();
        let start = clock();
        let found = match silent.get(&party) {
            Some(problem) => Err(problem.clone()),
            None => find::<T>(view, due.member, key, &share),
        };
        match found {
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
                submit::report::<T>(due.member, key, findings);
            }
            Err(problem) => {
                log::warn!(
                    target: LOG,
                    "Agreement {agreement}, day {}, {side:?} side, book of member {party}: {problem} \
                     Nothing of the answer is kept; a later run asks again. Remedy: {}",
                    day.0,
                    problem.remedy(),
                );
                if point == Point::Deadline && !problem.is_ours() {
                    mark_defaulted::<T>(due.member, key);
                }
                if problem.took_long() {
                    notes::let_rest(party, clock());
                }
                if problem.is_silence() {
                    silent.insert(party, problem);
                }
            }
        }
    }
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
