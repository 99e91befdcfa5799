//! What tests of the checks begin from: a healthy bank, member 3, of agreement 7.

use super::{
    blocks::{Blocks, Fetched, Health, Newest},
    clocks::{BlockTime, Clocks, NodeClock},
    connection::Runtime,
    endpoint::{Endpoint, Reply},
    keys::{AsValidator, Held, Keys},
    membership::Known,
    Business, Facts, Membership, Named, Node, OfChain, OfMember,
};
use crate::{chain::interfaces::Interfaces, testing};
use counterfoil_primitives::{
    amendment::{Answers, Ground, Proposal, Standing},
    settlement::{BankReference, Declaration, Obligation, ObligationView, Rail, SettlementPeriod},
    BusinessDay, MemberView, Moment, Role, Text,
};
use sp_core::{crypto::AccountId32, sr25519, H256};

/// A day of the agreement, 2026-11-23.
pub(super) const DAY: BusinessDay = BusinessDay(20_780);

/// The bank.
pub(super) fn bank() -> Known {
    Known {
        id: 3,
        view: MemberView {
            role: Role::Bank,
            name: Text::truncated("A bank"),
            account: AccountId32::new([1; 32]),
            accounts_from: vec![],
            set_by_member: vec![],
            open_change: None,
            operator: sr25519::Public::from_raw([7; 32]).into(),
            endpoint: Text::truncated("http://127.0.0.1:9955"),
        },
    }
}

/// What waits for the bank at `now`: nothing.
pub(super) fn business(now: Moment) -> Business {
    Business {
        member: 3,
        now,
        today: DAY.next(),
        agreements: vec![Named {
            agreement: testing::agreement(testing::agreement_view(DAY)),
            days: vec![],
            proposals: vec![],
            obligations: vec![],
            calendars: Default::default(),
        }],
        calendars: vec![],
    }
}

/// A proposal of the company, which the bank has not answered.
pub(super) fn proposal(answer_until: Moment) -> Proposal {
    Proposal {
        agreement: 7,
        proposer: 2,
        ground: Ground::NotPaid,
        evidence: H256::zero(),
        fingerprint: H256::zero(),
        stated: Default::default(),
        proposed_at: 1,
        answer_until,
        answers: Answers {
            bank: None,
            company: Some(true),
        },
        standing: Standing::Open,
    }
}

/// What the company owes the bank for a day: 5.00 CZK, outside the chain.
pub(super) fn obligation() -> ObligationView {
    ObligationView {
        agreement: 7,
        period: SettlementPeriod {
            first: DAY,
            last: DAY,
        },
        obligation: Obligation {
            amount: 500,
            due_since: Some(1),
            ..Obligation::new(DAY, Rail::External)
        },
        debtor: Some(2),
        creditor: Some(3),
        days: vec![(DAY, 500)],
        declarations: vec![],
        waiting: None,
    }
}

/// A declaration of 1.00 CZK.
pub(super) fn declaration() -> Declaration {
    Declaration {
        number: 0,
        amount: 100,
        value_date: DAY,
        reference: BankReference::truncated("E2E-1"),
        declared_at: 1,
        received: None,
        returned: 0,
    }
}

/// A bank whose node is healthy, and for which nothing waits.
pub(super) fn facts() -> Facts {
    const NOW: Moment = 1_795_500_000_000;
    let known = bank();
    let member = OfMember {
        keys: Keys {
            operator: Ok(Held::Yes),
            session: Ok(AsValidator {
                view: None,
                held: None,
            }),
        },
        endpoint: Some(Endpoint {
            member: known.id,
            url: known.view.endpoint.to_string(),
            is_live: false,
            is_signed: true,
            is_party: Some(true),
            reply: Some(Ok(Reply::Shown)),
        }),
        business: Ok(business(NOW)),
    };
    Facts {
        node: Ok(Node {
            url: "ws://127.0.0.1:9944".into(),
            runtime: Ok(Runtime {
                name: "counterfoil".into(),
                version: 1,
                interfaces: Interfaces::OWN,
            }),
            blocks: Blocks {
                health: Ok(Health {
                    peers: 3,
                    is_syncing: false,
                    should_have_peers: true,
                }),
                sync: Ok(Fetched {
                    current_block: 12,
                    highest_block: 12,
                }),
                newest: Ok(Newest {
                    finalized: 10,
                    best: 12,
                }),
            },
            chain: Some(OfChain {
                clocks: Clocks {
                    block: Ok(BlockTime {
                        block: NOW,
                        read_at: NOW + 3_000,
                        tolerance: 60_000,
                    }),
                    node: Ok(NodeClock::Equal),
                },
                membership: Ok(Membership::Member(Box::new(known))),
                member: Some(member),
            }),
        }),
        mappings: vec![],
    }
}
