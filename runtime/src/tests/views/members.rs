//! Members as staff reads them.

use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, presets,
    tests::on_development_chain, views, AccountId, Block, Registry, Runtime, RuntimeOrigin,
};
use counterfoil_primitives::{BusinessDay, MemberId, MemberView, Role};
use pallet_registry::Members;
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
        assert_eq!(bank.accounts_from, vec![(from, account.clone())]);
        assert_eq!(bank.set_by_member, vec![from]);
        assert_eq!(bank.open_change, Some(from));
        Registry::object_to_account(charlie(), 3, from, account).unwrap();
        let bank = views::member(3).expect("it is there");
        assert_eq!((bank.accounts_from, bank.open_change), (Vec::new(), None));
    });
}

/// Registers members up to this number, each as the bank is but for its number.
fn register_up_to(last: MemberId) {
    let bank = Members::<Runtime>::get(3).expect("it is there");
    (7..=last).for_each(|member| Members::<Runtime>::insert(member, bank.clone()));
}

#[test]
fn the_numbers_of_members_are_listed_a_limited_number_at_a_time() {
    on_development_chain(|| {
        let listed = <Runtime as CounterfoilApi<Block>>::members;
        assert_eq!(listed(0), (vec![1, 2, 3, 4, 5, 6], None));
        assert_eq!(listed(5), (vec![5, 6], None));
        assert_eq!(listed(7), (vec![], None));
        register_up_to(views::MAX_MEMBERS);
        assert_eq!(listed(0), ((1..=views::MAX_MEMBERS).collect(), None));
        let last = views::MAX_MEMBERS + 1;
        register_up_to(last);
        assert_eq!(listed(0), ((1..last).collect(), Some(last)));
        assert_eq!(listed(last), (vec![last], None));
    });
}

#[test]
fn members_in_words_are_listed_by_page() {
    on_development_chain(|| {
        let numbers = |page| -> Vec<MemberId> {
            let members = <Runtime as CounterfoilApi<Block>>::members_in_words(page);
            members.into_iter().map(|member| member.member).collect()
        };
        register_up_to(32);
        assert_eq!(numbers(0), (1..=32).collect::<Vec<_>>());
        assert!(numbers(1).is_empty());
        register_up_to(33);
        assert_eq!(numbers(0).len(), 32);
        assert_eq!(numbers(1), [33]);
        assert!(numbers(u32::MAX).is_empty());
    });
}
