//! The worker of bank and company books what both agreed to, and lets lapse what nobody answered in time, or
//! what its agreement's close left unbooked.
//!
//! Every run starts from the state and nothing else: it submits the next step of each accepted proposal.
//! The pool and the chain take a step once, whichever node brings it.

use crate::{booking_steps, withdraw_and_lapse, Call, Config, Pallet};
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    ports::Directory,
    AgreementId, MemberId,
};
use counterfoil_support::{submit::submit, worker_lock};

/// Held by the run that submits, so that runs do not overlap.
const LOCK: &[u8] = b"counterfoil/amendments/lock";

/// How long a lock that was left behind holds, in milliseconds.
const LOCK_MS: u64 = 15_000;

/// Does what is due under the agreements for whose bank or company this node acts.
pub(crate) fn run<T: Config>() {
    let Some(_guard) = worker_lock::try_take::<LOCK_MS>(LOCK) else {
        return;
    };
    for agreement_id in T::Directory::agreements() {
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            continue;
        };
        let parties = [agreement.bank, agreement.company];
        if let Some(party) = parties.into_iter().find(|id| T::Directory::acts_for(*id)) {
            for (number, proposal) in Pallet::<T>::waiting(agreement_id) {
                tend::<T>(party, agreement_id, number, &proposal);
            }
        }
    }
}

/// Submits what is due for a proposal, if anything is.
fn tend<T: Config>(party: MemberId, agreement: AgreementId, number: u32, proposal: &Proposal) {
    match proposal.standing {
        // Nothing is booked of an agreement that has closed, nor on a full day.
        Standing::Accepted { progress, .. }
            if booking_steps::check_next::<T>(agreement, number, progress.next).is_ok() =>
        {
            let book = Call::<T>::book {
                agreement,
                number,
                from: progress.next,
            };
            submit::<T, _>(party, "amendments.book", book);
        }
        Standing::Open | Standing::Accepted { .. }
            if withdraw_and_lapse::check_lapse::<T>(agreement, number).is_ok() =>
        {
            let lapse = Call::<T>::lapse { agreement, number };
            submit::<T, _>(party, "amendments.lapse", lapse);
        }
        _ => {}
    }
}
