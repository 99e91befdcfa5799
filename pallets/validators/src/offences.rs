//! What becomes of an equivocation that was reported and proven: an event, and nothing else.
//!
//! A validator can sign two votes in any round, also in one that there never was, and can bring reports of
//! them into its own blocks without a fee. So a limited number of reports is kept of it and its session.

use crate::{Config, Event, Pallet, Reports};
use alloc::vec::Vec;
use core::marker::PhantomData;
use counterfoil_primitives::{institution::institution_of, MemberId};
use frame_support::{ensure, weights::Weight};
use pallet_session::historical::IdentificationTuple;
use sp_runtime::Perbill;
use sp_staking::{
    offence::{Offence, OffenceDetails, OffenceError, OnOffenceHandler, ReportOffence},
    SessionIndex,
};

impl<T: Config, Reporter> OnOffenceHandler<Reporter, IdentificationTuple<T>, Weight> for Pallet<T> {
    fn on_offence(
        offenders: &[OffenceDetails<Reporter, IdentificationTuple<T>>],
        _: &[Perbill],
        session: SessionIndex,
    ) -> Weight {
        let members = offenders
            .iter()
            .filter_map(|details| institution_of(&details.offender.0));
        for member in members {
            Self::deposit_event(Event::Equivocated { member, session });
        }
        Weight::zero()
    }
}

/// The maximum number of reports of a validator and session that are kept.
pub const MAX_REPORTS: u32 = 16;

/// Passes reports on to `Inner`, up to [`MAX_REPORTS`] for each validator and session. Further ones are taken
/// to be known.
pub struct LimitedReports<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner, Reporter, Reported> ReportOffence<Reporter, IdentificationTuple<T>, Reported>
    for LimitedReports<T, Inner>
where
    T: Config,
    Inner: ReportOffence<Reporter, IdentificationTuple<T>, Reported>,
    Reported: Offence<IdentificationTuple<T>>,
{
    fn report_offence(reporters: Vec<Reporter>, offence: Reported) -> Result<(), OffenceError> {
        let session = offence.session_index();
        let members: Vec<MemberId> = offence
            .offenders()
            .iter()
            .filter_map(|offender| institution_of(&offender.0))
            .collect();
        let has_room = |member: &MemberId| Reports::<T>::get(session, member) < MAX_REPORTS;
        ensure!(members.iter().all(has_room), OffenceError::DuplicateReport);
        Inner::report_offence(reporters, offence)?;
        for member in members {
            Reports::<T>::mutate(session, member, |count| *count = count.saturating_add(1));
        }
        Ok(())
    }

    fn is_known_offence(offenders: &[IdentificationTuple<T>], time_slot: &Reported::Slot) -> bool {
        Inner::is_known_offence(offenders, time_slot)
    }
}
