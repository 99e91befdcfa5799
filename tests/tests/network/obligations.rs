//! What is owed for settlement periods: paid outside the chain, and held back for staff.

use anyhow::{bail, ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    refusal,
    settlement::{ClientLimits, Declaration, Period, Rail, SettlementPeriod, Waiting},
    summary::DayStatus,
    Amount, Sequence, Side, SignedAmount, TradeRequest,
};
use counterfoil_runtime::UncheckedExtrinsic;
use counterfoil_tests::world::{
    at, caught_up, day_that, paid_once, same, settled, Shared, SharedWorld,
};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    calendar,
    chain::Chain,
    clock::day_text,
    member::now,
    money::{amount_text, issue},
    obligations::{obligation_that, Staff},
    submit::apply,
    trades::{credit_total, owed_for, payment, payments, record, recording},
    two_days,
};
use serde_json::{json, Value};
use std::time::Duration;

/// The least time to the cut-off of the first of two days.
const AHEAD: Duration = Duration::from_secs(90);
/// What a bank on the way keeps of the first payment.
const CHARGE: Amount = 1_500;
/// What comes back of the second payment.
const BACK: Amount = 40_004;
/// The most that a client may cause in a day.
const LIMIT: Amount = 1_000_000;
/// How long a payment that needs a release is watched: some blocks, in which a worker would pay.
const WATCHED: Duration = Duration::from_secs(12);

/// A day, and the closed day after it, which come due together, are one settlement period. The company pays
/// for both outside the chain: of its first payment the bank receives less, the second one is of all the
/// rest, and what comes back of it is paid once more. Then both days are settled.
pub async fn days_that_come_due_together_are_paid_in_parts_outside_the_chain(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: AHEAD,
        period: Period::WorkingDay,
        rail: Rail::External,
        ..shared.own_institutions().await?
    };
    let days = two_days::make(chain, wish).await?;
    let [open, closed] = &days;
    calendar::close(chain, open, closed.day()).await?;
    let mut owed = 0;
    for (day, sequences) in [(open, 0..20), (closed, 20..30)] {
        let trades = payments(day, day.client(), sequences)?;
        record(chain, day, day.client(), &trades).await?;
        owed += credit_total(&trades);
    }
    open.before_the_cut_off(chain).await?;
    come_due_together(chain, open, closed).await?;

    let what = "the period to fall due";
    let preset = closed.plan.preset_at();
    let due = obligation_that(chain, closed, preset, what, |owed| owed.obligation.is_due()).await?;
    let period = SettlementPeriod {
        first: open.day(),
        last: closed.day(),
    };
    same("period", due.period, period)?;
    same("days", due.obligation.days, 2)?;
    same("owed", due.obligation.amount, owed as SignedAmount)?;
    let undeclared = Some(Waiting::Declaration { undeclared: owed });
    same("waits for", due.waiting, undeclared)?;

    pay_in_parts(shared, &days, owed).await
}

/// Makes sure that the first of two days does not come due at its own preset time, but with the second one.
async fn come_due_together(
    chain: &Chain,
    first: &TestAgreement,
    second: &TestAgreement,
) -> Result<()> {
    for day in [first, second] {
        let summary = chain.day(day.id, day.day()).await?.context("no such day")?;
        same("cut-off", summary.cut_off_at, day.plan.cut_off_at())?;
        same("comes due with", summary.due_with, second.day())?;
        same("preset time", summary.preset_at, second.plan.preset_at())?;
    }
    // A minute after the time at which the first day would be reconciled without the calendar.
    at(second.plan.cut_off_at()).await;
    let summary = chain.day(first.id, first.day()).await?;
    let status = summary.context("no such day")?.status;
    same(
        "the first day, until both come due",
        status,
        DayStatus::Sealed,
    )
}

/// Pays what is owed for both days in three parts, by the commands of both institutions' staff.
async fn pay_in_parts(shared: &Shared, days: &[TestAgreement; 2], owed: Amount) -> Result<()> {
    let chain = shared.client();
    let [open, closed] = days;
    let desks = Desks {
        staff: Staff::new(shared, closed),
        of: closed,
    };
    let part = owed / 2;
    let received = part - CHARGE;
    let rest = owed - received;
    desks.declares(part, "E2E-1").await?;
    desks.acknowledges(0, received).await?;
    desks.declares(rest, "E2E-2").await?;
    let acknowledgement = Some(Waiting::Acknowledgement { declared: rest });
    let what = "the rest to wait for its acknowledgement";
    obligation_that(chain, closed, now(), what, |owed| {
        owed.waiting == acknowledgement
    })
    .await?;
    desks.acknowledges(1, rest).await?;
    settled(chain, open).await?;

    let back = amount_text(BACK);
    let report = ["1", "--amount", &back];
    desks.say(Side::Debit, "returned", &report).await?;
    desks.is_known("returned", &report, &back).await?;
    let what = "what came back to be owed again";
    obligation_that(chain, closed, now(), what, |owed| {
        owed.obligation.is_due() && owed.obligation.left() == BACK
    })
    .await?;
    for day in days {
        let summary = chain.day(day.id, day.day()).await?;
        let status = summary.context("no such day")?.status;
        same("a day that is owed again", status, DayStatus::Reconciled)?;
    }
    desks.declares(BACK, "E2E-3").await?;
    desks.acknowledges(2, BACK).await?;
    for day in days {
        settled(chain, day).await?;
    }
    let paid = chain.obligation(closed.id, closed.day()).await?;
    let declarations = paid.context("nothing was owed")?.declarations;
    let kept: Vec<Amount> = declarations.iter().map(Declaration::kept).collect();
    same("what stayed", kept, vec![received, rest - BACK, BACK])
}

/// What the staff of both institutions says of payments outside the chain. It names their settlement period
/// by its last day.
struct Desks<'a> {
    staff: Staff<'a>,
    of: &'a TestAgreement,
}

impl Desks<'_> {
    async fn say(&self, side: Side, command: &str, further: &[&str]) -> Result<()> {
        let (id, day) = (self.of.id.to_string(), day_text(self.of.day()));
        let mut words = vec!["obligation", command, &id, &day];
        words.extend(further);
        self.staff.run(side, &words).await?;
        Ok(())
    }

    /// Makes sure that the company's command is refused, since `back` came back before.
    async fn is_known(&self, command: &str, further: &[&str], back: &str) -> Result<()> {
        let again = self.say(Side::Debit, command, further).await;
        let error = match again {
            Ok(()) => bail!("a return counts twice"),
            Err(error) => error.to_string(),
        };
        let why = format!("before, {back}");
        ensure!(error.contains(&why), "not refused as known: {error}");
        Ok(())
    }

    async fn declares(&self, amount: Amount, reference: &str) -> Result<()> {
        let (amount, value_date) = (amount_text(amount), day_text(self.of.day().next()));
        let further = [
            ["--amount", &amount],
            ["--value-date", &value_date],
            ["--reference", reference],
        ];
        self.say(Side::Debit, "declare", &further.concat()).await
    }

    async fn acknowledges(&self, number: u32, received: Amount) -> Result<()> {
        let (number, received) = (number.to_string(), amount_text(received));
        let further = [number.as_str(), "--received", &received];
        self.say(Side::Credit, "acknowledge", &further).await
    }
}

/// A client goes beyond its limit: the day is recorded whole, and what is owed for it waits, though the
/// company has the money, until the company's staff releases it; then the company's node pays. Meanwhile the
/// bank alone suspends the client, which records again once both have lifted that.
pub async fn a_payment_beyond_a_clients_limit_waits_until_staff_releases_it(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        client_limits: Some(ClientLimits {
            payments: LIMIT,
            refunds: LIMIT,
        }),
        ..shared.own_institutions().await?
    };
    let agreement = make(chain, wish).await?;
    let since = chain.finalized_number().await?;
    let trades = payments(&agreement, agreement.client(), 0..10)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let owed = credit_total(&trades);
    ensure!(owed > LIMIT, "the client stays within its limit: {owed}");
    issue(chain, agreement.company.treasury(), owed + LIMIT).await?;
    let staff = Staff::new(shared, &agreement);
    a_suspended_client_records_nothing(shared, &agreement, &staff).await?;

    let preset = agreement.plan.preset_at();
    let what = "the payment to fall due";
    let due = obligation_that(chain, &agreement, preset, what, |owed| {
        owed.obligation.is_due()
    })
    .await?;
    same("owed", due.obligation.amount, owed_for(&trades))?;
    same("waits for", due.waiting, Some(Waiting::Release))?;
    tokio::time::sleep(WATCHED).await;
    let still = day_that(chain, &agreement, now(), "the day", |_| true).await?;
    same("without a release", still.status, DayStatus::Reconciled)?;

    let (id, day) = (agreement.id.to_string(), day_text(agreement.day()));
    let list = ["--output", "json", "obligation", "list", &id];
    let listed: Value = serde_json::from_str(&staff.run(Side::Debit, &list).await?)?;
    let why = &listed["obligations"][0]["waiting"]["reason"];
    same("listed as", why, &json!("release"))?;
    staff
        .run(Side::Debit, &["obligation", "release", &id, &day])
        .await?;
    settled(chain, &agreement).await?;
    paid_once(chain, &agreement, since, owed_for(&trades)).await
}

/// The bank suspends the client by itself, and the bank and the company lift that together.
async fn a_suspended_client_records_nothing(
    shared: &Shared,
    agreement: &TestAgreement,
    staff: &Staff<'_>,
) -> Result<()> {
    let chain = shared.client();
    let (id, client) = (agreement.id.to_string(), agreement.client().id.to_string());
    let lift = ["agreement", "lift-suspension", &id, &client];
    let suspend = ["agreement", "suspend-client", &id, &client];
    staff.run(Side::Credit, &suspend).await?;
    caught_up(chain, shared.bank()).await?;
    is_refused(chain, agreement, 100).await?;
    staff.run(Side::Credit, &lift).await?;
    caught_up(chain, shared.bank()).await?;
    is_refused(chain, agreement, 101).await?;
    staff.run(Side::Debit, &lift).await?;
    caught_up(chain, shared.company()).await?;
    apply(chain, &of_today(chain, agreement, 102).await?).await?;
    let today = agreement.day().next();
    let trades = chain.trades(agreement.id, today).await?;
    same("trades after the suspension", trades.len(), 1)
}

/// Makes sure that a node takes no record of the client, and says that it is suspended.
async fn is_refused(chain: &Chain, agreement: &TestAgreement, sequence: Sequence) -> Result<()> {
    let transaction = of_today(chain, agreement, sequence).await?;
    let error = match chain.submit(&transaction.encode()).await {
        Ok(_) => bail!("a suspended client's record was taken"),
        Err(error) => error.to_string(),
    };
    let suspended = format!("Custom error: {}:", refusal::SUSPENDED);
    ensure!(
        error.contains(&suspended),
        "not refused as suspended: {error}"
    );
    Ok(())
}

/// A record of a payment that occurred today: it is no late one of the scenario's day, whatever the clock.
async fn of_today(
    chain: &Chain,
    agreement: &TestAgreement,
    sequence: Sequence,
) -> Result<UncheckedExtrinsic> {
    let client = agreement.client();
    let payment = TradeRequest {
        occurred_at: chain.now().await?,
        ..payment(agreement, client, sequence)?
    };
    recording(chain, agreement.id, client, vec![payment]).await
}
