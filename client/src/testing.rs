//! What tests of this crate and of the command line begin from.

use crate::{chain::views::Agreement, money::Money};
use counterfoil_primitives::{AgreementView, BusinessDay, Caps, Conditions, Currency};

/// An agreement in CZK that begins on a day: of company 2 and bank 3, with the clients 1 and 5, reconciled by
/// member 4.
pub fn agreement_view(first_day: BusinessDay) -> AgreementView {
    AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(first_day, 4)],
        clients: vec![1, 5],
        suspended: vec![],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day,
        end: None,
        caps: Caps::MAX,
        max_gross: None,
        deadline_minutes: 720,
        max_late_minutes: 1_440,
        refund_days: 180,
        amend_days: 365,
        answer_days: 10,
        conditions: vec![(first_day, Conditions::default())],
    }
}

/// An agreement in CZK, as agreement 7.
///
/// # Panics
///
/// Never: CZK is a currency.
pub fn agreement(view: AgreementView) -> Agreement {
    Agreement {
        id: 7,
        view,
        money: Money::of("CZK").expect("CZK is a currency"),
    }
}
