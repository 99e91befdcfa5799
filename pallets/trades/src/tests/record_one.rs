//! A trade as a person writes it.

mod refused;

use crate::{
    client_credits::Counted, max_gross::max_gross, mock::*, weighing, Error, Event, Windows,
};
use counterfoil_primitives::{
    window::FIRST_SEQUENCE,
    written::label::{read_reference, read_user},
    RefundRequest, Side, TradeId,
};
use counterfoil_support::{unordered::NEEDS_NONCE, ValidateUnordered};
use frame_support::{
    dispatch::{CheckIfFeeless, GetDispatchInfo, PostDispatchInfo},
    traits::UnfilteredDispatchable,
};
use sp_runtime::{
    transaction_validity::TransactionSource, DispatchErrorWithPostInfo, DispatchResultWithInfo,
};

const UUID: &str = "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f";

/// What a person writes.
#[derive(Clone, Copy)]
struct Form<'a> {
    agreement: u32,
    product: u32,
    amount: &'a str,
    payer: &'a str,
    reference: &'a str,
    time: Option<&'a str>,
}

/// A payment of 100.00 at ten on the first day, 2024-10-04.
const FORM: Form<'static> = Form {
    agreement: AGREEMENT,
    product: PRODUCT,
    amount: "100.00",
    payer: "C-9999",
    reference: UUID,
    time: Some("2024-10-04 10:00"),
};

/// Another payment of the same payer.
const ANOTHER: Form<'static> = Form {
    reference: "R-8",
    ..FORM
};

fn call(form: Form<'_>) -> crate::Call<Test> {
    let text = |text: &str| text.try_into().expect("it is short");
    crate::Call::record_one {
        agreement: form.agreement,
        product: form.product,
        amount: text(form.amount),
        payer: text(form.payer),
        reference: text(form.reference),
        occurred_at: form.time.map(text),
    }
}

fn record_one(origin: RuntimeOrigin, form: Form<'_>) -> DispatchResultWithInfo<PostDispatchInfo> {
    call(form).dispatch_bypass_filter(origin)
}

/// Why the client's trade fails.
fn refusal(form: Form<'_>) -> sp_runtime::DispatchError {
    let before = (events(), stored(FIRST));
    let DispatchErrorWithPostInfo { error, .. } =
        record_one(signed(CLIENT), form).expect_err("it is refused");
    assert_eq!((events(), stored(FIRST)), (vec![], before.1));
    error
}

#[test]
fn a_written_trade_is_recorded_by_the_terms() {
    build_and_execute(|| {
        record_one(signed(CLIENT), FORM).unwrap();
        let mut expected = trade(FIRST_SEQUENCE).into_trade(CLIENT, 0);
        expected.user = read_user("C-9999").unwrap();
        expected.reference = read_reference(UUID).unwrap();
        assert_eq!(stored(FIRST), [expected]);
        assert_eq!((expected.debit, expected.credit), (150, 9_850));
    });
}

#[test]
fn an_event_says_in_words_what_was_understood() {
    build_and_execute(|| {
        record(trades([0, 1]));
        events();
        record_one(signed(CLIENT), FORM).unwrap();
        let text = |text: &str| text.try_into().unwrap();
        let told = events().pop().unwrap();
        assert_eq!(
            told,
            Event::TradeRecorded {
                agreement: AGREEMENT,
                client: CLIENT,
                sequence: 2,
                product: PRODUCT,
                day: FIRST,
                date: "2024-10-04".try_into().unwrap(),
                position: 2,
                time: text("2024-10-04T10:00:00+01:00"),
                payer: text("C-9999"),
                reference: text(UUID),
                gross: text("100.00 CZK"),
                debit: text("1.50 CZK"),
                credit: text("98.50 CZK"),
            }
        );
    });
}

#[test]
fn both_parties_learn_of_a_written_trade() {
    build_and_execute(|| {
        record_one(signed(CLIENT), FORM).unwrap();
        assert!(matches!(
            events()[..],
            [
                Event::DebitEntriesIssued {
                    total: 150,
                    count: 1,
                    ..
                },
                Event::CreditEntriesIssued {
                    total: 9_850,
                    count: 1,
                    ..
                },
                Event::TradeRecorded { .. },
            ]
        ));
        assert_eq!(stored(FIRST)[0].entry(Side::Credit).amount, 9_850);
    });
}

#[test]
fn a_written_trade_takes_the_sequence_after_the_highest() {
    build_and_execute(|| {
        let id = |sequence| TradeId {
            client: CLIENT,
            sequence,
        };
        record_one(signed(CLIENT), FORM).unwrap();
        record(trades([7]));
        record_one(signed(CLIENT), ANOTHER).unwrap();
        let ids: Vec<_> = stored(FIRST).iter().map(|trade| trade.id).collect();
        assert_eq!(ids, [id(FIRST_SEQUENCE), id(7), id(8)]);
        assert_eq!(Windows::<Test>::get(CLIENT), Some(8));
    });
}

#[test]
fn a_form_that_is_sent_twice_is_one_trade() {
    build_and_execute(|| {
        record_one(signed(CLIENT), FORM).unwrap();
        System::reset_events();
        assert_eq!(refusal(FORM), Error::<Test>::ReferenceRecorded.into());
        let other_amount = Form {
            amount: "250.00",
            ..FORM
        };
        assert_eq!(
            refusal(other_amount),
            Error::<Test>::ReferenceRecorded.into()
        );
    });
}

#[test]
fn a_reference_is_looked_for_on_the_last_page_only() {
    build_and_execute(|| {
        record_one(signed(CLIENT), FORM).unwrap();
        record(trades(2..257));
        System::reset_events();
        assert_eq!(refusal(FORM), Error::<Test>::ReferenceRecorded.into());
        record(trades([257]));
        record_one(signed(CLIENT), FORM).unwrap();
        assert_eq!(stored(FIRST).len(), 258);
    });
}

#[test]
fn a_reference_of_a_refund_is_no_hindrance_and_that_of_its_payment_is() {
    build_and_execute(|| {
        record(trades([0]));
        let refund = RefundRequest {
            reference: read_reference(UUID).unwrap(),
            ..refund_of(1, (FIRST, 0), 500, at(0, 11, 0))
        };
        assert_eq!(refund_outcome(refund), Ok(()));
        record_one(signed(CLIENT), FORM).unwrap();
        System::reset_events();
        assert_eq!(refusal(FORM), Error::<Test>::ReferenceRecorded.into());
    });
}

#[test]
fn a_reference_of_another_client_is_no_hindrance() {
    build_and_execute(|| {
        record_one(signed(CLIENT), FORM).unwrap();
        record_one(signed(OTHER_CLIENT), FORM).unwrap();
        assert_eq!(stored(FIRST).len(), 2);
    });
}

#[test]
fn a_client_without_a_sequence_left_is_told() {
    build_and_execute(|| {
        Windows::<Test>::insert(CLIENT, u64::MAX);
        assert_eq!(refusal(FORM), Error::<Test>::SequenceAboveWindow.into());
        Windows::<Test>::remove(CLIENT);
    });
}

#[test]
fn a_trade_without_a_time_occurs_when_it_is_recorded() {
    build_and_execute(|| {
        record_one(signed(CLIENT), Form { time: None, ..FORM }).unwrap();
        assert_eq!(stored(FIRST)[0].occurred_at, at(0, 12, 0));
    });
}

#[test]
fn a_late_written_trade_goes_to_a_later_day_by_the_terms_of_its_own() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let late = Form {
            time: Some("2024-10-05 10:00"),
            ..FORM
        };
        record_one(signed(CLIENT), late).unwrap();
        let booked = stored(day(2));
        assert_eq!(booked[0].credit, 9_850);
        let told = events().pop().unwrap();
        let Event::TradeRecorded { date, time, .. } = told else {
            panic!("unexpected: {told:?}")
        };
        assert_eq!(
            (&*date, &*time),
            ("2024-10-06", "2024-10-05T10:00:00+01:00")
        );
    });
}

#[test]
fn only_an_admitted_client_writes_trades() {
    build_and_execute(|| {
        let error = |origin, form| record_one(origin, form).unwrap_err().error;
        for member in [STRANGER, COMPANY, BANK, RECONCILER] {
            let refused = error(signed(member), FORM);
            assert_eq!(refused, Error::<Test>::NotAdmitted.into());
        }
        let agreement = 99;
        assert_eq!(
            error(signed(CLIENT), Form { agreement, ..FORM }),
            Error::<Test>::UnknownAgreement.into()
        );
        assert_eq!(
            error(RuntimeOrigin::none(), FORM),
            sp_runtime::DispatchError::BadOrigin
        );
        assert!(stored(FIRST).is_empty());
    });
}

#[test]
fn a_written_trade_needs_a_nonce() {
    build_and_execute(|| {
        let validity = call(FORM).validate_unordered(CLIENT, TransactionSource::External);
        assert_eq!(validity, Err(NEEDS_NONCE.into()));
    });
}

#[test]
fn a_written_trade_that_is_refused_costs_what_it_did() {
    build_and_execute(|| {
        let charged = call(FORM).get_dispatch_info().call_weight;
        let cost = |form| {
            let failed = record_one(signed(CLIENT), form).expect_err("it is refused");
            failed.post_info.actual_weight.expect("it is told")
        };
        let unread = cost(Form {
            amount: "1,000",
            ..FORM
        });
        let unknown = cost(Form {
            agreement: 99,
            ..FORM
        });
        assert!(unread.ref_time() < charged.ref_time());
        assert!(unknown.ref_time() < unread.ref_time());
    });
}

#[test]
fn a_written_trade_is_free_for_an_admitted_client_only() {
    build_and_execute(|| {
        let call = call(FORM);
        assert!(call.is_feeless(&signed(CLIENT)));
        assert!(!call.is_feeless(&signed(STRANGER)));
        assert!(!call.is_feeless(&RuntimeOrigin::none()));
    });
}

#[test]
fn a_written_trade_that_goes_beyond_a_limit_is_charged_for_it() {
    build_and_execute(|| {
        limit_clients(1, 9_849, 0);
        set_time(at(1, 12, 0));
        let charged = call(FORM).get_dispatch_info().call_weight;
        let form = Form {
            time: Some("2024-10-05 10:00"),
            ..FORM
        };
        let weight = record_one(signed(CLIENT), form).unwrap().actual_weight;
        let unused = weighing::full_page::<Test>() + weighing::lookups::<Test>(1);
        assert_eq!(weight, Some(charged - unused));
        assert!(is_over(1));
    });
}

#[test]
fn a_written_trade_that_fills_a_page_is_charged_for_its_roots() {
    build_and_execute(|| {
        let charged = call(FORM).get_dispatch_info().call_weight;
        let weight = |form| {
            record_one(signed(CLIENT), form)
                .unwrap()
                .actual_weight
                .expect("it is told")
        };
        record(trades(0..254));
        let before = weight(FORM);
        let filling = weight(ANOTHER);
        assert!(before.ref_time() < filling.ref_time());
        // The call is charged beforehand for a look among payments that were proposed as never recorded, and
        // for a client that goes beyond a limit.
        let limits = weighing::credits::<Test>(Counted::MAX_OF_ONE);
        assert_eq!(filling + weighing::lookups::<Test>(1) + limits, charged);
    });
}
