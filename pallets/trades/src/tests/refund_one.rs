//! A refund as a person writes it.

mod like_refund;
mod refused;
mod weighing;

use crate::{mock::*, Error, Event, Links, Refunded, Windows};
use counterfoil_primitives::{
    written::label::read_reference, Amount, BusinessDay, MemberId, Original, ProductId, Sequence,
    TradeId,
};
use counterfoil_support::{unordered::NEEDS_NONCE, ValidateUnordered};
use frame_support::{
    dispatch::{CheckIfFeeless, PostDispatchInfo},
    traits::UnfilteredDispatchable,
};
use sp_runtime::{transaction_validity::TransactionSource, DispatchError, DispatchResultWithInfo};

/// What a person writes.
#[derive(Clone, Copy)]
struct Form<'a> {
    agreement: u32,
    original: Original,
    amount: &'a str,
    reference: &'a str,
    before: Option<&'a str>,
    time: Option<&'a str>,
}

/// A refund of 5.00, at eleven on the first day, 2024-10-04, of the payment on its first position.
const FORM: Form<'static> = Form {
    agreement: AGREEMENT,
    original: original(CLIENT, 1, 0),
    amount: "5.00",
    reference: "B-1",
    before: None,
    time: Some("2024-10-04 11:00"),
};

/// The trade on a position of the first day as a person names it.
const fn original(client: MemberId, sequence: Sequence, position: u32) -> Original {
    Original {
        id: TradeId { client, sequence },
        day: BusinessDay(20_241_004),
        position,
    }
}

fn call(form: Form<'_>) -> crate::Call<Test> {
    let text = |text: &str| text.try_into().expect("it is short");
    crate::Call::refund_one {
        agreement: form.agreement,
        original: form.original,
        amount: text(form.amount),
        reference: text(form.reference),
        refunded_before: form.before.map(text),
        occurred_at: form.time.map(text),
    }
}

fn refund_one(origin: RuntimeOrigin, form: Form<'_>) -> DispatchResultWithInfo<PostDispatchInfo> {
    call(form).dispatch_bypass_filter(origin)
}

/// The client sends a form that is taken.
fn give(form: Form<'_>) {
    refund_one(signed(CLIENT), form).expect("it is good");
}

/// Why the client's refund fails. That leaves everything as it was.
fn refusal(form: Form<'_>) -> DispatchError {
    System::reset_events();
    let root = || sp_io::storage::root(sp_runtime::StateVersion::V1);
    let before = root();
    let failed = refund_one(signed(CLIENT), form).expect_err("it is refused");
    assert_eq!((events(), root()), (vec![], before));
    failed.error
}

/// What was given back of the payment on the first position.
fn refunded() -> Amount {
    Refunded::<Test>::get((AGREEMENT, FIRST, 0))
}

/// A test with a payment of 100.00 of this product, the client's trade 1, at ten on the first day.
fn with_payment(product: ProductId, test: impl FnOnce()) {
    build_and_execute(|| {
        record(vec![priced(1, product, 10_000, at(0, 10, 0))]);
        events();
        test();
    });
}

#[test]
fn a_written_refund_is_recorded_by_the_terms_of_its_payment() {
    for (product, debit, credit) in [(PRODUCT, 8, 492), (OWN_DEBIT, 100, 450), (FEE_KEPT, 500, 0)] {
        with_payment(product, || {
            let mut expected = refund_of(2, (FIRST, 0), 500, at(0, 11, 0)).into_trade(CLIENT, 0);
            expected.reference = read_reference("B-1").unwrap();
            give(FORM);
            assert_eq!(stored(FIRST)[1], expected);
            assert_eq!((expected.debit, expected.credit), (debit, credit));
            assert_eq!(refunded(), 500);
        });
    }
}

#[test]
fn a_written_refund_is_priced_by_older_terms_where_its_payment_has_them() {
    with_payment(PRODUCT, || {
        set_time(at(2, 12, 0));
        assert_eq!(CHANGE, day(2));
        give(Form {
            amount: "100",
            time: None,
            ..FORM
        });
        let given = stored(day(2))[0];
        assert_eq!((given.debit, given.credit), (150, 9_850));
        assert_eq!(given.terms_version, 0);
    });
}

#[test]
fn an_event_says_in_words_what_was_understood_of_a_refund() {
    build_and_execute(|| {
        record(trades(0..2));
        give_back(vec![refund_of(2, (FIRST, 1), 1_000, at(0, 10, 30))]);
        events();
        let original = original(CLIENT, 1, 1);
        give(Form {
            original,
            before: Some("10.00 CZK"),
            ..FORM
        });
        let text = |text: &str| text.try_into().unwrap();
        let told = events().pop().unwrap();
        assert_eq!(
            told,
            Event::RefundRecorded {
                agreement: AGREEMENT,
                client: CLIENT,
                sequence: 3,
                product: PRODUCT,
                day: FIRST,
                date: "2024-10-04".try_into().unwrap(),
                position: 3,
                time: text("2024-10-04T11:00:00+01:00"),
                payer: text("user"),
                reference: text("B-1"),
                original: Original {
                    day: FIRST,
                    ..original
                },
                original_date: "2024-10-04".try_into().unwrap(),
                original_reference: text("0x00000000000000000000000000000001"),
                gross: text("5.00 CZK"),
                debit: text("0.08 CZK"),
                credit: text("4.92 CZK"),
                left: text("85.00 CZK"),
            }
        );
    });
}

#[test]
fn both_parties_learn_of_a_written_refund() {
    with_payment(PRODUCT, || {
        give(FORM);
        assert!(matches!(
            events()[..],
            [
                Event::DebitEntriesIssued {
                    total: 0,
                    refunds_total: 8,
                    count: 1,
                    ..
                },
                Event::CreditEntriesIssued {
                    total: 0,
                    refunds_total: 492,
                    count: 1,
                    ..
                },
                Event::RefundRecorded { .. },
            ]
        ));
    });
}

#[test]
fn a_written_refund_takes_the_sequence_after_the_highest() {
    with_payment(PRODUCT, || {
        record(trades([7]));
        give(FORM);
        assert_eq!(sequences(FIRST), [1, 7, 8]);
        assert_eq!(Windows::<Test>::get(CLIENT), Some(8));
    });
}

#[test]
fn a_person_at_a_successor_gives_back_from_what_the_client_before_it_recorded() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, trades([1]));
        let form = Form {
            original: original(OTHER_CLIENT, 1, 0),
            ..FORM
        };
        let refused = Error::<Test>::OriginalOfAnotherClient;
        assert_eq!(refusal(form), refused.into());
        succeed(OTHER_CLIENT, Some(CLIENT));
        give(form);
        assert_eq!(refunded(), 500);
        assert_eq!(stored(FIRST)[1].id.client, CLIENT);
    });
}

#[test]
fn a_refund_form_that_is_sent_twice_gives_back_once() {
    with_payment(PRODUCT, || {
        give(FORM);
        assert_eq!(refusal(FORM), Error::<Test>::RefundedMeanwhile.into());
        let second = Form {
            reference: "B-2",
            before: Some("5"),
            ..FORM
        };
        give(second);
        assert_eq!(refusal(second), Error::<Test>::RefundedMeanwhile.into());
        assert_eq!(refunded(), 1_000);
    });
}

#[test]
fn a_reference_of_a_refund_is_looked_for_on_the_last_page_only() {
    build_and_execute(|| {
        record(trades(1..256));
        give(FORM);
        let another = Form {
            original: original(CLIENT, 2, 1),
            ..FORM
        };
        let after_the_first = Form {
            before: Some("5.00"),
            ..FORM
        };
        // The page is full, and no later one has a trade.
        for form in [another, after_the_first] {
            assert_eq!(refusal(form), Error::<Test>::ReferenceRecorded.into());
        }
        record(trades([300]));
        give(another);
    });
}

#[test]
fn a_reference_of_the_payment_is_no_hindrance_to_its_refund() {
    build_and_execute(|| {
        let mut payment = trade(1);
        payment.reference = read_reference("B-1").unwrap();
        record(vec![payment]);
        give(FORM);
        assert_eq!(refunded(), 500);
    });
}

#[test]
fn a_reference_of_a_refund_of_another_client_is_no_hindrance() {
    with_payment(PRODUCT, || {
        record_by(OTHER_CLIENT, trades([1]));
        give(FORM);
        let original = original(OTHER_CLIENT, 1, 1);
        refund_one(signed(OTHER_CLIENT), Form { original, ..FORM }).unwrap();
        assert_eq!(stored(FIRST).len(), 4);
    });
}

#[test]
fn a_day_of_a_written_refund_is_named_by_its_number_or_its_date() {
    with_payment(PRODUCT, || {
        give(FORM);
        let by_number = Original {
            day: FIRST,
            ..FORM.original
        };
        give(Form {
            original: by_number,
            reference: "B-2",
            before: Some("5.00"),
            ..FORM
        });
        for position in [1, 2] {
            let link = Links::<Test>::get((AGREEMENT, FIRST, position)).unwrap();
            assert_eq!(link.original, by_number);
        }
    });
}

#[test]
fn a_refund_without_a_time_occurs_when_it_is_recorded() {
    with_payment(PRODUCT, || {
        give(Form { time: None, ..FORM });
        assert_eq!(stored(FIRST)[1].occurred_at, at(0, 12, 0));
    });
}

#[test]
fn a_late_written_refund_goes_to_a_later_day() {
    with_payment(PRODUCT, || {
        set_time(at(2, 12, 0));
        give(FORM);
        assert_eq!(sequences(day(2)), [2]);
        assert_eq!(stored(day(2))[0].occurred_at, at(0, 11, 0));
    });
}

#[test]
fn a_payment_is_given_back_whole_by_forms_and_no_further() {
    with_payment(PRODUCT, || {
        give(FORM);
        let rest = Form {
            amount: "95.00",
            reference: "B-2",
            before: Some("5.00"),
            ..FORM
        };
        let too_much = Form {
            amount: "95.01",
            ..rest
        };
        assert_eq!(refusal(too_much), Error::<Test>::MoreThanLeft.into());
        give(rest);
        let given = stored(FIRST);
        assert_eq!(given[1].debit + given[2].debit, given[0].debit);
        assert_eq!(given[1].credit + given[2].credit, given[0].credit);
        let told = events().pop().unwrap();
        let Event::RefundRecorded { left, .. } = told else {
            panic!("unexpected: {told:?}")
        };
        assert_eq!(&*left, "0.00 CZK");
    });
}

#[test]
fn a_written_refund_needs_a_nonce() {
    with_payment(PRODUCT, || {
        let validity = call(FORM).validate_unordered(CLIENT, TransactionSource::External);
        assert_eq!(validity, Err(NEEDS_NONCE.into()));
    });
}

#[test]
fn a_written_refund_is_free_for_an_admitted_client_only() {
    with_payment(PRODUCT, || {
        let call = call(FORM);
        assert!(call.is_feeless(&signed(CLIENT)));
        assert!(!call.is_feeless(&signed(STRANGER)));
        assert!(!call.is_feeless(&RuntimeOrigin::none()));
        suspend(CLIENT);
        assert!(!call.is_feeless(&signed(CLIENT)));
    });
}
