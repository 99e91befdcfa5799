//! The weight of a call of one trade.
//!
//! A client without batches sends such calls by the thousand. Most of what the first one of a block
//! touches is touched by the next ones too: they find it in memory, and the database takes it from all
//! of them at once. So a call is charged for the database only where no call before it in the block has
//! touched the same.

use crate::{
    weighing::{credits, first_single, full_page, later_credits, later_single, lookups, BatchSize},
    Config, Recorded,
};
use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{AgreementId, BusinessDay, MemberId, ProductId};
use frame_support::{defensive, traits::ConstU32, weights::Weight};
use scale_info::TypeInfo;

/// Maximum records of what calls touched per block. Where there are more, the first ones are forgotten,
/// and what they name is charged again.
pub type MaxTouched = ConstU32<128>;

/// What the call of one trade touches in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Touched {
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
    /// The day that takes the trade, of which it may count what the client caused.
    pub booked: BusinessDay,
    /// The page that takes it.
    pub page: u32,
}

/// The weight of a call that kept its trade, touched `touched`, and came to `size`.
///
/// A day has limits for all calls of a block or for none. So what is kept of the client is touched wherever
/// the same was touched before.
pub(crate) fn weight<T: Config>(touched: Touched, size: &BatchSize) -> Weight {
    let recording = if remember::<T>(touched) {
        first_single::<T>().saturating_add(credits::<T>(size.credits))
    } else {
        later_single::<T>().saturating_add(later_credits::<T>(size.credits))
    };
    recording
        .saturating_add(full_page::<T>().saturating_mul(size.full_pages.into()))
        .saturating_add(lookups::<T>(size.looked_up))
}

/// Remembers what a call touched. Returns whether no call remembered of this block touched the same.
fn remember<T: Config>(touched: Touched) -> bool {
    let mut recorded = Recorded::<T>::get();
    let is_new = !recorded.contains(&touched);
    if is_new {
        if recorded.is_full() {
            recorded.remove(0);
        }
        if recorded.try_push(touched).is_err() {
            defensive!("the first record was taken out, so there is room");
        }
        Recorded::<T>::put(recorded);
    }
    is_new
}
