//! What a call is signed with: an account, its nonce or none, and the block to which it is bound.

use super::{call::Call, interfaces::check_calls, Chain, Config};
use crate::{
    error::{Error, Result},
    operator::Operator,
};
use counterfoil_primitives::envelope::{birth, USUAL_ERA};
use subxt::{
    client::OnlineClientAtBlock,
    config::{substrate::H256 as Hash, DefaultExtrinsicParamsBuilder},
};

/// What transactions are signed with at a moment: the runtime of the best block, and the block at
/// which their era begins.
#[derive(Clone)]
pub struct Envelope {
    at: OnlineClientAtBlock<Config>,
    birth: u64,
    birth_hash: Hash,
}

/// The block at which the era ends of what is bound to the block `birth`.
pub const fn end_of(birth: u64) -> u64 {
    birth.saturating_add(USUAL_ERA)
}

/// The block to which a transaction is bound whose era ends at `ends_at`.
pub const fn birth_of(ends_at: u64) -> u64 {
    ends_at.saturating_sub(USUAL_ERA)
}

impl Chain {
    /// The block to which a transaction is bound that is signed now. It is final, or, where
    /// finality lags, recent: a call enters a block then as well.
    pub async fn birth(&self) -> Result<u64> {
        let finalized = self.finalized().await?.number().await?;
        let best = self.best().await?.number().await?;
        Ok(birth(best, finalized))
    }

    /// What to sign with now.
    pub async fn envelope(&self) -> Result<Envelope> {
        self.envelope_of(self.birth().await?).await
    }

    /// Fails unless this release was built for the calls of the best block's runtime.
    pub async fn check_calls(&self) -> Result<()> {
        Ok(self.best().await?.interfaces().await?.check_calls()?)
    }

    /// What to sign with so that it is bound to the block `birth`. There is no such thing for a runtime for
    /// whose calls this release was not built, so nothing is signed for it.
    pub async fn envelope_of(&self, birth: u64) -> Result<Envelope> {
        let at = self.best().await?.opened().await?;
        check_calls(at.transaction_version())?;
        let birth_hash = Hash::from(self.at_number(birth).await?.hash().0);
        Ok(Envelope {
            at,
            birth,
            birth_hash,
        })
    }
}

impl Envelope {
    /// The state of the best block.
    pub(super) const fn at(&self) -> &OnlineClientAtBlock<Config> {
        &self.at
    }

    /// The block at which the era ends of what is signed: from there on it lands in none.
    pub const fn ends_at(&self) -> u64 {
        end_of(self.birth)
    }

    /// The bytes of `call`, signed by the operator's account with `nonce`.
    pub fn sign(&self, call: &Call, operator: &Operator, nonce: u32) -> Result<Vec<u8>> {
        let parameters = DefaultExtrinsicParamsBuilder::new()
            .nonce(nonce.into())
            .mortal_from_unchecked(USUAL_ERA, self.birth, self.birth_hash)
            .build();
        let signed = self
            .at
            .tx()
            .create_v4_signable_offline(call, parameters)
            .and_then(|mut signable| signable.sign(operator))
            .map_err(|error| Error::Unsigned {
                call: call.title(),
                source: error.into(),
            })?;
        Ok(signed.into_encoded())
    }

    /// The bytes of `call` without a signature.
    pub fn bare(&self, call: &Call) -> Result<Vec<u8>> {
        let bare = self.at.tx().create_v4_unsigned(call);
        let bare = bare.map_err(|error| Error::Unsigned {
            call: call.title(),
            source: error.into(),
        })?;
        Ok(bare.into_encoded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_era_ends_where_the_chain_says() {
        for birth in [0, 5, USUAL_ERA, 1_000] {
            let era = subxt::utils::Era::mortal(USUAL_ERA, birth);
            let subxt::utils::Era::Mortal { period, phase } = era else {
                panic!("the era is mortal")
            };
            assert_eq!((period, phase), (end_of(birth) - birth, birth % USUAL_ERA));
            assert_eq!(birth_of(end_of(birth)), birth);
        }
    }
}
