//! The chain gets a runtime with other calls than those that imports sign.

use super::MockWorld;
use crate::error::Unfit;

/// What an import says of such a runtime.
pub const UNFIT: Unfit = Unfit::Calls { chain: 9, own: 8 };

/// When the chain gets such a runtime, and when imports notice it.
#[derive(Default)]
pub struct Upgrade {
    /// The first block that has it.
    pub from: Option<u64>,
    /// Whether imports notice it only when they sign.
    pub is_noticed_late: bool,
}

impl MockWorld {
    /// Fails where an import notices such a runtime before it notes what it sends.
    pub(super) fn check_before_signing(&self) -> Result<(), Unfit> {
        match self.upgrade.is_noticed_late {
            true => Ok(()),
            false => self.check_when_signing(),
        }
    }

    /// Fails where the chain has such a runtime.
    pub(super) fn check_when_signing(&self) -> Result<(), Unfit> {
        match self.upgrade.from {
            Some(block) if self.best() >= block => Err(UNFIT),
            _ => Ok(()),
        }
    }
}
