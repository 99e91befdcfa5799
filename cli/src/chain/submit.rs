//! Sending calls and following them to finality.

use super::{call::Call, events::Event, Chain, Config};
use crate::signer::Operator;
use anyhow::{anyhow, bail, Context, Result};
use codec::Encode;
use counterfoil_primitives::{refusal, MemberId, Moment};
use sp_core::H256;
use std::time::Duration;
use subxt::{
    config::DefaultExtrinsicParamsBuilder,
    error::{DispatchError, TransactionEventsError, TransactionFinalizedSuccessError},
    metadata::PalletMetadata,
    rpcs::Error as RpcError,
    transactions::{TransactionInvalid, ValidationResult},
};

/// How long a call may take to become final before this client stops waiting.
const PATIENCE: Duration = Duration::from_secs(180);

/// How long an operator's authority lasts, in milliseconds of the chain's clock.
pub const AUTHORITY: Moment = 5 * 60 * 1000;

/// A call in a finalised block.
#[derive(Clone, Debug)]
pub struct Included {
    /// The block.
    pub block: H256,
    /// What the call did.
    pub events: Vec<Event>,
}

impl Included {
    /// The first event `pallet.name`.
    pub fn find(&self, pallet: &str, name: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.is(pallet, name))
    }
}

/// Why a node did not take a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolRefusal {
    /// It is there already.
    Known,
    /// What it asks for was applied already, or can no longer be.
    Stale,
    /// Its turn has not come: what must come before it has not.
    Early,
    /// The pool is full or has banned it for some minutes: later it may go.
    Busy(String),
    /// It never goes.
    Invalid(String),
    /// The node cannot be reached, or does not understand.
    Unreachable(String),
}

impl std::fmt::Display for PoolRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known => write!(f, "the node has the transaction already"),
            Self::Stale => write!(f, "it was applied already"),
            Self::Early => write!(f, "its turn has not come"),
            Self::Busy(why) => write!(f, "the node's pool does not take it now: {why}"),
            Self::Invalid(why) => write!(f, "the chain refuses it: {why}"),
            Self::Unreachable(why) => write!(f, "the node cannot be reached: {why}"),
        }
    }
}

impl std::error::Error for PoolRefusal {}

impl Chain {
    /// Signs `call` by the operator's own account, sends it, and follows it to finality. An error
    /// names what the chain refused.
    pub async fn submit_signed(&self, call: &Call, operator: &Operator) -> Result<Included> {
        let account = subxt::tx::Signer::<Config>::account_id(operator);
        let nonce = self
            .methods
            .system_account_next_index(&account)
            .await
            .context("the node does not tell the account's nonce")?;
        let parameters = DefaultExtrinsicParamsBuilder::new().nonce(nonce).build();
        let at = self.client.at_current_block().await?;
        let signed = at
            .tx()
            .create_signed(call, operator, parameters)
            .await
            .with_context(|| format!("cannot sign {}", call.title()))?;
        let bytes = signed.into_encoded();
        // The chain says why it would not take a call; the pool hardly does.
        self.check(&bytes).await.with_context(|| call.title())?;
        self.submit_bytes(bytes, &call.title()).await
    }

    /// Makes `call` as the chain's administrator, whose key `operator` is.
    pub async fn submit_sudo(&self, call: &Call, operator: &Operator) -> Result<Included> {
        let included = self.submit_signed(&self.sudo(call)?, operator).await?;
        let result = included
            .find("Sudo", "Sudid")
            .and_then(|event| event.fields.get("sudo_result"))
            .context("the chain does not tell what became of the administrator's call")?;
        match result.get("Err") {
            Some(error) => bail!(
                "{} is refused: {}",
                call.title(),
                self.dispatch_error(error)
            ),
            None => Ok(included),
        }
    }

    /// Sends a member's call under its operator's authority, without an account nonce, and
    /// follows it to finality. `action` is the call's name as `pallet.call`.
    pub async fn submit_authorised(
        &self,
        pallet: &'static str,
        name: &'static str,
        arguments: &impl Encode,
        member: MemberId,
        operator: &Operator,
    ) -> Result<Included> {
        let (call, bytes) = self
            .authorised(pallet, name, (arguments, &()), member, operator)
            .await?;
        self.submit_bytes(bytes, &call.title()).await
    }

    /// Hands a member's call under its operator's authority to the node's pool, and does not
    /// wait. The operator signs the arguments, and then what the call relies on beyond them. An
    /// error has the [`PoolRefusal`] as its root.
    pub async fn enqueue_authorised(
        &self,
        pallet: &'static str,
        name: &'static str,
        signs: (&impl Encode, &impl Encode),
        member: MemberId,
        operator: &Operator,
    ) -> Result<()> {
        let (call, bytes) = self
            .authorised(pallet, name, signs, member, operator)
            .await?;
        self.enqueue(&bytes).await.with_context(|| call.title())
    }

    /// A general transaction under an operator's authority that the chain would take now.
    async fn authorised(
        &self,
        pallet: &'static str,
        name: &'static str,
        signs: (&impl Encode, &impl Encode),
        member: MemberId,
        operator: &Operator,
    ) -> Result<(Call, Vec<u8>)> {
        let now = self.best().await?.now().await?;
        let action = action(pallet, name);
        let auth = operator.authorise(self.genesis(), &action, &signs, member, now + AUTHORITY);
        let call = Call::of_member(pallet, name, signs.0, Some(auth));
        let bytes = self.general_transaction(&call)?;
        self.check(&bytes).await.context(action)?;
        Ok((call, bytes))
    }

    /// Asks the chain whether it would take a transaction now.
    pub async fn check(&self, transaction: &[u8]) -> Result<(), PoolRefusal> {
        let at = self
            .client
            .at_current_block()
            .await
            .map_err(|error| PoolRefusal::Unreachable(error.to_string()))?;
        let verdict = at
            .tx()
            .from_bytes(transaction.to_vec())
            .validate()
            .await
            .map_err(|error| PoolRefusal::Unreachable(error.to_string()))?;
        match verdict {
            ValidationResult::Valid(_) => Ok(()),
            ValidationResult::Invalid(TransactionInvalid::Stale) => Err(PoolRefusal::Stale),
            ValidationResult::Invalid(TransactionInvalid::Future) => Err(PoolRefusal::Early),
            ValidationResult::Invalid(why) => Err(PoolRefusal::Invalid(self.explain(&why))),
            ValidationResult::Unknown(why) => Err(PoolRefusal::Invalid(format!("{why:?}"))),
        }
    }

    /// Hands a transaction to the node's pool and does not wait.
    pub async fn enqueue(&self, transaction: &[u8]) -> Result<(), PoolRefusal> {
        match self.methods.author_submit_extrinsic(transaction).await {
            Ok(_) => Ok(()),
            Err(RpcError::User(error)) => Err(pool_refusal(
                error.code,
                &error.message,
                error
                    .data
                    .as_ref()
                    .map(|data| data.get())
                    .unwrap_or_default(),
            )),
            Err(error) => Err(PoolRefusal::Unreachable(error.to_string())),
        }
    }

    async fn submit_bytes(&self, transaction: Vec<u8>, title: &str) -> Result<Included> {
        let at = self.client.at_current_block().await?;
        let follow = async {
            let progress = at.tx().from_bytes(transaction).submit_and_watch().await?;
            anyhow::Ok(progress.wait_for_finalized().await?)
        };
        let block = tokio::time::timeout(PATIENCE, follow)
            .await
            .map_err(|_| {
                anyhow!(
                    "{title} is not final after {} s; it may still become so",
                    PATIENCE.as_secs()
                )
            })?
            .with_context(|| format!("{title} is not known to be final"))?;
        let events = match block.wait_for_success().await {
            Ok(events) => events,
            Err(TransactionEventsError::ExtrinsicFailed(error)) => {
                bail!("{title} is refused: {}", self.explain_dispatch(&error))
            }
            Err(error) => {
                return Err(
                    anyhow::Error::from(TransactionFinalizedSuccessError::from(error))
                        .context(format!("cannot read what became of {title}")),
                )
            }
        };
        let events = events
            .iter()
            .map(|event| Event::read(&event.context("an event has an unknown shape")?))
            .collect::<Result<_>>()?;
        Ok(Included {
            block: H256(block.block_hash().0),
            events,
        })
    }

    fn explain_dispatch(&self, error: &DispatchError) -> String {
        let DispatchError::Module(module) = error else {
            return error.to_string();
        };
        self.metadata
            .pallet_by_error_index(module.pallet_index())
            .and_then(|pallet| explain_error(&pallet, module.error_index()))
            .unwrap_or_else(|| error.to_string())
    }

    /// Why the pool does not take a transaction. A report says which of its pallet's errors it is.
    fn explain(&self, why: &TransactionInvalid) -> String {
        let TransactionInvalid::Custom(code) = why else {
            return explain(why);
        };
        code.checked_sub(refusal::FIRST_OF_REPORTS)
            .and_then(|index| {
                let pallet = self.metadata.pallet_by_name("Reconciliation")?;
                explain_error(&pallet, index)
            })
            .unwrap_or_else(|| explain(why))
    }
}

/// A pallet's error by its index: its name and what it says.
fn explain_error(pallet: &PalletMetadata, index: u8) -> Option<String> {
    let variant = pallet.error_variant_by_index(index)?;
    let docs = variant.docs.join(" ");
    Some(format!(
        "{}.{}: {}",
        pallet.name(),
        variant.name,
        docs.trim()
    ))
}

/// The name that an operator signs: `Trades` and `record` give `trades.record`.
fn action(pallet: &str, name: &str) -> String {
    format!("{}.{name}", pallet.to_ascii_lowercase())
}

fn explain(why: &TransactionInvalid) -> String {
    use TransactionInvalid as Why;
    match why {
        Why::BadProof => {
            "the signature is not by the member's operator key, or the call was changed".into()
        }
        Why::BadSigner => "the key is no member's operator key".into(),
        Why::Payment => "the account cannot pay, and only members go free".into(),
        Why::Call => "what it names is not there, or does not let it happen now".into(),
        Why::ExhaustsResources => "it is larger than a block takes".into(),
        Why::Custom(refusal::EXPIRED) => {
            "the operator's authority has expired; see whether this machine's clock is right".into()
        }
        Why::Custom(refusal::TOO_FAR_AHEAD) => {
            "the operator's authority lasts too long; see whether this machine's clock is right"
                .into()
        }
        Why::Custom(refusal::OUTNUMBERED) => {
            "the client had too many batches refused in part lately; let its other programs end, and \
             wait until what they signed has expired, at most an hour"
                .into()
        }
        Why::Custom(code) => format!("its authority or its content does not stand (code {code})"),
        other => format!("{other:?}"),
    }
}

/// Reads the codes of the `author` methods.
fn pool_refusal(code: i32, message: &str, data: &str) -> PoolRefusal {
    const INVALID: i32 = 1010;
    const BANNED: i32 = 1012;
    const IMPORTED: i32 = 1013;
    const TOO_LOW: i32 = 1014;
    const DROPPED: i32 = 1016;
    let why = format!("{message} {}", data.trim_matches('"'))
        .trim()
        .to_owned();
    match code {
        IMPORTED => PoolRefusal::Known,
        INVALID if why.contains("outdated") || why.contains("stale") => PoolRefusal::Stale,
        INVALID if why.contains("in the future") => PoolRefusal::Early,
        BANNED | TOO_LOW | DROPPED => PoolRefusal::Busy(why),
        _ => PoolRefusal::Invalid(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool_codes_tell_what_to_do() {
        assert_eq!(
            pool_refusal(1013, "Already imported", ""),
            PoolRefusal::Known
        );
        assert_eq!(
            pool_refusal(1010, "Invalid Transaction", "\"Transaction is outdated\""),
            PoolRefusal::Stale
        );
        assert_eq!(
            pool_refusal(
                1010,
                "Invalid Transaction",
                "\"Transaction will be valid in the future\""
            ),
            PoolRefusal::Early
        );
        assert!(matches!(
            pool_refusal(1016, "Immediately Dropped", ""),
            PoolRefusal::Busy(_)
        ));
        assert!(matches!(
            pool_refusal(1010, "Invalid Transaction", "\"bad signature\""),
            PoolRefusal::Invalid(_)
        ));
    }

    #[test]
    fn an_action_is_pallet_and_call_in_lower_case() {
        assert_eq!(
            action("Reconciliation", "report_clean"),
            "reconciliation.report_clean"
        );
    }
}
