//! Written refunds that are refused, each by the name of what is wrong.

use super::*;

#[test]
fn each_unreadable_amount_of_a_refund_fails_by_its_name() {
    with_payment(PRODUCT, || {
        for (amount, error) in [
            ("", Error::<Test>::AmountMissing),
            ("five", Error::AmountUnreadable),
            ("5,00", Error::AmountSeparated),
            ("-5", Error::AmountNegative),
            ("5.001", Error::AmountTooPrecise),
            ("5 EUR", Error::OtherCurrency),
            (
                "999999999999999999999999999999999999999999",
                Error::GrossTooLarge,
            ),
            ("0.00", Error::ZeroGross),
        ] {
            assert_eq!(refusal(Form { amount, ..FORM }), error.into(), "{amount}");
        }
    });
}

#[test]
fn each_unreadable_amount_that_was_given_back_before_fails_by_its_name() {
    with_payment(PRODUCT, || {
        for (before, error) in [
            ("", Error::<Test>::AmountMissing),
            ("0,00", Error::AmountSeparated),
            ("-0", Error::AmountNegative),
            ("0.000", Error::AmountTooPrecise),
            ("0 EUR", Error::OtherCurrency),
            (
                "999999999999999999999999999999999999999999",
                Error::RefundedMeanwhile,
            ),
            ("0.01", Error::RefundedMeanwhile),
        ] {
            let before = Some(before);
            assert_eq!(refusal(Form { before, ..FORM }), error.into(), "{before:?}");
        }
        give(Form {
            before: Some("0.00"),
            ..FORM
        });
    });
}

#[test]
fn each_unreadable_reference_and_time_of_a_refund_fails_by_its_name() {
    with_payment(PRODUCT, || {
        for (reference, error) in [
            ("", Error::<Test>::ReferenceMissing),
            ("0123456789abcdefg", Error::ReferenceTooLong),
            ("B-1 ", Error::ReferenceBlanks),
            ("B-1\u{200b}", Error::ReferenceInvisible),
        ] {
            let form = Form { reference, ..FORM };
            assert_eq!(refusal(form), error.into(), "{reference:?}");
        }
        for (time, error) in [
            ("4.10.2024", Error::<Test>::TimeUnreadable),
            ("2024-02-30", Error::NoSuchTime),
            ("2024-10-03 10:00", Error::BeforeFirstDay),
            ("2024-10-04 12:02", Error::InFuture),
            ("2024-10-04 09:59", Error::BeforeOriginal),
        ] {
            let time = Some(time);
            assert_eq!(refusal(Form { time, ..FORM }), error.into(), "{time:?}");
        }
    });
}

#[test]
fn a_place_that_a_written_refund_names_wrongly_fails_by_its_name() {
    with_payment(PRODUCT, || {
        record_by(OTHER_CLIENT, trades([1]));
        give(FORM);
        let on_no_date = Original {
            day: BusinessDay(20_241_032),
            ..FORM.original
        };
        for (original, error) in [
            (original(CLIENT, 1, 3), Error::<Test>::OriginalMissing),
            (on_no_date, Error::NoSuchDate),
            (original(CLIENT, 2, 0), Error::OriginalOtherId),
            (original(OTHER_CLIENT, 1, 0), Error::OriginalOtherId),
            (original(CLIENT, 2, 2), Error::OriginalIsRefund),
            (original(OTHER_CLIENT, 1, 1), Error::OriginalOfAnotherClient),
        ] {
            let form = Form { original, ..FORM };
            assert_eq!(refusal(form), error.into(), "{original:?}");
        }
    });
}

#[test]
fn a_written_refund_of_a_payment_that_moved_gives_nothing_back_until_it_names_the_new_position() {
    build_and_execute(|| {
        // The form was written when the payment was the first of its day.
        record(trades([2, 1]));
        assert_eq!(refusal(FORM), Error::<Test>::OriginalOtherId.into());
        give(Form {
            original: original(CLIENT, 1, 1),
            ..FORM
        });
        assert_eq!(refunded(), 0);
    });
}

#[test]
fn a_written_refund_that_comes_too_late_fails_by_its_name() {
    with_payment(PRODUCT, || {
        set_time(at(5, 12, 0));
        assert_eq!(refusal(FORM), Error::<Test>::TooLate.into());
        let on = |time| Form {
            time: Some(time),
            ..FORM
        };
        let too_late = Error::<Test>::RefundTooLate;
        assert_eq!(refusal(on("2024-10-09 00:00")), too_late.into());
        give(on("2024-10-08 23:59"));
    });
}

#[test]
fn a_refused_written_refund_uses_no_sequence_up() {
    with_payment(PRODUCT, || {
        refusal(Form {
            amount: "100.01",
            ..FORM
        });
        assert_eq!(Windows::<Test>::get(CLIENT), Some(1));
        give(FORM);
        assert_eq!(sequences(FIRST), [1, 2]);
    });
}

#[test]
fn a_client_without_a_sequence_left_writes_no_refund() {
    with_payment(PRODUCT, || {
        Windows::<Test>::insert(CLIENT, u64::MAX);
        assert_eq!(refusal(FORM), Error::<Test>::SequenceAboveWindow.into());
        Windows::<Test>::insert(CLIENT, 1);
    });
}

#[test]
fn a_written_refund_above_what_the_agreement_allows_fails_by_its_name() {
    with_payment(PRODUCT, || {
        set_max_gross(Some(499));
        assert_eq!(refusal(FORM), Error::<Test>::AboveAgreement.into());
        set_max_gross(Some(500));
        give(FORM);
    });
}

#[test]
fn a_suspended_client_writes_no_refund() {
    with_payment(PRODUCT, || {
        suspend(CLIENT);
        assert_eq!(refusal(FORM), Error::<Test>::ClientSuspended.into());
    });
}

#[test]
fn a_full_day_takes_no_written_refund() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(1..257));
        assert_eq!(refusal(FORM), Error::<Test>::DayFull.into());
    });
}

#[test]
fn an_agreement_that_has_closed_takes_no_written_refund() {
    with_payment(PRODUCT, || {
        end(1, 2);
        set_time(at(2, 12, 0));
        give(Form { time: None, ..FORM });
        set_time(at(3, 12, 0));
        let ended = Error::<Test>::AgreementEnded;
        let after = Form {
            before: Some("5.00"),
            time: None,
            ..FORM
        };
        assert_eq!(refusal(after), ended.into());
    });
}

#[test]
fn only_an_admitted_client_writes_refunds() {
    with_payment(PRODUCT, || {
        let error = |origin, form| refund_one(origin, form).unwrap_err().error;
        for member in [STRANGER, COMPANY, BANK, RECONCILER] {
            let refused = error(signed(member), FORM);
            assert_eq!(refused, Error::<Test>::NotAdmitted.into());
        }
        let agreement = 99;
        assert_eq!(
            error(signed(CLIENT), Form { agreement, ..FORM }),
            Error::<Test>::UnknownAgreement.into()
        );
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_eq!(error(origin, FORM), DispatchError::BadOrigin);
        }
        assert_eq!(refunded(), 0);
    });
}
