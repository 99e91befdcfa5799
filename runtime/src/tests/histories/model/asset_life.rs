//! The asset of payments on chain, which its issuer may destroy: first it moves no more, then it leaves all
//! accounts, and then it is gone.

use super::Model;
use crate::{presets::ASSET, Assets};
use counterfoil_primitives::Amount;
use frame_support::traits::fungibles::Inspect;

/// How far the asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetLife {
    Lives,
    /// It is being destroyed. What was issued of it counts as issued until it is gone.
    Dies {
        supply: Amount,
    },
    Gone,
}

impl Model {
    /// Whether the asset can be minted and moved.
    pub fn has_asset(&self) -> bool {
        self.asset == AssetLife::Lives
    }

    /// The issuer is about to begin to destroy the asset.
    pub fn expect_death(&mut self) {
        self.asset = AssetLife::Dies {
            supply: self.supply(),
        };
    }

    /// The asset is about to leave all accounts.
    pub fn expect_no_funds(&mut self) {
        self.funds.values_mut().for_each(|funds| *funds = 0);
        self.frozen.clear();
    }

    /// The asset is about to go.
    pub fn expect_no_asset(&mut self) {
        self.asset = AssetLife::Gone;
    }

    /// How much of the asset is issued.
    pub(super) fn supply(&self) -> Amount {
        match self.asset {
            AssetLife::Lives => self.funds.values().sum(),
            AssetLife::Dies { supply } => supply,
            AssetLife::Gone => 0,
        }
    }

    /// Accounts hold what they should, and nothing comes or goes beside them.
    pub(super) fn check_funds(&self) {
        for (account, expected) in &self.funds {
            assert_eq!(Assets::balance(ASSET, account), *expected, "{account}");
        }
        let supply = Assets::total_supply(ASSET);
        assert_eq!(supply, self.supply(), "money came or went");
        let exists = Assets::asset_exists(ASSET);
        assert_eq!(exists, self.asset != AssetLife::Gone);
    }
}
