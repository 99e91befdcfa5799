//! Transactions handed in, with words for what the pool refuses.
//!
//! The methods stand in the place of the SDK's own of the same names, and answer as they do: same
//! codes, same messages. A refusal by the chain, or by a pool that is full, is told by the SDK as a number
//! or as a general sentence; behind that stands here what it means on this chain, and what helps.

use codec::Decode;
use counterfoil_primitives::refusal::words;
use counterfoil_runtime::errors_by_number;
use jsonrpsee::{
    core::{async_trait, RegisterMethodError, RpcResult},
    proc_macros::rpc,
    types::{ErrorObject, ErrorObjectOwned},
    PendingSubscriptionSink, RpcModule,
};
use sc_rpc::{
    author::error::Error,
    utils::{spawn_subscription_task, BoundedVecDeque, PendingSubscription},
    SubscriptionTaskExecutor,
};
use sc_transaction_pool_api::{
    error::{Error as PoolError, IntoPoolError},
    BlockHash, TransactionFor, TransactionPool, TransactionSource, TxHash,
};
use sp_blockchain::HeaderBackend;
use sp_core::Bytes;
use std::sync::Arc;

/// The SDK's methods that those of `SubmitApi` replace.
const REPLACED: [&str; 3] = [
    "author_submitExtrinsic",
    "author_submitAndWatchExtrinsic",
    "author_unwatchExtrinsic",
];

/// Hands transactions to the pool.
#[rpc(server)]
pub trait SubmitApi<Hash, BlockHash> {
    /// Hands a transaction to the pool; returns its hash.
    #[method(name = "author_submitExtrinsic")]
    async fn submit(&self, transaction: Bytes) -> RpcResult<Hash>;

    /// Hands a transaction to the pool, and tells what becomes of it.
    #[subscription(
        name = "author_submitAndWatchExtrinsic" => "author_extrinsicUpdate",
        unsubscribe = "author_unwatchExtrinsic",
        item = sc_transaction_pool_api::TransactionStatus<Hash, BlockHash>,
    )]
    fn submit_and_watch(&self, transaction: Bytes);
}

/// Hands transactions to a pool.
struct Submit<P, C> {
    pool: Arc<P>,
    client: Arc<C>,
    executor: SubscriptionTaskExecutor,
}

/// Puts methods that name a refusal in words into the place of the SDK's.
pub fn replace<P, C>(
    module: &mut RpcModule<()>,
    pool: Arc<P>,
    client: Arc<C>,
    executor: SubscriptionTaskExecutor,
) -> Result<(), RegisterMethodError>
where
    P: TransactionPool + 'static,
    C: HeaderBackend<P::Block> + 'static,
{
    for method in REPLACED {
        module.remove_method(method);
    }
    let submit = Submit {
        pool,
        client,
        executor,
    };
    module.merge(submit.into_rpc())
}

#[async_trait]
impl<P, C> SubmitApiServer<TxHash<P>, BlockHash<P>> for Submit<P, C>
where
    P: TransactionPool + 'static,
    C: HeaderBackend<P::Block> + 'static,
{
    async fn submit(&self, transaction: Bytes) -> RpcResult<TxHash<P>> {
        let transaction = Decode::decode(&mut &transaction[..])
            .map_err(|error| Error::Client(Box::new(error)))?;
        let best = self.client.info().best_hash;
        self.pool
            .submit_one(best, TransactionSource::External, transaction)
            .await
            .map_err(not_taken)
    }

    fn submit_and_watch(&self, pending: PendingSubscriptionSink, transaction: Bytes) {
        let pool = self.pool.clone();
        let best = self.client.info().best_hash;
        let watch = async move {
            let taken = match TransactionFor::<P>::decode(&mut &transaction[..]) {
                Ok(transaction) => pool
                    .submit_and_watch(best, TransactionSource::External, transaction)
                    .await
                    .map_err(not_taken),
                Err(unreadable) => Err(Error::BadFormat(unreadable).into()),
            };
            match taken {
                Ok(steps) => {
                    PendingSubscription::from(pending)
                        .pipe_from_stream(steps, BoundedVecDeque::default())
                        .await
                }
                Err(refused) => pending.reject(refused).await,
            }
        };
        spawn_subscription_task(&self.executor, watch);
    }
}

/// What is answered where the pool does not take a transaction.
fn not_taken(error: impl IntoPoolError + 'static) -> ErrorObjectOwned {
    match error.into_pool_error() {
        Ok(refusal) => in_words(refusal),
        Err(failure) => Error::Verification(Box::new(failure)).into(),
    }
}

/// The SDK's answer, with the meaning of a refusal behind it.
fn in_words(refusal: PoolError) -> ErrorObjectOwned {
    let of_the_chain = match &refusal {
        PoolError::InvalidTransaction(why) => Some(words::in_words(*why, |error| {
            errors_by_number::docs(error.pallet, error.index)
        })),
        _ => None,
    };
    let answer = ErrorObjectOwned::from(Error::Pool(refusal));
    let of_the_pool = || words::of_pool(answer.code()).map(|words| words.to_string());
    let Some(words) = of_the_chain.or_else(of_the_pool) else {
        return answer;
    };
    let said: String = answer
        .data()
        .and_then(|data| serde_json::from_str(data.get()).ok())
        .unwrap_or_default();
    ErrorObject::owned(
        answer.code(),
        answer.message(),
        Some(format!("{said}: {words}")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::refusal;
    use sp_runtime::transaction_validity::InvalidTransaction;

    /// The answer's code, and the text behind its message.
    fn answer(refusal: PoolError) -> (i32, String) {
        let answer = in_words(refusal);
        let data = answer.data().map(|data| data.get()).unwrap_or("\"\"");
        (answer.code(), serde_json::from_str(data).expect("a text"))
    }

    #[test]
    fn a_code_is_told_in_words_behind_what_the_sdk_says() {
        let why = InvalidTransaction::Custom(refusal::OUTNUMBERED);
        let words = words::of(why).expect("the code has words");
        let (code, text) = answer(PoolError::InvalidTransaction(why));
        assert_eq!(code, 1010);
        assert_eq!(text, format!("Custom error: 3: {words}"));
    }

    #[test]
    fn a_common_refusal_is_told_in_words_behind_what_the_sdk_says() {
        let why = InvalidTransaction::Stale;
        let (code, text) = answer(PoolError::InvalidTransaction(why));
        assert_eq!(code, 1010);
        assert!(text.starts_with("Transaction is outdated: "), "{text}");
        assert!(text.contains(words::of(why).expect("it has words").remedy));
    }

    #[test]
    fn a_code_of_a_pallets_error_names_the_error() {
        let not_clean = InvalidTransaction::Custom(refusal::FIRST_OF_REPORTS + 13);
        let (_, text) = answer(PoolError::InvalidTransaction(not_clean));
        assert!(text.contains("Reconciliation.NotClean: "), "{text}");
        let short = InvalidTransaction::Custom(refusal::FIRST_OF_PAYMENTS + 6);
        let (_, text) = answer(PoolError::InvalidTransaction(short));
        assert!(text.contains("Settlement.InsufficientFunds: "), "{text}");
    }

    #[test]
    fn a_code_that_nobody_knows_is_told_by_its_number() {
        let (code, text) = answer(PoolError::InvalidTransaction(InvalidTransaction::Custom(
            31,
        )));
        assert_eq!(code, 1010);
        assert!(text.starts_with("Custom error: 31: "), "{text}");
    }

    #[test]
    fn a_full_pool_says_why_behind_what_the_sdk_says() {
        for (refusal, code) in [
            (PoolError::TemporarilyBanned, 1012),
            (
                PoolError::TooLowPriority {
                    old: Default::default(),
                    new: Default::default(),
                },
                1014,
            ),
            (PoolError::ImmediatelyDropped, 1016),
        ] {
            let words = words::of_pool(code).expect("the code has words");
            let (answered, text) = answer(refusal);
            assert_eq!(answered, code);
            assert!(text.ends_with(&format!(": {words}")), "{text}");
        }
    }

    #[test]
    fn what_has_no_words_is_answered_as_the_sdk_does() {
        let own = ErrorObjectOwned::from(Error::Pool(PoolError::CycleDetected));
        let (code, text) = answer(PoolError::CycleDetected);
        assert_eq!(code, own.code());
        assert_eq!(
            format!("\"{text}\""),
            own.data().map_or("\"\"", |data| data.get())
        );
    }
}
