use crate::{mock::*, AgreementGenesis, GenesisConfig, ProductGenesis};
use counterfoil_primitives::{ports::Directory, Terms};

#[test]
fn the_chain_starts_with_its_members_agreements_and_terms() {
    let mut config = genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    }]);
    for from in [TODAY.previous(), TODAY] {
        config.products.push(ProductGenesis {
            agreement: AGREEMENT,
            product: 1,
            from,
            terms: Terms::default(),
        });
    }
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
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_with_a_wrong_directory_does_not_start() {
    let mut agreement = spec();
    agreement.bank = COMPANY;
    externalities(genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: agreement,
    }]));
}
