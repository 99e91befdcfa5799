//! The chain's members, and who may do what.

use crate::{tests::config, AccountId};
use counterfoil_primitives::{
    settlement::{ClientLimits, Period, Rail},
    AgreementId, AgreementView, BusinessDay, Caps, Conditions, Currency, MemberId, RefundFee, Role,
    Rule, Side, Source, Terms, TimeOfDay, UtcOffset,
};
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis, ProductGenesis};
use sp_core::{sr25519, storage::Storage, Pair};
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring;
use sp_runtime::BuildStorage;
use std::sync::OnceLock;

/// The agreement of the development chain, and one of other parties with narrow limits.
pub const AGREEMENTS: [AgreementId; 2] = [1, 2];

/// Who can call: the members, one that comes and goes, and one that never was.
pub const CALLERS: std::ops::RangeInclusive<MemberId> = 1..=11;

/// A client that the council registers and removes.
pub const DRIFTER: MemberId = 10;

/// The clients that agreements admit in turn.
pub const CLIENTS: [MemberId; 3] = [1, 5, 6];

/// The members with a seat in the council.
pub const SEATS: [MemberId; 3] = [2, 3, 4];

/// How many of them carry a motion.
pub const MAJORITY: u32 = 2;

/// The first day of both agreements.
const FIRST_DAY: BusinessDay = BusinessDay(20_779);

/// What a member can do in an agreement.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Record,
    Seal,
    Commit(Side),
    Repair(Side),
    Report(BusinessDay),
    /// By whoever owes for the day.
    Pay(MemberId),
    /// Says what it received, by whoever is owed for the day.
    Receive(MemberId),
    /// Suspends a client or lifts that, by an institution.
    Suspend,
    /// Proposes to amend what is recorded.
    Amend,
    /// Answers a proposal, by an institution whose answer is awaited.
    Answer {
        bank: bool,
        company: bool,
    },
    /// By whoever proposed it; by an institution, once that is no client any more.
    Withdraw(MemberId),
    /// Books what was agreed, or lets what was not answered lapse.
    Carry,
}

/// Whether `member` may.
pub fn may(agreement: &AgreementView, member: MemberId, deed: Deed) -> bool {
    match deed {
        Deed::Record => is_recording(agreement, member),
        // It says nothing but what the clock says, or what was agreed. Whoever the agreement does not name
        // pays a fee.
        Deed::Seal | Deed::Carry => true,
        Deed::Commit(Side::Debit) | Deed::Repair(Side::Debit) => member == agreement.company,
        Deed::Commit(Side::Credit) | Deed::Repair(Side::Credit) => member == agreement.bank,
        Deed::Report(day) => agreement.may_report(member, day),
        Deed::Pay(party) | Deed::Receive(party) => member == party,
        Deed::Suspend => [agreement.bank, agreement.company].contains(&member),
        Deed::Amend => {
            [agreement.bank, agreement.company].contains(&member) || is_recording(agreement, member)
        }
        Deed::Answer { bank, company } => {
            (bank && member == agreement.bank) || (company && member == agreement.company)
        }
        Deed::Withdraw(proposer) => {
            let parties = [agreement.bank, agreement.company];
            // A client that is suspended is one still: what it proposed stays its own.
            let takes_part = parties.contains(&proposer) || agreement.clients.contains(&proposer);
            member == proposer || (parties.contains(&member) && !takes_part)
        }
    }
}

/// Whether `member` is a client of the agreement that is not suspended.
fn is_recording(agreement: &AgreementView, member: MemberId) -> bool {
    agreement.clients.contains(&member) && !agreement.suspended.contains(&member)
}

/// Whether the agreement names `member`: then it may seal, and carry what was agreed, for nothing.
pub fn names(agreement: &AgreementView, member: MemberId) -> bool {
    let reconciles = agreement.reconcilers.iter().any(|(_, id)| *id == member);
    reconciles
        || [agreement.bank, agreement.company].contains(&member)
        || agreement.clients.contains(&member)
}

/// Who does it as a rule.
pub fn right(agreement: &AgreementView, deed: Deed) -> MemberId {
    match deed {
        Deed::Record => {
            let clients = &agreement.clients;
            let recording = clients.iter().find(|id| is_recording(agreement, **id));
            recording.or(clients.first()).copied().unwrap_or(1)
        }
        Deed::Seal | Deed::Amend | Deed::Carry | Deed::Suspend => agreement.company,
        Deed::Answer { bank: true, .. } => agreement.bank,
        Deed::Answer { bank: false, .. } => agreement.company,
        Deed::Withdraw(proposer) => proposer,
        Deed::Report(day) => agreement.reconciler_on(day).unwrap_or(agreement.company),
        Deed::Commit(side) | Deed::Repair(side) => agreement.party(side),
        Deed::Pay(party) | Deed::Receive(party) => party,
    }
}

/// The key with which a member begins.
pub fn first_key(member: MemberId) -> sr25519::Pair {
    use Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
    match [Alice, Bob, Charlie, Dave, Eve, Ferdie].get(member as usize - 1) {
        Some(known) => known.pair(),
        None => seeded(0, member),
    }
}

/// A key that nothing else of the chain knows.
pub fn seeded(kind: u8, number: u32) -> sr25519::Pair {
    let mut seed = [kind; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    sr25519::Pair::from_seed(&seed)
}

fn member(id: MemberId, role: Role) -> MemberGenesis {
    MemberGenesis {
        id,
        role,
        name: format!("Member {id}"),
        account: AccountId::new([id as u8; 32]),
        operator: first_key(id).public().into(),
        endpoint: String::new(),
    }
}

/// Narrow limits: a second wrong page, or a third extra, makes a whole book wrong, and few trades of a client
/// make a payment wait. It is paid outside the chain.
pub fn second_agreement() -> AgreementSpec {
    AgreementSpec {
        bank: 8,
        company: 7,
        reconciler: 9,
        clients: vec![6, 5],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: FIRST_DAY,
        caps: Caps {
            pages: 1,
            extras: 2,
        },
        max_gross: None,
        deadline_minutes: 6 * 60,
        max_late_minutes: 2 * 24 * 60,
        refund_days: 3,
        amend_days: 365,
        answer_days: 10,
        conditions: Conditions {
            utc_offset: UtcOffset(-120),
            cut_off: TimeOfDay(10),
            preset: TimeOfDay(90),
            debit_source: Source::Received,
            credit_source: Source::Received,
            period: Period::WorkingDay,
            rail: Rail::External,
            client_limits: Some(ClientLimits {
                payments: 300_000,
                refunds: 100_000,
            }),
        },
    }
}

/// The development chain, with a second agreement of parties of its own, and a council of three.
pub fn genesis() -> Storage {
    static GENESIS: OnceLock<Storage> = OnceLock::new();
    GENESIS
        .get_or_init(|| {
            let mut config = config(DEV_RUNTIME_PRESET);
            config.council.seats = SEATS.to_vec();
            config.council.majority = MAJORITY;
            let parties = [(7, Role::Company), (8, Role::Bank), (9, Role::Reconciler)];
            config
                .registry
                .members
                .extend(parties.map(|(id, role)| member(id, role)));
            config.registry.agreements.push(AgreementGenesis {
                id: AGREEMENTS[1],
                spec: second_agreement(),
            });
            for product in 1..=3 {
                let credit = Rule {
                    rate_ppm: 50_000 * product,
                    ..Default::default()
                };
                config.registry.products.push(ProductGenesis {
                    agreement: AGREEMENTS[1],
                    product,
                    from: FIRST_DAY,
                    terms: Terms {
                        credit,
                        refund_fee: if product == 2 {
                            RefundFee::Kept
                        } else {
                            RefundFee::Returned
                        },
                        ..Default::default()
                    },
                });
            }
            config.build_storage().expect("the genesis builds")
        })
        .clone()
}
