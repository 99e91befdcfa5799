//! Clients that bank or company suspended.
//!
//! Either party stops a client by itself and at once, since it may be the first to see that something is
//! wrong. Both lift the suspension together, so that no party has to book trades that it just stopped.

use crate::{Agreement, Agreements, Config, Error, Event, Pallet, Suspension};
use counterfoil_primitives::{AgreementId, MemberId};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// Suspends a client at a party's wish.
pub(crate) fn do_suspend<T: Config>(
    by: MemberId,
    id: AgreementId,
    client: MemberId,
) -> DispatchResult {
    let agreement = check_suspend::<T>(by, id, client)?;
    Agreements::<T>::insert(id, agreement);
    Pallet::<T>::deposit_event(Event::ClientSuspended {
        agreement: id,
        client,
        by,
    });
    Ok(())
}

/// Lifts a suspension if the other party agreed to it before, and else notes that this one does.
pub(crate) fn do_lift<T: Config>(
    by: MemberId,
    id: AgreementId,
    client: MemberId,
) -> DispatchResult {
    let agreement = check_lift::<T>(by, id, client)?;
    let event = match position(&agreement, client) {
        Ok(_) => Event::LiftAgreed {
            agreement: id,
            client,
            by,
        },
        Err(_) => Event::SuspensionLifted {
            agreement: id,
            client,
        },
    };
    Agreements::<T>::insert(id, agreement);
    Pallet::<T>::deposit_event(event);
    Ok(())
}

/// The agreement with the client suspended, and with nobody agreeing any more to lift that.
pub(crate) fn check_suspend<T: Config>(
    by: MemberId,
    id: AgreementId,
    client: MemberId,
) -> Result<Agreement<T>, Error<T>> {
    let mut agreement = of_party::<T>(by, id, client)?;
    let fresh = Suspension {
        client,
        lift_agreed_by: None,
    };
    match position(&agreement, client) {
        Ok(index) => {
            ensure!(
                agreement.suspended[index] != fresh,
                Error::<T>::AlreadySuspended
            );
            agreement.suspended[index] = fresh;
        }
        Err(index) => agreement
            .suspended
            .try_insert(index, fresh)
            .map_err(|_| Error::<T>::TooManyClients)?,
    }
    Ok(agreement)
}

/// The agreement with the suspension lifted, or with this party agreeing to it.
pub(crate) fn check_lift<T: Config>(
    by: MemberId,
    id: AgreementId,
    client: MemberId,
) -> Result<Agreement<T>, Error<T>> {
    let mut agreement = of_party::<T>(by, id, client)?;
    let index = position(&agreement, client).map_err(|_| Error::<T>::NotSuspended)?;
    match agreement.suspended[index].lift_agreed_by {
        None => agreement.suspended[index].lift_agreed_by = Some(by),
        Some(first) => {
            ensure!(first != by, Error::<T>::LiftAgreedAlready);
            agreement.suspended.remove(index);
        }
    }
    Ok(agreement)
}

/// The agreement, of which `by` is a party and `client` is a client.
fn of_party<T: Config>(
    by: MemberId,
    id: AgreementId,
    client: MemberId,
) -> Result<Agreement<T>, Error<T>> {
    let agreement = Agreements::<T>::get(id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(
        [agreement.bank, agreement.company].contains(&by),
        Error::<T>::NotAParty
    );
    ensure!(agreement.clients.contains(&client), Error::<T>::NotAClient);
    Ok(agreement)
}

/// Where the suspension of a client stands; else where one would.
fn position<T: Config>(agreement: &Agreement<T>, client: MemberId) -> Result<usize, usize> {
    agreement
        .suspended
        .binary_search_by_key(&client, |suspension| suspension.client)
}
