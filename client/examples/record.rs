//! Records one payment, and follows it to finality. Started again with the same arguments, it finds
//! the payment recorded.
//!
//! Usage: `record URL KEY_FILE JOURNAL AGREEMENT PRODUCT PAYMENT_ID PAYER AMOUNT COMPLETED_AT`
//!
//! `record ws://127.0.0.1:9944 till.key till.journal 1 1 2026-0001 C-1042 1250.50 1795864562745`
//!
//! `COMPLETED_AT` is the payment's own time, in milliseconds since 1970-01-01 UTC. It belongs to what is
//! recorded: with another time it would be another payment under the same id, and is refused.

use anyhow::{bail, Context, Result};
use counterfoil_client::{
    chain::Chain,
    import::{
        self,
        on_chain::ClientChain,
        prepare::{prepare, ProductTerms, Unprepared},
        Settings, Verdict,
    },
    journal::Journal,
    mapping::reference_of,
    money::Style,
    operator::Operator,
    primitives::{ProductId, UserId},
    time::day_text,
};

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, key, journal, agreement, product, id, payer, amount, completed_at] = &arguments[..]
    else {
        bail!("usage: record URL KEY_FILE JOURNAL AGREEMENT PRODUCT PAYMENT_ID PAYER AMOUNT COMPLETED_AT");
    };
    let chain = Chain::connect(url).await?;
    let operator = Operator::from_file(key.as_ref())?;
    let at = chain.finalized().await?;
    let client = at.member_of(&operator).await?;
    let agreement = at.agreement(agreement.parse()?).await?;

    let product: ProductId = product.parse()?;
    let terms = ProductTerms::load(&at, agreement.id, [product]).await?;
    let payment = Unprepared {
        id,
        reference: reference_of(client, id),
        user: UserId::from_text(payer)
            .context("PAYER is no text of up to 16 bytes that people see whole")?,
        product,
        gross: agreement.money.parse(amount, &Style::default())?,
        occurred_at: completed_at.parse().context("COMPLETED_AT is no number")?,
    };
    let prepared = [prepare(&agreement, &terms, &payment)?];

    let journal = Journal::open(journal.as_ref(), chain.genesis(), client)?;
    let settings = Settings::of(agreement.id);
    let mut seen = ClientChain::new(chain, agreement, client, operator).await?;
    let verdicts = import::run(&mut seen, &journal, &prepared, &settings, &mut |_| ()).await?;
    match &verdicts[0] {
        Verdict::Recorded { sequence, day } => {
            println!(
                "recorded as {client}/{sequence}, booked to {}",
                day_text(*day)
            );
        }
        Verdict::Known { sequence, day } => {
            println!(
                "recorded before as {client}/{sequence}, booked to {}",
                day_text(*day)
            );
        }
        Verdict::Supplemented { day, position } => {
            println!(
                "an amendment recorded it, on position {position} of {}",
                day_text(*day)
            );
        }
        Verdict::Refused { reason } => bail!("not recorded: {reason}"),
    }
    Ok(())
}
