//! How people name a motion.

use anyhow::{Context as _, Error, Result};
use counterfoil_primitives::council::MotionView;
use sp_core::H256;
use std::{fmt, str::FromStr};

/// A motion's name: its number, or its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MotionName {
    /// The number: how many motions there were before it.
    Index(u32),
    /// The hash of what it runs.
    Hash(H256),
}

impl MotionName {
    /// Whether this names `motion`.
    pub fn names(&self, motion: &MotionView) -> bool {
        match self {
            Self::Index(index) => motion.index == *index,
            Self::Hash(hash) => motion.motion == *hash,
        }
    }
}

impl FromStr for MotionName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || format!("{text:?} names no motion; give its number, or its hash as 0x…");
        match text.strip_prefix("0x") {
            None => text.parse().map(Self::Index).with_context(refused),
            Some(digits) => {
                let bytes = hex::decode(digits).with_context(refused)?;
                let bytes: [u8; 32] = bytes.try_into().ok().with_context(refused)?;
                Ok(Self::Hash(H256(bytes)))
            }
        }
    }
}

impl fmt::Display for MotionName {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => index.fmt(to),
            Self::Hash(hash) => write!(to, "{hash:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::standing::tests::standing;

    #[test]
    fn a_motion_is_named_by_its_number_or_its_hash() {
        let motion = standing(&[1], &[]).motion;
        let hash = format!("0x{}", "07".repeat(32));
        for text in ["3", &hash] {
            let name: MotionName = text.parse().unwrap();
            assert!(name.names(&motion), "{text}");
            assert_eq!(name.to_string(), text);
        }
        for text in ["4".to_owned(), format!("0x{}", "08".repeat(32))] {
            assert!(
                !text.parse::<MotionName>().unwrap().names(&motion),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_neither_number_nor_hash_is_refused_with_the_right_form() {
        for text in ["", "-1", "0x07", "0xzz", "the upgrade"] {
            let error = text.parse::<MotionName>().unwrap_err().to_string();
            assert!(error.contains("its number, or its hash"), "{error}");
        }
    }
}
