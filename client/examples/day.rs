//! Shows a business day: its trades, both sides, and who owes whom what.
//!
//! Usage: `day URL AGREEMENT DAY`
//!
//! `day ws://127.0.0.1:9944 1 2026-11-23`

use anyhow::{bail, Result};
use counterfoil_client::{
    chain::Chain,
    primitives::{
        timing::{count, status_words},
        Side,
    },
    report::side_of,
    text::{obligation_text, side_title},
    time::parse_day,
};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, agreement, day] = &arguments[..] else {
        bail!("usage: day URL AGREEMENT DAY");
    };
    let at = Chain::connect(url).await?.finalized().await?;
    let agreement = at.agreement(agreement.parse()?).await?;
    let day = at.day(agreement.id, parse_day(day)?).await?;

    let money = agreement.money;
    for (title, kind) in [("payments", day.payments), ("refunds", day.refunds)] {
        println!("{} {title}, {}", kind.count, money.show(kind.gross));
    }
    for side in Side::BOTH {
        let ends = at
            .timing_differences(agreement.side_id(day.day, side))
            .await?;
        let status = status_words(&side_of(&day, side).status, count(&ends));
        println!("{}: {status}", side_title(side));
    }
    match day.obligation {
        Some(owed) => println!("obligation: {}", obligation_text(owed, &money)),
        None => println!("the obligation is known once the day is reconciled"),
    }
    Ok(())
}
