//! What the chain and a node's pool say of a transaction before it is in a block.

use crate::{
    chain::{envelope::Envelope, Chain},
    error::PoolRefusal,
};
use counterfoil_primitives::refusal::{
    self,
    words::{self, InvalidTransaction, IMMEDIATELY_DROPPED, TEMPORARILY_BANNED, TOO_LOW_PRIORITY},
};
use subxt::{
    rpcs::Error as RpcError,
    transactions::{TransactionInvalid, ValidationResult},
};

/// The code by which a node's pool refuses a transaction as invalid.
pub(super) const INVALID: i32 = 1010;

/// The code by which a node's pool says that it cannot judge a transaction: the block that it asks may just
/// have given way to another one, with its state.
pub(super) const UNVERIFIED: i32 = 1002;

impl Chain {
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
    const IMPORTED: i32 = 1013;
    let why = format!("{message} {}", data.trim_matches('"'))
        .trim()
        .to_owned();
    if let Some(custom) = custom_code(&why).filter(|_| code == INVALID) {
        let words = words::of(InvalidTransaction::Custom(custom));
        return of_code(custom, words.map_or(why, |words| words.to_string()));
    }
    match code {
        IMPORTED => PoolRefusal::Known,
        UNVERIFIED => PoolRefusal::Lagging(why),
        INVALID if why.contains("outdated") || why.contains("stale") => PoolRefusal::Stale,
        INVALID if why.contains("in the future") => PoolRefusal::Early,
        INVALID if why.contains("bad signature") || why.contains("ancient birth block") => {
            PoolRefusal::Void(why)
        }
        TEMPORARILY_BANNED | TOO_LOW_PRIORITY | IMMEDIATELY_DROPPED => {
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
        assert!(matches!(
            pool_refusal(1002, "Verification Error", "\"State already discarded\""),
            PoolRefusal::Lagging(_)
        ));
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
}
