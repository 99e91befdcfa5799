//! Members and their keys.

use crate::chain::{to_hex, Chain};
use anyhow::{anyhow, Context, Result};
use counterfoil_primitives::{MemberId, Moment, OperatorId, OperatorSignature};
use jsonrpsee::rpc_params;
use sp_core::{crypto::AccountId32, sr25519, Pair};
use std::time::{SystemTime, UNIX_EPOCH};

/// A member whose operator key we hold.
#[derive(Clone)]
pub struct Member {
    /// The member's id.
    pub id: MemberId,
    /// The secret phrase that the operator key comes from.
    pub suri: String,
    pair: sr25519::Pair,
}

/// The client of the development genesis: Alice.
pub const CLIENT: MemberId = 1;
/// The company of the development genesis: Bob.
pub const COMPANY: MemberId = 2;
/// The bank of the development genesis: Charlie.
pub const BANK: MemberId = 3;
/// The reconciler of the development genesis: Dave.
pub const RECONCILER: MemberId = 4;

/// Milliseconds since 1970, by this machine.
pub fn now() -> Moment {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as Moment)
}

impl Member {
    /// The member `id` whose operator key comes from `suri`.
    pub fn new(id: MemberId, suri: &str) -> Self {
        Self {
            id,
            suri: suri.into(),
            pair: sr25519::Pair::from_string(suri, None)
                .expect("a development phrase is well formed"),
        }
    }

    /// A member of the development genesis.
    pub fn genesis(id: MemberId) -> Self {
        let suri = match id {
            CLIENT => "//Alice",
            COMPANY => "//Bob",
            BANK => "//Charlie",
            RECONCILER => "//Dave",
            5 => "//Eve",
            _ => "//Ferdie",
        };
        Self::new(id, suri)
    }

    /// The secret seed of the operator's key, for programs that take no phrase.
    pub fn seed(&self) -> Result<[u8; 32]> {
        let (_, seed) = sr25519::Pair::from_string_with_seed(&self.suri, None)
            .map_err(|error| anyhow!("no key follows from {}: {error:?}", self.suri))?;
        seed.with_context(|| format!("no seed gives the key of {}", self.suri))
    }

    /// The operator's key pair.
    pub fn pair(&self) -> &sr25519::Pair {
        &self.pair
    }

    /// The operator's account.
    pub fn account(&self) -> AccountId32 {
        self.pair.public().into()
    }

    /// The operator's key.
    pub fn operator(&self) -> OperatorId {
        self.pair.public().into()
    }

    /// The account that the member pays from and is paid to.
    pub fn treasury(&self) -> AccountId32 {
        let suri = format!("{}//treasury", self.suri);
        sr25519::Pair::from_string(&suri, None)
            .expect("a development phrase is well formed")
            .public()
            .into()
    }

    /// A signature over any payload.
    pub fn sign(&self, payload: &[u8]) -> OperatorSignature {
        self.pair.sign(payload).into()
    }

    /// Puts the operator key into a node's keystore, so that the node acts for the member.
    pub async fn move_into(&self, node: &Chain) -> Result<()> {
        let public = to_hex(&self.pair.public().0);
        node.request("author_insertKey", rpc_params!["oper", &self.suri, public])
            .await
    }
}
