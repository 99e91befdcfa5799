//! Call weights, measured by the pallet's benchmarks, not estimated.
//!
//! Written by `scripts/weights registry`; a change by hand is lost with the next measurement.
//!
//! | | |
//! |---|---|
//! | date | 2026-11-30 |
//! | machine | 2 cores, AMD EPYC |
//! | commit | c0eee1a |
//! | values of a component | 12 |
//! | runs for a value | 10 |
//!
//! Times are picoseconds of the runtime in WebAssembly, on a state in memory. Database
//! accesses come on top, by the runtime's own weights. The proof size is zero: every
//! validator holds the state, no parachain proves it, and the runtime sets no limit.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Call weights.
pub trait WeightInfo {
    /// `register_member`, as its benchmark says.
    fn register_member() -> Weight;
    /// `remove_member`, as its benchmark says.
    fn remove_member() -> Weight;
    /// `create_agreement`, as its benchmark says.
    ///
    /// Measured for `c` from 0 to 256.
    fn create_agreement(c: u32) -> Weight;
    /// `set_conditions`, as its benchmark says.
    fn set_conditions() -> Weight;
    /// `set_clients`, as its benchmark says.
    ///
    /// Measured for `c` from 0 to 256, `f` from 0 to 256.
    fn set_clients(c: u32, f: u32) -> Weight;
    /// `set_limits`, as its benchmark says.
    fn set_limits() -> Weight;
    /// `set_terms`, as its benchmark says.
    fn set_terms() -> Weight;
    /// `add_product`, as its benchmark says.
    ///
    /// Measured for `v` from 1 to 128.
    fn add_product(v: u32) -> Weight;
    /// `rotate_operator`, as its benchmark says.
    fn rotate_operator() -> Weight;
    /// `set_endpoint`, as its benchmark says.
    fn set_endpoint() -> Weight;
    /// `replace_operator`, as its benchmark says.
    fn replace_operator() -> Weight;
    /// `set_account`, as its benchmark says.
    fn set_account() -> Weight;
    /// `set_reconciler`, as its benchmark says.
    fn set_reconciler() -> Weight;
    /// `end_agreement`, as its benchmark says.
    fn end_agreement() -> Weight;
    /// `change_account`, as its benchmark says.
    fn change_account() -> Weight;
    /// `object_to_account`, as its benchmark says.
    fn object_to_account() -> Weight;
    /// `set_calendar`, as its benchmark says.
    ///
    /// Measured for `d` from 0 to 512.
    fn set_calendar(d: u32) -> Weight;
    /// `remove_calendar`, as its benchmark says.
    fn remove_calendar() -> Weight;
    /// `set_calendars`, as its benchmark says.
    fn set_calendars() -> Weight;
    /// `set_conditions_by_day`, as its benchmark says.
    ///
    /// Measured for `v` from 1 to 127.
    fn set_conditions_by_day(v: u32) -> Weight;
    /// `suspend_client`, as its benchmark says.
    fn suspend_client() -> Weight;
    /// `lift_suspension`, as its benchmark says.
    fn lift_suspension() -> Weight;
    /// `name_successor`, as its benchmark says.
    fn name_successor() -> Weight;
}

/// The figures with the runtime's database weights.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn register_member() -> Weight {
        measured::register_member(T::DbWeight::get())
    }
    fn remove_member() -> Weight {
        measured::remove_member(T::DbWeight::get())
    }
    fn create_agreement(c: u32) -> Weight {
        measured::create_agreement(T::DbWeight::get(), c)
    }
    fn set_conditions() -> Weight {
        measured::set_conditions(T::DbWeight::get())
    }
    fn set_clients(c: u32, f: u32) -> Weight {
        measured::set_clients(T::DbWeight::get(), c, f)
    }
    fn set_limits() -> Weight {
        measured::set_limits(T::DbWeight::get())
    }
    fn set_terms() -> Weight {
        measured::set_terms(T::DbWeight::get())
    }
    fn add_product(v: u32) -> Weight {
        measured::add_product(T::DbWeight::get(), v)
    }
    fn rotate_operator() -> Weight {
        measured::rotate_operator(T::DbWeight::get())
    }
    fn set_endpoint() -> Weight {
        measured::set_endpoint(T::DbWeight::get())
    }
    fn replace_operator() -> Weight {
        measured::replace_operator(T::DbWeight::get())
    }
    fn set_account() -> Weight {
        measured::set_account(T::DbWeight::get())
    }
    fn set_reconciler() -> Weight {
        measured::set_reconciler(T::DbWeight::get())
    }
    fn end_agreement() -> Weight {
        measured::end_agreement(T::DbWeight::get())
    }
    fn change_account() -> Weight {
        measured::change_account(T::DbWeight::get())
    }
    fn object_to_account() -> Weight {
        measured::object_to_account(T::DbWeight::get())
    }
    fn set_calendar(d: u32) -> Weight {
        measured::set_calendar(T::DbWeight::get(), d)
    }
    fn remove_calendar() -> Weight {
        measured::remove_calendar(T::DbWeight::get())
    }
    fn set_calendars() -> Weight {
        measured::set_calendars(T::DbWeight::get())
    }
    fn set_conditions_by_day(v: u32) -> Weight {
        measured::set_conditions_by_day(T::DbWeight::get(), v)
    }
    fn suspend_client() -> Weight {
        measured::suspend_client(T::DbWeight::get())
    }
    fn lift_suspension() -> Weight {
        measured::lift_suspension(T::DbWeight::get())
    }
    fn name_successor() -> Weight {
        measured::name_successor(T::DbWeight::get())
    }
}

/// For tests: the figures with ParityDB's weights.
impl WeightInfo for () {
    fn register_member() -> Weight {
        measured::register_member(ParityDbWeight::get())
    }
    fn remove_member() -> Weight {
        measured::remove_member(ParityDbWeight::get())
    }
    fn create_agreement(c: u32) -> Weight {
        measured::create_agreement(ParityDbWeight::get(), c)
    }
    fn set_conditions() -> Weight {
        measured::set_conditions(ParityDbWeight::get())
    }
    fn set_clients(c: u32, f: u32) -> Weight {
        measured::set_clients(ParityDbWeight::get(), c, f)
    }
    fn set_limits() -> Weight {
        measured::set_limits(ParityDbWeight::get())
    }
    fn set_terms() -> Weight {
        measured::set_terms(ParityDbWeight::get())
    }
    fn add_product(v: u32) -> Weight {
        measured::add_product(ParityDbWeight::get(), v)
    }
    fn rotate_operator() -> Weight {
        measured::rotate_operator(ParityDbWeight::get())
    }
    fn set_endpoint() -> Weight {
        measured::set_endpoint(ParityDbWeight::get())
    }
    fn replace_operator() -> Weight {
        measured::replace_operator(ParityDbWeight::get())
    }
    fn set_account() -> Weight {
        measured::set_account(ParityDbWeight::get())
    }
    fn set_reconciler() -> Weight {
        measured::set_reconciler(ParityDbWeight::get())
    }
    fn end_agreement() -> Weight {
        measured::end_agreement(ParityDbWeight::get())
    }
    fn change_account() -> Weight {
        measured::change_account(ParityDbWeight::get())
    }
    fn object_to_account() -> Weight {
        measured::object_to_account(ParityDbWeight::get())
    }
    fn set_calendar(d: u32) -> Weight {
        measured::set_calendar(ParityDbWeight::get(), d)
    }
    fn remove_calendar() -> Weight {
        measured::remove_calendar(ParityDbWeight::get())
    }
    fn set_calendars() -> Weight {
        measured::set_calendars(ParityDbWeight::get())
    }
    fn set_conditions_by_day(v: u32) -> Weight {
        measured::set_conditions_by_day(ParityDbWeight::get(), v)
    }
    fn suspend_client() -> Weight {
        measured::suspend_client(ParityDbWeight::get())
    }
    fn lift_suspension() -> Weight {
        measured::lift_suspension(ParityDbWeight::get())
    }
    fn name_successor() -> Weight {
        measured::name_successor(ParityDbWeight::get())
    }
}

mod measured {
    use super::*;

    pub fn register_member(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(46_979_000, 0).saturating_add(db.reads_writes(4, 3))
    }

    pub fn remove_member(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(71_336_000, 0).saturating_add(db.reads_writes(7, 6))
    }

    pub fn create_agreement(db: RuntimeDbWeight, c: u32) -> Weight {
        Weight::from_parts(80_926_802, 0)
            .saturating_add(db.reads_writes(9, 4))
            .saturating_add(
                Weight::from_parts(7_244_860, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(c.into()),
            )
    }

    pub fn set_conditions(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(87_309_000, 0).saturating_add(db.reads_writes(4, 1))
    }

    pub fn set_clients(db: RuntimeDbWeight, c: u32, f: u32) -> Weight {
        Weight::from_parts(6_700_030, 0)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(
                Weight::from_parts(7_673_636, 0)
                    .saturating_add(db.reads_writes(2, 1))
                    .saturating_mul(c.into()),
            )
            .saturating_add(
                Weight::from_parts(4_144_315, 0)
                    .saturating_add(db.reads_writes(1, 1))
                    .saturating_mul(f.into()),
            )
    }

    pub fn set_limits(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(60_279_000, 0).saturating_add(db.reads_writes(1, 1))
    }

    pub fn set_terms(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(105_887_000, 0).saturating_add(db.reads_writes(3, 1))
    }

    pub fn add_product(db: RuntimeDbWeight, v: u32) -> Weight {
        Weight::from_parts(56_728_318, 0)
            .saturating_add(db.reads_writes(2, 1))
            .saturating_add(Weight::from_parts(3_371_444, 0).saturating_mul(v.into()))
    }

    pub fn rotate_operator(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(149_662_000, 0).saturating_add(db.reads_writes(8, 6))
    }

    pub fn set_endpoint(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(37_546_000, 0).saturating_add(db.reads_writes(2, 1))
    }

    pub fn replace_operator(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(73_199_000, 0).saturating_add(db.reads_writes(4, 5))
    }

    pub fn set_account(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(50_795_000, 0).saturating_add(db.reads_writes(4, 2))
    }

    pub fn set_reconciler(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(590_755_000, 0).saturating_add(db.reads_writes(131, 129))
    }

    pub fn end_agreement(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(78_937_000, 0).saturating_add(db.reads_writes(2, 1))
    }

    pub fn change_account(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(56_754_000, 0).saturating_add(db.reads_writes(5, 2))
    }

    pub fn object_to_account(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(58_757_000, 0).saturating_add(db.reads_writes(5, 2))
    }

    pub fn set_calendar(db: RuntimeDbWeight, d: u32) -> Weight {
        Weight::from_parts(59_580_379, 0)
            .saturating_add(db.reads_writes(3, 1))
            .saturating_add(Weight::from_parts(30_325, 0).saturating_mul(d.into()))
    }

    pub fn remove_calendar(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(24_587_000, 0).saturating_add(db.reads_writes(3, 2))
    }

    pub fn set_calendars(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(923_668_000, 0).saturating_add(db.reads_writes(69, 65))
    }

    pub fn set_conditions_by_day(db: RuntimeDbWeight, v: u32) -> Weight {
        Weight::from_parts(83_343_853, 0)
            .saturating_add(db.reads_writes(4, 1))
            .saturating_add(Weight::from_parts(7_753_287, 0).saturating_mul(v.into()))
    }

    pub fn suspend_client(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(70_825_000, 0).saturating_add(db.reads_writes(2, 1))
    }

    pub fn lift_suspension(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(67_160_000, 0).saturating_add(db.reads_writes(2, 1))
    }

    pub fn name_successor(db: RuntimeDbWeight) -> Weight {
        Weight::from_parts(100_579_000, 0).saturating_add(db.reads_writes(7, 4))
    }
}
