//! Sends what the reconciler, or a party that stands in, has to say of a side.

use super::findings::Findings;
use crate::{Call, Config, Pallet};
use counterfoil_primitives::{ports::SideView, MemberId, SideId};
use counterfoil_support::submit::submit;
use frame_support::BoundedVec;

/// Submits the mark of an overdue side.
pub fn overdue<T: Config>(member: MemberId, side_id: SideId) {
    let call = Call::<T>::mark_overdue {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
    };
    submit::<T, _>(member, "reconciliation.mark_overdue", call);
}

/// Submits the mark of a defaulted side.
pub fn defaulted<T: Config>(member: MemberId, side_id: SideId) {
    let call = Call::<T>::mark_defaulted {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
    };
    submit::<T, _>(member, "reconciliation.mark_defaulted", call);
}

/// Submits what was found of a side: the header and its parts at once, a call each.
pub fn report<T: Config>(member: MemberId, side_id: SideId, findings: Findings) {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let report = match findings {
        Findings::Clean => {
            let call = Call::<T>::report_clean {
                agreement,
                day,
                side,
            };
            submit::<T, _>(member, "reconciliation.report_clean", call);
            return;
        }
        Findings::Breaks(report) => report,
    };
    let round = Pallet::<T>::round(side_id);
    if let Some(header) = report.header {
        let call = Call::<T>::report_header {
            agreement,
            day,
            side,
            round,
            header,
        };
        submit::<T, _>(member, "reconciliation.report_header", call);
    }
    for (page, slots) in report.slots {
        let call = Call::<T>::report_slots {
            agreement,
            day,
            side,
            round,
            page,
            slots: BoundedVec::truncate_from(slots),
        };
        submit::<T, _>(member, "reconciliation.report_slots", call);
    }
    for (page, extras) in report.extras {
        let call = Call::<T>::report_extras {
            agreement,
            day,
            side,
            round,
            page,
            extras: BoundedVec::truncate_from(extras),
        };
        submit::<T, _>(member, "reconciliation.report_extras", call);
    }
}
