use crate::{mock::*, AgreementGenesis, GenesisConfig, ProductGenesis};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{ClientLimits, Period, Rail},
    Amount, BusinessDay, MemberId, RefundFee, Terms,
};
use serde_json::{json, Value};

/// A genesis with the agreement, and terms of a product from each of these days on.
fn with_terms(days: &[BusinessDay]) -> GenesisConfig<Test> {
    let mut config = genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    }]);
    config.products = days
        .iter()
        .map(|from| ProductGenesis {
            agreement: AGREEMENT,
            product: 1,
            from: *from,
            terms: Terms::default(),
        })
        .collect();
    config
}

#[test]
fn the_chain_starts_with_its_members_agreements_and_terms() {
    let config = with_terms(&[TODAY.previous(), TODAY]);
    externalities(config).execute_with(|| {
        assert_eq!(Registry::member_of(&account("Alice")), Some(CLIENT));
        assert_eq!(System::providers(&account("Alice")), 1);
        assert_eq!(Registry::agreements(), vec![AGREEMENT]);
        assert_eq!(Registry::terms(AGREEMENT, 1).len(), 2);
        Registry::do_try_state().expect("the state holds");
    });
}

#[test]
fn a_genesis_survives_json() {
    let mut config = genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    }]);
    let mut terms = Terms::default();
    terms.credit.cap = Some(u128::from(u64::MAX));
    config.products.push(ProductGenesis {
        agreement: AGREEMENT,
        product: 1,
        from: TODAY,
        terms,
    });
    let json = serde_json::to_value(&config).expect("serialises");
    let bytes = serde_json::to_vec(&json).expect("serialises");
    let read: GenesisConfig<Test> = serde_json::from_slice(&bytes).expect("reads");
    assert_eq!(read.members, config.members);
    assert_eq!(read.agreements, config.agreements);
    assert_eq!(read.products, config.products);
}

#[test]
fn terms_that_say_nothing_of_refunds_return_the_fee() {
    let mut config = with_terms(&[TODAY]);
    config.products[0].terms.refund_fee = RefundFee::Kept;
    let mut json = serde_json::to_value(&config).expect("serialises");
    let read = |json: &serde_json::Value| {
        let bytes = serde_json::to_vec(json).expect("serialises");
        let config: GenesisConfig<Test> = serde_json::from_slice(&bytes).expect("reads");
        config.products[0].terms.refund_fee
    };
    assert_eq!(read(&json), RefundFee::Kept);
    let terms = json["products"][0]["terms"].as_object_mut();
    assert!(terms.is_some_and(|terms| terms.remove("refund_fee").is_some()));
    assert_eq!(read(&json), RefundFee::Returned);
}

/// The JSON of a genesis with an agreement that is paid by the month outside the chain, and has all limits.
fn json_with_limits() -> Value {
    let mut spec = spec();
    spec.max_gross = Some(Amount::from(u64::MAX));
    spec.conditions.period = Period::Month;
    spec.conditions.rail = Rail::External;
    spec.conditions.client_limits = Some(ClientLimits {
        payments: 70_000,
        refunds: 5_000,
    });
    let agreement = AgreementGenesis {
        id: AGREEMENT,
        spec,
    };
    serde_json::to_value(genesis(vec![agreement])).expect("serialises")
}

/// The agreement's spec in the JSON of a genesis.
fn spec_in(json: &mut Value) -> &mut Value {
    &mut json["agreements"][0]["spec"]
}

fn read(json: &Value) -> serde_json::Result<GenesisConfig<Test>> {
    serde_json::from_str(&json.to_string())
}

#[test]
fn a_genesis_states_period_rail_and_limits() {
    let mut json = json_with_limits();
    let spec = spec_in(&mut json);
    assert_eq!(spec["max_gross"], json!(u64::MAX));
    let conditions = &spec["conditions"];
    assert_eq!(conditions["period"], json!("month"));
    assert_eq!(conditions["rail"], json!("external"));
    let limits = json!({ "payments": 70_000, "refunds": 5_000 });
    assert_eq!(conditions["client_limits"], limits);
    spec_in(&mut json)["conditions"]["rail"] = json!({ "asset": 1 });
    externalities(read(&json).expect("reads")).execute_with(|| {
        let agreement = Registry::agreement(AGREEMENT).expect("the chain starts with it");
        assert_eq!(agreement.max_gross, Some(Amount::from(u64::MAX)));
        let conditions = agreement.conditions_on(TODAY).expect("it has begun");
        assert_eq!(conditions.period, Period::Month);
        assert_eq!(conditions.rail, Rail::Asset(1));
        Registry::do_try_state().expect("the state holds");
    });
}

#[test]
fn a_genesis_that_says_nothing_of_period_and_limits_pays_each_day_without_limits() {
    let mut json = json_with_limits();
    let spec = spec_in(&mut json).as_object_mut().expect("an object");
    assert!(spec.remove("max_gross").is_some());
    let conditions = spec["conditions"].as_object_mut().expect("an object");
    for field in ["period", "client_limits"] {
        assert!(conditions.remove(field).is_some(), "{field}");
    }
    let read = read(&json).expect("reads");
    let spec = &read.agreements[0].spec;
    assert_eq!(spec.max_gross, None);
    assert_eq!(spec.conditions.period, Period::Day);
    assert_eq!(spec.conditions.client_limits, None);
}

#[test]
fn a_genesis_that_names_no_rail_is_not_read() {
    let mut json = json_with_limits();
    assert!(read(&json).is_ok());
    let conditions = spec_in(&mut json)["conditions"].as_object_mut();
    assert!(conditions.is_some_and(|conditions| conditions.remove("rail").is_some()));
    let refused = read(&json).err().expect("it names no rail");
    assert!(refused.to_string().contains("`rail`"), "{refused}");
}

#[test]
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_with_a_largest_gross_amount_of_zero_does_not_start() {
    let mut agreement = spec();
    agreement.max_gross = Some(0);
    externalities(genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: agreement,
    }]));
}

#[test]
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_with_a_wrong_directory_does_not_start() {
    let mut agreement = spec();
    agreement.bank = COMPANY;
    externalities(genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: agreement,
    }]));
}

#[test]
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_whose_terms_would_replace_one_another_does_not_start() {
    externalities(with_terms(&[TODAY, TODAY.previous()]));
}

#[test]
fn a_genesis_names_days_by_the_digits_of_their_dates() {
    // 2024-10-03 and 2024-10-04.
    let [first, next] = [20_241_003, 20_241_004].map(BusinessDay);
    let mut config = with_terms(&[first, next]);
    config.agreements[0].spec.first_day = first;
    externalities(config).execute_with(|| {
        let agreement = Registry::agreement(AGREEMENT).expect("the chain starts with it");
        assert_eq!(agreement.first_day, TODAY.previous());
        let on = |day| Registry::terms_on(AGREEMENT, 1, day).map(|(version, _)| version);
        assert_eq!((on(TODAY.previous()), on(TODAY)), (Some(0), Some(1)));
        Registry::do_try_state().expect("the state holds");
    });
}

#[test]
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_whose_first_day_lacks_a_digit_does_not_start() {
    let mut config = with_terms(&[]);
    config.agreements[0].spec.first_day = BusinessDay(2_024_100);
    externalities(config);
}

/// Whether a chain starts on which this member has a post.
fn starts_with_post(of: MemberId) -> bool {
    WithPost::set(Some(of));
    let started = std::panic::catch_unwind(|| {
        externalities(genesis(vec![]));
    });
    WithPost::set(None);
    started.is_ok()
}

#[test]
fn a_chain_whose_posts_are_of_others_than_members_does_not_start() {
    assert!(starts_with_post(BANK));
    assert!(!starts_with_post(77));
}
