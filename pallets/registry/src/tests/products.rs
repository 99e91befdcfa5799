use crate::{mock::*, Error, Event, Products};
use counterfoil_primitives::{ports::Directory, written::date, BusinessDay, Rule, Terms};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

const PRODUCT: u32 = 5;
const TOMORROW: BusinessDay = TODAY.next();

fn terms(rate_ppm: u32) -> Terms {
    Terms {
        credit: Rule {
            rate_ppm,
            ..Default::default()
        },
        ..Default::default()
    }
}

fn set_terms(from: BusinessDay, terms: Terms) -> DispatchResult {
    Registry::set_terms(RuntimeOrigin::root(), AGREEMENT, PRODUCT, from, terms)
}

fn add_product(versions: Vec<(BusinessDay, Terms)>) -> DispatchResult {
    Registry::add_product(RuntimeOrigin::root(), AGREEMENT, PRODUCT, versions)
}

#[test]
fn a_new_products_terms_may_reach_back() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY.previous(), terms(1)));
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, TODAY),
            Some((0, terms(1)))
        );
        assert_eq!(
            last_event(),
            Event::TermsSet {
                agreement: AGREEMENT,
                product: PRODUCT,
                from: TODAY.previous(),
                from_date: "2024-10-03".try_into().unwrap(),
                terms: terms(1),
            }
        );
    });
}

#[test]
fn there_are_no_terms_before_the_first_version() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, TODAY.previous()),
            None
        );
        assert_eq!(Registry::terms_on(AGREEMENT, 99, TODAY), None);
        assert!(Registry::terms(AGREEMENT, 99).is_empty());
    });
}

#[test]
fn a_known_products_terms_change_from_a_day_that_has_not_begun() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY.previous(), terms(1)));
        for begun in [TODAY, TODAY.previous()] {
            assert_noop!(set_terms(begun, terms(2)), Error::<Test>::DayHasBegun);
        }
        assert_ok!(set_terms(TOMORROW, terms(2)));
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, TODAY),
            Some((0, terms(1)))
        );
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, TOMORROW),
            Some((1, terms(2)))
        );
        assert_eq!(
            Registry::terms(AGREEMENT, PRODUCT),
            vec![terms(1), terms(2)]
        );
    });
}

#[test]
fn terms_of_the_same_day_give_way() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_ok!(set_terms(TOMORROW, terms(2)));
        assert_ok!(set_terms(TOMORROW, terms(3)));
        assert_eq!(
            Registry::terms(AGREEMENT, PRODUCT),
            vec![terms(1), terms(3)]
        );
    });
}

#[test]
fn a_version_that_has_begun_keeps_its_index() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_ok!(set_terms(TOMORROW, terms(2)));
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, TODAY),
            Some((0, terms(1)))
        );
    });
}

#[test]
fn terms_replace_those_that_were_set_for_later_days() {
    with_agreement(|| {
        let later = BusinessDay(TODAY.0 + 9);
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_ok!(set_terms(later, terms(9)));
        assert_ok!(set_terms(TOMORROW, terms(2)));
        assert_eq!(
            Registry::terms(AGREEMENT, PRODUCT),
            vec![terms(1), terms(2)]
        );
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, later),
            Some((1, terms(2)))
        );
    });
}

#[test]
fn terms_leave_those_of_earlier_days() {
    with_agreement(|| {
        let later = BusinessDay(TODAY.0 + 9);
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_ok!(set_terms(TOMORROW, terms(2)));
        assert_ok!(set_terms(later, terms(9)));
        let on = |day| Registry::terms_on(AGREEMENT, PRODUCT, day);
        assert_eq!(on(later.previous()), Some((1, terms(2))));
        assert_eq!(on(later), Some((2, terms(9))));
    });
}

#[test]
fn no_more_terms_are_kept_than_fit() {
    with_agreement(|| {
        for ahead in 0..MaxVersions::get() {
            assert_ok!(set_terms(BusinessDay(TODAY.0 + ahead), terms(ahead)));
        }
        assert_noop!(
            set_terms(BusinessDay(TODAY.0 + 50), terms(1)),
            Error::<Test>::TooManyVersions
        );
    });
}

#[test]
fn terms_are_valid_and_of_an_agreement() {
    with_agreement(|| {
        assert_noop!(
            set_terms(TODAY, terms(1_000_001)),
            Error::<Test>::InvalidTerms
        );
        assert_noop!(
            Registry::set_terms(RuntimeOrigin::root(), 99, PRODUCT, TODAY, terms(1)),
            Error::<Test>::UnknownAgreement
        );
        assert_noop!(
            Registry::set_terms(
                RuntimeOrigin::signed(account("Bob")),
                AGREEMENT,
                PRODUCT,
                TODAY,
                terms(1)
            ),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn a_new_product_brings_its_history_along() {
    with_agreement(|| {
        let yesterday = TODAY.previous();
        assert_ok!(add_product(vec![
            (yesterday.previous(), terms(1)),
            (yesterday, terms(2))
        ]));
        assert_eq!(
            Registry::terms_on(AGREEMENT, PRODUCT, yesterday),
            Some((1, terms(2)))
        );
        assert_eq!(
            last_event(),
            Event::TermsSet {
                agreement: AGREEMENT,
                product: PRODUCT,
                from: yesterday,
                from_date: date::words(yesterday),
                terms: terms(2),
            }
        );
    });
}

#[test]
fn a_known_product_gets_no_other_history() {
    with_agreement(|| {
        assert_ok!(set_terms(TODAY, terms(1)));
        assert_noop!(
            add_product(vec![(TODAY, terms(2))]),
            Error::<Test>::ProductExists
        );
    });
}

#[test]
fn a_history_ascends_and_is_valid() {
    with_agreement(|| {
        assert_noop!(add_product(vec![]), Error::<Test>::InvalidHistory);
        for next in [TODAY, TODAY.previous()] {
            assert_noop!(
                add_product(vec![(TODAY, terms(1)), (next, terms(2))]),
                Error::<Test>::InvalidHistory
            );
        }
        assert_noop!(
            add_product(vec![(TODAY, terms(1_000_001))]),
            Error::<Test>::InvalidTerms
        );
        assert!(Products::<Test>::get(AGREEMENT, PRODUCT).is_none());
    });
}

#[test]
fn no_longer_history_is_kept_than_fits() {
    with_agreement(|| {
        let history = |length| {
            (0..length)
                .map(|ahead| (BusinessDay(TODAY.0 + ahead), terms(ahead)))
                .collect()
        };
        assert_noop!(
            add_product(history(MaxVersions::get() + 1)),
            Error::<Test>::TooManyVersions
        );
        assert_ok!(add_product(history(MaxVersions::get())));
    });
}

#[test]
fn a_history_is_the_councils_and_of_an_agreement() {
    with_agreement(|| {
        let versions = || vec![(TODAY, terms(1))];
        assert_noop!(
            Registry::add_product(
                RuntimeOrigin::signed(account("Bob")),
                AGREEMENT,
                PRODUCT,
                versions()
            ),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::add_product(RuntimeOrigin::root(), 99, PRODUCT, versions()),
            Error::<Test>::UnknownAgreement
        );
    });
}
