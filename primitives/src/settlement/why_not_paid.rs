//! Why an obligation is not paid yet.

use crate::Amount;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// Why an obligation is not paid yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Waiting {
    /// Days of its period are not reconciled.
    Days {
        /// How many.
        missing: u32,
    },
    /// A client went beyond its limits: the debtor's staff has to release the payment.
    Release,
    /// The debtor's account holds less than is due.
    Short {
        /// How much is missing, in minor units.
        by: Amount,
    },
    /// The asset, or the debtor's account in it, is frozen.
    Frozen,
    /// The debtor's account would keep less than the asset's minimum balance, and lose the rest.
    LeavesDust,
    /// The creditor's account cannot take the payment: blocked, or the amount is too small for it.
    CreditorCannotReceive,
    /// The asset does not exist, or is being destroyed.
    AssetUnavailable,
    /// The asset's metadata states other decimals than the agreement.
    OtherDecimals,
    /// The creditor is paid to the account that the debtor pays from.
    SameAccount,
    /// A party is no longer a member, and so has no account.
    NoAccount,
    /// The debtor has to pay outside the chain, and to declare the payment.
    Declaration {
        /// How much is not declared, in minor units.
        undeclared: Amount,
    },
    /// All that is left is declared: the creditor has to acknowledge what it received.
    Acknowledgement {
        /// How much is declared and not acknowledged, in minor units.
        declared: Amount,
    },
}

impl Waiting {
    /// The reason's name in files and JSON, like `short`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Days { .. } => "days",
            Self::Release => "release",
            Self::Short { .. } => "short",
            Self::Frozen => "frozen",
            Self::LeavesDust => "leaves_dust",
            Self::CreditorCannotReceive => "creditor_cannot_receive",
            Self::AssetUnavailable => "asset_unavailable",
            Self::OtherDecimals => "other_decimals",
            Self::SameAccount => "same_account",
            Self::NoAccount => "no_account",
            Self::Declaration { .. } => "declaration",
            Self::Acknowledgement { .. } => "acknowledgement",
        }
    }

    /// The amount that the reason names, in minor units.
    pub const fn amount(&self) -> Option<Amount> {
        match self {
            Self::Short { by } => Some(*by),
            Self::Declaration { undeclared } => Some(*undeclared),
            Self::Acknowledgement { declared } => Some(*declared),
            _ => None,
        }
    }
}

/// For people, without the amount: `the debtor's account holds too little`.
impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days { missing: 1 } => f.write_str("a day of its period is not reconciled"),
            Self::Days { missing } => write!(f, "{missing} days of its period are not reconciled"),
            Self::Release => f.write_str("the debtor's staff has to release it"),
            Self::Short { .. } => f.write_str("the debtor's account holds too little"),
            Self::Frozen => f.write_str("the asset or the debtor's account is frozen"),
            Self::LeavesDust => {
                f.write_str("the debtor's account would keep less than the minimum balance")
            }
            Self::CreditorCannotReceive => {
                f.write_str("the creditor's account cannot take the payment")
            }
            Self::AssetUnavailable => f.write_str("the asset does not exist any more"),
            Self::OtherDecimals => {
                f.write_str("the asset states other decimals than the agreement")
            }
            Self::SameAccount => f.write_str("debtor and creditor have the same account"),
            Self::NoAccount => f.write_str("debtor or creditor is no longer a member"),
            Self::Declaration { .. } => {
                f.write_str("the debtor has to pay outside the chain, and to declare it")
            }
            Self::Acknowledgement { .. } => {
                f.write_str("the creditor has to acknowledge what it received")
            }
        }
    }
}
