//! The sample that the demo takes by default, which has all that a day shows.

use super::{
    amendment::false_payments,
    breaks::{broken_ledger, Party},
    input::{self, Input},
    rules::{RefundFee, Terms},
    Format, Options,
};
use crate::{clock::Plan, member::CLIENT};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

fn read(input: &Path, mapping: &Path) -> Input {
    let plan = Plan::new(1_763_900_000_000, 60_000, 1);
    input::read(input, mapping, CLIENT, &plan).unwrap()
}

/// What the demo takes by default.
fn sample() -> Input {
    let options = Options {
        input: None,
        mapping: None,
        clean: false,
        output: Format::Text,
    };
    let files = options.files().unwrap();
    read(&files.input, &files.mapping)
}

/// The sample of payments alone.
fn payments_alone() -> Input {
    let samples = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../samples"));
    read(
        &samples.join("payments.csv"),
        &samples.join("payments.toml"),
    )
}

#[test]
fn the_sample_gives_back_in_part_and_as_a_whole_by_both_rules_of_fees() {
    let sample = sample();
    let found: BTreeSet<(bool, bool)> = sample
        .refunds
        .iter()
        .map(|refund| {
            let fee = sample.funds[&refund.product].terms.refund_fee;
            let paid = sample.payments[refund.refund_of.unwrap()].gross;
            (fee == RefundFee::Kept, refund.gross == paid)
        })
        .collect();
    let all = [(false, false), (false, true), (true, false), (true, true)];
    assert_eq!(found, BTreeSet::from(all));
    assert_eq!(sample.refused, 0);
}

#[test]
fn the_sample_has_several_refunds_of_one_payment() {
    let refunds = sample().refunds;
    let payments: BTreeSet<_> = refunds.iter().map(|refund| refund.refund_of).collect();
    assert!(payments.len() < refunds.len());
}

#[test]
fn the_sample_without_its_refunds_is_the_sample_of_payments() {
    let (sample, alone) = (sample(), payments_alone());
    assert_eq!(sample.payments, alone.payments);
    assert_eq!(sample.funds, alone.funds);
    assert_eq!((alone.refunds.len(), alone.refused), (0, 0));
}

#[test]
fn the_samples_take_every_break_and_an_amendment() {
    for sample in [sample(), payments_alone()] {
        let funds = sample.funds.iter();
        let terms: BTreeMap<u32, Terms> = funds.map(|(id, fund)| (*id, fund.terms)).collect();
        let trades = [sample.payments, sample.refunds].concat();
        let ledgers = Party::BOTH.map(|party| {
            let ledger = broken_ledger(party, &trades, &terms).unwrap();
            assert!(ledger.left_out().is_empty(), "{:?}", ledger.left_out());
            assert!(ledger.lacks(party, &trades).is_some());
            (party, ledger)
        });
        assert_eq!(false_payments(&trades, &BTreeMap::from(ledgers)).len(), 2);
    }
}
