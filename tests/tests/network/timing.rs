//! Days of which chain and ledger have trades of one another.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::SideStatus,
    timing::{End, Late, OtherEnd, TimingEnd},
    Entry, Kind, LedgerEntry, Side, Source, Trade, TradeId, TradeRequest, Witness,
};
use counterfoil_tests::world::{at, caught_up, day_that, repaired, same, Shared, SharedWorld};
use counterfoil_tests::{
    agreement::{TestAgreement, Wish},
    chain::Chain,
    cli::{exported, on_day, Shell},
    clock::day_text,
    ledger::{confirm, import, right_ledger, right_line},
    ledger_desk::Desk,
    trades::{payment, payments, record, recorded},
    two_days,
};
use serde_json::{json, Value as Json};
use std::{collections::BTreeSet, time::Duration};

/// The least time to the cut-off of the first day.
const AHEAD: Duration = Duration::from_secs(75);
/// The position, on the first day, of the payment that the bank books a day late.
const LATE: u32 = 7;
/// The position, on the second day, of the payment that the client sends a day late.
const EARLY: u32 = 10;

/// The bank's ledger lacks a payment on the first day and has it on the second. Another payment has its time
/// on the first day, and is in the ledger there; the chain takes it after the cut-off, and has it on the
/// second. Each day is proven with two breaks; they are two timing differences, whichever day is read, and as
/// staff saw it before.
pub async fn what_chain_and_ledger_have_a_day_apart_is_a_timing_difference_as_previewed(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let (chain, bank) = (shared.client(), shared.bank());
    let days = Days::begin(chain, Wish::default()).await?;
    let (first, second) = (&days.first, &days.second);
    let [of_first, of_second] = days.ledgers(chain).await?;
    import(bank, first, Side::Credit, &of_first).await?;
    confirm(bank, first, Side::Credit, &of_first).await?;
    import(bank, second, Side::Credit, &of_second).await?;
    confirm(bank, second, Side::Credit, &of_second).await?;
    days.record_early(chain).await?;

    for (day, lines) in [(first, &of_first), (second, &of_second)] {
        let previewed = check(shared, day, lines).await?;
        proven_as(chain, day, &previewed).await?;
    }
    let shell = Shell::new(chain.url(), first.client());
    for (day, expected) in [
        (
            first,
            [
                days.late_end(End::Slot(LATE)),
                days.early_end(End::Extra(0)),
            ],
        ),
        (
            second,
            [
                days.early_end(End::Slot(EARLY)),
                days.late_end(End::Extra(0)),
            ],
        ),
    ] {
        let found = chain.timing_differences(day.side_id(Side::Credit)).await?;
        same("timing differences", found, expected.to_vec())?;
        let shown = shell.json(on_day("show", day)).await?;
        let counts = (&shown["credit"]["breaks"], &shown["credit"]["timing"]);
        same("breaks apart from timing", counts, (&json!(0), &json!(2)))?;
        let rows = exported(&shell, "breaks", day, Side::Credit).await?;
        same("exported breaks", rows.len(), 0)?;
        let rows = exported(&shell, "timing", day, Side::Credit).await?;
        let ends = rows.iter().map(|row| {
            let end = |column: &str| row[column].as_str().map(ToOwned::to_owned);
            (end("recorded_on"), end("booked_on"))
        });
        let [one, other] = [first, second].map(|day| Some(day_text(day.day())));
        let both = BTreeSet::from([(one.clone(), other.clone()), (other, one)]);
        same("exported ends", ends.collect::<BTreeSet<_>>(), both)?;
    }
    Ok(())
}

/// The same payments, and the bank stands by no ledger of the first day. Of either break of the second day,
/// preview and chain say that the first day was not compared.
pub async fn what_is_a_day_apart_from_one_that_defaulted_is_not_compared_as_previewed(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let (chain, bank) = (shared.client(), shared.bank());
    let wish = Wish {
        deadline_minutes: 2,
        ..Wish::default()
    };
    let days = Days::begin(chain, wish).await?;
    let (first, second) = (&days.first, &days.second);
    let [_, of_second] = days.ledgers(chain).await?;
    import(bank, second, Side::Credit, &of_second).await?;
    confirm(bank, second, Side::Credit, &of_second).await?;
    days.record_early(chain).await?;

    // The deadline of the first day.
    let due = second.plan.preset_at();
    let what = "the bank's side of the first day to default";
    day_that(chain, first, due, what, |day| {
        day.credit.status == SideStatus::Defaulted
    })
    .await?;
    let previewed = check(shared, second, &of_second).await?;
    proven_as(chain, second, &previewed).await?;
    let ends = [
        days.early_end(End::Slot(EARLY)),
        days.late_end(End::Extra(0)),
    ];
    let expected = ends.map(|end| TimingEnd {
        other: OtherEnd::NotCompared,
        ..end
    });
    let found = chain
        .timing_differences(second.side_id(Side::Credit))
        .await?;
    same("what was not compared", found, expected.to_vec())
}

/// Two days, and a payment of each that the bank's ledger has on the other.
struct Days {
    first: TestAgreement,
    second: TestAgreement,
    /// Recorded on the first day, and booked on the second.
    late: Trade,
    /// Booked on the first day, and recorded on the second.
    early: TradeRequest,
}

impl Days {
    /// Records all payments but the one that is sent late.
    async fn begin(chain: &Chain, wish: Wish) -> Result<Self> {
        let wish = Wish {
            ahead: AHEAD,
            credit_source: Source::Ledger,
            ..wish
        };
        let [first, second] = two_days::make_alike(chain, wish).await?;
        let requests = payments(&first, first.client(), 0..20)?;
        record(chain, &first, first.client(), &requests).await?;
        let requests = payments(&second, second.client(), 20..20 + u64::from(EARLY))?;
        record(chain, &second, second.client(), &requests).await?;
        first.before_the_cut_off(chain).await?;
        let trades = recorded(chain, &first).await?;
        let early = payment(&first, first.client(), 20 + u64::from(EARLY))?;
        Ok(Self {
            late: trades[LATE as usize],
            early,
            first,
            second,
        })
    }

    /// The bank's ledgers of both days.
    async fn ledgers(&self, chain: &Chain) -> Result<[Vec<LedgerEntry>; 2]> {
        let mut of_first = right_ledger(&recorded(chain, &self.first).await?, Side::Credit);
        of_first.remove(LATE as usize);
        of_first.push(self.early_line());
        let mut of_second = right_ledger(&recorded(chain, &self.second).await?, Side::Credit);
        of_second.push(right_line(&self.late, Side::Credit));
        Ok([of_first, of_second])
    }

    fn early_line(&self) -> LedgerEntry {
        LedgerEntry {
            id: Some(TradeId {
                client: self.first.client().id,
                sequence: self.early.sequence,
            }),
            kind: Kind::Payment,
            reference: self.early.reference,
            user: self.early.user,
            product: self.early.product,
            amount: self.early.credit,
            occurred_at: self.early.occurred_at,
        }
    }

    /// Records the payment that is late: after the cut-off of its day, and before that day is reported.
    async fn record_early(&self, chain: &Chain) -> Result<()> {
        let (first, second) = (&self.first, &self.second);
        at(first.plan.cut_off_at()).await;
        record(chain, second, second.client(), &[self.early]).await?;
        ensure!(
            chain.now().await? < first.plan.preset_at(),
            "the machine is too slow: the late payment came after the report of its day"
        );
        let trades = recorded(chain, second).await?;
        let found = trades.get(EARLY as usize).map(|trade| trade.reference);
        same("the late payment", found, Some(self.early.reference))
    }

    /// An end of the payment that the ledger has late, once both are proven.
    fn late_end(&self, end: End) -> TimingEnd {
        TimingEnd {
            end,
            entry: self.late.entry(Side::Credit),
            recorded: Witness {
                day: self.first.day(),
                position: LATE,
            },
            booked: self.second.day(),
            late: Late::Ledger,
            other: OtherEnd::Found,
        }
    }

    /// An end of the payment that the chain has late, once both are proven.
    fn early_end(&self, end: End) -> TimingEnd {
        let line = self.early_line();
        let entry: Entry = line.into_entry(TradeId::default());
        TimingEnd {
            end,
            entry,
            recorded: Witness {
                day: self.second.day(),
                position: EARLY,
            },
            booked: self.first.day(),
            late: Late::Chain,
            other: OtherEnd::Found,
        }
    }
}

/// What `book check` shows of the bank's ledger of a day.
async fn check(shared: &Shared, day: &TestAgreement, lines: &[LedgerEntry]) -> Result<Json> {
    let (chain, bank) = (shared.client(), shared.bank());
    caught_up(bank, chain).await?;
    Desk::new(bank, &day.bank, day)?.check(lines).await
}

/// Waits until the bank's side of a day is proven and repaired. The chain has proven the breaks that were
/// previewed, and shows the same of timing differences.
async fn proven_as(chain: &Chain, day: &TestAgreement, previewed: &Json) -> Result<()> {
    let summary = repaired(chain, day).await?;
    let bank = SideStatus::Repaired { breaks: 2 };
    same("bank", summary.credit.status, bank)?;
    let (id, date) = (day.id.to_string(), day_text(day.day()));
    let words = ["report", "show", "--agreement", &id, "--day", &date];
    let shown = Shell::new(chain.url(), day.client()).json(words).await?;
    let differences = rows(&previewed["differences"])?;
    let slots = rows(&shown["credit"]["slots"])?;
    let extras = rows(&shown["credit"]["extras"])?;
    same("breaks", [slots, extras].concat(), differences)
}

/// Differences, or breaks, by what both have: the position, the cause, the day of an extra's trade, and what
/// is known of a timing difference. Each is null where it is not there.
fn rows(list: &Json) -> Result<Vec<Json>> {
    let list = list.as_array().context("there is no list")?;
    let row = |one: &Json| {
        json!([
            one["position"],
            one["cause"],
            one["booked_on"],
            one["timing"]
        ])
    };
    Ok(list.iter().map(row).collect())
}
