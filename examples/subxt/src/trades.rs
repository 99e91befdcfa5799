//! Recording payments and refunds, and what became of each.

use crate::{
    chain::{Chain, Operator, Refused},
    day::{digits, find},
    request::{Original, Payments, Refunds, TradeId},
};
use anyhow::{Context, Result};
use subxt::{
    dynamic::Value,
    ext::{scale_decode::DecodeAsType, scale_encode::EncodeAsType, scale_value::ValueDef},
};

// What is read has the fields that are used; subxt skips the others.

/// The event `CreditEntriesIssued`: trades were added to a day.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct Issued {
    date: String,
}

/// The event `TradeRefused`.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct TradeRefused {
    sequence: u64,
    reason: Value,
}

/// Records the payments of a file, in one batch. Returns whether all were taken.
pub async fn record(chain: &Chain, operator: &Operator, file: &Payments) -> Result<bool> {
    let trades = file.payments.iter().map(|payment| payment.request());
    let sequences: Vec<u64> = file.payments.iter().map(|p| p.sequence).collect();
    let trades = trades.collect::<Result<Vec<_>>>()?;
    send(
        chain,
        operator,
        "record",
        file.agreement,
        trades,
        &sequences,
    )
    .await
}

/// Refunds a part or all of payments that are recorded. Returns whether all refunds were taken.
pub async fn refund(chain: &Chain, operator: &Operator, file: &Refunds) -> Result<bool> {
    let client = client_of(chain, operator).await?;
    let mut trades = Vec::new();
    for back in &file.refunds {
        let (day, sequence) = (digits(&back.of.date)?, back.of.sequence);
        let id = TradeId { client, sequence };
        let place = find(chain, file.agreement, day, id).await?;
        let position = place.with_context(|| {
            format!(
                "payment {client}/{sequence} is not on {}: see its day",
                back.of.date
            )
        })?;
        let of = (file.agreement, day, position);
        let before = chain.api("refunded", of).await?;
        let original = Original { id, day, position };
        trades.push(back.trade.refund(original, before)?);
    }
    let sequences: Vec<u64> = file.refunds.iter().map(|r| r.trade.sequence).collect();
    send(
        chain,
        operator,
        "refund",
        file.agreement,
        trades,
        &sequences,
    )
    .await
}

/// Sends trades in one call, and prints what became of each. Returns whether all were taken.
async fn send<T: EncodeAsType>(
    chain: &Chain,
    operator: &Operator,
    name: &str,
    agreement: u32,
    trades: Vec<T>,
    sequences: &[u64],
) -> Result<bool> {
    let client = client_of(chain, operator).await?;
    let events = match chain.finalized(operator, name, agreement, trades).await {
        Ok(events) => events,
        Err(error) => {
            let Refused(reason) = error.downcast()?;
            tell_refusal("the call", &reason);
            return Ok(false);
        }
    };
    let mut all_taken = true;
    for event in events.iter() {
        let event = event?;
        match (event.pallet_name(), event.event_name()) {
            ("Trades", "CreditEntriesIssued") => {
                let Issued { date } = event.decode_fields_unchecked_as()?;
                for &sequence in sequences {
                    let id = TradeId { client, sequence };
                    if let Some(position) = find(chain, agreement, digits(&date)?, id).await? {
                        println!("recorded {client}/{sequence} on {date}, position {position}");
                    }
                }
            }
            ("Trades", "TradeRefused") => {
                let TradeRefused { sequence, reason } = event.decode_fields_unchecked_as()?;
                if let ValueDef::Variant(reason) = reason.value {
                    tell_refusal(&format!("{client}/{sequence}"), &reason.name);
                }
                all_taken = false;
            }
            _ => {}
        }
    }
    Ok(all_taken)
}

fn tell_refusal(what: &str, reason: &str) {
    let remedy = match reason {
        "SequenceUsed" => "see what is recorded under this sequence: it may be this very trade",
        "WrongDebit" => "compute the company's amount anew, by the terms of the payment's day",
        "WrongCredit" => "compute the bank's amount anew, by the terms of the payment's day",
        _ => "look the reason up in docs/programs.md",
    };
    eprintln!("refused {what}: {reason}\nremedy: {remedy}");
}

/// The member whose key signs.
async fn client_of(chain: &Chain, operator: &Operator) -> Result<u32> {
    let member: Option<u32> = chain.api("member_of", (operator.account(),)).await?;
    member.with_context(|| {
        format!(
            "{operator} is no member's operator: \
             name the seed file of a member's operator key in COUNTERFOIL_SEED_FILE"
        )
    })
}
