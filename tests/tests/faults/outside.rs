//! A payment outside the chain between faults: in part, then the rest, and once more what came back of that.
//!
//! The company's staff declares, and the bank's acknowledges, by hand and by the statement of its account.
//! Each repeats what it says until its node shows it. An attempt that failed may still reach the chain, even
//! after the next one. A second declaration, and a second answer, fail by their reference and number, and a
//! second report of a return by what it names as returned before. So less than half of the payment comes
//! back, in two parts: what stays would be enough for each of them to count twice.

use crate::business::{Business, ATTEMPT, LONG};
use anyhow::{bail, ensure, Context, Result};
use counterfoil_primitives::{
    settlement::{Declaration, ObligationView, Rail, SettlementPeriod},
    summary::DayStatus,
    AgreementId, Amount, Side, SignedAmount,
};
use counterfoil_runtime::RuntimeEvent;
use counterfoil_tests::{
    cli::Shell,
    clock::day_text,
    money::amount_text,
    wait,
    world::{at, caught_up, same},
};
use pallet_settlement::Event;
use std::fmt::Write;
use tokio::sync::watch;

/// What a bank on the way keeps of the first payment.
const CHARGE: Amount = 1_500;
/// The declaration that is not acknowledged before nodes are killed.
const HELD: u32 = 1;

/// What a party says of payments, and what follows: amounts in minor units, by the numbers of declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Declared(u32, Amount),
    Received(u32, Amount),
    CameBack(u32, Amount),
    AllPaid(Amount),
}

/// What was paid outside the chain, as those know it who paid and were paid.
#[derive(Default)]
pub struct Outside {
    said: Vec<Said>,
    /// What moved on the bank's account, in minor units: below zero, back to the company.
    account: Vec<(u32, SignedAmount)>,
    /// The commands of staff, in their order.
    commands: Vec<(Side, Vec<String>)>,
}

/// Pays what the company owes for the day. The acknowledgement of the second payment is held back until
/// `struck` says that nodes were killed meanwhile.
pub async fn pay(business: &Business, mut struck: watch::Receiver<bool>) -> Result<Outside> {
    at(business.agreement.plan.preset_at()).await;
    let mut desks = Desks {
        business,
        done: Outside::default(),
    };
    let owed = desks.due().await?;
    let part = owed / 3;
    let received = part - CHARGE;
    let rest = owed - received;
    let (back, more) = (rest / 5, rest / 6);
    desks.declares(0, part).await?;
    desks.acknowledges(0, received).await?;
    desks.declares(HELD, rest).await?;
    let nobody = "nobody kills nodes while a declaration waits";
    struck.wait_for(|struck| *struck).await.context(nobody)?;
    desks.acknowledges_by_statement(HELD, rest).await?;
    desks.done.said.push(Said::AllPaid(owed));
    desks.reports_back(HELD, back, 0).await?;
    desks.reports_back(HELD, more, back).await?;
    desks.declares(2, back + more).await?;
    desks.acknowledges_by_statement(2, back + more).await?;
    desks.done.said.push(Said::AllPaid(owed));
    Ok(desks.done)
}

/// Whether the declaration that is held back until nodes are killed is there.
pub fn is_held(view: &ObligationView) -> bool {
    declaration(view, HELD).is_some()
}

/// Makes sure that what is owed was paid outside the chain once, and that nothing more comes of what staff
/// says again.
pub async fn paid(business: &Business, outside: &Outside, owed: SignedAmount) -> Result<()> {
    let (chain, agreement) = (business.client(), &business.agreement);
    let stayed: SignedAmount = outside.account.iter().map(|(_, moved)| moved).sum();
    same("what stayed on the bank's account", stayed, owed)?;
    caught_up(chain, business.of(Side::Credit)).await?;
    for (side, words) in &outside.commands {
        caught_up(business.of(*side), chain).await?;
        again(business, *side, words).await?;
    }

    let events = chain.events_since(business.since).await?;
    let said: Vec<Said> = events
        .iter()
        .filter_map(|event| Said::of(event, agreement.id))
        .collect();
    same("what was said of payments", &said, &outside.said)?;
    let summary = chain.day(agreement.id, agreement.day()).await?;
    let status = summary.context("no such day")?.status;
    same("status", status, DayStatus::Settled)?;
    let view = view(business, Side::Debit).await?;
    let period = SettlementPeriod {
        first: agreement.day(),
        last: agreement.day(),
    };
    same("period", view.period, period)?;
    same("days", view.days.clone(), vec![(agreement.day(), owed)])?;
    same("rail", view.obligation.rail, Rail::External)?;
    let kept: Amount = view.declarations.iter().map(Declaration::kept).sum();
    let paid = owed.unsigned_abs();
    let found = (kept, view.obligation.paid, view.obligation.left());
    same("kept, paid and left", found, (paid, paid, 0))
}

/// Says once more what was said, and makes sure that it changes nothing.
async fn again(business: &Business, side: Side, words: &[String]) -> Result<()> {
    let before = view(business, side).await?;
    let output = shell(business, side).run(words).await?;
    same("after a repetition", view(business, side).await?, before)?;
    // A statement may be read again; all else is refused.
    let is_statement = words.iter().any(|word| word == "statement");
    ensure!(
        is_statement || !output.success,
        "{words:?} was taken twice: {}",
        output.stdout
    );
    Ok(())
}

/// What is owed, as the node of a party shows it.
async fn view(business: &Business, side: Side) -> Result<ObligationView> {
    let Business { agreement, .. } = business;
    let node = business.of(side);
    let owed = node.obligation(agreement.id, agreement.day()).await?;
    owed.context("nothing is owed yet")
}

/// The shell of a party's staff, at its own node.
fn shell(business: &Business, side: Side) -> Shell {
    Shell::new(business.of(side).url(), business.agreement.party(side))
}

fn declaration(view: &ObligationView, number: u32) -> Option<&Declaration> {
    view.declarations
        .iter()
        .find(|declaration| declaration.number == number)
}

impl Said {
    /// What an event of an agreement says.
    fn of(event: &RuntimeEvent, id: AgreementId) -> Option<Self> {
        let RuntimeEvent::Settlement(event) = event else {
            return None;
        };
        match event {
            Event::PaymentDeclared {
                agreement,
                number,
                amount,
                ..
            } if *agreement == id => Some(Self::Declared(*number, *amount)),
            Event::PaymentAcknowledged {
                agreement,
                number,
                received,
                ..
            } if *agreement == id => Some(Self::Received(*number, *received)),
            Event::PaymentReturned {
                agreement,
                number,
                amount,
                ..
            } if *agreement == id => Some(Self::CameBack(*number, *amount)),
            Event::Paid {
                agreement, amount, ..
            } if *agreement == id => Some(Self::AllPaid(*amount)),
            _ => None,
        }
    }
}

/// The staff of company and bank.
struct Desks<'a> {
    business: &'a Business,
    done: Outside,
}

impl Desks<'_> {
    /// Waits until the company's node shows what the company owes.
    async fn due(&self) -> Result<Amount> {
        let due = wait::until("the payment to fall due", LONG, || async {
            let view = view(self.business, Side::Debit).await?;
            Ok(view.obligation.is_due().then_some(view))
        });
        let due = due.await?;
        let company = self.business.agreement.company.id;
        same("who owes", due.debtor, Some(company))?;
        Ok(due.obligation.left())
    }

    /// The company pays, and declares that.
    async fn declares(&mut self, number: u32, amount: Amount) -> Result<()> {
        let further = [
            "--amount".into(),
            amount_text(amount),
            "--value-date".into(),
            self.value_date(),
            "--reference".into(),
            self.reference(number),
        ];
        let words = self.words("declare", &further);
        self.repeats(Side::Debit, words, |view| {
            declaration(view, number).is_some_and(|found| found.amount == amount)
        })
        .await?;
        self.done.said.push(Said::Declared(number, amount));
        Ok(())
    }

    /// The bank receives a payment, and acknowledges it by hand.
    async fn acknowledges(&mut self, number: u32, received: Amount) -> Result<()> {
        self.moves(number, received as SignedAmount);
        let further = [
            number.to_string(),
            "--received".into(),
            amount_text(received),
        ];
        let words = self.words("acknowledge", &further);
        self.repeats_until_received(words, number, received).await
    }

    /// The bank receives a payment, and acknowledges it by the whole statement of its account.
    async fn acknowledges_by_statement(&mut self, number: u32, received: Amount) -> Result<()> {
        self.moves(number, received as SignedAmount);
        let path = self.business.path("statement.csv");
        std::fs::write(&path, self.statement()?)?;
        let words = vec![
            "obligation".into(),
            "statement".into(),
            self.business.agreement.id.to_string(),
            path.display().to_string(),
            "--send".into(),
        ];
        self.repeats_until_received(words, number, received).await
    }

    async fn repeats_until_received(
        &mut self,
        words: Vec<String>,
        number: u32,
        received: Amount,
    ) -> Result<()> {
        self.repeats(Side::Credit, words, |view| {
            declaration(view, number).is_some_and(|found| found.received == Some(received))
        })
        .await?;
        self.done.said.push(Said::Received(number, received));
        Ok(())
    }

    /// A part of what was received comes back to the company, after another one, and the company reports it.
    async fn reports_back(&mut self, number: u32, back: Amount, before: Amount) -> Result<()> {
        self.moves(number, -(back as SignedAmount));
        let further = [
            number.to_string(),
            "--amount".into(),
            amount_text(back),
            "--returned-before".into(),
            amount_text(before),
        ];
        let words = self.words("returned", &further);
        self.repeats(Side::Debit, words, |view| {
            declaration(view, number).is_some_and(|found| found.returned == before + back)
        })
        .await?;
        self.done.said.push(Said::CameBack(number, back));
        Ok(())
    }

    /// Repeats a command of a party's staff until the party's node shows that it counts.
    async fn repeats(
        &mut self,
        side: Side,
        words: Vec<String>,
        counts: impl Fn(&ObligationView) -> bool,
    ) -> Result<()> {
        let (business, shell) = (self.business, shell(self.business, side));
        let what = format!("{} to count", words.join(" "));
        wait::until(&what, LONG, || async {
            if counts(&view(business, side).await?) {
                return Ok(Some(()));
            }
            let attempt = tokio::time::timeout(ATTEMPT, shell.run(&words));
            let output = attempt.await.context("the command hangs")??;
            if output.success {
                return Ok(None);
            }
            bail!("{}{}", output.stdout, output.stderr)
        })
        .await?;
        self.done.commands.push((side, words));
        Ok(())
    }

    /// The words of a command that names the settlement period.
    fn words(&self, command: &str, further: &[String]) -> Vec<String> {
        let agreement = &self.business.agreement;
        let mut words = vec![
            "obligation".into(),
            command.into(),
            agreement.id.to_string(),
            day_text(agreement.day()),
        ];
        words.extend_from_slice(further);
        words
    }

    fn moves(&mut self, number: u32, amount: SignedAmount) {
        self.done.account.push((number, amount));
    }

    fn value_date(&self) -> String {
        day_text(self.business.agreement.day().next())
    }

    /// What a statement names the payment of a declaration by.
    fn reference(&self, number: u32) -> String {
        format!("E2E-{}-{number}", self.business.agreement.id)
    }

    /// All that moved on the bank's account, as its bank exports it.
    fn statement(&self) -> Result<String> {
        let mut text = String::from("reference,amount,value_date\n");
        for (number, moved) in &self.done.account {
            let sign = if *moved < 0 { "-" } else { "" };
            let amount = amount_text(moved.unsigned_abs());
            let (reference, date) = (self.reference(*number), self.value_date());
            writeln!(text, "{reference},{sign}{amount},{date}")?;
        }
        Ok(text)
    }
}
