//! Transactions, rightly and wrongly signed.

use super::{
    members,
    operation::{Flaw, Form, Manner},
    world::{Outcome, Sent, World},
};
use crate::{
    transaction::extension, AccountId, Address, Hash, Runtime, RuntimeCall, Signature,
    SignedPayload, System, UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::{
    envelope::{LONGEST_ERA, UNORDERED, USUAL_ERA},
    MemberId,
};
use pallet_registry::Members;
use sp_core::{sr25519, Pair};
use sp_runtime::{generic::Era, traits::TransactionExtension};

/// What came of a call.
#[derive(Debug)]
pub struct Answer {
    /// The member that acted; `None` where none did, or the transaction had a flaw.
    pub actor: Option<MemberId>,
    pub outcome: Outcome,
}

impl Answer {
    pub fn is_done(&self) -> bool {
        self.outcome == Outcome::Done
    }
}

impl World {
    /// Sends a call in some manner; `right` is who makes it as a rule. One with a flaw, or of
    /// who is no member, must have no effect.
    pub fn send(&mut self, manner: Manner, right: MemberId, call: RuntimeCall) -> Answer {
        let member = manner.who.unwrap_or(right);
        let transaction = self.signed(member, manner, call);
        let is_sound = manner.flaw.is_none() && Members::<Runtime>::contains_key(member);
        let outcome = self.submit(transaction.clone());
        self.sent.push(Sent {
            transaction,
            included: !matches!(outcome, Outcome::Refused(_)),
            never: manner.flaw.is_some(),
        });
        if !is_sound {
            assert_ne!(outcome, Outcome::Done, "{manner:?}, member {member}");
        }
        Answer {
            actor: is_sound.then_some(member),
            outcome,
        }
    }

    /// Puts a transaction into a block of its own.
    pub fn submit(&mut self, transaction: UncheckedExtrinsic) -> Outcome {
        self.block(Some(transaction)).expect("there is one")
    }

    /// A key that some member had; before any was retired, one that nobody had.
    fn retired_key(&self) -> sr25519::Pair {
        let retired = self.retired.last().cloned();
        retired.unwrap_or_else(|| members::seeded(1, 0))
    }

    pub fn signed(
        &self,
        member: MemberId,
        manner: Manner,
        call: RuntimeCall,
    ) -> UncheckedExtrinsic {
        let key = match manner.flaw {
            Some(Flaw::RetiredKey) => self.retired_key(),
            _ => self.keys[&member].clone(),
        };
        self.signed_by(&key, manner, call)
    }

    pub fn signed_by(
        &self,
        key: &sr25519::Pair,
        manner: Manner,
        call: RuntimeCall,
    ) -> UncheckedExtrinsic {
        let Manner { form, flaw, .. } = manner;
        let call = match flaw {
            Some(Flaw::Nested) => nested(call),
            _ => call,
        };
        let account = AccountId::from(key.public());
        let next = System::account_nonce(&account);
        let nonce = match (form, flaw) {
            // Before the first, one that is far ahead.
            (Form::Ordered, Some(Flaw::UsedNonce)) => next.wrapping_sub(1).min(UNORDERED - 1),
            (Form::Ordered, _) => next,
            (Form::Unordered, _) => UNORDERED,
        };
        let extension = extension(era(form, flaw), nonce);
        let mut implicit = extension.implicit().expect("the era is known");
        let unknown = Hash::repeat_byte(7);
        match flaw {
            Some(Flaw::OtherChain) => implicit.3 = unknown,
            // A block of an era before this one: its hash is another.
            Some(Flaw::Expired) => implicit.4 .0 .0 = unknown,
            _ => {}
        }
        let of_call = match flaw {
            Some(Flaw::OtherCall) => nested(call.clone()),
            _ => call.clone(),
        };
        let payload = SignedPayload::from_raw(of_call, extension.clone(), implicit);
        let signer = match (form, flaw) {
            // What is wrong of the other form alone is signed by a stranger.
            (_, Some(Flaw::WrongKey))
            | (Form::Ordered, Some(Flaw::LongEra | Flaw::Nested))
            | (Form::Unordered, Some(Flaw::UsedNonce)) => members::seeded(1, 0),
            _ => key.clone(),
        };
        let signature = payload.using_encoded(|bytes| signer.sign(bytes));
        let (address, signature) = (Address::Id(account), Signature::Sr25519(signature));
        UncheckedExtrinsic::new_signed(call, address, signature, extension)
    }
}

fn era(form: Form, flaw: Option<Flaw>) -> Era {
    let last = u64::from(System::block_number()).saturating_sub(1);
    match (form, flaw) {
        (Form::Unordered, Some(Flaw::LongEra)) => Era::mortal(2 * LONGEST_ERA, last),
        (Form::Unordered, _) => Era::mortal(USUAL_ERA, last),
        (Form::Ordered, _) => Era::Immortal,
    }
}

fn nested(call: RuntimeCall) -> RuntimeCall {
    pallet_utility::Call::<Runtime>::batch { calls: vec![call] }.into()
}
