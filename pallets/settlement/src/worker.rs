//! The company's worker pays what is due.
//!
//! Every run starts from the finalised state and nothing else: what that state shows as due, and
//! the company can pay, is submitted. A payment on its way is submitted again until a finalised
//! block shows it; the pool and the chain take one.

pub(crate) mod short_funds;

use crate::{
    payment::{accounts, ensure_can_pay},
    Call, Config, Due, Payable, Payables, LOG,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use counterfoil_primitives::{ports::Directory, AgreementId, AgreementView, Amount};
use counterfoil_support::{
    submit::{submit, Submitted},
    worker_lock,
};
use sp_core::crypto::AccountId32;

/// Held by the run that pays, so that runs do not overlap.
const LOCK: &[u8] = b"counterfoil/settlement/lock";

/// How long a lock that was left behind holds, in milliseconds.
const LOCK_MS: u64 = 15_000;

/// What this run submitted, by the account that pays and asset.
type UnderWay = BTreeMap<(AccountId32, u32), Amount>;

/// Pays what is due for the companies that this node acts for.
pub(crate) fn run<T: Config>() {
    let Some(_guard) = worker_lock::try_take::<LOCK_MS>(LOCK) else {
        return;
    };
    let mut submitted = UnderWay::new();
    for agreement_id in T::Directory::agreements() {
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            continue;
        };
        if T::Directory::acts_for(agreement.company) {
            pay_due::<T>(agreement_id, &agreement, &mut submitted);
        }
    }
}

fn pay_due<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    submitted: &mut UnderWay,
) {
    if short_funds::is_noted::<T>(agreement_id) {
        return;
    }
    let (mut pays, mut short) = (false, BTreeSet::new());
    let mut days: Vec<_> = Due::<T>::iter_key_prefix(agreement_id).collect();
    days.sort_unstable();
    for day in days {
        let Some(Payable { amount, asset, .. }) = Payables::<T>::get(agreement_id, day) else {
            continue;
        };
        let Some(accounts) = accounts::<T>(agreement, day) else {
            continue;
        };
        let under_way = submitted.entry((accounts.0.clone(), asset)).or_default();
        let with_this = under_way.saturating_add(amount);
        if let Err(error) = ensure_can_pay::<T>(agreement, &accounts, asset, with_this) {
            log::debug!(
                target: LOG,
                "Agreement {agreement_id}, {day:?}: {amount} stays due: {error:?}. \
                 A later run looks again."
            );
            short.insert((asset, accounts.0));
            continue;
        }
        pays = true;
        let pay = Call::<T>::pay {
            agreement: agreement_id,
            day,
        };
        // The pool refuses a payment that it holds already, so a refused one counts as on its way.
        if submit::<T, _>(agreement.company, "settlement.pay", pay) != Submitted::Unsigned {
            *under_way = with_this;
        }
    }
    if !short.is_empty() && !pays {
        short_funds::note::<T>(agreement_id, short);
    }
}
