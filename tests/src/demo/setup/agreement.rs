//! The agreement of the day, with its products and terms.

use crate::{
    agreement::{registry, ASSET},
    chain::Chain,
    clock::Plan,
    demo::{
        input::Fund,
        rules::{Debit, RefundFee, Rounding, Rule, Terms},
    },
    member::{BANK, CLIENT, COMPANY, RECONCILER},
    submit::as_administrator,
};
use anyhow::{anyhow, Result};
use counterfoil_primitives as chain_types;
use counterfoil_primitives::{
    settlement::{Period, Rail},
    AgreementId, BusinessDay, Caps, Conditions, Currency, Source,
};
use counterfoil_runtime::RuntimeCall;
use pallet_registry::{AgreementSpec, Call};
use std::collections::BTreeMap;

/// The demo's agreement, on a chain that starts with one of its own.
pub(super) const AGREEMENT: AgreementId = 1_000;

/// Decimal places of all currencies of the demo, and of the asset that it pays in.
const DECIMALS: u8 = 2;

/// Days that the older terms were in force.
const OLDER_DAYS: u32 = 30;

/// Days after a payment's until which a part of it may be given back.
const REFUND_DAYS: u16 = 180;

/// Days after a trade's until which it may be amended.
const AMEND_DAYS: u16 = 365;

/// Days after a proposal to amend trades until which it can be answered.
const ANSWER_DAYS: u16 = 10;

/// Makes the agreement, and its products with older and present terms.
pub(super) async fn make_agreement(
    chain: &Chain,
    plan: &Plan,
    funds: &BTreeMap<u32, Fund>,
    currency: &str,
) -> Result<()> {
    let currency =
        Currency::try_from(currency).map_err(|_| anyhow!("the currency is no ISO 4217 code"))?;
    let spec = AgreementSpec {
        bank: BANK,
        company: COMPANY,
        reconciler: RECONCILER,
        clients: vec![CLIENT],
        currency,
        decimals: DECIMALS,
        first_day: plan.day,
        caps: Caps {
            pages: 64,
            extras: 4_096,
        },
        max_gross: None,
        deadline_minutes: 12 * 60,
        max_late_minutes: 30 * 24 * 60,
        refund_days: REFUND_DAYS,
        amend_days: AMEND_DAYS,
        answer_days: ANSWER_DAYS,
        conditions: Conditions {
            utc_offset: plan.offset,
            cut_off: plan.cut_off,
            preset: plan.preset,
            debit_source: Source::Ledger,
            credit_source: Source::Ledger,
            period: Period::Day,
            rail: Rail::Asset(ASSET),
            client_limits: None,
        },
    };
    let mut calls: Vec<RuntimeCall> = vec![registry(Call::create_agreement {
        id: AGREEMENT,
        spec,
    })];
    for (product, fund) in funds {
        let older = BusinessDay(plan.day.0 - OLDER_DAYS);
        let versions = vec![
            (older, chain_terms(&fund.terms.older())?),
            (plan.day, chain_terms(&fund.terms)?),
        ];
        calls.push(registry(Call::add_product {
            agreement: AGREEMENT,
            product: *product,
            versions,
        }));
    }
    as_administrator(chain, calls).await?;
    Ok(())
}

/// The demo's terms in the chain's words. Only names are translated; the arithmetic is not shared.
fn chain_terms(terms: &Terms) -> Result<chain_types::Terms> {
    Ok(chain_types::Terms {
        credit: chain_rule(&terms.credit)?,
        debit: match &terms.debit {
            Debit::Residual => chain_types::DebitRule::Residual,
            Debit::Own(rule) => chain_types::DebitRule::Own(chain_rule(rule)?),
        },
        refund_fee: match terms.refund_fee {
            RefundFee::Returned => chain_types::RefundFee::Returned,
            RefundFee::Kept => chain_types::RefundFee::Kept,
        },
    })
}

fn chain_rule(rule: &Rule) -> Result<chain_types::Rule> {
    Ok(chain_types::Rule {
        rate_ppm: rule.rate_ppm.try_into()?,
        flat: rule.flat,
        floor: rule.floor,
        cap: rule.cap,
        rounding: match rule.rounding {
            Rounding::Down => chain_types::Rounding::Down,
            Rounding::Up => chain_types::Rounding::Up,
            Rounding::HalfUp => chain_types::Rounding::HalfUp,
            Rounding::HalfDown => chain_types::Rounding::HalfDown,
            Rounding::HalfEven => chain_types::Rounding::HalfEven,
        },
    })
}
