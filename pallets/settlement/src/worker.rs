//! The company's worker pays what is due.
//!
//! Every run starts from the finalised state and nothing else: what that state shows as due, and
//! the company can pay, is submitted. A payment on its way is submitted again until a finalised
//! block shows it; the pool and the chain take one.

use crate::{
    payment::{accounts, can_pay},
    Call, Config, Due, Payable, Payables,
};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::Directory, AgreementId, AgreementView, Amount, BusinessDay, MemberId,
};
use frame_system::offchain::SubmitTransaction;
use pallet_registry::lock;
use sp_core::crypto::AccountId32;

const TARGET: &str = "counterfoil::settlement";

/// Held by the run that pays, so that runs do not overlap.
const LOCK: &[u8] = b"counterfoil/settlement/lock";

/// How long a lock that was left behind holds, in milliseconds.
const LOCK_MS: u64 = 15_000;

/// What this run submitted, by the account that pays and asset.
type Submitted = BTreeMap<(AccountId32, u32), Amount>;

/// Pays what is due for the companies that this node acts for.
pub(crate) fn run<T: Config>() {
    let mut lock = lock::named::<LOCK_MS>(LOCK);
    let Ok(_guard) = lock.try_lock() else {
        return;
    };
    let mut submitted = Submitted::new();
    for id in T::Directory::agreements() {
        let Some(contract) = T::Directory::agreement(id) else {
            continue;
        };
        if T::Directory::acts_for(contract.company) {
            pay_due::<T>(id, &contract, &mut submitted);
        }
    }
}

fn pay_due<T: Config>(id: AgreementId, contract: &AgreementView, submitted: &mut Submitted) {
    let mut days: Vec<_> = Due::<T>::iter_key_prefix(id).collect();
    days.sort_unstable();
    for day in days {
        let Some(Payable { amount, asset, .. }) = Payables::<T>::get(id, day) else {
            continue;
        };
        let Some(accounts) = accounts::<T>(contract, day) else {
            continue;
        };
        let spent = submitted.entry((accounts.0.clone(), asset)).or_default();
        let with_this = spent.saturating_add(amount);
        if !can_pay::<T>(&accounts, asset, with_this) {
            log::debug!(target: TARGET, "agreement {id}, {day:?}: {amount} stays due, funds are short");
            continue;
        }
        if submit::<T>(id, day, contract.company) {
            *spent = with_this;
        }
    }
}

fn submit<T: Config>(agreement: AgreementId, day: BusinessDay, company: MemberId) -> bool {
    let arguments = (agreement, day);
    let Some(auth) = T::Directory::sign(company, "settlement.pay", &arguments) else {
        log::warn!(target: TARGET, "the operator key of member {company} does not sign");
        return false;
    };
    let call = Call::<T>::pay {
        agreement,
        day,
        auth: Some(auth),
    };
    let transaction = T::create_authorized_transaction(call.into());
    // A refusal is the pool's way to say that it holds the payment already.
    let taken = SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).is_ok();
    log::debug!(target: TARGET, "agreement {agreement}, {day:?}: payment submitted, taken: {taken}");
    true
}
