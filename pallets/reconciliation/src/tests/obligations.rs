//! What is owed for a day: the credits of its payments less those of its refunds.

use super::*;
use crate::{Event, Outcomes};
use sp_runtime::DispatchError;

/// The day after [`DAY`].
const NEXT: BusinessDay = BusinessDay(DAY.0 + 1);

/// Proves both sides of a day by clean reports; what is owed for it.
fn reconcile(day: BusinessDay) -> i128 {
    world(|world| world.sealed.insert(day));
    set_block_time(world(|world| world.agreement.preset_of(day)).expect("it is a day"));
    for side in Side::BOTH {
        let side_id = SideId::new(AGREEMENT, day, side);
        commit(side_id, &chain_book(side_id));
        assert_ok!(report_clean(RECONCILER, side_id));
    }
    let outcome = Outcomes::<Test>::get(AGREEMENT, day).expect("both sides are proven");
    assert_eq!(
        world(|world| world.reconciled.clone()),
        vec![(AGREEMENT, day, outcome.obligation)]
    );
    outcome.obligation
}

/// Refunds a payment of [`DAY`] on the day after it, as a whole.
fn give_back_on_next_day(paid_at: u32) {
    put_refund(NEXT, paid_at, trade(0).gross);
}

/// What is owed for the day after [`DAY`], as the event that ends it says.
fn said_of_next_day() -> String {
    let said = events().into_iter().find_map(|event| match event {
        Event::DayReconciled {
            day: NEXT,
            obligation_in_words,
            ..
        } => Some(obligation_in_words.to_string()),
        _ => None,
    });
    said.expect("it is reconciled")
}

#[test]
fn refunds_lower_what_the_company_owes() {
    at_preset(3, || {
        put_refund(DAY, 0, trade(0).gross);
        assert_eq!(reconcile(DAY), 2 * trade(0).credit as i128);
    });
}

#[test]
fn for_a_day_of_more_refunds_than_payments_the_bank_owes() {
    at_preset(3, || {
        world(|world| world.trades.insert(NEXT, vec![trade(50)]));
        give_back_on_next_day(0);
        give_back_on_next_day(1);
        assert_eq!(reconcile(NEXT), -(trade(0).credit as i128));
        assert_eq!(said_of_next_day(), "bank owes company 3086.40 CZK");
    });
}

#[test]
fn for_a_day_whose_refunds_come_to_its_payments_nothing_is_owed() {
    at_preset(3, || {
        world(|world| world.trades.insert(NEXT, vec![trade(50)]));
        give_back_on_next_day(0);
        assert_eq!(reconcile(NEXT), 0);
        assert_eq!(said_of_next_day(), "nothing");
    });
}

#[test]
fn each_party_learns_its_payments_and_its_refunds_apart() {
    at_preset(3, || {
        world(|world| world.trades.insert(NEXT, vec![trade(50)]));
        give_back_on_next_day(0);
        give_back_on_next_day(1);
        let obligation = reconcile(NEXT);
        let told = events();
        let (debit, credit) = (trade(0).debit, trade(0).credit);
        assert!(told.contains(&Event::CompanyResult {
            company: COMPANY,
            agreement: AGREEMENT,
            day: NEXT,
            date: "2024-10-05".try_into().unwrap(),
            trades: 3,
            payments: debit,
            payments_in_words: in_words(debit),
            refunds: 2 * debit,
            refunds_in_words: in_words(2 * debit),
            breaks: 0,
            defaulted: false,
            obligation,
            obligation_in_words: "bank owes company 3086.40 CZK".try_into().unwrap(),
        }));
        assert!(told.contains(&Event::BankResult {
            bank: BANK,
            agreement: AGREEMENT,
            day: NEXT,
            date: "2024-10-05".try_into().unwrap(),
            trades: 3,
            payments: credit,
            payments_in_words: in_words(credit),
            refunds: 2 * credit,
            refunds_in_words: in_words(2 * credit),
            breaks: 0,
            defaulted: false,
            obligation,
            obligation_in_words: "bank owes company 3086.40 CZK".try_into().unwrap(),
        }));
    });
}

#[test]
fn an_obligation_that_its_day_does_not_come_to_is_found() {
    at_preset(3, || {
        put_refund(DAY, 0, trade(0).gross);
        let right = reconcile(DAY);
        let set = |obligation| {
            Outcomes::<Test>::mutate(AGREEMENT, DAY, |outcome| {
                outcome.as_mut().expect("it is reconciled").obligation = obligation;
            });
        };
        // What payments alone come to.
        set(3 * trade(0).credit as i128);
        assert_eq!(
            Reconciliation::do_try_state(),
            Err(DispatchError::Other(
                "an obligation is not what payments and refunds come to"
            ))
        );
        set(right);
        assert_eq!(Reconciliation::do_try_state(), Ok(()));
    });
}
