//! A payment is stated right.

use super::*;
use crate::max_gross::max_gross;
use counterfoil_primitives::ProductId;

/// The payment as right, of another gross amount.
fn of_gross(gross: Amount) -> Item {
    replace(Correction { gross, ..right(0) })
}

/// The payment as right, of another product.
fn of_product(product: ProductId) -> Item {
    replace(Correction {
        product,
        ..right(0)
    })
}

#[test]
fn a_payment_is_taken_back_and_stated_right() {
    build_and_execute(|| {
        pay(PRODUCT);
        assert_eq!(book(&[replace(right(0))]), [Ok(())]);
        assert_eq!((on(1).kind, on(1).gross), (Kind::Refund, 10_000));
        let expected = Trade {
            id: booked_as(2),
            user: UserId::from_text("other").unwrap(),
            gross: 5_000,
            debit: 75,
            credit: 4_925,
            occurred_at: at(0, 9, 0),
            ..on(0)
        };
        assert_eq!(on(2), expected);
        assert_eq!([refunded(0), refunded(2)], [10_000, 0]);
    });
}

#[test]
fn both_trades_are_linked_to_the_payment() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[replace(right(0))]);
        let cancellation = Link {
            relation: Relation::Cancellation,
            original: original(0),
            paid: 10_000,
            refunded_before: 0,
        };
        let replacement = Link {
            relation: Relation::Replacement,
            paid: 5_000,
            ..cancellation
        };
        assert_eq!([link(1), link(2)], [Some(cancellation), Some(replacement)]);
    });
}

#[test]
fn a_replacement_is_booked_for_the_client_of_its_payment() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        book(&[replace(right(0))]);
        let clients: Vec<_> = BookedFor::<Test>::iter().collect();
        assert_eq!(clients, [((AGREEMENT, FIRST, 2), OTHER_CLIENT)]);
    });
}

#[test]
fn earlier_refunds_are_carried_over() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[of_gross(20_000)]);
        assert_eq!(on(2).gross, 9_000);
        assert_eq!(
            (on(3).gross, on(3).debit, on(3).credit),
            (19_000, 285, 18_715)
        );
        assert_eq!([refunded(0), refunded(3)], [10_000, 1_000]);
        let link = link(3).unwrap();
        assert_eq!((link.paid, link.refunded_before), (20_000, 1_000));
    });
}

#[test]
fn a_replacement_is_priced_by_the_terms_of_its_own_day() {
    build_and_execute(|| {
        pay(PRODUCT);
        set_time(at(2, 12, 0));
        assert_eq!(CHANGE, day(2));
        let of_today = Correction {
            occurred_at: at(2, 10, 0),
            ..right(0)
        };
        book(&[replace(of_today)]);
        let [cancellation, replacement] = stored(day(2))[..] else {
            panic!("two trades");
        };
        assert_eq!(
            (cancellation.terms_version, cancellation.credit),
            (0, 9_850)
        );
        assert_eq!((replacement.terms_version, replacement.credit), (1, 4_850));
    });
}

#[test]
fn another_product_is_priced_by_its_own_terms() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[of_product(OWN_DEBIT)]);
        assert_eq!((on(2).debit, on(2).credit), (1_000, 4_500));
    });
}

#[test]
fn a_replacement_is_replaced_again() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[of_gross(20_000)]);
        let again = Correction {
            gross: 15_000,
            ..right(3)
        };
        assert_eq!(book(&[replace(again)]), [Ok(())]);
        assert_eq!([on(4).gross, on(5).gross], [19_000, 14_000]);
        assert_eq!(link(5).unwrap().original, original(3));
        assert_eq!([refunded(3), refunded(5)], [20_000, 1_000]);
        let client = BookedFor::<Test>::get((AGREEMENT, FIRST, 5));
        assert_eq!(client, Some(CLIENT));
        // Its cancellation takes back all that stands of the three.
        assert_eq!(book(&[cancel(5)]), [Ok(())]);
        assert_eq!(on(6).gross, 14_000);
    });
}

#[test]
fn only_a_payment_is_replaced() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        assert_eq!(fallen_out(replace(right(1))), FallenOut::NotAPayment);
        book(&[cancel(1)]);
        assert_eq!(on(2).kind, Kind::Payment);
        assert_eq!(fallen_out(replace(right(2))), FallenOut::NotAPayment);
        assert_eq!(fallen_out(replace(right(9))), FallenOut::NothingThere);
    });
}

#[test]
fn nothing_is_left_to_replace_of_a_payment_that_is_replaced() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[replace(right(0))]);
        assert_eq!(fallen_out(replace(right(0))), FallenOut::NothingLeft);
    });
}

#[test]
fn what_was_given_back_must_be_less_than_what_is_right() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        assert_eq!(fallen_out(of_gross(1_000)), FallenOut::GivenBack);
        assert_eq!(fallen_out(of_gross(999)), FallenOut::GivenBack);
        assert_eq!(book(&[of_gross(1_001)]), [Ok(())]);
        assert_eq!(on(3).gross, 1);
    });
}

#[test]
fn a_payment_of_which_as_much_was_given_back_as_is_right_is_put_right_by_cancelling_the_rest() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        assert_eq!(fallen_out(of_gross(1_000)), FallenOut::GivenBack);
        assert_eq!(book(&[cancel(0)]), [Ok(())]);
        assert_eq!((on(2).kind, on(2).gross), (Kind::Refund, 9_000));
        assert_eq!(refunded(0), 10_000);
    });
}

#[test]
fn a_kept_fee_that_is_more_than_is_left_holds_the_payment_or_its_replacement() {
    for (recorded, right) in [(FEE_KEPT, PRODUCT), (PRODUCT, FEE_KEPT)] {
        build_and_execute(|| {
            pay(recorded);
            give(1, 500);
            let item = of_product(right);
            assert_eq!(fallen_out(item), FallenOut::KeptFee);
            book(&[cancel(1)]);
            assert_eq!(book(&[item]), [Ok(())]);
        });
    }
}

#[test]
fn a_product_that_was_not_sold_replaces_nothing() {
    build_and_execute(|| {
        pay(PRODUCT);
        let of_no_day = replace(Correction {
            occurred_at: 0,
            ..right(0)
        });
        for item in [of_product(99), of_product(LATER_PRODUCT), of_no_day] {
            assert_eq!(fallen_out(item), FallenOut::UnknownProduct);
        }
    });
}

#[test]
fn a_gross_amount_beyond_what_a_day_counts_replaces_nothing() {
    build_and_execute(|| {
        pay(PRODUCT);
        let most = max_gross::<Test>();
        assert_eq!(fallen_out(of_gross(most + 1)), FallenOut::GrossTooLarge);
        assert_eq!(book(&[of_gross(most)]), [Ok(())]);
    });
}
