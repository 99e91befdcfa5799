//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    weighing::{remove_member, set_conditions_by_day, set_limits},
    Config, Endpoint, Name, WeightInfo,
};
use codec::MaxEncodedLen;
use counterfoil_primitives::{
    calendar::{CalendarDates, MAX_DATES},
    BusinessDay, Conditions, MemberId, Terms,
};
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
    let of_conditions = versions as usize * <(BusinessDay, Conditions)>::max_encoded_len();
    let of_dates = CalendarDates::max_encoded_len();
    let of_endpoint = Endpoint::max_encoded_len();
    let of_member = Name::max_encoded_len() + of_endpoint;
    let largest = [
        (
            "register_member",
            T::WeightInfo::register_member(),
            of_member,
        ),
        ("remove_member", remove_member::<T>(), 0),
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
        ("set_limits", set_limits::<T>(), 0),
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
        ("change_account", T::WeightInfo::change_account(), 0),
        ("object_to_account", T::WeightInfo::object_to_account(), 0),
        (
            "set_calendar",
            T::WeightInfo::set_calendar(MAX_DATES),
            of_dates,
        ),
        ("remove_calendar", T::WeightInfo::remove_calendar(), 0),
        ("set_calendars", T::WeightInfo::set_calendars(), 0),
        (
            "set_conditions_by_day",
            set_conditions_by_day::<T>(versions),
            of_conditions,
        ),
        ("suspend_client", T::WeightInfo::suspend_client(), 0),
        ("lift_suspension", T::WeightInfo::lift_suspension(), 0),
        ("name_successor", T::WeightInfo::name_successor(), 0),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes + FIXED);
    }
}
