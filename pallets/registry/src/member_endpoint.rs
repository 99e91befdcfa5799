//! The address of a member's node: which text is one, and setting it.

use crate::{Config, Endpoint, Error, Event, Members, Pallet};
use counterfoil_primitives::MemberId;
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::DispatchError;

pub(crate) fn do_set_endpoint<T: Config>(id: MemberId, endpoint: Endpoint) -> DispatchResult {
    ensure!(is_endpoint(&endpoint), Error::<T>::InvalidEndpoint);
    Members::<T>::try_mutate(id, |member| {
        let member = member.as_mut().ok_or(Error::<T>::UnknownMember)?;
        member.endpoint = endpoint.clone();
        Ok::<_, DispatchError>(())
    })?;
    Pallet::<T>::deposit_event(Event::EndpointSet {
        member: id,
        endpoint,
    });
    Ok(())
}

/// Whether a worker can ask there. Empty is an answer too: nobody is to ask this member.
pub(crate) fn is_endpoint(text: &str) -> bool {
    let known = text.starts_with("http://") || text.starts_with("https://");
    text.is_empty() || (known && text.bytes().all(|byte| byte.is_ascii_graphic()))
}
