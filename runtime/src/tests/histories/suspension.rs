//! Clients that bank or company suspends, and that both let go on.

use super::{members::Deed, operation::Manner, settlement::by_hand, world::World};
use crate::Runtime;
use counterfoil_primitives::{AgreementId, MemberId};
use pallet_registry::Call;

impl World {
    /// Stops a client.
    pub fn suspend(&mut self, agreement: AgreementId, client: MemberId, manner: Manner) -> bool {
        let is_client = self.agreement(agreement).admits(client);
        let stands = self.model.suspension(agreement, client) == Some(None);
        let good = by_hand(manner) && is_client && !stands;
        let call = Call::<Runtime>::suspend_client { agreement, client };
        let answer = self.deed(manner, (agreement, Deed::Suspend, good), call);
        assert!(good || !answer.is_done(), "{client} is suspended again");
        answer.is_done()
    }

    /// Agrees that a client goes on.
    pub fn lift(&mut self, agreement: AgreementId, client: MemberId, manner: Manner) -> bool {
        let company = self.agreement(agreement).company;
        let by = manner.who.unwrap_or(company);
        let suspension = self.model.suspension(agreement, client);
        let good = by_hand(manner) && suspension.is_some_and(|agreed| agreed != Some(by));
        let call = Call::<Runtime>::lift_suspension { agreement, client };
        let answer = self.deed(manner, (agreement, Deed::Suspend, good), call);
        assert!(good || !answer.is_done(), "{client}: {suspension:?}");
        answer.is_done()
    }
}
