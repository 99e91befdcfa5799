//! A ledger beside the chain: which differences are found, and why.

use super::{
    witnesses::{look_around, look_through},
    *,
};
use counterfoil_primitives::{
    tree::PAGE_SIZE, witness::Search, Amount, Reference, Rule, TradeId, UserId,
};
use futures::stream;

pub(super) const DAY: BusinessDay = BusinessDay(100);

pub(super) fn trade(sequence: u64) -> Trade {
    Trade {
        id: TradeId {
            client: 1,
            sequence,
        },
        kind: Kind::Payment,
        reference: Reference([sequence as u8; 16]),
        user: UserId::default(),
        product: 1,
        gross: 10_000,
        debit: 9_700,
        credit: 300,
        occurred_at: 1,
        terms_version: 1,
    }
}

pub(super) fn line(trade: &Trade, amount: Amount) -> LedgerEntry {
    LedgerEntry {
        id: None,
        kind: trade.kind,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        amount,
        occurred_at: trade.occurred_at,
    }
}

pub(super) fn background() -> Background {
    let terms = |rate_ppm| Terms {
        credit: Rule {
            rate_ppm,
            ..Rule::default()
        },
        ..Terms::default()
    };
    Background {
        terms: [(
            1,
            vec![(BusinessDay(0), terms(20_000)), (DAY, terms(30_000))],
        )]
        .into(),
        ..Background::default()
    }
}

fn causes(ledger: &[LedgerEntry], background: &Background) -> Vec<(Option<u32>, Cause)> {
    let trades = [trade(1), trade(2)];
    compare_with(DAY, Side::Credit, &trades, ledger, background)
        .differences
        .iter()
        .map(|difference| (difference.position, difference.cause))
        .collect()
}

/// A line that names its trade, as its day has it.
fn named(trade: &Trade) -> LedgerEntry {
    LedgerEntry {
        id: Some(trade.id),
        ..line(trade, 300)
    }
}

/// The causes of extras that repeat trades a number of days away, by a chain that has them there,
/// and the day that each difference names.
fn causes_of(distances: &[i64], later: i64) -> Vec<(Cause, Option<i64>)> {
    let on = |distance: i64| BusinessDay((i64::from(DAY.0) + distance) as u32);
    let repeated = |distance: i64| trade((100 + distance) as u64);
    let ledger: Vec<LedgerEntry> = distances.iter().map(|at| named(&repeated(*at))).collect();
    let extras = align(&[], &[], &ledger).extras;
    let pages_of = |day: BusinessDay| {
        let distance = distances.iter().find(|at| on(**at) == day);
        // What is looked for stands on the second page.
        let full = vec![trade(7); PAGE_SIZE as usize];
        let pages = distance.map(|at| vec![full, vec![repeated(*at)]]);
        stream::iter(pages.unwrap_or_default().into_iter().map(Ok))
    };
    let mut search = Search::new(&extras, DAY, on(-20), on(later));
    assert_eq!(search.next_day(), Some(DAY), "it is looked through before");
    let around = look_around(&mut search, Side::Credit, pages_of);
    futures::executor::block_on(around).unwrap();
    let background = Background {
        witnesses: search.finish(),
        ..Background::default()
    };
    let distance = |day: BusinessDay| i64::from(day.0) - i64::from(DAY.0);
    let mut causes: Vec<_> = compare_with(DAY, Side::Credit, &[], &ledger, &background)
        .differences
        .iter()
        .map(|found| (found.cause, found.witness.map(|at| distance(at.day))))
        .collect();
    causes.sort_unstable();
    causes
}

#[test]
fn a_line_of_another_day_is_found_up_to_fourteen_days_away() {
    let days = [-14, -4, -1, 1, 8, 14];
    let found = days.map(|day| (Cause::OtherDay, Some(day)));
    assert_eq!(causes_of(&days, 20), found);
    let lost = [(Cause::NotMatched, None); 2];
    assert_eq!(causes_of(&[-15, 15], 20), lost);
}

#[test]
fn a_line_of_a_day_that_has_not_begun_is_not_looked_for() {
    let found = [(Cause::OtherDay, Some(1)), (Cause::NotMatched, None)];
    assert_eq!(causes_of(&[1, 2], 1), found);
}

#[test]
fn days_are_not_read_for_lines_that_cannot_be_on_chain() {
    let unused = trade(9).entry(Side::Credit);
    let mut search = Search::new([&unused], DAY, DAY.previous(), DAY.next());
    search.leave_out_unused(|_| Some(false));
    let pages_of =
        |_| -> stream::Iter<std::vec::IntoIter<Result<Vec<Trade>>>> { panic!("a day is read") };
    let around = look_around(&mut search, Side::Credit, pages_of);
    futures::executor::block_on(around).unwrap();
}

#[test]
fn a_right_ledger_has_no_differences() {
    let ledger = [line(&trade(1), 300), line(&trade(2), 300)];
    assert!(causes(&ledger, &background()).is_empty());
}

#[test]
fn positions_have_their_causes() {
    let ledger = [line(&trade(1), 200)];
    assert_eq!(
        causes(&ledger, &background()),
        [(Some(0), Cause::OlderTerms), (Some(1), Cause::Missing)]
    );
}

/// A refund of the payment 1, of which older terms would give another amount.
fn refund(sequence: u64) -> Trade {
    Trade {
        kind: Kind::Refund,
        ..trade(sequence)
    }
}

#[test]
fn a_refund_is_not_measured_by_older_terms() {
    let wrong = line(&refund(1), 200);
    let causes = |trade: Trade, line: LedgerEntry| -> Vec<Cause> {
        compare_with(DAY, Side::Credit, &[trade], &[line], &background())
            .differences
            .iter()
            .map(|difference| difference.cause)
            .collect()
    };
    assert_eq!(causes(refund(1), wrong), [Cause::OtherAmount]);
    let payment = line(&trade(1), 200);
    assert_eq!(causes(trade(1), payment), [Cause::OlderTerms]);
}

#[test]
fn a_refund_that_is_booked_as_a_payment_is_of_the_wrong_kind() {
    let as_payment = LedgerEntry {
        kind: Kind::Payment,
        ..line(&refund(1), 300)
    };
    let compared = compare_with(
        DAY,
        Side::Credit,
        &[refund(1)],
        &[as_payment],
        &background(),
    );
    assert_eq!(compared.differences[0].cause, Cause::WrongKind);
    assert_eq!(
        (compared.totals.payments, compared.totals.refunds),
        (300, 0)
    );
}

#[test]
fn a_refunds_line_may_carry_its_payments_reference() {
    let payment = trade(9);
    let line = LedgerEntry {
        reference: payment.reference,
        ..line(&refund(1), 300)
    };
    let background = Background {
        refunded: vec![RefundedPayment {
            position: 0,
            id: payment.id,
            reference: payment.reference,
        }],
        ..background()
    };
    let compared = compare_with(DAY, Side::Credit, &[refund(1)], &[line], &background);
    assert!(
        compared.differences.is_empty(),
        "{:?}",
        compared.differences
    );
    assert_eq!(compared.totals.refunds, 300);
}

#[test]
fn a_difference_of_a_refund_names_its_original_and_one_of_a_payment_none() {
    let original = RefundedPayment {
        position: 1,
        id: trade(9).id,
        reference: trade(9).reference,
    };
    let background = Background {
        refunded: vec![original],
        ..background()
    };
    let trades = [trade(1), refund(2)];
    let compared = compare_with(DAY, Side::Credit, &trades, &[], &background);
    let originals: Vec<_> = compared
        .differences
        .iter()
        .map(|difference| difference.original)
        .collect();
    assert_eq!(originals, [None, Some(original)]);
}

#[test]
fn positions_of_nothing_that_no_line_takes_are_filled_and_counted() {
    let nothing = Trade {
        credit: 0,
        ..trade(2)
    };
    let trades = [trade(1), nothing];
    let compare =
        |ledger: &[LedgerEntry]| compare_with(DAY, Side::Credit, &trades, ledger, &background());
    let one = compare(&[line(&trade(1), 300)]);
    assert_eq!((one.differences.len(), one.filled), (0, 1));
    let both = compare(&[line(&trade(1), 300), line(&nothing, 0)]);
    assert_eq!((both.differences.len(), both.filled), (0, 0));
}

#[test]
fn lines_on_no_position_have_theirs() {
    let other_day = trade(9);
    let mut background = background();
    let unused = TradeId {
        client: 1,
        sequence: 50,
    };
    background.used.insert(unused, Some(false));
    let ledger = [
        line(&trade(1), 300),
        line(&trade(2), 300),
        line(&trade(2), 300),
        LedgerEntry {
            id: Some(other_day.id),
            ..line(&other_day, 300)
        },
        line(&trade(7), 300),
        LedgerEntry {
            id: Some(unused),
            ..line(&trade(8), 300)
        },
    ];
    let chain = entries(&[trade(1), trade(2)], Side::Credit);
    let extras = align(&chain, &[], &ledger).extras;
    let mut search = Search::new(&extras, DAY, DAY.previous(), DAY);
    look_through(&mut search, DAY, &chain);
    let yesterday = entries(&[other_day], Side::Credit);
    look_through(&mut search, DAY.previous(), &yesterday);
    background.witnesses = search.finish();
    let mut found: Vec<Cause> = causes(&ledger, &background)
        .iter()
        .map(|(_, cause)| *cause)
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            Cause::Duplicate,
            Cause::OtherDay,
            Cause::NotOnChain,
            Cause::NotMatched
        ]
    );
}
