//! The weight of a call of one trade.
//!
//! A client without batches sends such calls by the thousand. Most of what the first one of a block
//! touches is touched by the next ones too: they find it in memory, and the database takes it from all
//! of them at once. So a call is charged for the database only where no call before it in the block has
//! touched the same.

use crate::{
    weighing::{first_single, full_page, later_single},
    Config, Recorded,
};
use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{AgreementId, BusinessDay, MemberId, ProductId};
use frame_support::{defensive, traits::ConstU32, weights::Weight};
use scale_info::TypeInfo;

/// Maximum places that a block remembers. Where more are touched, the first ones are forgotten, and charged
/// again.
pub type MaxPlaces = ConstU32<128>;

/// What the call of one trade touches in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Place {
    /// The client, whose window the call reads and writes.
    pub client: MemberId,
    /// The chunk of that window.
    pub chunk: u64,
    /// The agreement.
    pub agreement: AgreementId,
    /// The product, of which it reads the terms.
    pub product: ProductId,
    /// The day of which it reads the terms.
    pub occurred: BusinessDay,
    /// The day that takes the trade.
    pub booked: BusinessDay,
    /// The page that takes it.
    pub page: u32,
}

/// The weight of a call that kept its trade at `place`, and filled `full_pages` pages.
pub(crate) fn weight<T: Config>(place: Place, full_pages: u32) -> Weight {
    let recording = if touch::<T>(place) {
        first_single::<T>()
    } else {
        later_single::<T>()
    };
    recording.saturating_add(full_page::<T>().saturating_mul(full_pages.into()))
}

/// Remembers a place. Returns whether the block had not touched it before.
fn touch<T: Config>(place: Place) -> bool {
    let mut places = Recorded::<T>::get();
    let is_new = !places.contains(&place);
    if is_new {
        if places.is_full() {
            places.remove(0);
        }
        if places.try_push(place).is_err() {
            defensive!("one was taken out, so there is room");
        }
        Recorded::<T>::put(places);
    }
    is_new
}
