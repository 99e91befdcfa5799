//! Reading a day by the chain's runtime API.

use crate::{chain::Chain, request::TradeId};
use anyhow::{ensure, Context, Result};
use subxt::ext::scale_decode::DecodeAsType;

/// The trades of a page.
const PAGE: u32 = 256;

// What is read has the fields that are shown; subxt skips the others.

/// A day.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Day {
    trades: u32,
    payments: Totals,
    refunds: Totals,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Totals {
    count: u32,
    gross_minor_units: u128,
}

/// A trade on chain.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Recorded {
    id: RecordedId,
    kind: Kind,
    gross_minor_units: u128,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct RecordedId {
    client: u32,
    sequence: u64,
}

#[derive(Debug, DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
enum Kind {
    Payment,
    Refund,
}

/// A day as the chain takes it: 2026-11-28 is 20261128.
pub fn digits(date: &str) -> Result<u32> {
    let mut places = date.bytes().enumerate();
    let is_written_so = date.len() == 10
        && places.all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    ensure!(is_written_so, "{date} is no date: write it like 2026-11-28");
    Ok(date.replace('-', "").parse()?)
}

/// The position of a trade on a day.
pub async fn find(chain: &Chain, agreement: u32, day: u32, id: TradeId) -> Result<Option<u32>> {
    let found: Option<(u32, Recorded)> = chain.api("find_by_id", (agreement, day, id)).await?;
    Ok(found.map(|(position, _)| position))
}

/// Prints the sums of a day, and its trades.
pub async fn show(chain: &Chain, agreement: u32, date: &str) -> Result<()> {
    let day: Option<Day> = chain.api("day", (agreement, digits(date)?)).await?;
    let day = day.with_context(|| {
        format!("agreement {agreement} has no day {date}: it begins later, or the day lies ahead")
    })?;
    for (kind, totals) in [("payments", day.payments), ("refunds", day.refunds)] {
        println!(
            "{} {kind}, gross {}",
            totals.count, totals.gross_minor_units
        );
    }
    for page in 0..day.trades.div_ceil(PAGE) {
        let of = (agreement, digits(date)?, page);
        let trades: Vec<Recorded> = chain.api("trades", of).await?;
        for (position, trade) in (page * PAGE..).zip(trades) {
            let RecordedId { client, sequence } = trade.id;
            let (kind, gross) = (trade.kind, trade.gross_minor_units);
            println!("{position} {kind:?} {client}/{sequence}, gross {gross}");
        }
    }
    Ok(())
}
