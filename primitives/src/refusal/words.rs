//! What each refusal of the pool means, in words for people, and what helps.
//!
//! A node puts these words behind what the SDK says, and the command line prints them; the document
//! `docs/refusals.md` lists them.

use super::{
    ENDS_TOO_SOON, FIRST_OF_PAYMENTS, FIRST_OF_REPORTS, NEEDS_NONCE, NOT_ADMITTED, NOT_FREE,
    OUTNUMBERED, STRANGER, SUSPENDED, WRONG_ERA,
};
use alloc::{format, string::String};
pub use sp_runtime::transaction_validity::InvalidTransaction;

/// A refusal in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusalWords {
    /// A name to look for in documents and logs.
    pub name: &'static str,
    /// What keeps the transaction out.
    pub why: &'static str,
    /// What helps.
    pub remedy: &'static str,
}

impl RefusalWords {
    const fn new(name: &'static str, why: &'static str, remedy: &'static str) -> Self {
        Self { name, why, remedy }
    }
}

impl core::fmt::Display for RefusalWords {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}; {}", self.why, self.remedy)
    }
}

/// The codes of this chain, in ascending order, but for those that stand for errors of pallets.
pub const CODES: [(u8, RefusalWords); 8] = [
    (
        WRONG_ERA,
        RefusalWords::new(
            "WrongEra",
            "a transaction without a nonce must end, and within 1,024 blocks",
            "sign it with an era of that length, or with a nonce",
        ),
    ),
    (
        ENDS_TOO_SOON,
        RefusalWords::new(
            "EndsTooSoon",
            "the transaction has no nonce, and its era ends before a block could take it",
            "sign it anew",
        ),
    ),
    (
        OUTNUMBERED,
        RefusalWords::new(
            "Outnumbered",
            "too many of the member's recent calls without a nonce failed, or were refused in part",
            "let its other programs end, and wait until what they signed has ended, at most an hour",
        ),
    ),
    (
        NEEDS_NONCE,
        RefusalWords::new(
            "NeedsNonce",
            "this call cannot go without a nonce: the chain could not tell whether it was applied",
            "sign it with a nonce, as wallets do by themselves",
        ),
    ),
    (
        STRANGER,
        RefusalWords::new(
            "Stranger",
            "the account that signed is no member's operator",
            "sign by the operator key of a member, or have the council register you as one",
        ),
    ),
    (
        NOT_ADMITTED,
        RefusalWords::new(
            "NotAdmitted",
            "the agreement does not admit your member as a client",
            "send it as a client of the agreement, or have the council add your member if it is a client",
        ),
    ),
    (
        NOT_FREE,
        RefusalWords::new(
            "NotFree",
            "the call is not free for your member, and its account has too little for the fee",
            "send a call that is your member's own, by itself and not inside another, or fund the \
             account",
        ),
    ),
    (
        SUSPENDED,
        RefusalWords::new(
            "Suspended",
            "the bank or the company suspended your member, a client of the agreement",
            "ask them why, and have both lift the suspension",
        ),
    ),
];

/// The refusals that all chains of the SDK have in common, as far as senders meet them.
pub const COMMON: [(InvalidTransaction, RefusalWords); 8] = [
    (
        InvalidTransaction::Call,
        RefusalWords::new(
            "Call",
            "what the call names does not exist, or does not allow the call now",
            "look the agreement and the day up, and correct the call",
        ),
    ),
    (
        InvalidTransaction::Payment,
        RefusalWords::new(
            "Payment",
            "the account cannot pay the fee, and the call is not free for it",
            "sign as a member that may make the call, or fund the account",
        ),
    ),
    (
        InvalidTransaction::Future,
        RefusalWords::new(
            "Future",
            "its turn has not come: something that must come first is missing",
            "send it again later",
        ),
    ),
    (
        InvalidTransaction::Stale,
        RefusalWords::new(
            "Stale",
            "it was applied already, or something else took its place",
            "see what the chain has before you send it again",
        ),
    ),
    (
        InvalidTransaction::BadProof,
        RefusalWords::new(
            "BadProof",
            "its account did not sign it, or the chain has changed its runtime, or replaced the block to \
             which it is bound, since it was signed",
            "sign it anew",
        ),
    ),
    (
        InvalidTransaction::AncientBirthBlock,
        RefusalWords::new(
            "AncientBirthBlock",
            "the block to which it is bound is not on this chain, or is too far back",
            "sign it anew",
        ),
    ),
    (
        InvalidTransaction::ExhaustsResources,
        RefusalWords::new(
            "ExhaustsResources",
            "it is too large for a block",
            "send less in one call",
        ),
    ),
    (
        InvalidTransaction::BadSigner,
        RefusalWords::new(
            "BadSigner",
            "the signer is not a member that may make this call",
            "sign by the operator key of one that may",
        ),
    ),
];

/// The code of JSON-RPC for a transaction that the pool dropped a short while ago.
pub const TEMPORARILY_BANNED: i32 = 1012;

/// The code of JSON-RPC for a transaction in whose place another one waits.
pub const TOO_LOW_PRIORITY: i32 = 1014;

/// The code of JSON-RPC for a transaction that a full pool does not take.
pub const IMMEDIATELY_DROPPED: i32 = 1016;

/// What a full pool answers, by the code of JSON-RPC: a transaction that the chain would apply, and that
/// finds no room for now.
pub const POOL: [(i32, RefusalWords); 3] = [
    (
        TEMPORARILY_BANNED,
        RefusalWords::new(
            "TemporarilyBanned",
            "the pool dropped this very transaction a short while ago, and does not take it again yet",
            "wait half an hour, or sign it anew",
        ),
    ),
    (
        TOO_LOW_PRIORITY,
        RefusalWords::new(
            "TooLowPriority",
            "another transaction that waits already stands in its place, with no lower priority",
            "wait until that one is in a block",
        ),
    ),
    (
        IMMEDIATELY_DROPPED,
        RefusalWords::new(
            "ImmediatelyDropped",
            "the pool is full of transactions that come first: blocks are shared out among members, and \
             yours used no less of the last ones than those that wait",
            "send it again after the next block, and fewer at a time",
        ),
    ),
];

/// The words for a code of the pool's own limits.
pub fn of_pool(code: i32) -> Option<RefusalWords> {
    let mut codes = POOL.iter();
    codes
        .find(|(known, _)| *known == code)
        .map(|(_, words)| *words)
}

/// A refusal that stands for an error of a pallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PalletError {
    /// The pallet's name in the metadata.
    pub pallet: &'static str,
    /// The error's index in it.
    pub index: u8,
    /// What helps.
    pub remedy: &'static str,
}

/// The error of a pallet that a code stands for.
pub const fn pallet_error(code: u8) -> Option<PalletError> {
    if code >= FIRST_OF_REPORTS {
        Some(PalletError {
            pallet: "Reconciliation",
            index: code - FIRST_OF_REPORTS,
            remedy: "see how the side of the day stands, and send what it awaits from your member",
        })
    } else if code >= FIRST_OF_PAYMENTS {
        Some(PalletError {
            pallet: "Settlement",
            index: code - FIRST_OF_PAYMENTS,
            remedy: "the day stays due, and is paid by itself once nothing stands against it",
        })
    } else {
        None
    }
}

/// The words for a refusal, but for one that stands for an error of a pallet.
pub fn of(why: InvalidTransaction) -> Option<RefusalWords> {
    if let InvalidTransaction::Custom(code) = why {
        let mut codes = CODES.iter();
        return codes.find(|(known, _)| *known == code).map(|(_, w)| *w);
    }
    let mut common = COMMON.iter();
    common.find(|(known, _)| *known == why).map(|(_, w)| *w)
}

/// The words for a refusal: `error_docs` looks up what a pallet says of the error with an index, as
/// name and sentence. A code that nobody knows is named by its number.
pub fn in_words(
    why: InvalidTransaction,
    error_docs: impl FnOnce(&PalletError) -> Option<(String, String)>,
) -> String {
    if let Some(words) = of(why) {
        return format!("{words}");
    }
    let InvalidTransaction::Custom(code) = why else {
        return <&str>::from(why).into();
    };
    let named = pallet_error(code).and_then(|error| {
        let (name, docs) = error_docs(&error)?;
        let docs = docs.trim().trim_end_matches('.');
        Some(format!("{}.{name}: {docs}; {}", error.pallet, error.remedy))
    });
    named.unwrap_or_else(|| format!("the chain says no more than code {code}"))
}
