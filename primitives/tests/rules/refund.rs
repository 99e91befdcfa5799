//! What may be given back of a payment, and what may not.

use crate::samples::trade;
use counterfoil_primitives::{
    day::DAY,
    found_trade::Found,
    refund_check::{link, NotRefundable},
    AgreementView, BusinessDay, Caps, Conditions, Currency, Kind, Link, MemberId, Moment, Original,
    Reference, RefundRequest, Relation, Trade, TradeId, UserId,
};

/// The client of the sample trade.
const CLIENT: MemberId = 1;
/// Business days until which the sample payment may be given back.
const REFUND_DAYS: u16 = 30;

/// The sample agreement.
pub fn agreement() -> AgreementView {
    AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(BusinessDay(19_000), 4)],
        clients: vec![CLIENT],
        suspended: vec![],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: BusinessDay(19_000),
        end: None,
        caps: Caps::MAX,
        max_gross: None,
        deadline_minutes: 60,
        max_late_minutes: 60,
        refund_days: REFUND_DAYS,
        amend_days: 365,
        answer_days: 10,
        conditions: vec![(BusinessDay(19_000), Conditions::default())],
    }
}

/// A refund of the sample trade, of which nothing was given back before.
fn request() -> RefundRequest {
    let payment = trade();
    RefundRequest {
        sequence: 43,
        reference: Reference([8; 16]),
        user: payment.user,
        product: payment.product,
        original: Original {
            id: payment.id,
            day: BusinessDay(20_000),
            position: 4,
        },
        refunded_before: 0,
        gross: 40_000,
        debit: 39_100,
        credit: 900,
        occurred_at: payment.occurred_at + 1,
    }
}

/// What comes of a refund.
struct Case {
    request: RefundRequest,
    client: MemberId,
    found: Found,
}

impl Case {
    fn honest() -> Self {
        Self {
            request: request(),
            client: CLIENT,
            found: Found::recorded(trade(), 0),
        }
    }

    fn link(&self) -> Result<Link, NotRefundable> {
        let may_give_back = |recorder: MemberId| recorder == self.client;
        link(&self.request, may_give_back, &agreement(), &self.found)
    }
}

/// The moment `days` after the sample payment.
fn after(days: u16) -> Moment {
    trade().occurred_at + Moment::from(days) * DAY
}

/// A change of a case.
type Change = fn(&mut Case);

/// Each reason in the order in which they are tried, what brings it about, and what takes it away.
const REASONS: [(NotRefundable, Change, Change); 9] = [
    (
        NotRefundable::OtherId,
        |case| case.request.original.id.sequence = 41,
        |case| case.request.original.id = trade().id,
    ),
    (
        NotRefundable::NotAPayment,
        |case| case.found.trade.kind = Kind::Refund,
        |case| case.found.trade.kind = Kind::Payment,
    ),
    (
        NotRefundable::OtherClient,
        |case| case.client = 9,
        |case| case.client = CLIENT,
    ),
    (
        NotRefundable::OtherProduct,
        |case| case.request.product = 4,
        |case| case.request.product = trade().product,
    ),
    (
        NotRefundable::OtherUser,
        |case| case.request.user = UserId::default(),
        |case| case.request.user = trade().user,
    ),
    (
        NotRefundable::BeforeOriginal,
        |case| case.request.occurred_at = trade().occurred_at - 1,
        |case| case.request.occurred_at = after(REFUND_DAYS + 1),
    ),
    (
        NotRefundable::TooLate,
        |case| case.request.occurred_at = after(REFUND_DAYS + 1),
        |case| case.request.occurred_at = after(REFUND_DAYS),
    ),
    (
        NotRefundable::RefundedMeanwhile,
        |case| case.found.refunded = 1,
        |case| case.request.refunded_before = case.found.refunded,
    ),
    (
        NotRefundable::MoreThanLeft,
        |case| case.request.gross = 100_001,
        |case| case.request.gross = case.found.left(),
    ),
];

#[test]
fn an_honest_refund_is_linked_to_its_payment() {
    let case = Case::honest();
    let expected = Link {
        relation: Relation::Refund,
        original: case.request.original,
        paid: 100_000,
        refunded_before: 0,
    };
    assert_eq!(case.link(), Ok(expected));
}

#[test]
fn a_later_refund_is_linked_with_what_was_given_back_before() {
    let mut case = Case::honest();
    case.found.refunded = 60_000;
    case.request.refunded_before = 60_000;
    let link = case.link().map(|link| link.refunded_before);
    assert_eq!(link, Ok(60_000));
}

#[test]
fn each_reason_by_itself_refuses_a_refund() {
    for (reason, bring_about, _) in REASONS {
        let mut case = Case::honest();
        bring_about(&mut case);
        assert_eq!(case.link(), Err(reason));
    }
}

#[test]
fn the_first_reason_of_several_is_named() {
    let mut case = Case::honest();
    // What is before the original cannot be too late as well.
    for (reason, bring_about, _) in REASONS {
        if reason != NotRefundable::TooLate {
            bring_about(&mut case);
        }
    }
    for (reason, _, take_away) in REASONS {
        assert_eq!(case.link(), Err(reason));
        take_away(&mut case);
    }
    assert!(case.link().is_ok());
}

#[test]
fn a_refund_may_come_at_the_time_of_its_payment() {
    let mut case = Case::honest();
    case.request.occurred_at = case.found.trade.occurred_at;
    assert!(case.link().is_ok());
}

#[test]
fn the_last_millisecond_of_the_last_day_is_not_too_late() {
    // The sample payment is of the first millisecond of its day.
    assert_eq!(trade().occurred_at % DAY, 0);
    let mut case = Case::honest();
    case.request.occurred_at = after(REFUND_DAYS + 1) - 1;
    assert!(case.link().is_ok());
    case.request.occurred_at += 1;
    assert_eq!(case.link(), Err(NotRefundable::TooLate));
}

#[test]
fn days_count_and_not_hours() {
    let mut case = Case::honest();
    case.found.trade.occurred_at = after(1) - 1;
    case.request.occurred_at = after(REFUND_DAYS + 1);
    assert_eq!(case.link(), Err(NotRefundable::TooLate));
}

#[test]
fn a_payment_of_no_day_of_the_agreement_is_too_long_ago() {
    let mut case = Case::honest();
    case.found.trade.occurred_at = 0;
    assert_eq!(case.link(), Err(NotRefundable::TooLate));
}

#[test]
fn all_that_is_left_may_be_given_back_and_no_more() {
    let mut case = Case::honest();
    case.found.refunded = 60_000;
    case.request.refunded_before = 60_000;
    case.request.gross = 40_000;
    assert!(case.link().is_ok());
    case.request.gross = 40_001;
    assert_eq!(case.link(), Err(NotRefundable::MoreThanLeft));
}

#[test]
fn a_replacement_is_given_back_by_its_client_from_all_that_was_right() {
    let mut case = Case::honest();
    case.found = Found {
        paid: 120_000,
        refunded: 60_000,
        relation: Some(Relation::Replacement),
        ..case.found
    };
    case.request.refunded_before = 60_000;
    case.request.gross = 60_000;
    let expected = Link {
        relation: Relation::Refund,
        original: case.request.original,
        paid: 120_000,
        refunded_before: 60_000,
    };
    assert_eq!(case.link(), Ok(expected));
    case.request.gross = 60_001;
    assert_eq!(case.link(), Err(NotRefundable::MoreThanLeft));
}

#[test]
fn what_puts_back_is_no_payment_to_give_back_from() {
    for relation in [Relation::UndoneRefund, Relation::UndoneCancellation] {
        let mut case = Case::honest();
        case.found.relation = Some(relation);
        assert_eq!(case.link(), Err(NotRefundable::NotAPayment));
    }
}

#[test]
fn what_an_amendment_booked_is_given_back_by_the_client_that_it_was_booked_for() {
    let mut case = Case::honest();
    case.found.trade.id = TradeId {
        client: 0,
        sequence: 1,
    };
    case.request.original.id = case.found.trade.id;
    assert!(case.link().is_ok());
    case.found.client = 9;
    assert_eq!(case.link(), Err(NotRefundable::OtherClient));
}

#[test]
fn a_successor_gives_back_from_what_the_named_client_recorded() {
    let mut case = Case::honest();
    case.client = 9;
    assert_eq!(case.link(), Err(NotRefundable::OtherClient));
    let by_successor = |of: MemberId| {
        let may_give_back = |recorder: MemberId| recorder == case.client || recorder == of;
        link(&case.request, may_give_back, &agreement(), &case.found)
    };
    assert!(by_successor(CLIENT).is_ok());
    assert_eq!(by_successor(8), Err(NotRefundable::OtherClient));
}

#[test]
fn less_given_back_than_a_refund_says_is_named_too() {
    let mut case = Case::honest();
    case.request.refunded_before = 1;
    assert_eq!(case.link(), Err(NotRefundable::RefundedMeanwhile));
}

#[test]
fn a_request_becomes_the_refund_of_the_client_that_records_it() {
    let expected = Trade {
        id: TradeId {
            client: 5,
            sequence: 43,
        },
        kind: Kind::Refund,
        reference: Reference([8; 16]),
        gross: 40_000,
        debit: 39_100,
        credit: 900,
        occurred_at: trade().occurred_at + 1,
        ..trade()
    };
    assert_eq!(request().into_trade(5, 2), expected);
}
