//! The worker of whoever owes pays what is due.
//!
//! Every run starts from the finalised state and nothing else: what that state shows as due, and
//! the debtor can pay, is submitted. A payment on its way is submitted again until a finalised
//! block shows it; the pool and the chain take one.
//!
//! Periods under way are not among what is due, and so cost a run nothing. What waits for a release, or is
//! paid outside the chain, is the staff's to do.

pub(crate) mod short_funds;

use crate::{
    asset_payment::{accounts, ensure_can_pay},
    who_owes::Debt,
    Call, Config, Due, Obligations, LOG,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Obligation, Release},
    AgreementId, AgreementView, Amount, BusinessDay, MemberId,
};
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

/// Pays what is due for the companies and banks that this node acts for.
pub(crate) fn run<T: Config>() {
    let Some(_guard) = worker_lock::try_take::<LOCK_MS>(LOCK) else {
        return;
    };
    let mut submitted = UnderWay::new();
    for agreement_id in T::Directory::agreements() {
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            continue;
        };
        for debtor in [agreement.company, agreement.bank] {
            if T::Directory::acts_for(debtor) {
                pay_due::<T>(agreement_id, &agreement, debtor, &mut submitted);
            }
        }
    }
}

/// Pays the settlement periods for which `debtor` owes in an asset.
fn pay_due<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    debtor: MemberId,
    submitted: &mut UnderWay,
) {
    if short_funds::is_noted::<T>(agreement_id, debtor) {
        return;
    }
    let (mut pays, mut short) = (false, BTreeSet::new());
    let mut newest: Option<BusinessDay> = None;
    let mut firsts: Vec<_> = Due::<T>::iter_key_prefix(agreement_id).collect();
    firsts.sort_unstable();
    for first in firsts {
        let Some(obligation) = Obligations::<T>::get(agreement_id, first) else {
            continue;
        };
        newest = newest.max(Some(obligation.last));
        let Some((debt, asset)) = payable(agreement, &obligation, debtor) else {
            continue;
        };
        let Some(accounts) = accounts::<T>(&debt, first) else {
            continue;
        };
        let amount = debt.amount;
        let under_way = submitted.entry((accounts.0.clone(), asset)).or_default();
        let with_this = under_way.saturating_add(amount);
        if let Err(error) = ensure_can_pay::<T>(agreement, &accounts, asset, with_this) {
            log::debug!(
                target: LOG,
                "Agreement {agreement_id}, {first:?}: {amount} stays due: {error:?}. \
                 A later run looks again."
            );
            short.insert((asset, accounts.0));
            continue;
        }
        pays = true;
        let pay = Call::<T>::pay {
            agreement: agreement_id,
            day: first,
        };
        // The pool refuses a payment that it holds already, so a refused one counts as on its way.
        if submit::<T, _>(debtor, "settlement.pay", pay) != Submitted::Unsigned {
            *under_way = with_this;
        }
    }
    match newest {
        Some(_) if pays => {}
        Some(newest) if short.is_empty() => {
            short_funds::note_nothing_own::<T>(agreement_id, debtor, newest);
        }
        Some(_) => short_funds::note::<T>(agreement_id, debtor, short),
        None => {}
    }
}

/// What `debtor` may pay of an obligation that is due, and in which asset; `None` where somebody else owes,
/// or where it is the staff's turn.
fn payable(
    agreement: &AgreementView,
    obligation: &Obligation,
    debtor: MemberId,
) -> Option<(Debt, u32)> {
    let asset = obligation.rail.asset()?;
    let debt = Debt::of(agreement, obligation.amount)?;
    let may_pay = debt.debtor == debtor && obligation.release != Release::Awaited;
    may_pay.then_some((debt, asset))
}
