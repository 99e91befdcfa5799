//! How many proposals may wait, and of whom.

use crate::refund;
use counterfoil_primitives::{amendment::Room, AgreementView, MemberId};
use proptest::{collection::vec, prelude::*};

/// The parties of the sample agreement.
const BANK: MemberId = 3;
const COMPANY: MemberId = 2;
/// The first client.
const FIRST: MemberId = 10;

/// 16 places of one, 64 of all: 32 of clients, of which half is shared out.
const ROOM: Room = Room { each: 16, all: 64 };

/// The sample agreement with this number of clients.
fn agreement(clients: u32) -> AgreementView {
    AgreementView {
        clients: (FIRST..FIRST + clients).collect(),
        ..refund::agreement()
    }
}

/// Lets a member propose as often as it may. Returns how often that was.
fn exhaust(agreement: &AgreementView, member: MemberId, waiting: &mut Vec<MemberId>) -> usize {
    let before = waiting.len();
    while ROOM.takes(agreement, member, waiting) {
        waiting.push(member);
    }
    waiting.len() - before
}

#[test]
fn a_client_that_is_alone_or_one_of_two_takes_as_many_as_a_member_may() {
    for clients in [1, 2] {
        let (agreement, mut waiting) = (agreement(clients), Vec::new());
        for client in FIRST..FIRST + clients {
            assert_eq!(exhaust(&agreement, client, &mut waiting), 16);
        }
    }
}

#[test]
fn clients_that_take_all_that_they_can_leave_the_others_their_shares() {
    let (agreement, mut waiting) = (agreement(8), Vec::new());
    let taken: Vec<usize> = (FIRST..FIRST + 8)
        .map(|client| exhaust(&agreement, client, &mut waiting))
        .collect();
    assert_eq!(taken, [16, 4, 2, 2, 2, 2, 2, 2]);
}

#[test]
fn of_more_clients_than_there_are_shares_those_without_a_proposal_get_the_second_half() {
    let (agreement, mut waiting) = (agreement(40), Vec::new());
    let taken: Vec<usize> = (FIRST..FIRST + 40)
        .map(|client| exhaust(&agreement, client, &mut waiting))
        .collect();
    assert_eq!(taken[..17], [vec![16], vec![1; 16]].concat());
    assert_eq!(taken[17..], [0; 23]);
}

#[test]
fn clients_leave_bank_and_company_all_that_those_may_have() {
    let (agreement, mut waiting) = (agreement(2), Vec::new());
    for member in [FIRST, FIRST + 1, BANK, COMPANY] {
        assert_eq!(exhaust(&agreement, member, &mut waiting), 16);
    }
    for member in [FIRST, FIRST + 1, BANK, COMPANY] {
        assert!(!ROOM.takes(&agreement, member, &waiting));
    }
}

#[test]
fn what_a_departed_client_left_waiting_takes_places_of_clients() {
    let (agreement, departed) = (agreement(2), FIRST + 2);
    let waiting = vec![departed; 32];
    assert!(!ROOM.takes(&agreement, FIRST, &waiting));
    assert!(ROOM.takes(&agreement, FIRST, &waiting[1..]));
    assert!(ROOM.takes(&agreement, BANK, &waiting));
}

proptest! {
    /// Whoever proposes and withdraws, in whatever order.
    #[test]
    fn a_client_below_its_share_and_a_party_below_its_maximum_always_have_room(
        clients in 1u32..=16,
        acts in vec((0u32..18, prop::bool::weighted(0.8)), 0..200),
    ) {
        let agreement = agreement(clients);
        let members: Vec<MemberId> = [BANK, COMPANY]
            .into_iter()
            .chain(agreement.clients.clone())
            .collect();
        let mut waiting: Vec<MemberId> = Vec::new();
        for (who, proposes) in acts {
            let member = members[who as usize % members.len()];
            if !proposes {
                if let Some(at) = waiting.iter().position(|id| *id == member) {
                    waiting.remove(at);
                }
            } else if ROOM.takes(&agreement, member, &waiting) {
                waiting.push(member);
            }
            let own = |member| waiting.iter().filter(|id| **id == member).count() as u32;
            for client in &agreement.clients {
                prop_assert!(own(*client) <= ROOM.each);
                let is_sure = own(*client) < ROOM.share(clients);
                prop_assert!(!is_sure || ROOM.takes(&agreement, *client, &waiting));
            }
            for party in [BANK, COMPANY] {
                let has_room = ROOM.takes(&agreement, party, &waiting);
                prop_assert_eq!(has_room, own(party) < ROOM.each);
            }
            prop_assert!(waiting.len() as u32 <= ROOM.all);
        }
    }
}
