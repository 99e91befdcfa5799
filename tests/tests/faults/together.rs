//! Two days that come due together between faults, one of them closed: one payment covers both.

use crate::{
    business::{staffed, Business, Nodes, FUNDS, MAPPING},
    check,
    imported_files::{self, Sent},
};
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    settlement::{Period, SettlementPeriod},
    Amount, BusinessDay, MemberId, Reference, Side, SideId, SignedAmount,
};
use counterfoil_runtime::{Runtime, RuntimeEvent};
use counterfoil_tests::{
    agreement::{TestAgreement, Wish},
    money::issue,
    two_days,
    world::{repaired, same, settled},
};
use futures::future::try_join;
use pallet_settlement::Event;
use std::{collections::BTreeMap, time::Duration};

/// An agreement with members of its own, and two of its days that come due together.
pub struct Together {
    /// The business of the open day.
    business: Business,
    /// The agreement as it is on the day after, which is closed.
    closed: TestAgreement,
}

impl Together {
    /// Sets it up. Both days are cut off at one moment, at least `ahead` away.
    pub async fn begin(nodes: Nodes, ahead: Duration) -> Result<Self> {
        let wish = Wish {
            ahead,
            period: Period::WorkingDay,
            ..Wish::default()
        };
        let wish = staffed(&nodes, &[], wish).await?;
        let (company, _) = wish.company.as_ref().context("nobody was staffed")?;
        let (chain, rail, treasury) = (&nodes.client, wish.rail, company.treasury());
        // Side by side: the time to the cut-off is short.
        let make = two_days::make_due_together(chain, wish);
        let ([open, closed], ()) = try_join(make, issue(chain, treasury, FUNDS)).await?;
        let business = Business::open(nodes, &[], rail, open).await?;
        let mapping = imported_files::mapping_by(&business.agreement.plan.offset_text());
        std::fs::write(business.path(MAPPING), mapping)?;
        Ok(Self { business, closed })
    }

    /// The agreement as it is on either day.
    pub const fn days(&self) -> [&TestAgreement; 2] {
        [&self.business.agreement, &self.closed]
    }

    /// Records payments and refunds of both days, until all are final. Returns what was sent.
    pub async fn go_about(&self) -> Result<BTreeMap<Reference, Sent>> {
        let id = self.business.agreement.id;
        let days = self.days().map(TestAgreement::day);
        let (text, sent) = imported_files::of_two_days(id, days);
        let recorded = self.business.record(&text, None).await;
        recorded.with_context(|| format!("the client of agreement {id}"))?;
        Ok(sent)
    }

    /// Waits until both days are paid, and makes sure that they were paid once, together, and with the sum of
    /// what is owed for each. Returns what was checked.
    pub async fn paid_once(&self, sent: &BTreeMap<Reference, Sent>) -> Result<String> {
        let chain = self.business.client();
        let [open, closed] = self.days();
        // Takes the trades that came after the cut-off of both days.
        let next = closed.day().next();
        let mut summaries = Vec::new();
        for agreement in [open, closed] {
            settled(chain, agreement).await?;
            summaries.push(repaired(chain, agreement).await?);
        }
        let mut trades = Vec::new();
        for day in [open.day(), closed.day(), next] {
            let of_day = chain.trades(open.id, day).await?;
            check::given_back(chain, open, day, &of_day, sent).await?;
            trades.push(of_day);
        }
        check::once(&trades, sent)?;

        let (mut owed, none) = (Vec::new(), BTreeMap::new());
        for ((agreement, summary), of_day) in
            [open, closed].into_iter().zip(&summaries).zip(&trades)
        {
            let day = agreement.day();
            ensure!(
                !of_day.is_empty(),
                "the machine is too slow: no trade came before the cut-off of {day:?}"
            );
            same("comes due with", summary.due_with, closed.day())?;
            owed.push((day, check::numbers(summary, of_day)?));
            check::sides(&self.business, agreement, summary, of_day, &none).await?;
        }
        for side in [Side::Debit, Side::Credit] {
            let late = trades[2].len();
            check::follows(&self.business, SideId::new(open.id, next, side), late).await?;
        }
        let sum: SignedAmount = owed.iter().map(|(_, owed)| owed).sum();
        self.is_one_obligation(&owed, sum).await?;
        check::on_accounts(&self.business, sum).await?;
        Ok(format!(
            "{} trades of two days once ({} late), books, {sum} paid once for both",
            sent.len(),
            trades[2].len()
        ))
    }

    /// Makes sure that the days were counted once each, and paid once, with the sum of what is owed for each.
    async fn is_one_obligation(
        &self,
        days: &[(BusinessDay, SignedAmount)],
        sum: SignedAmount,
    ) -> Result<()> {
        let chain = self.business.client();
        let [open, closed] = self.days();
        let period = SettlementPeriod {
            first: open.day(),
            last: closed.day(),
        };
        for agreement in [open, closed] {
            let view = chain.obligation(agreement.id, agreement.day()).await?;
            let view = view.context("nothing is owed for the period")?;
            same("period", view.period, period)?;
            same("days", &view.days[..], days)?;
            same("days counted", view.obligation.days, 2)?;
            let amounts = (view.obligation.amount, view.obligation.paid);
            same("owed and paid", amounts, (sum, sum.unsigned_abs()))?;
        }
        let mut told = Told::default();
        for event in chain.events_since(self.business.since).await? {
            if let RuntimeEvent::Settlement(event) = event {
                told.hear(&event, open);
            }
        }
        let (company, bank) = (open.company.id, open.bank.id);
        let paid = (period.first, company, bank, sum.unsigned_abs());
        let due = (period, sum.unsigned_abs());
        same("days counted before the last one", told.counted, 1)?;
        same("what fell due", told.due, vec![due])?;
        same("payments", told.paid, vec![paid])
    }
}

/// What the chain told of an agreement's settlement periods.
#[derive(Default)]
struct Told {
    /// How many days were counted while others of their period were not reconciled.
    counted: u32,
    due: Vec<(SettlementPeriod, Amount)>,
    /// The first day of a period that was paid, who paid whom, and how much.
    paid: Vec<(BusinessDay, MemberId, MemberId, Amount)>,
}

impl Told {
    /// Takes in an event, if it is of the agreement.
    fn hear(&mut self, event: &Event<Runtime>, of: &TestAgreement) {
        match event {
            Event::DayCounted { agreement, .. } if *agreement == of.id => self.counted += 1,
            Event::ObligationDue {
                agreement,
                day,
                last,
                amount,
                ..
            } if *agreement == of.id => {
                let period = SettlementPeriod {
                    first: *day,
                    last: *last,
                };
                self.due.push((period, *amount));
            }
            Event::Paid {
                agreement,
                day,
                debtor,
                creditor,
                amount,
                ..
            } if *agreement == of.id => self.paid.push((*day, *debtor, *creditor, *amount)),
            _ => {}
        }
    }
}
