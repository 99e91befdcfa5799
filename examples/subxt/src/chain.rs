//! The way to the chain: a key that signs, calls that are followed to finality, and the runtime API.

use anyhow::{Context, Result};
use sp_core::{sr25519, Pair};
use std::{fmt, sync::Arc};
use subxt::{
    backend::LegacyBackend,
    config::substrate::{AccountId32, MultiSignature},
    dynamic::{runtime_api_call, tx},
    error::{DispatchError, TransactionEventsError},
    ext::{
        frame_decode::runtime_apis::IntoEncodableValues, scale_decode::DecodeAsType,
        scale_encode::EncodeAsType,
    },
    extrinsics::ExtrinsicEvents,
    rpcs::RpcClient,
    tx::Signer,
    OnlineClient, SubstrateConfig,
};

/// The chain did not take a call: the name of its error, such as `WrongCredit`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// A member's operator key.
pub struct Operator(sr25519::Pair);

impl Operator {
    /// The key of the secret seed on the first line of a file: 0x and 64 digits.
    pub fn from_file(path: &str) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        let seed = text.lines().next().unwrap_or_default().trim();
        // Without 0x, it would be taken for a phrase.
        let seed = Some(seed).filter(|seed| seed.starts_with("0x"));
        let pair = seed.and_then(|seed| sr25519::Pair::from_string(seed, None).ok());
        Ok(Self(pair.with_context(|| {
            format!("{path} does not begin with a seed: write 0x and 64 digits")
        })?))
    }

    /// The account that signs.
    pub fn account(&self) -> [u8; 32] {
        self.0.public().0
    }
}

/// Its address.
impl fmt::Display for Operator {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}", self.0.public())
    }
}

impl Signer<SubstrateConfig> for Operator {
    fn account_id(&self) -> AccountId32 {
        AccountId32(self.account())
    }

    fn sign(&self, payload: &[u8]) -> MultiSignature {
        MultiSignature::Sr25519(self.0.sign(payload).0)
    }
}

/// A connection to a node. All that it reads is final.
pub struct Chain(OnlineClient<SubstrateConfig>);

impl Chain {
    /// Connects to the node at `url`, and reads the chain's metadata.
    pub async fn connect(url: &str) -> Result<Self> {
        let rpc = RpcClient::from_insecure_url(url).await?;
        let backend = LegacyBackend::<SubstrateConfig>::builder().build(rpc);
        Ok(Self(OnlineClient::from_backend(Arc::new(backend)).await?))
    }

    /// What the chain's runtime API answers.
    pub async fn api<A, R>(&self, method: &str, arguments: A) -> Result<R>
    where
        A: IntoEncodableValues,
        R: DecodeAsType,
    {
        let at = self.0.at_current_block().await?;
        let call = runtime_api_call::<A, R>("CounterfoilApi", method, arguments);
        Ok(at.runtime_apis().call(call).await?)
    }

    /// Signs and sends the call `Trades.name` of an agreement, and follows it to finality. Returns its
    /// events. Fails with [`Refused`] where the call failed.
    pub async fn finalized<T: EncodeAsType>(
        &self,
        operator: &Operator,
        name: &str,
        agreement: u32,
        trades: Vec<T>,
    ) -> Result<ExtrinsicEvents<SubstrateConfig>> {
        let call = tx("Trades", name, (agreement, trades));
        let mut transactions = self.0.transactions().await?;
        let progress = transactions
            .sign_and_submit_then_watch_default(&call, operator)
            .await?;
        let included = progress.wait_for_finalized().await?;
        match included.wait_for_success().await {
            Err(TransactionEventsError::ExtrinsicFailed(DispatchError::Module(error))) => {
                Err(Refused(error.details()?.variant.name.clone()).into())
            }
            other => Ok(other?),
        }
    }
}
