//! What it costs to be told of a reconciled day.

use crate::{Config, WeightInfo};
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// What it weighs to be told that a day is reconciled, for whoever tells it.
pub struct OnReconciledWeight<T>(PhantomData<T>);

impl<T: Config> Get<Weight> for OnReconciledWeight<T> {
    fn get() -> Weight {
        T::WeightInfo::on_reconciled()
    }
}
