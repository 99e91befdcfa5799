//! The largest calls, which must fit a block.

use crate::{Config, Endpoint, Name, WeightInfo};
use codec::MaxEncodedLen;
use counterfoil_primitives::{BusinessDay, MemberId, Terms};
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::traits::Get;

/// Bytes, rounded up, of a call's arguments that have a fixed size: ids, keys, limits.
const FIXED: usize = 256;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let clients = T::MaxClients::get();
    let versions = T::MaxVersions::get();
    let of_clients = clients as usize * MemberId::max_encoded_len();
    let of_versions = versions as usize * <(BusinessDay, Terms)>::max_encoded_len();
    let of_endpoint = Endpoint::max_encoded_len();
    let of_member = Name::max_encoded_len() + of_endpoint;
    let largest = [
        (
            "register_member",
            T::WeightInfo::register_member(),
            of_member,
        ),
        ("remove_member", T::WeightInfo::remove_member(), 0),
        (
            "create_agreement",
            T::WeightInfo::create_agreement(clients),
            of_clients,
        ),
        ("set_conditions", T::WeightInfo::set_conditions(), 0),
        (
            "set_clients",
            T::WeightInfo::set_clients(clients, clients),
            of_clients,
        ),
        ("set_limits", T::WeightInfo::set_limits(), 0),
        ("set_terms", T::WeightInfo::set_terms(), 0),
        (
            "add_product",
            T::WeightInfo::add_product(versions),
            of_versions,
        ),
        ("rotate_operator", T::WeightInfo::rotate_operator(), 0),
        ("set_endpoint", T::WeightInfo::set_endpoint(), of_endpoint),
        ("replace_operator", T::WeightInfo::replace_operator(), 0),
        ("set_account", T::WeightInfo::set_account(), 0),
        ("set_reconciler", T::WeightInfo::set_reconciler(), 0),
        ("end_agreement", T::WeightInfo::end_agreement(), 0),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes + FIXED);
    }
}
