//! Days whose ledgers have a trade of one another.

use anyhow::Result;
use counterfoil_primitives::{
    summary::SideStatus,
    timing::{End, Late, OtherEnd, TimingEnd},
    Side, Source, Witness,
};
use counterfoil_tests::world::{repaired, same, SharedWorld};
use counterfoil_tests::{
    agreement::Wish,
    cli::{exported, on_day, Shell},
    clock::day_text,
    ledger::{confirm, import, right_ledger, right_line},
    trades::{payments, record, recorded},
    two_days,
};
use serde_json::json;
use std::time::Duration;

/// The least time to the cut-off of the first day.
const AHEAD: Duration = Duration::from_secs(75);
/// The position of the payment that the bank books a day late.
const LATE: u32 = 7;

/// The bank's ledger lacks a payment on the first day and has it on the second. Each day is proven with one
/// break; both are one timing difference, whichever day is read.
pub async fn a_line_that_is_booked_a_day_late_is_one_timing_difference(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let (chain, bank) = (shared.client(), shared.bank());
    let wish = Wish {
        ahead: AHEAD,
        credit_source: Source::Ledger,
        ..Wish::default()
    };
    let [first, second] = two_days::make_alike(chain, wish).await?;
    let requests = payments(&first, first.client(), 0..20)?;
    record(chain, &first, first.client(), &requests).await?;
    let requests = payments(&second, second.client(), 20..30)?;
    record(chain, &second, second.client(), &requests).await?;
    first.before_the_cut_off(chain).await?;

    let trades = recorded(chain, &first).await?;
    let late = trades[LATE as usize];
    let mut lines = right_ledger(&trades, Side::Credit);
    lines.remove(LATE as usize);
    import(bank, &first, Side::Credit, &lines).await?;
    confirm(bank, &first, Side::Credit, &lines).await?;
    let mut lines = right_ledger(&recorded(chain, &second).await?, Side::Credit);
    lines.push(right_line(&late, Side::Credit));
    import(bank, &second, Side::Credit, &lines).await?;
    confirm(bank, &second, Side::Credit, &lines).await?;

    for day in [&first, &second] {
        let summary = repaired(chain, day).await?;
        let bank = SideStatus::Repaired { breaks: 1 };
        same("bank", summary.credit.status, bank)?;
    }
    let shell = Shell::new(chain.url(), first.client());
    for (day, end) in [(&first, End::Slot(LATE)), (&second, End::Extra(0))] {
        let expected = TimingEnd {
            end,
            entry: late.entry(Side::Credit),
            recorded: Witness {
                day: first.day(),
                position: LATE,
            },
            booked: second.day(),
            late: Late::Ledger,
            other: OtherEnd::Found,
        };
        let found = chain.timing_differences(day.side_id(Side::Credit)).await?;
        same("timing differences", found, vec![expected])?;
        let shown = shell.json(on_day("show", day)).await?;
        let counts = (&shown["credit"]["breaks"], &shown["credit"]["timing"]);
        same("breaks apart from timing", counts, (&json!(0), &json!(1)))?;
        let breaks = exported(&shell, "breaks", day, Side::Credit).await?;
        same("exported breaks", breaks.len(), 0)?;
        let rows = exported(&shell, "timing", day, Side::Credit).await?;
        same("exported timing differences", rows.len(), 1)?;
        let ends = (&rows[0]["recorded_on"], &rows[0]["booked_on"]);
        let [recorded, booked] = [&first, &second].map(|day| json!(day_text(day.day())));
        same("exported ends", ends, (&recorded, &booked))?;
    }
    Ok(())
}
