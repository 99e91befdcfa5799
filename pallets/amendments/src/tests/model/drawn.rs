//! What is drawn: the terms of products, and what members do.

use counterfoil_primitives::{DebitRule, RefundFee, Rounding, Rule, Terms};
use proptest::{
    array::{uniform2, uniform3},
    prelude::*,
    sample::Index,
};

/// Three products, each with the terms of the first day and those of the second.
pub type Products = [[Terms; 2]; 3];

/// A payment as it is stated: its product, by index, what was paid, and on which day it occurred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    pub product: usize,
    pub gross: i128,
    pub day: usize,
}

/// A payment as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    pub product: usize,
    pub gross: i128,
    /// Whether it occurred on the day before, if there is one.
    pub is_late: bool,
}

/// What a member does.
#[derive(Clone, Debug)]
pub enum Act {
    /// The client records a payment.
    Pay(Draft),
    /// The client refunds a part of what is on a place, maybe without knowing of the last refund.
    GiveBack(Index, i128, bool),
    /// The company proposes to cancel what is on places of a day.
    Cancel(Vec<Index>),
    /// The company proposes to replace what is on a place.
    Replace(Index, Draft),
    /// The company proposes to record a payment: a new one, or one that it proposed before.
    Supplement(Draft, bool),
    /// The client records a payment that was proposed as never recorded.
    PayMissing(Index),
    /// The bank answers the oldest open proposal.
    Answer(bool),
    /// The company withdraws its newest proposal, or writes it off where it is a claim.
    GiveUp,
}

/// A step of a history.
#[derive(Clone, Debug)]
pub enum Step {
    Act(Act),
    /// What was done last is on a branch that loses. Some of it is sent again on the one that wins, in
    /// this order.
    Fork(Vec<Act>, Vec<Index>),
    /// The second day comes.
    NextDay,
}

fn rule() -> impl Strategy<Value = Rule> {
    let round_rates = vec![0u32, 15_000, 333_333, 500_000, 985_000, 1_000_000];
    let rate = prop_oneof![prop::sample::select(round_rates), 0..=1_000_000u32];
    let flat = prop_oneof![Just(0u128), 1..300u128];
    let floor = prop_oneof![Just(0u128), 1..500u128];
    let cap = prop::option::of(500..20_000u128);
    let rounding = prop::sample::select(vec![
        Rounding::Down,
        Rounding::Up,
        Rounding::HalfUp,
        Rounding::HalfDown,
        Rounding::HalfEven,
    ]);
    (rate, flat, floor, cap, rounding).prop_map(|(rate_ppm, flat, floor, cap, rounding)| Rule {
        rate_ppm,
        flat,
        floor,
        cap,
        rounding,
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let debit = prop_oneof![Just(DebitRule::Residual), rule().prop_map(DebitRule::Own)];
    let refund_fee = prop::sample::select(vec![RefundFee::Returned, RefundFee::Kept]);
    (rule(), debit, refund_fee).prop_map(|(credit, debit, refund_fee)| Terms {
        credit,
        debit,
        refund_fee,
    })
}

pub fn products() -> impl Strategy<Value = Products> {
    uniform3(uniform2(terms()))
}

fn draft() -> impl Strategy<Value = Draft> {
    (0..3usize, 1..50_000i128, any::<bool>()).prop_map(|(product, gross, is_late)| Draft {
        product,
        gross,
        is_late,
    })
}

fn act() -> impl Strategy<Value = Act> {
    let index = any::<Index>;
    let back = (index(), 1..20_000i128, prop::bool::weighted(0.1));
    prop_oneof![
        4 => draft().prop_map(Act::Pay),
        4 => back.prop_map(|(which, gross, is_stale)| Act::GiveBack(which, gross, is_stale)),
        3 => prop::collection::vec(index(), 1..5).prop_map(Act::Cancel),
        2 => (index(), draft()).prop_map(|(which, right)| Act::Replace(which, right)),
        2 => (draft(), prop::bool::weighted(0.2))
            .prop_map(|(missing, again)| Act::Supplement(missing, again)),
        1 => index().prop_map(Act::PayMissing),
        5 => prop::bool::weighted(0.8).prop_map(Act::Answer),
        1 => Just(Act::GiveUp),
    ]
}

pub fn step() -> impl Strategy<Value = Step> {
    let lost = prop::collection::vec(act(), 1..8);
    let order = prop::collection::vec(any::<Index>(), 0..8);
    prop_oneof![
        20 => act().prop_map(Step::Act),
        2 => (lost, order).prop_map(|(lost, order)| Step::Fork(lost, order)),
        1 => Just(Step::NextDay),
    ]
}
