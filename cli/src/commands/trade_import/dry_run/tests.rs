//! What a dry run makes of payments, and says of them.

use super::*;
use counterfoil_client::{
    import::{NotRecorded, Prepared},
    testing,
    time::parse_day,
};
use counterfoil_primitives::{
    day::{DAY, MINUTE},
    AgreementView, Conditions, Reference, TimeOfDay, TradeRequest, UserId, UtcOffset,
};

/// An agreement by UTC that takes trades of a day until half past midnight, and late ones for a
/// day.
pub(in crate::commands::trade_import) fn agreement() -> Agreement {
    let conditions = Conditions {
        utc_offset: UtcOffset(0),
        cut_off: TimeOfDay(30),
        preset: TimeOfDay(60),
        ..Default::default()
    };
    let first_day = parse_day("2026-11-22").unwrap();
    testing::agreement(AgreementView {
        conditions: vec![(first_day, conditions)],
        ..testing::agreement_view(first_day)
    })
}

/// A number of minutes after midnight of a day, by UTC.
fn at(day: &str, minutes: Moment) -> Moment {
    Moment::from(parse_day(day).unwrap().0) * DAY + minutes * MINUTE
}

pub(in crate::commands::trade_import) fn payment(number: u8, product: ProductId) -> Prepared {
    Prepared {
        id: format!("p{number}"),
        trade: TradeRequest {
            sequence: 0,
            reference: Reference([number; 16]),
            user: UserId::default(),
            product,
            gross: 10_000,
            debit: 9_700,
            credit: 300,
            occurred_at: 5,
        },
        day: BusinessDay(1),
        original: None,
    }
}

/// A refund of the payment "p1".
pub(in crate::commands::trade_import) fn refund(number: u8, product: ProductId) -> Prepared {
    Prepared {
        original: Some("p1".into()),
        ..payment(number, product)
    }
}

pub(in crate::commands::trade_import) fn ready(payments: Vec<Prepared>) -> Ready {
    Ready {
        places: (0..payments.len()).map(|at| (at, at as u64 + 2)).collect(),
        prepared: payments,
        refused: Vec::new(),
        late: Vec::new(),
        missing: Default::default(),
        notes: vec!["a note".into()],
    }
}

fn sent(day: &str, underway: bool) -> Foreseen {
    let day = parse_day(day).unwrap();
    Foreseen::Sent { day, underway }
}

#[test]
fn a_payment_goes_to_the_day_that_takes_it_now() {
    let noon = at("2026-11-23", 720);
    let takes = |now| takes(&agreement(), Kind::Payment, noon, now, MINUTE);
    assert_eq!(takes(noon), Ok(parse_day("2026-11-23").unwrap()));
    let before_cut_off = at("2026-11-24", 29);
    assert_eq!(takes(before_cut_off), Ok(parse_day("2026-11-23").unwrap()));
    let after_cut_off = at("2026-11-24", 30);
    assert_eq!(takes(after_cut_off), Ok(parse_day("2026-11-24").unwrap()));
}

#[test]
fn a_payment_that_no_day_takes_is_refused_with_the_reason() {
    let noon = at("2026-11-23", 720);
    let takes = |occurred_at, now| {
        takes(&agreement(), Kind::Payment, occurred_at, now, MINUTE).unwrap_err()
    };
    assert_eq!(takes(noon, at("2026-11-25", 31)), NotRecorded::TooLate);
    let early = takes(at("2026-11-21", 720), noon).to_string();
    assert!(
        early.contains("before the agreement's first day"),
        "{early}"
    );
}

#[test]
fn after_an_agreements_end_a_late_payment_is_refused_and_a_refund_is_taken_until_the_close() {
    let mut ending = agreement();
    ending.view.end = Some(parse_day("2026-11-24").unwrap());
    (ending.view.refund_days, ending.view.amend_days) = (1, 0);
    let noon = at("2026-11-23", 720);
    let takes = |kind, occurred_at, now| takes(&ending, kind, occurred_at, now, MINUTE);
    let (in_time, late) = (at("2026-11-24", 29), at("2026-11-24", 30));
    let last = parse_day("2026-11-23").unwrap();
    assert_eq!(takes(Kind::Payment, noon, in_time), Ok(last));
    let refused = takes(Kind::Payment, noon, late);
    assert_eq!(refused, Err(NotRecorded::TooLate));
    assert_eq!(takes(Kind::Refund, noon, late), Ok(last.next()));
    let close = at("2026-11-25", 0);
    let refused = takes(Kind::Refund, close, close).unwrap_err();
    assert_eq!(refused, NotRecorded::Other(in_words("AgreementEnded")));
}

#[test]
fn a_payment_is_taken_as_far_ahead_of_the_clock_as_the_chain_takes_it() {
    let noon = at("2026-11-23", 720);
    let takes = |now| takes(&agreement(), Kind::Payment, noon, now, MINUTE);
    assert_eq!(takes(noon - MINUTE), Ok(parse_day("2026-11-23").unwrap()));
    let future = takes(noon - MINUTE - 1).unwrap_err();
    assert_eq!(future, NotRecorded::Other(in_words("InFuture")));
}

#[test]
fn a_plan_sums_by_day_and_product_what_would_be_sent() {
    let payments = [(1, 1), (2, 1), (3, 2), (4, 1), (5, 1), (6, 1)];
    let mut ready = ready(payments.map(|(id, product)| payment(id, product)).to_vec());
    let reason = NotRecorded::Other("too late".into());
    let known = Verdict::Known {
        sequence: 4,
        day: BusinessDay(1),
    };
    let foreseen = vec![
        sent("2026-11-23", false),
        sent("2026-11-23", true),
        sent("2026-11-23", false),
        sent("2026-11-24", false),
        Foreseen::Settled(Verdict::Refused { reason }),
        Foreseen::Settled(known),
    ];
    let plan = plan(&mut ready, foreseen);
    let counts: Vec<_> = plan
        .sent
        .iter()
        .map(|((day, product), sums)| (day_text(*day), *product, sums.count, sums.gross))
        .collect();
    let expected = [
        ("2026-11-23".to_owned(), 1, 2, 20_000),
        ("2026-11-23".to_owned(), 2, 1, 10_000),
        ("2026-11-24".to_owned(), 1, 1, 10_000),
    ];
    assert_eq!(counts, expected);
    assert_eq!((plan.known.count, plan.underway), (1, 1));
    assert_eq!(ready.refused.len(), 1);
    assert_eq!(ready.refused[0].error.line, 6);
    assert!(ready.refused[0].error.to_string().contains("too late"));
}

#[test]
fn a_plan_tells_of_late_payments_that_would_be_sent_and_of_no_others() {
    let day = parse_day("2026-11-22").unwrap();
    let on_the_day = |number| Prepared {
        day,
        ..payment(number, 1)
    };
    let mut ready = ready((1..=3).map(on_the_day).collect());
    let reason = NotRecorded::TooLate;
    let foreseen = vec![
        sent("2026-11-22", false),
        sent("2026-11-23", false),
        Foreseen::Settled(Verdict::Refused { reason }),
    ];
    let plan = plan(&mut ready, foreseen);
    let notes: Vec<_> = plan.booked.foreseen().collect();
    let expected = "1 late payment of 2026-11-22 would be among the trades of 2026-11-23";
    assert_eq!(notes, [expected]);
}

#[test]
fn a_plan_counts_what_amendments_recorded_apart() {
    let mut ready = ready(vec![payment(1, 1), payment(2, 1)]);
    let supplemented = Verdict::Supplemented {
        day: BusinessDay(1),
        position: 3,
    };
    let foreseen = vec![sent("2026-11-23", false), Foreseen::Settled(supplemented)];
    let plan = plan(&mut ready, foreseen);
    assert_eq!((plan.total().count, plan.supplemented.count), (1, 1));
    let rendered = render(&agreement(), 1, 2, &plan, &ready, None);
    assert_eq!(rendered.json["recorded_by_amendments"]["gross"], "10000");
    assert!(!rendered.partial);
}

#[test]
fn a_payment_that_would_come_too_late_is_told_with_the_refused_lines() {
    let mut ready = ready(vec![payment(1, 1)]);
    let reason = NotRecorded::TooLate;
    let refused = Foreseen::Settled(Verdict::Refused { reason });
    let plan = plan(&mut ready, vec![refused]);
    let rendered = render(&agreement(), 1, 1, &plan, &ready, None);
    assert_eq!(rendered.json["refused"], 1);
    assert!(rendered.partial && rendered.text.contains("propose supplement"));
}

#[test]
fn a_dry_run_says_what_it_cannot_know() {
    let mut ready = ready(vec![payment(1, 1), payment(2, 1)]);
    let reason = NotRecorded::Other("too late".into());
    let refused = Foreseen::Settled(Verdict::Refused { reason });
    let plan = plan(&mut ready, vec![sent("2026-11-23", false), refused]);
    let rendered = render(&agreement(), 1, 2, &plan, &ready, None);
    assert!(rendered.partial);
    insta::assert_snapshot!(rendered.text, @r#"
    lines                                     2
    payments that would be sent               1
      of these, perhaps on their way          0
    payments recorded before                  0
    payments recorded by amendments           0
    refunds that would be sent                0
      of these refunds, perhaps on their way  0
    refunds recorded before                   0
    would be refused                          1
    ┌────────────┬─────────┬───────┬────────────┬───────────┬──────────┐
    │ day        ┆ product ┆ count ┆ gross      ┆ debit     ┆ credit   │
    ╞════════════╪═════════╪═══════╪════════════╪═══════════╪══════════╡
    │ 2026-11-23 ┆ 1       ┆ 1     ┆ 100.00 CZK ┆ 97.00 CZK ┆ 3.00 CZK │
    │ all        ┆ all     ┆ 1     ┆ 100.00 CZK ┆ 97.00 CZK ┆ 3.00 CZK │
    └────────────┴─────────┴───────┴────────────┴───────────┴──────────┘
    note: a note
      line 3: the payment "p2" is not recorded (too late)
    nothing was sent, and no journal was written. Only sending shows:
      whether each payment is still taken when it arrives: until then a cut-off may pass, a day may fill up, or terms may change
      whether what a refund gives back is still left of its payment when it arrives
      whether an amendment recorded a payment that its client never did
      whether another program of this client has sent a payment that is not final yet
      whether the operator key is this client's
    "#);
    let json = &rendered.json;
    assert_eq!(json["dry_run"], true);
    assert_eq!(json["would_be_sent"]["gross"], "10000");
    assert_eq!(json["by_day_and_product"][0]["day"], "2026-11-23");
    assert_eq!(json["refused"], 1);
    assert_eq!(json["known_only_by_sending"].as_array().unwrap().len(), 5);
}

#[test]
fn refunds_are_counted_apart_from_what_payments_sum_up_to() {
    let mut ready = ready(vec![
        payment(1, 1),
        refund(2, 1),
        refund(3, 1),
        refund(4, 1),
    ]);
    let known = Verdict::Known {
        sequence: 4,
        day: BusinessDay(1),
    };
    let reason = NotRecorded::Other("more than is left".into());
    let foreseen = vec![
        sent("2026-11-23", false),
        sent("2026-11-23", true),
        Foreseen::Settled(known),
        Foreseen::Settled(Verdict::Refused { reason }),
    ];
    let plan = plan(&mut ready, foreseen);
    assert_eq!(plan.total().count, 1);
    let rendered = render(&agreement(), 1, 4, &plan, &ready, None);
    let refunds = &rendered.json["refunds"];
    assert_eq!(
        refunds["would_be_sent"],
        json!({ "count": 1, "gross": "10000" })
    );
    assert_eq!(refunds["recorded_before"]["count"], 1);
    assert_eq!(refunds["may_be_on_their_way"], 1);
    assert_eq!(rendered.json["may_be_on_their_way"], 0);
    let text = &rendered.text;
    assert!(
        text.contains("refunds that would be sent                1, gross 100.00 CZK"),
        "{text}"
    );
    assert!(
        text.contains("the refund \"p4\" is not recorded (more than is left)"),
        "{text}"
    );
}
