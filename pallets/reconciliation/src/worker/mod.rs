//! The reconciler's scheduled off-chain task.
//!
//! It runs in the node whose keystore holds the operator key of an agreement's reconciler, on each
//! finalised block. What the reconciler leaves undone, the nodes of bank and company do later, by
//! the same task. Runs overlap, come out of order and may be skipped, so each derives from
//! storage what is left to do.
//!
//! | module | what it decides |
//! |---|---|
//! | [`reconciler_or_stand_in`] | *who*: the member for whom the node acts, as reconciler or standing in |
//! | [`timer`] | *when*: which days have come to their cut-off, preset time or deadline |
//! | [`day_task`] | *what*: seals, marks and reports, from storage and the parties' books |
//! | [`late_commitments`] | reports sides that defaulted, after all that is due |
//! | `clear_partial_late_reports` | removes late reports that stayed incomplete when their time was over |
//! | [`may_default`] | whether a side is marked defaulted because its book cannot be fetched |
//! | [`findings`] | what a party's book differs in |
//! | [`sample`] | which pages of a clean side are fetched |
//! | [`peer`] | a party's node: its book, verified |
//! | [`http`] | one question and its answer over JSON-RPC |
//! | [`budget`] | how long fetching may take |
//! | [`fetch_problem`] | why a book could not be fetched, and what helps |
//! | [`witness`] | where an extra is on chain |
//! | [`chain_entries`] | the chain's own entries |
//! | `fuzzing` | what fuzzers call |
//! | [`submit`] | the calls that it sends |
//! | [`retry`] | how long the worker waits before it tries again |
//! | [`local_state`] | what the worker keeps between runs: cursor, how far long fetches came |
//!
//! A side that defaulted may be proven late. It is looked at after all days that are due, and at most one
//! such side is fetched in a run.
//!
//! There are two jobs, each under a lock of its own. Seals and marks need no peer, and come first.
//! Only the other job fetches; it stops when its budget of time is spent, so that peers that
//! hang hold up neither the marks nor the workers of other pallets for longer than that. A peer
//! that hangs is asked once in a run, one that is slow has its share of it, and both are then left
//! alone for a while. Each run begins with another day, so that none always comes last.

pub mod budget;
pub mod chain_entries;
mod clear_partial_late_reports;
pub mod day_task;
pub mod fetch_problem;
pub mod findings;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod http;
pub mod late_commitments;
pub mod local_state;
pub mod may_default;
pub mod peer;
pub mod reconciler_or_stand_in;
pub mod retry;
pub mod sample;
pub mod submit;
pub mod timer;
pub mod witness;

use crate::Config;
use alloc::vec::Vec;
use budget::Budget;
use counterfoil_primitives::{ports::Directory, AgreementView};
use counterfoil_support::worker_lock;
use timer::Due;

/// The target of the worker's log lines.
pub(crate) const LOG: &str = "counterfoil::reconciliation";

const MARKS_LOCK: &[u8] = b"counterfoil/reconciliation/lock/marks";
const REPORTS_LOCK: &[u8] = b"counterfoil/reconciliation/lock/reports";

/// How long a run may hold the marks' lock, should it die without leaving it.
const MARKS_LOCK_MS: u64 = 10_000;
/// How long a run may hold the reports' lock, likewise: longer than it may fetch, search for
/// witnesses and submit.
const REPORTS_LOCK_MS: u64 = budget::RUN_BUDGET_MS + 2 * witness::SEARCH_MS + 20_000;

/// One run of the worker.
pub fn run<T: Config>() {
    let (mut jobs, late) = due_jobs::<T>();
    if jobs.is_empty() && late.is_empty() {
        return;
    }
    timer::await_preset(&jobs);
    run_locked::<MARKS_LOCK_MS>(MARKS_LOCK, || {
        for (_, due) in &jobs {
            day_task::mark::<T>(due);
        }
    });
    run_locked::<REPORTS_LOCK_MS>(REPORTS_LOCK, || {
        let budget = Budget::of_a_run();
        let mut silent = day_task::SilentPeers::new();
        let seed = sp_io::offchain::random_seed();
        let first = u64::from_le_bytes(core::array::from_fn(|at| seed[at]));
        if let Some(first) = first.checked_rem(jobs.len() as u64) {
            jobs.rotate_left(first as usize);
        }
        for (agreement, due) in &jobs {
            day_task::report::<T>(agreement, due, &budget, &mut silent);
        }
        late_commitments::report_one::<T>(&late, &budget, &mut silent);
    });
}

/// Days with something to do, each with its agreement.
type Jobs = Vec<(AgreementView, Due)>;

/// The days that are due, of the agreements in which this node has a duty, and those with sides that may be
/// proven late. What is left over of late reports is removed on the way.
fn due_jobs<T: Config>() -> (Jobs, Jobs) {
    let (mut jobs, mut late) = (Jobs::new(), Jobs::new());
    for agreement_id in T::Directory::agreements() {
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            continue;
        };
        let members = reconciler_or_stand_in::members_of_this_node::<T>(&agreement);
        if members.is_empty() {
            continue;
        }
        let from = local_state::advance_cursor::<T>(agreement_id, &agreement);
        let due = timer::due::<T>(agreement_id, &agreement, &members, from, timer::clock());
        jobs.extend(due.into_iter().map(|due| (agreement.clone(), due)));
        clear_partial_late_reports::remove_left_overs::<T>(agreement_id, &agreement, &members);
        let open = late_commitments::days::<T>(agreement_id, &agreement, &members);
        late.extend(open.into_iter().map(|due| (agreement.clone(), due)));
    }
    (jobs, late)
}

/// Runs `job` unless another run is at it. A run that dies leaves a lock that expires.
fn run_locked<const MILLIS: u64>(name: &[u8], job: impl FnOnce()) {
    let Some(_guard) = worker_lock::try_take::<MILLIS>(name) else {
        log::debug!(target: LOG, "Another run is at this job; this one leaves it.");
        return;
    };
    job();
}
