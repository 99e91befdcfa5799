//! What the chain begins with: members, their agreement and its products.

use super::*;

pub fn member(id: MemberId) -> MemberGenesis {
    MemberGenesis {
        id,
        role: match id {
            COMPANY => Role::Company,
            BANK => Role::Bank,
            RECONCILER => Role::Reconciler,
            _ => Role::Client,
        },
        name: format!("member {id}"),
        account: AccountId32::new([id as u8; 32]),
        operator: operator(id).public(),
        endpoint: String::new(),
    }
}

pub fn agreement() -> AgreementSpec {
    AgreementSpec {
        bank: BANK,
        company: COMPANY,
        reconciler: RECONCILER,
        clients: vec![CLIENT, OTHER_CLIENT],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: FIRST,
        caps: Caps {
            pages: 4,
            extras: 16,
        },
        max_gross: None,
        deadline_minutes: 60,
        max_late_minutes: MAX_LATE,
        refund_days: REFUND_DAYS,
        amend_days: 365,
        answer_days: 10,
        conditions: conditions(60),
    }
}

/// The agreement's conditions by another offset.
pub fn conditions(offset: i16) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(offset),
        cut_off: TimeOfDay(30),
        preset: TimeOfDay(60),
        ..Default::default()
    }
}

pub fn products() -> Vec<ProductGenesis> {
    let terms = |credit, debit| Terms {
        credit: rate(credit),
        debit,
        refund_fee: RefundFee::Returned,
    };
    let kept = Terms {
        refund_fee: RefundFee::Kept,
        ..terms(985_000, DebitRule::Residual)
    };
    let own = DebitRule::Own(rate(200_000));
    [
        (PRODUCT, FIRST, terms(985_000, DebitRule::Residual)),
        (PRODUCT, CHANGE, terms(970_000, DebitRule::Residual)),
        (OWN_DEBIT, FIRST, terms(900_000, own)),
        (LATER_PRODUCT, CHANGE, terms(500_000, DebitRule::Residual)),
        (FEE_KEPT, FIRST, kept),
    ]
    .map(|(product, from, terms)| ProductGenesis {
        agreement: AGREEMENT,
        product,
        from,
        terms,
    })
    .into()
}

fn rate(rate_ppm: u32) -> Rule {
    Rule {
        rate_ppm,
        flat: 0,
        floor: 0,
        cap: None,
        rounding: Rounding::HalfUp,
    }
}
