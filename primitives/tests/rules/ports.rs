//! What the ports answer by themselves, where a pallet states no more than it must.

use crate::refund::agreement;
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Period, SettlementPeriod},
    AgreementId, AgreementView, BusinessDay, MemberId, OperatorId, OperatorSignature, ProductId,
    Rule, Terms,
};
use sp_core::crypto::AccountId32;

/// A registry of one product, with two versions of terms.
struct OneProduct;

const AGREEMENT: AgreementId = 7;
const PRODUCT: ProductId = 3;

/// Terms of a flat fee.
fn terms(flat: u128) -> Terms {
    Terms {
        credit: Rule {
            flat,
            ..Rule::default()
        },
        ..Terms::default()
    }
}

impl Directory for OneProduct {
    fn agreement(_: AgreementId) -> Option<AgreementView> {
        None
    }

    fn agreements() -> Vec<AgreementId> {
        vec![AGREEMENT]
    }

    fn terms_on(_: AgreementId, _: ProductId, _: BusinessDay) -> Option<(u16, Terms)> {
        None
    }

    fn terms(agreement: AgreementId, product: ProductId) -> Vec<Terms> {
        if (agreement, product) == (AGREEMENT, PRODUCT) {
            vec![terms(10), terms(20)]
        } else {
            Vec::new()
        }
    }

    fn account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }

    fn paying_account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }

    fn endpoint(_: MemberId) -> Option<Vec<u8>> {
        None
    }

    fn member_of(_: &AccountId32) -> Option<MemberId> {
        None
    }

    fn operator(_: MemberId) -> Option<OperatorId> {
        None
    }

    fn acts_for(_: MemberId) -> bool {
        false
    }

    fn sign_payload(_: MemberId, _: &[u8]) -> Option<OperatorSignature> {
        None
    }
}

#[test]
fn terms_are_found_by_the_version_that_trades_name() {
    let of_version = |version| OneProduct::terms_of_version(AGREEMENT, PRODUCT, version);
    assert_eq!(of_version(0), Some(terms(10)));
    assert_eq!(of_version(1), Some(terms(20)));
    assert_eq!(of_version(2), None);
}

#[test]
fn a_product_without_terms_has_none_of_any_version() {
    assert_eq!(OneProduct::terms_of_version(AGREEMENT, 4, 0), None);
    assert_eq!(OneProduct::terms_of_version(8, PRODUCT, 0), None);
}

#[test]
fn without_successors_each_client_gives_back_from_its_own_payments_alone() {
    assert_eq!(OneProduct::successor(AGREEMENT, 1), None);
    let may = |client| OneProduct::may_give_back(AGREEMENT, client, 1);
    assert_eq!([1, 5].map(may), [true, false]);
}

#[test]
fn without_calendars_a_day_comes_due_by_itself() {
    let day = BusinessDay(20_000);
    assert_eq!(OneProduct::due_with(AGREEMENT, day), day);
}

#[test]
fn without_calendars_a_payment_until_the_next_working_day_covers_one_day() {
    let mut agreement = agreement();
    agreement.conditions[0].1.period = Period::WorkingDay;
    let day = BusinessDay(20_000);
    let period = |day| OneProduct::settlement_period(AGREEMENT, &agreement, day);
    let alone = SettlementPeriod {
        first: day,
        last: day,
    };
    assert_eq!(period(day), Some(alone));
    assert_eq!(period(agreement.first_day.previous()), None);
}
