//! Sending calls and following them to finality.

use super::{call::Call, envelope::Envelope, events::Event, Chain, Config};
use crate::signer::Operator;
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{
    envelope::UNORDERED,
    refusal::{
        self,
        words::{self, InvalidTransaction},
    },
};
use sp_core::H256;
use std::time::Duration;
use subxt::{
    client::OnlineClientAtBlockImpl,
    error::{DispatchError, TransactionEventsError, TransactionFinalizedSuccessError},
    metadata::PalletMetadata,
    rpcs::Error as RpcError,
    transactions::{TransactionInBlock, TransactionInvalid, TransactionStatus, ValidationResult},
};

/// How long a call may take to become final before this client stops waiting.
const PATIENCE: Duration = Duration::from_secs(180);

/// A transaction in a block, as subxt knows it.
type InBlock = TransactionInBlock<Config, OnlineClientAtBlockImpl<Config>>;

/// Whether a call waits for those that its account sent before.
#[derive(Clone, Copy)]
enum Order {
    /// It has the account's next nonce.
    Next,
    /// It has no nonce: the chain's state keeps it from being applied twice.
    Free,
}

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
    /// What was signed holds no more: by a fork, a runtime upgrade, or because its era ends. Signed
    /// anew it may go.
    Void(String),
    /// It never goes.
    Invalid(String),
    /// The node cannot be reached, or does not understand.
    Unreachable(String),
}

impl std::fmt::Display for PoolRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known => write!(f, "the node has the transaction already"),
            Self::Stale => write!(f, "it was applied already, or can no longer be"),
            Self::Early => write!(f, "its turn has not come"),
            Self::Busy(why) => write!(f, "the node's pool does not take it now: {why}"),
            Self::Void(why) => write!(f, "it has to be signed anew: {why}; run this again"),
            Self::Invalid(why) => write!(f, "the chain refuses it: {why}"),
            Self::Unreachable(why) => write!(f, "the node cannot be reached: {why}"),
        }
    }
}

impl std::error::Error for PoolRefusal {}

impl Chain {
    /// Signs `call` by the operator's own account with its next nonce, sends it, and follows it to
    /// finality. An error names what the chain refused.
    pub async fn submit_signed(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit(call, operator, Order::Next).await
    }

    /// As [`Self::submit_signed`], without a nonce: for calls that the chain's state keeps from being
    /// applied twice.
    pub async fn submit_unordered(&self, call: &Call, operator: &Operator) -> Result<Included> {
        self.submit(call, operator, Order::Free).await
    }

    /// Signs `call` without a nonce, hands it to the node's pool, and does not wait. An error has
    /// the [`PoolRefusal`] as its root.
    pub async fn enqueue_unordered(&self, call: &Call, operator: &Operator) -> Result<()> {
        match self.try_enqueue(call, operator).await {
            Err(error) if is_void(&error) => self.try_enqueue(call, operator).await,
            outcome => outcome,
        }
    }

    async fn try_enqueue(&self, call: &Call, operator: &Operator) -> Result<()> {
        let envelope = self.envelope().await?;
        let bytes = envelope.sign(call, operator, UNORDERED)?;
        self.check(&envelope, &bytes)
            .await
            .with_context(|| call.title())?;
        self.enqueue(&bytes).await.with_context(|| call.title())
    }

    /// A fork or a runtime upgrade may void what was signed: then it is signed once more.
    async fn submit(&self, call: &Call, operator: &Operator, order: Order) -> Result<Included> {
        match self.try_submit(call, operator, order).await {
            Err(error) if is_void(&error) => self.try_submit(call, operator, order).await,
            outcome => outcome,
        }
    }

    async fn try_submit(&self, call: &Call, operator: &Operator, order: Order) -> Result<Included> {
        let nonce = match order {
            Order::Next => self.next_nonce(operator).await?,
            Order::Free => UNORDERED,
        };
        let envelope = self.envelope().await?;
        let bytes = envelope.sign(call, operator, nonce)?;
        // The chain says why it would not take a call; the pool hardly does.
        self.check(&envelope, &bytes)
            .await
            .with_context(|| call.title())?;
        self.follow(bytes, &envelope, &call.title()).await
    }

    async fn next_nonce(&self, operator: &Operator) -> Result<u32> {
        let account = subxt::tx::Signer::<Config>::account_id(operator);
        let nonce = self
            .methods
            .system_account_next_index(&account)
            .await
            .context("the node does not tell the account's nonce")?;
        u32::try_from(nonce).context("the account's nonce is no number of this chain")
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

    /// Asks the chain whether it would take a transaction, by the state that the envelope is of.
    pub async fn check(&self, envelope: &Envelope, transaction: &[u8]) -> Result<(), PoolRefusal> {
        let verdict = envelope
            .at()
            .tx()
            .from_bytes(transaction.to_vec())
            .validate()
            .await
            .map_err(|error| PoolRefusal::Unreachable(error.to_string()))?;
        match verdict {
            ValidationResult::Valid(_) => Ok(()),
            ValidationResult::Invalid(TransactionInvalid::Stale) => Err(PoolRefusal::Stale),
            ValidationResult::Invalid(TransactionInvalid::Future) => Err(PoolRefusal::Early),
            ValidationResult::Invalid(why) => Err(self.refusal(&why)),
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

    /// Sends a transaction and waits until it is final.
    async fn follow(
        &self,
        transaction: Vec<u8>,
        envelope: &Envelope,
        title: &str,
    ) -> Result<Included> {
        let mut entered = None;
        let finality = finality(&transaction, envelope, &mut entered);
        let block = match tokio::time::timeout(PATIENCE, finality).await {
            Err(_) => bail!(late(title, entered, envelope.ends_at())),
            Ok(Ok(block)) => block,
            Ok(Err(error)) => {
                // The pool does not say why it gives a transaction up.
                let now = self.envelope().await?;
                return match self.check(&now, &transaction).await {
                    Err(void @ PoolRefusal::Void(_)) => Err(void).context(title.to_owned()),
                    _ => Err(error).with_context(|| format!("{title} is not known to be final")),
                };
            }
        };
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

    /// What a refusal by the runtime means.
    fn refusal(&self, why: &TransactionInvalid) -> PoolRefusal {
        use TransactionInvalid as Why;
        let words = self.explain(why);
        match why {
            Why::BadProof | Why::AncientBirthBlock => PoolRefusal::Void(words),
            Why::Custom(code) => of_code(*code, words),
            _ => PoolRefusal::Invalid(words),
        }
    }

    /// Why the pool does not take a transaction, and what helps.
    fn explain(&self, why: &TransactionInvalid) -> String {
        words::in_words(runtimes(why), |error| {
            let pallet = self.metadata.pallet_by_name(error.pallet)?;
            let variant = pallet.error_variant_by_index(error.index)?;
            Some((variant.name.clone(), variant.docs.join(" ")))
        })
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

/// Sends a transaction and waits until it is final. `entered` is told the block of the best chain
/// that holds it meanwhile.
async fn finality(
    transaction: &[u8],
    envelope: &Envelope,
    entered: &mut Option<H256>,
) -> Result<InBlock> {
    let transaction = envelope.at().tx().from_bytes(transaction.to_vec());
    let mut progress = transaction.submit_and_watch().await?;
    while let Some(status) = progress.next().await {
        match status? {
            TransactionStatus::InFinalizedBlock(block) => return Ok(block),
            TransactionStatus::InBestBlock(block) => *entered = Some(H256(block.block_hash().0)),
            TransactionStatus::NoLongerInBestBlock => *entered = None,
            TransactionStatus::Error { message }
            | TransactionStatus::Invalid { message }
            | TransactionStatus::Dropped { message } => bail!(message),
            TransactionStatus::Validated | TransactionStatus::Broadcasted => {}
        }
    }
    bail!("the node stopped telling of it")
}

/// What is known of a transaction that is not final in time.
fn late(title: &str, entered: Option<H256>, ends_at: u64) -> String {
    let patience = PATIENCE.as_secs();
    match entered {
        Some(block) => format!(
            "{title} is in block {block:?}, but not final yet after {patience} s; it becomes so when the chain finalises that block: see that enough of its validators run"
        ),
        None => format!(
            "{title} is in no block yet after {patience} s; it may still enter one below block {ends_at}"
        ),
    }
}

/// Whether an error says that what was signed holds no more.
fn is_void(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(PoolRefusal::Void(_)))
}

/// A refusal as the runtime names it.
const fn runtimes(why: &TransactionInvalid) -> InvalidTransaction {
    use InvalidTransaction as Name;
    use TransactionInvalid as Why;
    match why {
        Why::Call => Name::Call,
        Why::Payment => Name::Payment,
        Why::Future => Name::Future,
        Why::Stale => Name::Stale,
        Why::BadProof => Name::BadProof,
        Why::AncientBirthBlock => Name::AncientBirthBlock,
        Why::ExhaustsResources => Name::ExhaustsResources,
        Why::Custom(code) => Name::Custom(*code),
        Why::BadMandatory => Name::BadMandatory,
        Why::MandatoryValidation => Name::MandatoryValidation,
        Why::BadSigner => Name::BadSigner,
    }
}

/// What a code of this chain means for what was sent. `words` say it.
fn of_code(code: u8, words: String) -> PoolRefusal {
    match code {
        refusal::ENDS_TOO_SOON => PoolRefusal::Void(words),
        refusal::OUTNUMBERED => PoolRefusal::Busy(words),
        _ => PoolRefusal::Invalid(words),
    }
}

/// The code of this chain that the pool's text names, as in `Custom error: 3`.
fn custom_code(text: &str) -> Option<u8> {
    let (_, rest) = text.split_once("Custom error: ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
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
    if let Some(custom) = custom_code(&why).filter(|_| code == INVALID) {
        let words = words::of(InvalidTransaction::Custom(custom));
        return of_code(custom, words.map_or(why, |words| words.to_string()));
    }
    match code {
        IMPORTED => PoolRefusal::Known,
        INVALID if why.contains("outdated") || why.contains("stale") => PoolRefusal::Stale,
        INVALID if why.contains("in the future") => PoolRefusal::Early,
        INVALID if why.contains("bad signature") || why.contains("ancient birth block") => {
            PoolRefusal::Void(why)
        }
        BANNED | TOO_LOW | DROPPED => {
            PoolRefusal::Busy(words::of_pool(code).map_or(why, |words| words.to_string()))
        }
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
        for (code, message) in [
            (1012, "Transaction is temporarily banned"),
            (1014, "Priority is too low"),
            (1016, "Immediately Dropped"),
        ] {
            let words = words::of_pool(code).expect("the code has words");
            assert_eq!(
                pool_refusal(code, message, ""),
                PoolRefusal::Busy(words.to_string())
            );
        }
        for void in [
            "\"Transaction has a bad signature\"",
            "\"Transaction has an ancient birth block\"",
        ] {
            assert!(matches!(
                pool_refusal(1010, "Invalid Transaction", void),
                PoolRefusal::Void(_)
            ));
        }
        assert!(matches!(
            pool_refusal(1010, "Invalid Transaction", "\"Invalid signing address\""),
            PoolRefusal::Invalid(_)
        ));
    }

    /// What the pool means by a code of this chain, with `more` behind the SDK's own text.
    fn of_custom(code: u8, more: &str) -> PoolRefusal {
        let data = format!("\"Custom error: {code}{more}\"");
        pool_refusal(1010, "Invalid Transaction", &data)
    }

    #[test]
    fn codes_of_the_chain_mean_from_the_pool_what_they_mean_from_the_chain() {
        let words = |code| {
            words::of(InvalidTransaction::Custom(code))
                .unwrap()
                .to_string()
        };
        let (too_soon, outnumbered) = (refusal::ENDS_TOO_SOON, refusal::OUTNUMBERED);
        // A node of this chain puts words behind the code, another one does not.
        for more in ["", ": some words"] {
            assert_eq!(
                of_custom(too_soon, more),
                PoolRefusal::Void(words(too_soon))
            );
            assert_eq!(
                of_custom(outnumbered, more),
                PoolRefusal::Busy(words(outnumbered))
            );
            let other = refusal::NOT_ADMITTED;
            assert_eq!(of_custom(other, more), PoolRefusal::Invalid(words(other)));
        }
    }

    #[test]
    fn a_code_that_has_no_words_is_refused_as_the_node_says_it() {
        let PoolRefusal::Invalid(why) = of_custom(refusal::FIRST_OF_REPORTS, ": words") else {
            panic!("it never goes")
        };
        assert!(why.contains("Custom error: 64: words"), "{why}");
    }

    #[test]
    fn what_is_not_final_in_time_is_said_to_be_where_it_is() {
        let waiting = late("trades.seal", None, 128);
        assert!(waiting.contains("in no block yet"), "{waiting}");
        assert!(waiting.contains("below block 128"), "{waiting}");
        let entered = late("trades.seal", Some(H256::repeat_byte(7)), 128);
        assert!(entered.contains("0x0707"), "{entered}");
        assert!(entered.contains("not final yet"), "{entered}");
    }

    #[test]
    fn an_error_is_known_to_be_void_under_its_contexts() {
        let error = |refusal: PoolRefusal| anyhow::Error::from(refusal).context("trades.seal");
        assert!(is_void(&error(PoolRefusal::Void("a fork".into()))));
        assert!(!is_void(&error(PoolRefusal::Stale)));
    }
}
