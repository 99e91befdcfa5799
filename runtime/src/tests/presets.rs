//! What the chains begin with.

use super::{built, config};
use crate::{
    configs::system::RuntimeBlockWeights as BlockWeights,
    constants::EXISTENTIAL_DEPOSIT,
    presets::{names, ASSET, BANK_TREASURY, COMPANY_TREASURY},
    AccountId, Assets, Balances, Registry, Runtime, RuntimeGenesisConfig,
};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Period, Rail},
    BusinessDay, Role,
};
use frame_support::dispatch::DispatchClass;
use sp_core::{sr25519, Pair};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;
use sp_runtime::BuildStorage;

fn on(preset: &str, test: impl FnOnce()) {
    sp_io::TestExternalities::new(built(preset)).execute_with(test);
}

#[test]
fn every_preset_builds() {
    for name in names() {
        on(name.as_ref(), || {
            assert_eq!(Registry::agreements(), vec![1]);
        });
    }
}

#[test]
fn an_unknown_preset_is_none() {
    assert!(crate::presets::get(&"staging".into()).is_none());
}

#[test]
fn the_development_chain_has_one_validator() {
    on(DEV_RUNTIME_PRESET, || {
        assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 1);
        assert_eq!(crate::Grandpa::grandpa_authorities().len(), 1);
    });
}

#[test]
fn the_local_network_has_four_validators() {
    on(LOCAL_TESTNET_RUNTIME_PRESET, || {
        assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), 4);
        assert_eq!(crate::Grandpa::grandpa_authorities().len(), 4);
    });
}

#[test]
fn the_first_members_are_the_validators_of_the_local_network() {
    on(LOCAL_TESTNET_RUNTIME_PRESET, || {
        let list = pallet_validators::Validators::<Runtime>::get();
        assert_eq!(list[..], [1, 2, 3, 4]);
        assert_eq!(crate::Session::validators().len(), 4);
    });
}

#[test]
fn one_seat_administers_both_chains() {
    for name in names() {
        on(name.as_ref(), || {
            let council = crate::Council::view();
            assert_eq!((council.seats, council.majority), (vec![1], 1));
        });
    }
}

#[test]
fn the_treasuries_are_the_accounts_that_their_paths_derive() {
    let derived = |path| sr25519::Pair::from_string(path, None).unwrap().public().0;
    assert_eq!(COMPANY_TREASURY, derived("//Bob//treasury"));
    assert_eq!(BANK_TREASURY, derived("//Charlie//treasury"));
}

#[test]
fn the_company_has_the_asset_to_pay_with() {
    on(LOCAL_TESTNET_RUNTIME_PRESET, || {
        let company = AccountId::from(COMPANY_TREASURY);
        assert_eq!(
            Registry::account(2, BusinessDay(20_779)),
            Some(company.clone())
        );
        assert!(Assets::balance(ASSET, company) > 0);
    });
}

#[test]
fn each_role_answers_at_its_own_node() {
    on(LOCAL_TESTNET_RUNTIME_PRESET, || {
        let endpoint = |member| String::from_utf8(Registry::endpoint(member).unwrap()).unwrap();
        assert_eq!(endpoint(2), "http://127.0.0.1:9945");
        assert_eq!(endpoint(3), "http://127.0.0.1:9946");
        assert_eq!(endpoint(4), "http://127.0.0.1:9947");
    });
}

#[test]
fn the_members_act_with_the_development_keys() {
    on(DEV_RUNTIME_PRESET, || {
        let expected = [
            (1, Sr25519Keyring::Alice, Role::Client),
            (2, Sr25519Keyring::Bob, Role::Company),
            (3, Sr25519Keyring::Charlie, Role::Bank),
            (4, Sr25519Keyring::Dave, Role::Reconciler),
            (5, Sr25519Keyring::Eve, Role::Client),
            (6, Sr25519Keyring::Ferdie, Role::Client),
        ];
        for (member, key, role) in expected {
            assert_eq!(Registry::member_of(&key.to_account_id()), Some(member));
            let stored = pallet_registry::Members::<Runtime>::get(member).unwrap();
            assert_eq!(stored.role, role);
        }
    });
}

#[test]
fn an_operator_holds_more_than_the_least_balance_and_less_than_any_fee() {
    on(DEV_RUNTIME_PRESET, || {
        let operator = Sr25519Keyring::Eve.to_account_id();
        let above = Balances::free_balance(&operator) - EXISTENTIAL_DEPOSIT;
        assert!(above > 0);
        let nothing = crate::TransactionPayment::weight_to_fee(
            BlockWeights::get()
                .get(DispatchClass::Normal)
                .base_extrinsic,
        );
        assert!(above < nothing);
    });
}

#[test]
fn each_day_is_paid_by_itself_in_the_asset_and_no_amount_is_limited() {
    for name in names() {
        on(name.as_ref(), || {
            let agreement = Registry::agreement(1).unwrap();
            let conditions = agreement.conditions_on(agreement.first_day).unwrap();
            assert_eq!(conditions.period, Period::Day);
            assert_eq!(conditions.rail, Rail::Asset(ASSET));
            assert_eq!(
                (conditions.client_limits, agreement.max_gross),
                (None, None)
            );
        });
    }
}

#[test]
fn a_payment_is_given_back_within_half_a_year() {
    for name in names() {
        on(name.as_ref(), || {
            assert_eq!(Registry::agreement(1).unwrap().refund_days, 180);
        });
    }
}

#[test]
fn a_trade_is_amended_within_a_year_and_a_proposal_answered_within_ten_days() {
    for name in names() {
        on(name.as_ref(), || {
            let agreement = Registry::agreement(1).unwrap();
            assert_eq!((agreement.amend_days, agreement.answer_days), (365, 10));
        });
    }
}

#[test]
fn the_agreement_has_three_products() {
    on(DEV_RUNTIME_PRESET, || {
        let first_day = Registry::agreement(1).unwrap().first_day;
        for product in 1..=3 {
            assert!(Registry::terms_on(1, product, first_day).is_some());
        }
        assert_eq!(Registry::terms_on(1, 4, BusinessDay(30_000)), None);
    });
}

#[test]
#[should_panic = "validator or seat 99 is none of its members"]
fn a_chain_with_a_validator_that_is_no_member_does_not_start() {
    let mut config = config(LOCAL_TESTNET_RUNTIME_PRESET);
    config.validators.validators[3].member = 99;
    let _ = config.build_storage();
}

#[test]
fn a_validator_without_one_of_its_session_keys_is_not_read() {
    let whole = serde_json::to_value(config(LOCAL_TESTNET_RUNTIME_PRESET)).expect("it is JSON");
    let read = |json| serde_json::from_value::<RuntimeGenesisConfig>(json);
    assert!(read(whole.clone()).is_ok());
    for (of, name) in [
        ("/validators/validators/0", "keys"),
        ("/validators/validators/0/keys", "aura"),
        ("/validators/validators/0/keys", "grandpa"),
    ] {
        let mut without = whole.clone();
        let keys = without.pointer_mut(of).and_then(|of| of.as_object_mut());
        let removed = keys.and_then(|keys| keys.remove(name));
        assert!(removed.is_some(), "{name}");
        let error = read(without).err().expect("it lacks a key").to_string();
        assert!(
            error.contains(&format!("missing field `{name}`")),
            "{error}"
        );
    }
}
