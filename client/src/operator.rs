//! A member's operator key.

use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{
    book_exchange::{Request, SignedRequest},
    operator::rotation_payload,
    MemberId, OperatorId, OperatorSignature,
};
use sp_core::{crypto::AccountId32, sr25519, Pair, H256};
use std::path::Path;
use subxt::{
    config::substrate::{AccountId32 as Account, MultiSignature},
    tx::Signer,
    SubstrateConfig,
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

    /// The key that a command line names by its secret URI or by a file, if it names one.
    pub fn named(suri: Option<&str>, file: Option<&Path>) -> Result<Option<Self>> {
        match (suri, file) {
            (Some(suri), _) => Self::from_suri(suri).map(Some),
            (None, Some(file)) => Self::from_file(file).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The public key, as the registry keeps it.
    pub fn id(&self) -> OperatorId {
        self.pair.public().into()
    }

    /// The key's own account.
    pub fn account(&self) -> AccountId32 {
        self.pair.public().into()
    }

    /// Signs that this key is to act for `member` of the chain with this genesis hash.
    pub fn prove_rotation(&self, genesis: H256, member: MemberId) -> OperatorSignature {
        self.sign_bytes(&rotation_payload(genesis, member))
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

impl Signer<SubstrateConfig> for Operator {
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
    fn the_proof_of_a_rotation_is_of_one_chain_member_and_key() {
        let new = Operator::from_suri("//Bob//2").unwrap();
        let genesis = H256::repeat_byte(1);
        let proof = new.prove_rotation(genesis, 7);
        let verify = |genesis, member, key: &Operator| {
            let payload = rotation_payload(genesis, member);
            <OperatorPair as sp_core::Pair>::verify(&proof, payload, &key.id())
        };
        assert!(verify(genesis, 7, &new));
        assert!(!verify(H256::zero(), 7, &new));
        assert!(!verify(genesis, 8, &new));
        assert!(!verify(genesis, 7, &Operator::from_suri("//Bob").unwrap()));
    }

    #[test]
    fn a_key_is_named_by_its_secret_or_by_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "//Eve\n").unwrap();
        let id = |suri, file| Some(Operator::named(suri, file).unwrap()?.id());
        let eve = Some(Operator::from_suri("//Eve").unwrap().id());
        assert_eq!(id(Some("//Eve"), None), eve);
        assert_eq!(id(None, Some(file.path())), eve);
        assert_eq!(id(None, None), None);
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
