//! Agreements as staff reads them: their assets, products and terms.

use super::*;
use crate::{presets, tests::config};
use counterfoil_primitives::{ports::Directory, Conditions, Currency, ProductId, Rule, Terms};
use pallet_registry::AgreementSpec;
use sp_genesis_builder::DEV_RUNTIME_PRESET;

#[test]
fn conditions_name_no_asset_that_is_being_destroyed() {
    on_development_chain(|| {
        let agreement = Registry::agreement(1).expect("it is there");
        let conditions = *agreement.conditions_on(TODAY).expect("it has begun");
        crate::Assets::start_destroy(RuntimeOrigin::root(), presets::ASSET)
            .expect("the root destroys any asset");
        let from = BusinessDay(20_782);
        assert_eq!(
            Registry::set_conditions(RuntimeOrigin::root(), 1, from, conditions),
            Err(pallet_registry::Error::<Runtime>::UnknownAsset.into())
        );
    });
}

#[test]
fn an_agreement_pays_in_an_asset_of_its_decimals() {
    on_development_chain(|| {
        let spec = config(DEV_RUNTIME_PRESET).registry.agreements[0]
            .spec
            .clone();
        let by = |rail| AgreementSpec {
            conditions: Conditions {
                rail,
                ..spec.conditions
            },
            ..spec.clone()
        };
        let in_yen = |rail| AgreementSpec {
            currency: Currency::truncated("JPY"),
            decimals: 0,
            ..by(rail)
        };
        let create = |spec| Registry::create_agreement(RuntimeOrigin::root(), 3, spec);
        let refused = |error: pallet_registry::Error<Runtime>| Err(error.into());
        assert_eq!(
            create(by(Rail::Asset(999))),
            refused(pallet_registry::Error::UnknownAsset)
        );
        assert_eq!(
            create(in_yen(Rail::Asset(presets::ASSET))),
            refused(pallet_registry::Error::OtherDecimals)
        );
        assert_eq!(create(in_yen(Rail::External)), Ok(()));
    });
}

#[test]
fn the_products_of_an_agreement_are_listed_by_their_numbers() {
    on_development_chain(|| {
        let versions = || vec![(TODAY, Terms::default())];
        for product in [900, 7, 45] {
            Registry::add_product(RuntimeOrigin::root(), 1, product, versions()).unwrap();
        }
        let products: [ProductId; 6] = [1, 2, 3, 7, 45, 900];
        assert_eq!(views::products(1), products);
        assert!(views::products(2).is_empty());
    });
}

#[test]
fn successors_are_listed_by_the_clients_that_they_succeed() {
    on_development_chain(|| {
        for (client, successor) in [(EVE, 1), (1, EVE)] {
            let root = RuntimeOrigin::root();
            Registry::name_successor(root, 1, client, Some(successor)).unwrap();
        }
        let read = <Runtime as CounterfoilApi<Block>>::successors;
        assert_eq!(read(1), [(1, EVE), (EVE, 1)]);
        assert!(read(2).is_empty());
    });
}

#[test]
fn each_version_of_terms_is_listed_with_its_first_day() {
    on_development_chain(|| {
        let with_rate = |rate_ppm| Terms {
            credit: Rule {
                rate_ppm,
                ..Default::default()
            },
            ..Default::default()
        };
        let versions = vec![
            (TODAY.previous(), with_rate(1)),
            (TODAY, with_rate(2)),
            (TODAY.next(), with_rate(3)),
        ];
        Registry::add_product(RuntimeOrigin::root(), 1, 7, versions.clone()).unwrap();
        assert_eq!(views::terms(1, 7), versions);
        assert!(views::terms(1, 8).is_empty());
        assert!(views::terms(2, 7).is_empty());
    });
}

#[test]
fn an_assets_decimals_are_read() {
    on_development_chain(|| {
        let decimals = <Runtime as CounterfoilApi<Block>>::asset_decimals;
        assert_eq!(decimals(presets::ASSET), Some(2));
        assert_eq!(decimals(999), None);
    });
}
