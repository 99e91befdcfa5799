//! Upgrades of the runtime: the council authorises a hash; after that, anybody can submit its code.

use crate::{
    chain::{
        call::Call,
        read::At,
        submit::{Included, Until},
        Chain,
    },
    error::{CouncilRefusal, Result},
};
use sp_core::H256;
use sp_crypto_hashing::blake2_256;

/// The hash of a runtime's code, by which the council authorises it.
pub fn code_hash(code: &[u8]) -> H256 {
    H256(blake2_256(code))
}

/// The call by which the council authorises a runtime's code.
pub fn authorize(code: &[u8]) -> Call {
    Call::new("System", "authorize_upgrade", &code_hash(code))
}

impl At {
    /// The hash of the code that the chain waits for, where it waits for one.
    pub async fn authorized_code(&self) -> Result<Option<H256>> {
        // The SDK keeps the hash, and whether the version must rise.
        let stored: Option<(H256, bool)> = self.storage("System", "AuthorizedUpgrade", &[]).await?;
        Ok(stored.map(|(hash, _)| hash))
    }
}

impl Chain {
    /// Submits the code of a runtime that the council authorised. Nobody signs that.
    pub async fn apply_upgrade(&self, code: &[u8], until: Until) -> Result<Included> {
        check(code, self.best().await?.authorized_code().await?)?;
        let call = Call::new("System", "apply_authorized_upgrade", &code);
        let included = self.submit_bare(&call, until).await?;
        let rejected = included.find("System", "RejectedInvalidAuthorizedUpgrade");
        match rejected.and_then(|event| event.fields.get("error")) {
            None => Ok(included),
            Some(error) => Err(CouncilRefusal::Failed {
                call: call.title(),
                refusal: self.dispatch_refusal(error),
            }
            .into()),
        }
    }
}

/// Refuses code that the council has not authorised.
fn check(code: &[u8], authorized: Option<H256>) -> Result<(), CouncilRefusal> {
    let code = code_hash(code);
    if authorized == Some(code) {
        return Ok(());
    }
    Err(CouncilRefusal::NotAuthorized { code, authorized })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_that_was_authorized_is_brought() {
        assert_eq!(check(b"code", Some(code_hash(b"code"))), Ok(()));
    }

    #[test]
    fn code_that_was_not_authorized_is_refused_with_both_hashes() {
        let code = code_hash(b"code");
        for authorized in [None, Some(code_hash(b"other"))] {
            assert_eq!(
                check(b"code", authorized),
                Err(CouncilRefusal::NotAuthorized { code, authorized })
            );
        }
    }
}
