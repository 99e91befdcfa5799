//! Which clients are suspended, as events tell of it.

use super::Model;
use crate::{Registry, Runtime};
use counterfoil_primitives::{ports::Directory, AgreementId, MemberId};
use pallet_registry::{Agreements, Event};
use std::collections::BTreeMap;

/// Suspended clients by agreement, each with the party that agreed to lift it.
pub type Suspended = BTreeMap<(AgreementId, MemberId), Option<MemberId>>;

impl Model {
    /// Whether a client is suspended, and which party agreed to lift it.
    pub fn suspension(&self, agreement: AgreementId, client: MemberId) -> Option<Option<MemberId>> {
        self.suspended.get(&(agreement, client)).copied()
    }

    /// Takes in what a block told of clients.
    pub fn note_clients(&mut self, event: &Event<Runtime>) {
        match event {
            Event::ClientSuspended {
                agreement, client, ..
            } => {
                self.suspended.insert((*agreement, *client), None);
            }
            Event::LiftAgreed {
                agreement,
                client,
                by,
            } => {
                let before = self.suspended.insert((*agreement, *client), Some(*by));
                assert_eq!(before, Some(None), "{event:?}");
            }
            Event::SuspensionLifted { agreement, client } => {
                let before = self.suspended.remove(&(*agreement, *client));
                assert!(before.flatten().is_some(), "by one party alone: {event:?}");
            }
            Event::ClientsSet { agreement, clients } => {
                self.suspended
                    .retain(|(of, client), _| of != agreement || clients.contains(client));
            }
            _ => {}
        }
    }

    /// The registry has the same clients suspended.
    pub(super) fn check_suspended(&self) {
        let stored: Suspended = Agreements::<Runtime>::iter()
            .flat_map(|(id, agreement)| {
                let suspended = agreement.suspended.into_iter();
                suspended.map(move |one| ((id, one.client), one.lift_agreed_by))
            })
            .collect();
        assert_eq!(stored, self.suspended);
        for (agreement, client) in self.suspended.keys() {
            let view = Registry::agreement(*agreement).expect("it is there");
            assert!(view.is_suspended(*client), "{client} of {agreement}");
        }
    }
}
