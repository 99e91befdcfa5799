//! What people read of all agreements, of an agreement's products, and of the calendars.

use super::*;
use crate::views_in_words::{ProductInWords, ShareInWords};
use counterfoil_primitives::{
    calendar::CalendarDates, CalendarName, CalendarNames, DebitRule, ProductId, RefundFee,
    Rounding, Rule, Terms, WorkingDays,
};
use frame_support::assert_ok;

/// The agreement's first day, 2026-11-22.
const FIRST: BusinessDay = BusinessDay(20_779);

fn products(page: u32) -> Vec<ProductInWords> {
    <Runtime as CounterfoilApi<Block>>::products_in_words(1, page)
}

fn name() -> CalendarName {
    "CZ".try_into().expect("it is short")
}

/// Adds a product with these versions of its terms.
fn add(product: ProductId, versions: Vec<(BusinessDay, Terms)>) {
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::add_product(root, 1, product, versions));
}

/// The words of the bank's amount by a rule, of the terms of a new product.
fn bank_by(product: ProductId, rule: Rule) -> String {
    let terms = Terms {
        credit: rule,
        ..Default::default()
    };
    add(product, vec![(FIRST, terms)]);
    let mut last = products(0).pop().expect("there is one");
    assert_eq!(last.product, product);
    last.terms.remove(0).bank.words
}

#[test]
fn agreements_are_listed_by_page() {
    on_development_chain(|| {
        let listed = <Runtime as CounterfoilApi<Block>>::agreements_in_words;
        let one = <Runtime as CounterfoilApi<Block>>::agreement_in_words(1);
        assert_eq!(listed(0), [one.expect("it is there")]);
        assert_eq!(listed(1), []);
        assert_eq!(listed(u32::MAX), []);
    });
}

#[test]
fn products_read_with_the_terms_of_both_parties() {
    on_development_chain(|| {
        let [share, fee, flat] = &products(0)[..] else {
            panic!("there are three")
        };
        let tenth = &share.terms[0];
        assert_eq!((share.product, &*tenth.from), (1, "2026-11-22"));
        assert!(tenth.is_in_force);
        assert_eq!(
            tenth.bank.words,
            "10 % of the gross amount (a half rounds up)"
        );
        assert_eq!(
            tenth.company.words,
            "the gross amount less the bank's amount"
        );
        assert_eq!(tenth.refunds, "both parties give their share back");
        let ShareInWords {
            words,
            flat: added,
            at_least,
            at_most,
        } = &fee.terms[0].bank;
        let expected =
            "1.5 % of the gross amount (a half rounds to even), at least 10.00 CZK, at most \
                        5000.00 CZK, and never more than the gross amount";
        assert_eq!(words, expected);
        assert_eq!(added, &None);
        assert_eq!(at_least.as_ref().map(|least| least.amount), Some(1_000));
        assert_eq!(at_most.as_ref().map(|most| most.amount), Some(500_000));
        let both = &flat.terms[0];
        let expected = "25.00 CZK, and never more than the gross amount";
        assert_eq!(both.bank.words, expected);
        assert_eq!(
            both.company.words,
            "90 % of the gross amount (a half rounds up)"
        );
    });
}

#[test]
fn each_rule_reads_by_its_parts() {
    on_development_chain(|| {
        assert_eq!(bank_by(4, Rule::default()), "nothing");
        let small = Rule {
            rate_ppm: 1,
            flat: 100,
            rounding: Rounding::Up,
            ..Default::default()
        };
        let expected =
            "0.0001 % of the gross amount (rounded up) and 1.00 CZK, and never more than the \
                        gross amount";
        assert_eq!(bank_by(5, small), expected);
        for (product, rounding, words) in [
            (6, Rounding::Down, "rounded down"),
            (7, Rounding::HalfDown, "a half rounds down"),
        ] {
            let whole = Rule {
                rate_ppm: 1_000_000,
                rounding,
                ..Default::default()
            };
            let expected = format!("100 % of the gross amount ({words})");
            assert_eq!(bank_by(product, whole), expected);
        }
        let least = Rule {
            floor: 1_000,
            ..Default::default()
        };
        let expected = "10.00 CZK, and never more than the gross amount";
        assert_eq!(bank_by(8, least), expected);
    });
}

#[test]
fn versions_of_terms_read_with_the_one_that_is_in_force() {
    on_development_chain(|| {
        let kept = Terms {
            debit: DebitRule::Own(Rule::default()),
            refund_fee: RefundFee::Kept,
            ..Default::default()
        };
        let later = BusinessDay(20_790);
        add(900, vec![(FIRST, Terms::default()), (later, kept)]);
        let product = products(0).pop().expect("there is one");
        let in_force: Vec<_> = product
            .terms
            .iter()
            .map(|terms| terms.is_in_force)
            .collect();
        assert_eq!(in_force, [true, false]);
        let later = &product.terms[1];
        assert_eq!(later.refunds, "the bank keeps its share");
        assert_eq!(later.company.words, "nothing");
    });
}

#[test]
fn products_are_listed_by_page() {
    on_development_chain(|| {
        for product in 4..=40 {
            add(product, vec![(FIRST, Terms::default())]);
        }
        let numbers = |page| {
            let numbers = products(page).into_iter().map(|one| one.product);
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(numbers(0), (1..=32).collect::<Vec<_>>());
        assert_eq!(numbers(1), (33..=40).collect::<Vec<_>>());
        assert!(numbers(2).is_empty());
        let other = <Runtime as CounterfoilApi<Block>>::products_in_words(9, 0);
        assert_eq!(other, []);
    });
}

#[test]
fn calendars_read_with_the_dates_that_do_not_follow_their_week() {
    on_development_chain(|| {
        let dates = vec![(BusinessDay(20_790), false), (BusinessDay(20_799), true)];
        assert_ok!(Registry::set_calendar(
            RuntimeOrigin::root(),
            name(),
            WorkingDays::MONDAY_TO_FRIDAY,
            CalendarDates::try_from(dates).expect("there are few"),
            BusinessDay(20_818),
        ));
        let names = CalendarNames::truncate_from(vec![name()]);
        let from = BusinessDay(20_785);
        assert_ok!(Registry::set_calendars(
            RuntimeOrigin::root(),
            1,
            from,
            names
        ));
        let calendars = <Runtime as CounterfoilApi<Block>>::calendars_in_words();
        let [calendar] = &calendars[..] else {
            panic!("there is one")
        };
        assert_eq!(calendar.name, "CZ");
        let week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        assert_eq!(calendar.working_days, week);
        assert_eq!(calendar.closed, ["2026-12-03"]);
        assert_eq!(calendar.open, ["2026-12-12"]);
        assert_eq!(
            (&*calendar.known_until, calendar.runs_out),
            ("2026-12-31", false)
        );
        assert_eq!(calendar.agreements, [1]);
    });
}

#[test]
fn a_calendar_reads_as_one_that_runs_out_thirty_days_before_its_dates_end() {
    on_development_chain(|| {
        let runs_out = |filled_until| {
            assert_ok!(Registry::set_calendar(
                RuntimeOrigin::root(),
                name(),
                WorkingDays::ALL,
                CalendarDates::default(),
                filled_until,
            ));
            <Runtime as CounterfoilApi<Block>>::calendars_in_words()[0].runs_out
        };
        assert!(runs_out(BusinessDay(20_809)));
        assert!(!runs_out(BusinessDay(20_810)));
    });
}
