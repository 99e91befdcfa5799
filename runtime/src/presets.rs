//! Genesis states: one node in development, and the local network of four.
//!
//! Both begin with the same members, funds and agreement; they differ in who makes blocks and
//! where the members' nodes answer. The first client alone has the council's seat, so that one command
//! administers them. All keys are well known: these are no chains to keep money on.

use crate::{
    constants::{EXISTENTIAL_DEPOSIT, UNIT},
    AccountId, AssetsConfig, Balance, BalancesConfig, CouncilConfig, RegistryConfig,
    RuntimeGenesisConfig, SessionKeys, ValidatorsConfig,
};
use alloc::{borrow::ToOwned, vec, vec::Vec};
use counterfoil_primitives::{
    settlement::{Period, Rail},
    AgreementId, BusinessDay, Caps, Conditions, Currency, DebitRule, MemberId, ProductId, Role,
    Rounding, Rule, Source, Terms, TimeOfDay, UtcOffset,
};
use frame_support::build_struct_json_patch;
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis, ProductGenesis};
use pallet_validators::ValidatorGenesis;
use serde_json::Value;
use sp_core::hex2array;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// The settlement asset: Czech crowns.
pub const ASSET: u32 = 1;
/// Decimal places of its minor unit, of which a crown has 100.
const DECIMALS: u8 = 2;
/// The account that the company pays from: sr25519 of `//Bob//treasury`.
pub const COMPANY_TREASURY: [u8; 32] =
    hex2array!("1676a097a4b96a3e0d0930a089f7be6cd5d0db13264ed86831daf1413c1d2a2c");
/// The account that the bank is paid to: sr25519 of `//Charlie//treasury`.
pub const BANK_TREASURY: [u8; 32] =
    hex2array!("7837c7433ec6c2385a0480d3d55a504a8a20fdc0beb0b31547a38621dfb33070");

/// What the company has of the asset, in minor units.
const COMPANY_FUNDS: Balance = 1_000_000_000_000_000;
/// What the asset's issuer has of the native token.
const ISSUER_FUNDS: Balance = 1_000_000 * UNIT;
/// What each other member's operator has of it. Wallets warn of an account that holds no more than
/// the least balance, even where a call is free; what lies above it here pays no fee.
const OPERATOR_FUNDS: Balance = EXISTENTIAL_DEPOSIT + EXISTENTIAL_DEPOSIT / 100;

/// The members of both chains.
const CLIENT: MemberId = 1;
const COMPANY: MemberId = 2;
const BANK: MemberId = 3;
const RECONCILER: MemberId = 4;
const SECOND_CLIENT: MemberId = 5;
const THIRD_CLIENT: MemberId = 6;

/// The agreement of both chains.
const AGREEMENT: AgreementId = 1;
/// Its first day, 2026-11-22. A chain that starts later reconciles the days since as empty ones.
const FIRST_DAY: BusinessDay = BusinessDay(20_779);

/// The four validators of the local network: an sr25519 key makes blocks, an ed25519 key
/// finalises them.
const LOCAL_VALIDATORS: [(MemberId, Sr25519Keyring, Ed25519Keyring); 4] = [
    (CLIENT, Sr25519Keyring::Alice, Ed25519Keyring::Alice),
    (COMPANY, Sr25519Keyring::Bob, Ed25519Keyring::Bob),
    (BANK, Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
    (RECONCILER, Sr25519Keyring::Dave, Ed25519Keyring::Dave),
];

/// Where the nodes of client, company, bank and reconciler answer.
type Endpoints = [&'static str; 4];

const ONE_NODE: Endpoints = ["http://127.0.0.1:9944"; 4];
const FOUR_NODES: Endpoints = [
    "http://127.0.0.1:9944",
    "http://127.0.0.1:9945",
    "http://127.0.0.1:9946",
    "http://127.0.0.1:9947",
];

fn members([client, company, bank, reconciler]: Endpoints) -> Vec<MemberGenesis> {
    let member =
        |id, role, name: &str, key: Sr25519Keyring, account: Option<AccountId>, endpoint: &str| {
            let account = account.unwrap_or_else(|| key.to_account_id());
            MemberGenesis {
                id,
                role,
                name: name.to_owned(),
                account,
                operator: key.public().into(),
                endpoint: endpoint.to_owned(),
            }
        };
    let company_account = Some(AccountId::from(COMPANY_TREASURY));
    let bank_account = Some(AccountId::from(BANK_TREASURY));
    use Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
    vec![
        member(CLIENT, Role::Client, "Till", Alice, None, client),
        member(
            COMPANY,
            Role::Company,
            "Fund house",
            Bob,
            company_account,
            company,
        ),
        member(BANK, Role::Bank, "Bank", Charlie, bank_account, bank),
        member(
            RECONCILER,
            Role::Reconciler,
            "Reconciler",
            Dave,
            None,
            reconciler,
        ),
        member(SECOND_CLIENT, Role::Client, "Web shop", Eve, None, client),
        member(
            THIRD_CLIENT,
            Role::Client,
            "Phone app",
            Ferdie,
            None,
            client,
        ),
    ]
}

fn agreement() -> AgreementGenesis {
    AgreementGenesis {
        id: AGREEMENT,
        spec: AgreementSpec {
            bank: BANK,
            company: COMPANY,
            reconciler: RECONCILER,
            clients: vec![CLIENT, SECOND_CLIENT],
            currency: Currency::truncated("CZK"),
            decimals: DECIMALS,
            first_day: FIRST_DAY,
            caps: Caps {
                pages: 64,
                extras: 4_096,
            },
            max_gross: None,
            deadline_minutes: 12 * 60,
            max_late_minutes: 30 * 24 * 60,
            refund_days: 180,
            amend_days: 365,
            answer_days: 10,
            conditions: Conditions {
                utc_offset: UtcOffset(60),
                cut_off: TimeOfDay(30),
                preset: TimeOfDay(60),
                debit_source: Source::Received,
                credit_source: Source::Received,
                period: Period::Day,
                rail: Rail::Asset(ASSET),
                client_limits: None,
            },
        },
    }
}

/// Three products with different terms: the bank's share is 10 % and the company has the rest; a
/// fee of 1.5 % with a least and a most; a flat fee, with a share of its own for the company.
fn products() -> Vec<ProductGenesis> {
    let product = |product: ProductId, credit: Rule, debit: DebitRule| ProductGenesis {
        agreement: AGREEMENT,
        product,
        from: FIRST_DAY,
        terms: Terms {
            credit,
            debit,
            ..Default::default()
        },
    };
    let share = |rate_ppm| Rule {
        rate_ppm,
        ..Default::default()
    };
    let fee = Rule {
        floor: 1_000,
        cap: Some(500_000),
        rounding: Rounding::HalfEven,
        ..share(15_000)
    };
    let flat = Rule {
        flat: 2_500,
        ..Default::default()
    };
    vec![
        product(1, share(100_000), DebitRule::Residual),
        product(2, fee, DebitRule::Residual),
        product(3, flat, DebitRule::Own(share(900_000))),
    ]
}

/// The native tokens of the asset's issuer and of the members' operators.
fn funds(issuer: &AccountId) -> Vec<(AccountId, Balance)> {
    use Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
    [Alice, Bob, Charlie, Dave, Eve, Ferdie]
        .map(|operator| operator.to_account_id())
        .into_iter()
        .map(|account| {
            let funds = if account == *issuer {
                ISSUER_FUNDS
            } else {
                OPERATOR_FUNDS
            };
            (account, funds)
        })
        .collect()
}

/// A validator with its keys.
fn validator(
    (member, maker, finalizer): &(MemberId, Sr25519Keyring, Ed25519Keyring),
) -> ValidatorGenesis<SessionKeys> {
    ValidatorGenesis {
        member: *member,
        keys: SessionKeys {
            aura: maker.public().into(),
            grandpa: finalizer.public().into(),
        },
    }
}

/// The genesis state of a network of `validators`, as a patch of the default one.
fn genesis(
    validators: &[(MemberId, Sr25519Keyring, Ed25519Keyring)],
    endpoints: Endpoints,
) -> Value {
    let issuer = Sr25519Keyring::Alice.to_account_id();
    build_struct_json_patch!(RuntimeGenesisConfig {
        balances: BalancesConfig {
            balances: funds(&issuer),
        },
        validators: ValidatorsConfig {
            validators: validators.iter().map(validator).collect::<Vec<_>>(),
        },
        assets: AssetsConfig {
            assets: vec![(ASSET, issuer, true, 1)],
            metadata: vec![(ASSET, b"Czech crown".to_vec(), b"CZK".to_vec(), DECIMALS)],
            accounts: vec![(ASSET, AccountId::from(COMPANY_TREASURY), COMPANY_FUNDS)],
        },
        registry: RegistryConfig {
            members: members(endpoints),
            agreements: vec![agreement()],
            products: products(),
        },
        council: CouncilConfig {
            seats: vec![CLIENT],
            majority: 1,
        },
    })
}

/// The preset of this name, as JSON.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
    let patch = match id.as_ref() {
        DEV_RUNTIME_PRESET => genesis(&LOCAL_VALIDATORS[..1], ONE_NODE),
        LOCAL_TESTNET_RUNTIME_PRESET => genesis(&LOCAL_VALIDATORS, FOUR_NODES),
        _ => return None,
    };
    serde_json::to_vec(&patch).ok()
}

/// The presets' names.
pub fn names() -> Vec<PresetId> {
    vec![
        PresetId::from(DEV_RUNTIME_PRESET),
        PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET),
    ]
}
