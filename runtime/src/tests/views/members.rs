//! Members as staff reads them.

use crate::{presets, tests::on_development_chain, views, AccountId, Registry, RuntimeOrigin};
use counterfoil_primitives::{BusinessDay, MemberView, Role};
use sp_keyring::Sr25519Keyring;

#[test]
fn a_member_is_read_with_the_accounts_that_follow_its_first() {
    on_development_chain(|| {
        let bank = MemberView {
            role: Role::Bank,
            name: "Bank".try_into().expect("it is short"),
            account: AccountId::from(presets::BANK_TREASURY),
            accounts_from: Vec::new(),
            set_by_member: Vec::new(),
            open_change: None,
            operator: Sr25519Keyring::Charlie.public().into(),
            endpoint: "http://127.0.0.1:9944".try_into().expect("it is short"),
        };
        assert_eq!(views::member(3), Some(bank.clone()));
        let (from, account) = (BusinessDay(20_790), Sr25519Keyring::One.to_account_id());
        Registry::set_account(RuntimeOrigin::root(), 3, from, account.clone()).unwrap();
        let followed = MemberView {
            accounts_from: vec![(from, account)],
            ..bank
        };
        assert_eq!(views::member(3), Some(followed));
        assert_eq!(views::member(99), None);
    });
}

#[test]
fn a_change_that_a_member_asked_for_is_read_while_it_can_be_objected_to() {
    on_development_chain(|| {
        let from = BusinessDay(20_790);
        let charlie = || RuntimeOrigin::signed(Sr25519Keyring::Charlie.to_account_id());
        let account = Sr25519Keyring::One.to_account_id();
        Registry::change_account(charlie(), from, account.clone()).unwrap();
        let bank = views::member(3).expect("it is there");
        assert_eq!(bank.accounts_from, vec![(from, account)]);
        assert_eq!(bank.set_by_member, vec![from]);
        assert_eq!(bank.open_change, Some(from));
        Registry::object_to_account(charlie(), 3).unwrap();
        let bank = views::member(3).expect("it is there");
        assert_eq!((bank.accounts_from, bank.open_change), (Vec::new(), None));
    });
}
