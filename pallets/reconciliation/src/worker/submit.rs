//! Authorised calls of the reconciler, or of a party that stands in.
//!
//! That the pool took a call does not mean that it is applied: the next runs look at storage.

use super::{findings::Findings, LOG};
use crate::{Call, Config, Pallet, SideKey};
use codec::Encode;
use counterfoil_primitives::{ports::Directory, MemberId, OperatorAuth};
use frame_support::BoundedVec;
use frame_system::offchain::SubmitTransaction;

/// Signs `arguments` for `action` as `member`, and submits the call.
fn submit<T: Config>(
    member: MemberId,
    action: &str,
    arguments: &impl Encode,
    call: impl FnOnce(Option<OperatorAuth>) -> Call<T>,
) {
    let Some(auth) = T::Directory::sign(member, action, arguments) else {
        log::warn!(
            target: LOG,
            "{action}: the keystore did not sign for member {member}. Remedy: insert its operator key."
        );
        return;
    };
    let transaction = T::create_authorized_transaction(call(Some(auth)).into());
    if SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).is_err() {
        log::debug!(
            target: LOG,
            "{action}: the pool did not take the call, which may be pending already. A later run looks again."
        );
    }
}

/// Submits the mark of an overdue side.
pub fn overdue<T: Config>(member: MemberId, key: SideKey) {
    let (agreement, day, side) = key;
    let action = "reconciliation.mark_overdue";
    submit::<T>(member, action, &key, |auth| Call::mark_overdue {
        agreement,
        day,
        side,
        auth,
    });
}

/// Submits the mark of a defaulted side.
pub fn defaulted<T: Config>(member: MemberId, key: SideKey) {
    let (agreement, day, side) = key;
    let action = "reconciliation.mark_defaulted";
    submit::<T>(member, action, &key, |auth| Call::mark_defaulted {
        agreement,
        day,
        side,
        auth,
    });
}

/// Submits what was found of a side: the header and its parts at once, a call each.
pub fn report<T: Config>(member: MemberId, key: SideKey, findings: Findings) {
    let (agreement, day, side) = key;
    let report = match findings {
        Findings::Clean => {
            let action = "reconciliation.report_clean";
            return submit::<T>(member, action, &key, |auth| Call::report_clean {
                agreement,
                day,
                side,
                auth,
            });
        }
        Findings::Breaks(report) => report,
    };
    let rejections = Pallet::<T>::rejections(key);
    if let Some(header) = report.header {
        let arguments = (agreement, day, side, &header, rejections);
        let action = "reconciliation.report_header";
        submit::<T>(member, action, &arguments, |auth| Call::report_header {
            agreement,
            day,
            side,
            header: header.clone(),
            auth,
        });
    }
    for (page, slots) in report.slots {
        let slots = BoundedVec::truncate_from(slots);
        let arguments = (agreement, day, side, page, &slots, rejections);
        let action = "reconciliation.report_slots";
        submit::<T>(member, action, &arguments, |auth| Call::report_slots {
            agreement,
            day,
            side,
            page,
            slots: slots.clone(),
            auth,
        });
    }
    for (page, extras) in report.extras {
        let extras = BoundedVec::truncate_from(extras);
        let arguments = (agreement, day, side, page, &extras, rejections);
        let action = "reconciliation.report_extras";
        submit::<T>(member, action, &arguments, |auth| Call::report_extras {
            agreement,
            day,
            side,
            page,
            extras: extras.clone(),
            auth,
        });
    }
}
