//! The keys with which members' nodes make blocks.

use super::{
    members,
    operation::{Form, Manner, Proof},
    world::World,
};
use crate::{Runtime, SessionKeys};
use codec::Encode;
use counterfoil_primitives::{institution_account, ports::Posts, MemberId};
use sp_core::{ed25519, proof_of_possession::statement_of_ownership, Pair};

impl World {
    /// Sends new keys of a member's node, with a proof that is good or not.
    pub fn set_keys(&mut self, member: MemberId, manner: Manner, proof: Proof) {
        let who = manner.who.unwrap_or(member);
        let number = self.made.len() as u32;
        let maker = members::seeded(4, number);
        self.made.push(maker.clone());
        let finalizer = ed25519::Pair::from_seed(&[number as u8; 32]);
        let owner = match proof {
            Proof::OfAnother => who + 1,
            Proof::Own | Proof::Spoilt => who,
        };
        let statement = statement_of_ownership(institution_account(owner).as_ref());
        let mut signatures = (maker.sign(&statement), finalizer.sign(&statement)).encode();
        if matches!(proof, Proof::Spoilt) {
            signatures.pop();
        }
        let keys = SessionKeys {
            aura: maker.public().into(),
            grandpa: finalizer.public().into(),
        };
        let call = pallet_validators::Call::<Runtime>::set_keys {
            keys: keys.clone(),
            proof: signatures.try_into().expect("it is short"),
        };
        let answer = self.send(manner, member, call.into());
        let is_set = crate::Session::load_keys(&institution_account(who)) == Some(keys);
        let good =
            manner.form == Form::Ordered && answer.actor.is_some() && matches!(proof, Proof::Own);
        assert_eq!(answer.is_done(), good, "{proof:?}: {answer:?}");
        assert_eq!(is_set, good, "{proof:?}");
    }

    /// Takes away the keys of a member's node. A validator keeps its keys.
    pub fn purge_keys(&mut self, member: MemberId, manner: Manner) {
        let who = manner.who.unwrap_or(member);
        let has_keys = |who| crate::Session::load_keys(&institution_account(who)).is_some();
        let good = manner.form == Form::Ordered
            && who == member
            && has_keys(member)
            && !crate::Validators::holds(member);
        let had_keys = has_keys(member);
        let call = pallet_validators::Call::<Runtime>::purge_keys { member };
        let answer = self.send(manner, member, call.into());
        let good = good && answer.actor.is_some();
        assert_eq!(answer.is_done(), good, "{answer:?}");
        assert_eq!(has_keys(member), had_keys && !good, "{answer:?}");
    }
}
