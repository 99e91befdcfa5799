//! Payments made up, and recorded by the client's own import.

use anyhow::{Context, Result};
use counterfoil_client::{
    chain::Chain,
    import::{self, on_chain::ClientChain, Prepared, Settings, Verdict},
    journal::Journal,
    operator::Operator,
};
use counterfoil_primitives::{
    Amount, BusinessDay, Moment, ProductId, Reference, Sequence, Terms, TradeRequest, UserId,
};
use counterfoil_tests::{agreement::TestAgreement, member::Member};
use std::path::Path;

/// Made-up payments of one product.
#[derive(Clone, Copy, Debug)]
pub struct Payments {
    /// The product.
    pub product: ProductId,
    /// Its terms.
    pub terms: Terms,
    /// When the first payment completed.
    pub from: Moment,
    /// How many times too high each gross amount is: 1 where all are right.
    pub times: Amount,
}

impl Payments {
    /// The payment that gets `sequence`; no two are alike.
    pub fn payment(&self, sequence: Sequence) -> TradeRequest {
        let gross = self.times * (100_003 + 7_919 * Amount::from(sequence % 100_000));
        let amounts = self.terms.amounts(gross);
        let mut reference = [0xC0; 16];
        reference[8..].copy_from_slice(&sequence.to_be_bytes());
        let mut user = [0; 16];
        user[8..].copy_from_slice(&(sequence % 50_000).to_be_bytes());
        TradeRequest {
            sequence,
            reference: Reference(reference),
            user: UserId(user),
            product: self.product,
            gross,
            debit: amounts.debit,
            credit: amounts.credit,
            occurred_at: self.from + sequence % 3_600_000,
        }
    }

    /// The payments of these sequences.
    pub fn batch(&self, sequences: std::ops::Range<Sequence>) -> Vec<TradeRequest> {
        sequences.map(|sequence| self.payment(sequence)).collect()
    }
}

/// Records `count` payments of an agreement as `counterfoil trade import` does, with a journal in
/// `folder`, and waits until all are final.
pub async fn import(
    url: &str,
    folder: &Path,
    agreement: &TestAgreement,
    client: &Member,
    payments: &Payments,
    count: u64,
) -> Result<()> {
    let chain = Chain::connect(url).await?;
    let on_chain = chain.finalized().await?.agreement(agreement.id).await?;
    let operator = Operator::from_suri(&client.suri)?;
    let journal = Journal::open(
        &folder.join(format!("client-{}.journal", client.id)),
        chain.genesis(),
        client.id,
    )?;
    let prepared = prepared(agreement.day(), payments, count);
    let mut client_chain = ClientChain::new(chain, on_chain, client.id, operator).await?;
    let settings = Settings::of(agreement.id);
    let verdicts = import::run(
        &mut client_chain,
        &journal,
        &prepared,
        &settings,
        &mut |_| (),
    )
    .await?;
    let refused = verdicts
        .iter()
        .find(|verdict| !matches!(verdict, Verdict::Recorded { .. }));
    match refused {
        Some(verdict) => Err(anyhow::anyhow!("{verdict:?}"))
            .context("a payment of the measurement was not recorded"),
        None => Ok(()),
    }
}

fn prepared(day: BusinessDay, payments: &Payments, count: u64) -> Vec<Prepared> {
    (1..=count)
        .map(|number| Prepared {
            id: number.to_string(),
            trade: TradeRequest {
                sequence: 0,
                ..payments.payment(number)
            },
            day,
            original: None,
        })
        .collect()
}
