//! The keys of the day's numbers, and what is owed.

use super::*;
use crate::{
    demo::{
        breaks::Party,
        facts::{Paid, PartyFacts},
        next_day::{NextDay, Preview},
    },
    member::{BANK, COMPANY},
};
use counterfoil_primitives::{
    summary::{BreakList, DayStatus, DaySummary, SlotBreakView},
    Cause, Entry, KindTotals, SignedAmount,
};

const PRESET_AT: Moment = 1_000_000;

/// The bank's share of the day's payments.
const CREDIT: u128 = 420;

/// A party that has these breaks.
fn party(causes: &[Cause]) -> PartyFacts {
    let slots = causes.iter().map(|cause| SlotBreakView {
        position: 0,
        cause: *cause,
        found: None,
        right: Entry::default(),
    });
    PartyFacts {
        breaks: BreakList {
            slots: slots.collect(),
            extras: Vec::new(),
        },
        suspense: Value::Null,
        result: Value::Null,
        told: None,
        corrections: causes.len(),
        balance: (0, 0),
    }
}

/// A settled day of two payments and some refunds, for which this is owed.
fn facts(refunds: u32, obligation: SignedAmount) -> Facts {
    let (debtor, creditor) = match obligation < 0 {
        false => (COMPANY, BANK),
        true => (BANK, COMPANY),
    };
    Facts {
        summary: DaySummary {
            status: DayStatus::Settled,
            payments: KindTotals {
                count: 2,
                gross: 4_200,
                debit: 3_780,
                credit: CREDIT,
            },
            refunds: KindTotals {
                count: refunds,
                ..KindTotals::default()
            },
            obligation: Some(obligation),
            paid_at: Some(PRESET_AT + 2_500),
            ..DaySummary::default()
        },
        refused: 0,
        reconciled_at: PRESET_AT + 1_500,
        paid: vec![Paid {
            debtor,
            creditor,
            amount: obligation.unsigned_abs(),
        }],
        parties: BTreeMap::from([
            (Party::Company, party(&[Cause::Missing, Cause::WrongUser])),
            (Party::Bank, party(&[Cause::Missing])),
        ]),
        amendment: Some(json!({})),
        next_day: NextDay {
            summary: DaySummary::default(),
            left: Vec::new(),
            preview: Some(Preview {
                text: String::new(),
                json: json!({ "timing": 1 }),
            }),
        },
    }
}

#[test]
fn programs_find_these_keys_with_these_values() {
    let expected = json!({
        "trades": 2,
        "refunds": 3,
        "refused": 0,
        "gross": "4200",
        "debit": "3780",
        "credit": "420",
        "payable": "400",
        "obligation": "400",
        "paid": "400",
        "breaks": { "missing": 2, "wrong_user": 1 },
        "timing": 1,
        "amendments": 1,
        "corrections": 3,
        "status": "settled",
        "report_seconds": 1.5,
        "paid_seconds": 2.5,
    });
    assert_eq!(of(&facts(3, 400), PRESET_AT), expected);
}

#[test]
fn without_refunds_all_credit_amounts_are_owed() {
    let numbers = of(&facts(0, CREDIT as SignedAmount), PRESET_AT);
    assert_eq!(numbers["refunds"], json!(0));
    for key in ["payable", "obligation", "paid"] {
        assert_eq!(numbers[key], numbers["credit"], "{key}");
    }
}

#[test]
fn a_bank_that_owes_pays_and_the_company_owes_nothing() {
    let numbers = of(&facts(1, -12), PRESET_AT);
    assert_eq!(numbers["payable"], json!("0"));
    assert_eq!(numbers["obligation"], json!("-12"));
    assert_eq!(numbers["paid"], json!("12"));
}

#[test]
fn a_day_without_amendment_and_preview_counts_neither() {
    let mut facts = facts(0, 420);
    facts.amendment = None;
    facts.next_day.preview = None;
    let numbers = of(&facts, PRESET_AT);
    assert_eq!(numbers["amendments"], json!(0));
    assert_eq!(numbers["timing"], json!(0));
}
