use crate::{mock::*, AgreementGenesis, ProductGenesis};
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
#[should_panic(expected = "the registry's genesis is wrong")]
fn a_chain_with_a_wrong_directory_does_not_start() {
    let mut agreement = spec();
    agreement.bank = COMPANY;
    externalities(genesis(vec![AgreementGenesis {
        id: AGREEMENT,
        spec: agreement,
    }]));
}
