//! Transactions, rightly and wrongly signed.

use super::{
    op::{Flaw, Form, Manner},
    people,
    world::{Outcome, Sent, World},
};
use crate::{
    transaction::{authorised, extension},
    AccountId, Address, Hash, Runtime, RuntimeCall, Signature, SignedPayload, System,
    UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::{
    day::MINUTE,
    operator::{signing_payload, OperatorPair, MAX_LIFETIME},
    MemberId, Moment, OperatorAuth,
};
use pallet_registry::Members;
use sp_core::{sr25519, Pair};
use sp_runtime::{generic::Era, traits::TransactionExtension};

/// How long an authority lasts.
pub const AUTHORITY: Moment = 10 * MINUTE;

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
    pub fn send<A: Encode>(
        &mut self,
        manner: Manner,
        right: MemberId,
        (action, arguments): (&str, A),
        call: impl Fn(Option<OperatorAuth>) -> RuntimeCall,
    ) -> Answer {
        let member = manner.who.unwrap_or(right);
        let transaction = match manner.form {
            Form::Authorised => {
                let auth = self.authority(member, manner.flaw, action, &arguments);
                match manner.flaw {
                    Some(Flaw::SignedWithAuthority) => self.signed(member, None, call(Some(auth))),
                    _ => authorised(call(Some(auth))),
                }
            }
            Form::Signed => {
                let auth = (manner.flaw == Some(Flaw::SignedWithAuthority))
                    .then(|| self.authority(member, None, action, &arguments));
                self.signed(member, manner.flaw, call(auth))
            }
        };
        let is_sound = manner.flaw.is_none() && Members::<Runtime>::contains_key(member);
        let outcome = self.submit(transaction.clone());
        self.sent.push(Sent {
            transaction,
            included: !matches!(outcome, Outcome::Refused(_)),
            // One that reaches too far ahead comes into reach.
            never: manner.flaw.is_some_and(|flaw| flaw != Flaw::TooFarAhead),
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

    fn authority(
        &self,
        member: MemberId,
        flaw: Option<Flaw>,
        action: &str,
        arguments: &impl Encode,
    ) -> OperatorAuth {
        let now = self.upcoming();
        let expires_at = match flaw {
            Some(Flaw::Expired) => now,
            Some(Flaw::TooFarAhead) => now + MAX_LIFETIME + 1,
            _ => now + AUTHORITY,
        };
        let (genesis, action) = match flaw {
            Some(Flaw::OtherChain) => (Hash::repeat_byte(7), action),
            Some(Flaw::OtherAction) => (System::block_hash(0), "trades.other"),
            _ => (System::block_hash(0), action),
        };
        let payload = match flaw {
            Some(Flaw::OtherArguments) => {
                signing_payload(genesis, action, &(arguments, 1u8), member, expires_at)
            }
            _ => signing_payload(genesis, action, arguments, member, expires_at),
        };
        let key = match flaw {
            // Neither can be wrong in an authority.
            Some(Flaw::WrongKey | Flaw::UsedNonce) => people::seeded(1, 0),
            Some(Flaw::RetiredKey) => self.retired_key(),
            _ => self.keys[&member].clone(),
        };
        OperatorAuth {
            member,
            expires_at,
            signature: OperatorPair::from(key).sign(&payload),
        }
    }

    /// A key that some member had; before any was retired, one that nobody had.
    fn retired_key(&self) -> sr25519::Pair {
        let retired = self.retired.last().cloned();
        retired.unwrap_or_else(|| people::seeded(1, 0))
    }

    pub fn signed(
        &self,
        member: MemberId,
        flaw: Option<Flaw>,
        call: RuntimeCall,
    ) -> UncheckedExtrinsic {
        let key = match flaw {
            Some(Flaw::RetiredKey) => self.retired_key(),
            _ => self.keys[&member].clone(),
        };
        self.signed_by(&key, flaw, call)
    }

    pub fn signed_by(
        &self,
        key: &sr25519::Pair,
        flaw: Option<Flaw>,
        call: RuntimeCall,
    ) -> UncheckedExtrinsic {
        let account = AccountId::from(key.public());
        let nonce = System::account_nonce(&account);
        let nonce = match flaw {
            // Before the first, one that is far ahead.
            Some(Flaw::UsedNonce) => nonce.wrapping_sub(1),
            _ => nonce,
        };
        let extension = extension(Era::Immortal, nonce);
        let mut implicit = extension.implicit().expect("the era is known");
        if flaw == Some(Flaw::OtherChain) {
            implicit.4 = Hash::repeat_byte(7);
            implicit.5 = Hash::repeat_byte(7);
        }
        let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
        let signer = match flaw {
            Some(
                Flaw::WrongKey
                | Flaw::Expired
                | Flaw::TooFarAhead
                | Flaw::OtherAction
                | Flaw::OtherArguments,
            ) => people::seeded(1, 0),
            _ => key.clone(),
        };
        let signature = payload.using_encoded(|bytes| signer.sign(bytes));
        let (address, signature) = (Address::Id(account), Signature::Sr25519(signature));
        UncheckedExtrinsic::new_signed(call, address, signature, extension)
    }
}
