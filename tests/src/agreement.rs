//! Members, agreements and products of a scenario, set up by the administrator.

use crate::{
    chain::Chain,
    clock::Plan,
    member::{now, Member, BANK, COMPANY, RECONCILER},
    submit::as_administrator,
};
use anyhow::{anyhow, ensure, Result};
use counterfoil_primitives::{
    settlement::{ClientLimits, Period, Rail},
    AgreementId, BusinessDay, Caps, Conditions, Currency, DebitRule, MemberId, Moment, ProductId,
    RefundFee, Role, Rounding, Rule, Side, SideId, Source, Terms,
};
use counterfoil_runtime::{Runtime, RuntimeCall};
use pallet_registry::{AgreementSpec, Call};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// The asset that agreements of the development genesis pay in, and those of scenarios.
pub const ASSET: u32 = 1;
/// A product with two versions of its terms: the company keeps what the bank's share leaves.
pub const SHARED: ProductId = 1;
/// A product whose two shares come from rules of their own.
pub const SPLIT: ProductId = 2;
/// A product whose fee the bank keeps when a payment is given back.
pub const KEPT: ProductId = 3;

/// Minutes from the cut-off to the preset time, unless wished otherwise: the chain's least.
const GAP: u16 = 1;
/// Days after a payment's until which a part of it may be given back.
const REFUND_DAYS: u16 = 180;
/// Days after a trade's until which it may be amended.
pub const AMEND_DAYS: u16 = 365;
/// Days after a proposal to amend trades until which it can be answered.
const ANSWER_DAYS: u16 = 10;

static NEXT: AtomicU32 = AtomicU32::new(1_000);

/// A number that no other member or agreement of this run has.
pub fn fresh_id() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A member with a key of its own.
pub fn fresh_member() -> Member {
    let id = fresh_id();
    Member::new(id, &format!("//Scenario//{id}"))
}

/// What a scenario wants of its agreement.
#[derive(Clone)]
pub struct Wish {
    /// The least time until the cut-off.
    pub ahead: Duration,
    /// Minutes from the cut-off to the preset time.
    pub gap_minutes: u16,
    /// What the company's book is.
    pub debit_source: Source,
    /// What the bank's book is.
    pub credit_source: Source,
    /// Which days one payment covers.
    pub period: Period,
    /// How the money moves.
    pub rail: Rail,
    /// How much each client may cause in a day before the payment waits for staff.
    pub client_limits: Option<ClientLimits>,
    /// Minutes from the preset time to the deadline.
    pub deadline_minutes: u32,
    /// How much of a book may be wrong.
    pub caps: Caps,
    /// A company of the scenario's own, with the endpoint of its node; else Bob.
    pub company: Option<(Member, String)>,
    /// A bank of the scenario's own; else Charlie.
    pub bank: Option<(Member, String)>,
    /// A reconciler of the scenario's own; else Dave.
    pub reconciler: Option<(Member, String)>,
    /// How many clients.
    pub clients: usize,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            ahead: Duration::from_secs(60),
            gap_minutes: GAP,
            debit_source: Source::Received,
            credit_source: Source::Received,
            period: Period::Day,
            rail: Rail::Asset(ASSET),
            client_limits: None,
            deadline_minutes: 12 * 60,
            caps: Caps {
                pages: 64,
                extras: 4_096,
            },
            company: None,
            bank: None,
            reconciler: None,
            clients: 1,
        }
    }
}

/// An agreement that was set up for a scenario.
#[derive(Clone)]
pub struct TestAgreement {
    /// Its id.
    pub id: AgreementId,
    /// Its clock; yesterday is the day that is reconciled.
    pub plan: Plan,
    /// Who records trades.
    pub clients: Vec<Member>,
    /// The company.
    pub company: Member,
    /// The bank.
    pub bank: Member,
    /// The reconciler.
    pub reconciler: Member,
}

impl TestAgreement {
    /// The day that is reconciled.
    pub fn day(&self) -> BusinessDay {
        self.plan.day
    }

    /// The id of a side of that day.
    pub fn side_id(&self, side: Side) -> SideId {
        SideId::new(self.id, self.day(), side)
    }

    /// The first client.
    pub fn client(&self) -> &Member {
        &self.clients[0]
    }

    /// Fails once the cut-off has passed on chain, for whoever has recorded what must be of the day.
    pub async fn before_the_cut_off(&self, chain: &Chain) -> Result<()> {
        ensure!(
            chain.now().await? < self.plan.cut_off_at(),
            "the machine is too slow: the cut-off of agreement {} passed before the scenario had recorded",
            self.id
        );
        Ok(())
    }

    /// Who keeps the book of a side.
    pub fn party(&self, side: Side) -> &Member {
        side.pick(&self.company, &self.bank)
    }
}

/// Makes the agreement that a scenario wants, with clients of its own.
pub async fn make(chain: &Chain, wish: Wish) -> Result<TestAgreement> {
    let (ahead, gap) = (wish.ahead.as_millis() as u64, wish.gap_minutes);
    make_by(chain, wish, |now| Plan::new(now, ahead, gap)).await
}

/// As [`make`], by the clock that `plan` returns.
pub async fn make_by(
    chain: &Chain,
    wish: Wish,
    plan: impl FnOnce(Moment) -> Plan,
) -> Result<TestAgreement> {
    let clients: Vec<Member> = (0..wish.clients).map(|_| fresh_member()).collect();
    let mut calls = Vec::new();
    for client in &clients {
        calls.push(register(client, Role::Client, "")?);
    }
    let mut party = |own: Option<(Member, String)>, role, other| -> Result<Member> {
        Ok(match own {
            Some((member, endpoint)) => {
                calls.push(register(&member, role, &endpoint)?);
                member
            }
            None => Member::genesis(other),
        })
    };
    let company = party(wish.company, Role::Company, COMPANY)?;
    let bank = party(wish.bank, Role::Bank, BANK)?;
    let reconciler = party(wish.reconciler, Role::Reconciler, RECONCILER)?;
    as_administrator(chain, calls).await?;
    // Planned once the members are final: on a busy machine that takes a part of the time ahead.
    let plan = plan(now());
    let id = fresh_id();
    let spec = AgreementSpec {
        bank: bank.id,
        company: company.id,
        reconciler: reconciler.id,
        clients: clients.iter().map(|client| client.id).collect(),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: plan.day,
        caps: wish.caps,
        max_gross: None,
        deadline_minutes: wish.deadline_minutes,
        max_late_minutes: 60 * 24 * 60,
        refund_days: REFUND_DAYS,
        amend_days: AMEND_DAYS,
        answer_days: ANSWER_DAYS,
        conditions: Conditions {
            period: wish.period,
            rail: wish.rail,
            client_limits: wish.client_limits,
            ..plan.conditions(wish.debit_source, wish.credit_source)
        },
    };
    let mut calls = vec![registry(Call::create_agreement { id, spec })];
    for (product, versions) in products(plan.day) {
        calls.push(registry(Call::add_product {
            agreement: id,
            product,
            versions,
        }));
    }
    as_administrator(chain, calls).await?;
    let agreement = TestAgreement {
        id,
        plan,
        clients,
        company,
        bank,
        reconciler,
    };
    agreement.before_the_cut_off(chain).await?;
    Ok(agreement)
}

/// The products of a scenario's agreement. The first day of the current terms is `day`.
pub fn products(day: BusinessDay) -> Vec<(ProductId, Vec<(BusinessDay, Terms)>)> {
    let rule = |rate_ppm, rounding| Rule {
        rate_ppm,
        rounding,
        ..Rule::default()
    };
    let shared = |rate| Terms {
        credit: rule(rate, Rounding::HalfEven),
        debit: DebitRule::Residual,
        refund_fee: RefundFee::Returned,
    };
    let split = |rate| Terms {
        credit: Rule {
            flat: 150,
            ..rule(rate, Rounding::Down)
        },
        debit: DebitRule::Own(rule(1_000_000 - rate, Rounding::HalfUp)),
        refund_fee: RefundFee::Returned,
    };
    let kept = |rate| Terms {
        credit: rule(rate, Rounding::Up),
        debit: DebitRule::Residual,
        refund_fee: RefundFee::Kept,
    };
    let before = BusinessDay(day.0 - 30);
    vec![
        (
            SHARED,
            vec![(before, shared(980_000)), (day, shared(985_000))],
        ),
        (SPLIT, vec![(before, split(960_000)), (day, split(970_000))]),
        (KEPT, vec![(before, kept(15_000)), (day, kept(20_000))]),
    ]
}

/// The terms of a product of a scenario's agreement that are in force on its day.
pub fn current_terms(product: ProductId) -> Result<Terms> {
    let all = products(BusinessDay(30));
    let versions = all.into_iter().find(|(id, _)| *id == product);
    versions
        .and_then(|(_, versions)| versions.last().map(|(_, terms)| *terms))
        .ok_or_else(|| anyhow!("no product {product}"))
}

/// A call of the registry.
pub fn registry(call: Call<Runtime>) -> RuntimeCall {
    RuntimeCall::Registry(call)
}

/// The call that registers a member with its operator key and treasury.
pub fn register(member: &Member, role: Role, endpoint: &str) -> Result<RuntimeCall> {
    let id: MemberId = member.id;
    Ok(registry(Call::register_member {
        id,
        role,
        name: format!("{role:?} {id}")
            .try_into()
            .map_err(|_| anyhow!("the name is too long"))?,
        account: member.treasury(),
        operator: member.operator(),
        endpoint: endpoint
            .try_into()
            .map_err(|_| anyhow!("the endpoint is too long"))?,
    }))
}
