//! A member's operator key.

use anyhow::{anyhow, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    fetch::{Request, SignedRequest},
    operator::signing_payload,
    MemberId, Moment, OperatorAuth, OperatorId, OperatorSignature,
};
use sp_core::{crypto::AccountId32, sr25519, Pair, H256};
use std::path::Path;
use subxt::{
    config::substrate::{AccountId32 as Account, MultiSignature},
    tx::Signer,
};

/// An operator key in this process.
#[derive(Clone)]
pub struct Operator {
    pair: sr25519::Pair,
}

impl Operator {
    /// The key of a secret URI: a phrase, a hexadecimal seed, or a development path like `//Alice`.
    pub fn from_suri(suri: &str) -> Result<Self> {
        let pair = sr25519::Pair::from_string(suri.trim(), None).map_err(|_| {
            anyhow!("no key follows from the secret; give a phrase, a seed or a path")
        })?;
        Ok(Self { pair })
    }

    /// The key whose secret URI is the first line of a file.
    pub fn from_file(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the key file {}", path.display()))?;
        let suri = text
            .lines()
            .next()
            .with_context(|| format!("the key file {} is empty", path.display()))?;
        Self::from_suri(suri)
    }

    /// The public key, as the registry keeps it.
    pub fn id(&self) -> OperatorId {
        self.pair.public().into()
    }

    /// The key's own account.
    pub fn account(&self) -> AccountId32 {
        self.pair.public().into()
    }

    /// The operator's authority for `action` with `arguments`, until `expires_at`.
    pub fn authorise(
        &self,
        genesis: H256,
        action: &str,
        arguments: &impl Encode,
        member: MemberId,
        expires_at: Moment,
    ) -> OperatorAuth {
        let payload = signing_payload(genesis, action, arguments, member, expires_at);
        OperatorAuth {
            member,
            expires_at,
            signature: self.sign_bytes(&payload),
        }
    }

    /// Signs a request for a book.
    pub fn sign_request(&self, request: Request) -> SignedRequest {
        let signature = self.sign_bytes(&request.signing_payload());
        SignedRequest { request, signature }
    }

    fn sign_bytes(&self, payload: &[u8]) -> OperatorSignature {
        self.pair.sign(payload).into()
    }
}

impl Signer<crate::chain::Config> for Operator {
    fn account_id(&self) -> Account {
        Account(self.pair.public().0)
    }

    fn sign(&self, payload: &[u8]) -> MultiSignature {
        MultiSignature::Sr25519(self.pair.sign(payload).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::operator::OperatorPair;
    use sp_core::crypto::ByteArray;

    #[test]
    fn a_development_path_gives_the_well_known_account() {
        let alice = Operator::from_suri("//Alice").unwrap();
        assert_eq!(
            alice.account().to_string(),
            "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
        );
        assert_eq!(
            alice.id().as_slice(),
            AsRef::<[u8]>::as_ref(&alice.account())
        );
    }

    #[test]
    fn the_authority_verifies_for_what_was_signed_only() {
        let operator = Operator::from_suri("//Bob").unwrap();
        let genesis = H256::repeat_byte(1);
        let auth = operator.authorise(genesis, "trades.seal", &(1u32, 2u32), 7, 99);
        let good = signing_payload(genesis, "trades.seal", &(1u32, 2u32), 7, 99);
        let other = signing_payload(genesis, "trades.seal", &(1u32, 3u32), 7, 99);
        let verify = |payload: &[u8]| {
            <OperatorPair as sp_core::Pair>::verify(&auth.signature, payload, &operator.id())
        };
        assert!(verify(&good));
        assert!(!verify(&other));
    }

    #[test]
    fn a_secret_that_gives_no_key_is_refused_with_a_remedy() {
        assert!(Operator::from_suri("not a phrase").is_err());
    }

    #[test]
    fn a_key_file_holds_the_secret_on_its_first_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "//Eve\r\nnotes\n").unwrap();
        let eve = Operator::from_file(file.path()).unwrap();
        assert_eq!(eve.id(), Operator::from_suri("//Eve").unwrap().id());
    }
}
