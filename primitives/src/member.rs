//! A member: what it does on the chain, and what is on chain of it.

use crate::{BusinessDay, OperatorId, Text};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::crypto::AccountId32;

/// What a member does on the chain.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records trades.
    Client,
    /// Sells products, keeps debit entries, pays.
    Company,
    /// Keeps credit entries, is paid.
    Bank,
    /// Compares and reports.
    Reconciler,
}

/// A member as programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MemberView {
    /// What it does on the chain.
    pub role: Role,
    /// Its name.
    pub name: Text<64>,
    /// The account that it pays from and is paid to, before the first of [`Self::accounts_from`].
    pub account: AccountId32,
    /// The accounts that follow, each with its first day, ascending.
    pub accounts_from: Vec<(BusinessDay, AccountId32)>,
    /// The first days of those among [`Self::accounts_from`] that the member set by itself: it is paid to
    /// them, and pays from the last one before them that the council set.
    pub set_by_member: Vec<BusinessDay>,
    /// The first day of the one among [`Self::accounts_from`] that the member asked for by itself, while it
    /// can be objected to.
    pub open_change: Option<BusinessDay>,
    /// Its operator key.
    pub operator: OperatorId,
    /// Where its node answers JSON-RPC; empty where it answers nobody.
    pub endpoint: Text<256>,
}
