//! Written trades that are refused, each by the name of what is wrong.

use super::*;

#[test]
fn each_unreadable_amount_fails_by_its_name() {
    build_and_execute(|| {
        for (amount, error) in [
            ("", Error::<Test>::AmountMissing),
            ("hundred", Error::AmountUnreadable),
            ("1,000", Error::AmountSeparated),
            ("-100", Error::AmountNegative),
            ("100.001", Error::AmountTooPrecise),
            ("100 EUR", Error::OtherCurrency),
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
fn each_unreadable_payer_and_reference_fails_by_its_name() {
    build_and_execute(|| {
        for (text, of_payer, of_reference) in [
            (
                "",
                Error::<Test>::PayerMissing,
                Error::<Test>::ReferenceMissing,
            ),
            (
                "0123456789abcdefg",
                Error::PayerTooLong,
                Error::ReferenceTooLong,
            ),
            ("C-9999    ", Error::PayerBlanks, Error::ReferenceBlanks),
            (
                "C-9999\u{200b}",
                Error::PayerInvisible,
                Error::ReferenceInvisible,
            ),
        ] {
            let payer = refusal(Form {
                payer: text,
                ..FORM
            });
            assert_eq!(payer, of_payer.into(), "{text:?}");
            let reference = refusal(Form {
                reference: text,
                ..FORM
            });
            assert_eq!(reference, of_reference.into(), "{text:?}");
        }
    });
}

#[test]
fn each_unreadable_time_fails_by_its_name() {
    build_and_execute(|| {
        for (time, error) in [
            ("4.10.2024", Error::<Test>::TimeUnreadable),
            ("2024-02-30", Error::NoSuchTime),
            ("2024-10-03 10:00", Error::BeforeFirstDay),
            ("2024-10-03 10:00Z", Error::BeforeFirstDay),
            ("2024-10-04 12:02", Error::InFuture),
        ] {
            let time = Some(time);
            assert_eq!(refusal(Form { time, ..FORM }), error.into(), "{time:?}");
        }
    });
}

#[test]
fn a_time_needs_its_offset_where_the_clock_changes() {
    build_and_execute(|| {
        let change = pallet_registry::Call::<Test>::set_conditions {
            agreement: AGREEMENT,
            from: day(2),
            conditions: conditions(120),
        };
        change
            .dispatch_bypass_filter(RuntimeOrigin::root())
            .unwrap();
        set_time(at(1, 12, 0));
        let time = Some("2024-10-05 10:00");
        assert_eq!(
            refusal(Form { time, ..FORM }),
            Error::<Test>::OffsetMissing.into()
        );
        let time = Some("2024-10-05 10:00+02:00");
        record_one(signed(CLIENT), Form { time, ..FORM }).unwrap();
        assert_eq!(stored(day(1))[0].occurred_at, at(1, 9, 0));
    });
}

#[test]
fn a_refused_trade_fails_by_the_name_of_the_refusal() {
    build_and_execute(|| {
        let product = 99;
        assert_eq!(
            refusal(Form { product, ..FORM }),
            Error::<Test>::UnknownProduct.into()
        );
        let most = max_gross::<Test>();
        let amount = format!("{}.{:02}", (most + 1) / 100, (most + 1) % 100);
        let amount = amount.as_str();
        assert_eq!(
            refusal(Form { amount, ..FORM }),
            Error::<Test>::GrossTooLarge.into()
        );
        set_time(at(5, 12, 0));
        assert_eq!(refusal(FORM), Error::<Test>::TooLate.into());
    });
}

#[test]
fn a_written_trade_above_what_the_agreement_allows_fails_by_its_name() {
    build_and_execute(|| {
        set_max_gross(Some(9_999));
        assert_eq!(refusal(FORM), Error::<Test>::AboveAgreement.into());
        set_max_gross(Some(10_000));
        record_one(signed(CLIENT), FORM).unwrap();
    });
}

#[test]
fn a_suspended_client_writes_no_trade() {
    build_and_execute(|| {
        suspend(CLIENT);
        assert_eq!(refusal(FORM), Error::<Test>::ClientSuspended.into());
        record_one(signed(OTHER_CLIENT), FORM).unwrap();
    });
}

#[test]
fn a_full_day_takes_no_written_trade() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..256));
        events();
        assert_eq!(refusal(FORM), Error::<Test>::DayFull.into());
    });
}
