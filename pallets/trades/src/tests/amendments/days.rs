//! The day that takes what amendments book, and what the parties learn.

use super::*;
use crate::{AmendmentTrades, Event};
use counterfoil_primitives::{DayTotals, KindTotals};

#[test]
fn a_full_day_takes_no_more_and_the_rest_goes_on_later() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..255));
        let booked = try_book(&[cancel(7), cancel(6)]).unwrap();
        assert_eq!(booked.items, [Ok(())]);
        assert_eq!(try_book(&[cancel(6)]), Err(NotBooked::DayFull));
        assert_eq!([refunded(7), refunded(6)], [10_000, 0]);
        set_time(at(1, 12, 0));
        assert_eq!(try_book(&[cancel(6)]).unwrap().day, day(1));
    });
}

#[test]
fn a_replacement_is_booked_whole_or_not_at_all() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..255));
        assert_eq!(try_book(&[replace(right(0))]), Err(NotBooked::DayFull));
        assert_eq!((stored(FIRST).len(), refunded(0)), (255, 0));
        assert_eq!(book(&[cancel(0)]), [Ok(())]);
    });
}

#[test]
fn what_falls_out_needs_no_room() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..256));
        assert_eq!(book(&[cancel(999)]), [Err(FallenOut::NothingThere)]);
    });
}

#[test]
fn by_booking_nothing_it_is_learned_whether_any_item_finds_room() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(trades(0..254));
        assert_eq!(book(&[]), []);
        record(trades(254..255));
        assert_eq!(try_book(&[]), Err(NotBooked::DayFull));
        set_time(at(1, 12, 0));
        assert_eq!(book(&[]), []);
        assert_eq!(stored(day(1)), []);
    });
}

#[test]
fn an_agreement_that_has_ended_takes_what_amendments_book_until_it_closes() {
    build_and_execute(|| {
        record(trades(0..2));
        end(1, 1);
        set_time(at(2, 0, 0) - 1);
        let booked = try_book(&[cancel(0)]).unwrap();
        assert_eq!((booked.day, booked.items), (day(1), vec![Ok(())]));
        set_time(at(2, 0, 0));
        assert_eq!(try_book(&[cancel(1)]), Err(NotBooked::AgreementEnded));
        assert_eq!(try_book(&[]), Err(NotBooked::AgreementEnded));
    });
}

#[test]
fn a_payment_that_was_never_recorded_is_booked_after_the_end_of_its_agreement() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        end(1, 1);
        set_time(at(1, 12, 0));
        let booked = try_book(&[Item::Supplement(missing(7))]).unwrap();
        assert_eq!((booked.day, booked.items), (day(1), vec![Ok(())]));
        assert_eq!(stored(day(1))[0].occurred_at, missing(7).occurred_at);
    });
}

#[test]
fn an_unknown_agreement_takes_nothing() {
    build_and_execute(|| {
        let refused = Trades::book(99, agreed(), &[cancel(0)]);
        assert_eq!(refused, Err(NotBooked::UnknownAgreement));
    });
}

#[test]
fn a_trade_of_tomorrow_is_not_amended_today() {
    build_and_execute(|| {
        let midnight = at(1, 0, 0);
        set_time(midnight - 1);
        record(vec![priced(0, PRODUCT, 10_000, midnight)]);
        record(vec![trade(1)]);
        let item = Item::Cancel {
            day: day(1),
            position: 0,
        };
        let of_tomorrow = Correction {
            occurred_at: midnight,
            ..right(0)
        };
        let missing_tomorrow = MissingPayment {
            occurred_at: midnight,
            ..missing(7)
        };
        assert_eq!(note(&[missing_tomorrow]), Ok(()));
        let items = [
            item,
            replace(of_tomorrow),
            Item::Supplement(missing_tomorrow),
        ];
        for item in items {
            assert_eq!(try_book(&[item]), Err(NotBooked::DayFull));
        }
        set_time(midnight);
        assert_eq!(book(&items), [Ok(()); 3]);
    });
}

#[test]
fn what_a_step_books_is_counted_and_told_to_the_parties() {
    build_and_execute(|| {
        record(trades(0..2));
        events();
        let booked = try_book(&[cancel(1), replace(right(0))]).unwrap();
        let payments = KindTotals {
            count: 1,
            gross: 5_000,
            debit: 75,
            credit: 4_925,
        };
        let refunds = KindTotals {
            count: 2,
            gross: 20_000,
            debit: 300,
            credit: 19_700,
        };
        let expected = Booked {
            day: FIRST,
            items: vec![Ok(()); 2],
            added: DayTotals { payments, refunds },
            full_pages: 0,
        };
        assert_eq!(booked, expected);
        let company = Event::DebitEntriesIssued {
            company: COMPANY,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 2,
            count: 3,
            total: payments.debit,
            refunds_total: refunds.debit,
        };
        let bank = Event::CreditEntriesIssued {
            bank: BANK,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 2,
            count: 3,
            total: payments.credit,
            refunds_total: refunds.credit,
        };
        assert_eq!(events(), [company, bank]);
    });
}

#[test]
fn nobody_is_told_of_nothing() {
    build_and_execute(|| {
        pay(PRODUCT);
        events();
        book(&[cancel(9)]);
        assert_eq!(events(), []);
    });
}

#[test]
fn a_page_that_amendments_fill_is_counted_and_rooted() {
    build_and_execute(|| {
        record(trades(0..255));
        let booked = try_book(&[cancel(1), cancel(0)]).unwrap();
        assert_eq!(booked.full_pages, 1);
        let roots = crate::PageRoots::<Test>::get((AGREEMENT, FIRST, 0));
        assert_eq!(roots.len(), 1);
    });
}

#[test]
fn numbers_go_on_over_steps_and_days() {
    build_and_execute(|| {
        record(trades(0..3));
        book(&[cancel(0), cancel(9), cancel(1)]);
        set_time(at(1, 12, 0));
        book(&[cancel(2)]);
        assert_eq!([on(3).id, on(4).id], [booked_as(1), booked_as(2)]);
        assert_eq!(stored(day(1))[0].id, booked_as(3));
        assert_eq!(AmendmentTrades::<Test>::get(), 3);
    });
}
