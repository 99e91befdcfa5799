mod keys;

use crate::{mock::*, Error, Event, Members, Name, RetiredOperators, Retirement};
use codec::{Decode, Encode};
use counterfoil_primitives::{day::DAY, ports::Directory, MemberId, Role};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::{CheckIfFeeless, RawOrigin},
};
use sp_runtime::DispatchError;

#[test]
fn a_registered_key_gets_a_provider_without_any_balance() {
    with_members(|| {
        assert_ok!(register(7, member(Role::Client, "Ferdie")));
        assert_eq!(System::providers(&account("Ferdie")), 1);
        assert_eq!(Balances::free_balance(account("Ferdie")), 0);
    });
}

#[test]
fn a_registered_member_is_found_by_id_and_by_key() {
    with_members(|| {
        assert_ok!(register(7, member(Role::Client, "Ferdie")));
        assert_eq!(
            Members::<Test>::get(7),
            Some(member(Role::Client, "Ferdie"))
        );
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(7));
        assert_eq!(
            Registry::account(7, TODAY),
            Some(member(Role::Client, "Ferdie").account)
        );
        assert_eq!(
            Registry::endpoint(7),
            Some(b"http://127.0.0.1:9944".to_vec())
        );
        assert_eq!(
            last_event(),
            Event::MemberRegistered {
                member: 7,
                role: Role::Client,
                account: member(Role::Client, "Ferdie").account,
                operator: key("Ferdie"),
            }
        );
    });
}

#[test]
fn nobody_but_the_council_registers() {
    with_members(|| {
        let new = member(Role::Client, "Ferdie");
        assert_noop!(
            Registry::register_member(
                RawOrigin::Signed(account("Alice")).into(),
                7,
                new.role,
                new.name,
                new.account,
                new.operator,
                new.endpoint,
            ),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn no_member_has_the_id_zero() {
    with_members(|| {
        assert_noop!(
            register(0, member(Role::Client, "Ferdie")),
            Error::<Test>::InvalidId
        );
    });
}

#[test]
fn an_id_names_one_member() {
    with_members(|| {
        assert_noop!(
            register(CLIENT, member(Role::Client, "Ferdie")),
            Error::<Test>::MemberExists
        );
    });
}

#[test]
fn a_key_acts_for_one_member() {
    with_members(|| {
        assert_noop!(
            register(7, member(Role::Client, "Alice")),
            Error::<Test>::KeyTaken
        );
    });
}

#[test]
fn a_member_has_a_name() {
    with_members(|| {
        let mut new = member(Role::Client, "Ferdie");
        new.name = Name::default();
        assert_noop!(register(7, new), Error::<Test>::InvalidName);
    });
}

#[test]
fn a_name_has_any_letters() {
    with_members(|| {
        let mut new = member(Role::Client, "Ferdie");
        new.name = Name::truncated("Česká spořitelna");
        assert_ok!(register(7, new));
        let stored = Members::<Test>::get(7).expect("it was registered");
        assert_eq!(&*stored.name, "Česká spořitelna");
    });
}

#[test]
fn a_name_that_is_no_text_is_no_call() {
    let call = crate::Call::<Test>::register_member {
        id: 7,
        role: Role::Client,
        name: Name::truncated("ab"),
        account: account("Ferdie"),
        operator: key("Ferdie"),
        endpoint: Default::default(),
    };
    let mut bytes = call.encode();
    assert_eq!(crate::Call::<Test>::decode(&mut &bytes[..]), Ok(call));
    let name = bytes.windows(2).position(|pair| pair == b"ab");
    bytes[name.expect("the name is there")] = 0xff;
    assert!(crate::Call::<Test>::decode(&mut &bytes[..]).is_err());
}

#[test]
fn an_endpoint_is_empty_or_a_web_address() {
    with_members(|| {
        for wrong in ["ws://bank", "127.0.0.1:9944", "http://a b", "http://a\n"] {
            let mut new = member(Role::Client, "Ferdie");
            new.endpoint = endpoint(wrong);
            assert_noop!(register(7, new), Error::<Test>::InvalidEndpoint);
        }
        let mut new = member(Role::Client, "Ferdie");
        new.endpoint = endpoint("");
        assert_ok!(register(7, new));
        let mut new = member(Role::Client, "One");
        new.endpoint = endpoint("https://bank.example/rpc");
        assert_ok!(register(8, new));
    });
}

#[test]
fn a_removed_member_is_gone_and_its_key_keeps_its_provider() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_eq!(last_event(), Event::MemberRemoved { member: CLIENT });
        assert_eq!(Members::<Test>::get(CLIENT), None);
        assert_eq!(Registry::member_of(&account("Alice")), None);
        assert_eq!(System::providers(&account("Alice")), 1);
        assert_eq!(
            RetiredOperators::<Test>::get(account("Alice")),
            Some(Retirement::Removed(CLIENT))
        );
    });
}

#[test]
fn a_member_that_an_agreement_names_stays() {
    with_agreement(|| {
        for named in [CLIENT, COMPANY, BANK, RECONCILER] {
            assert_noop!(
                Registry::remove_member(RuntimeOrigin::root(), named),
                Error::<Test>::MemberIsNamed
            );
        }
        assert_ok!(Registry::remove_member(
            RuntimeOrigin::root(),
            SECOND_CLIENT
        ));
    });
}

#[test]
fn a_member_with_a_post_stays_until_it_has_none() {
    with_members(|| {
        WithPost::set(Some(CLIENT));
        let remove = |member| Registry::remove_member(RuntimeOrigin::root(), member);
        assert_noop!(remove(CLIENT), Error::<Test>::HoldsAPost);
        assert_ok!(remove(COMPANY));
        WithPost::set(None);
        assert_ok!(remove(CLIENT));
    });
}

#[test]
fn what_keeps_posts_is_told_of_a_member_that_leaves_and_of_no_other() {
    with_members(|| {
        Left::set(vec![]);
        WithPost::set(Some(CLIENT));
        let remove = |member| Registry::remove_member(RuntimeOrigin::root(), member);
        assert_noop!(remove(CLIENT), Error::<Test>::HoldsAPost);
        assert_eq!(Left::get(), Vec::<MemberId>::new());
        WithPost::set(None);
        assert_ok!(remove(CLIENT));
        assert_eq!(Left::get(), [CLIENT]);
    });
}

#[test]
fn only_the_council_removes_and_only_members() {
    with_members(|| {
        assert_noop!(
            Registry::remove_member(RawOrigin::Signed(account("Alice")).into(), CLIENT),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::remove_member(RuntimeOrigin::root(), 99),
            Error::<Test>::UnknownMember
        );
    });
}

#[test]
fn a_removed_member_comes_back_with_its_key_and_one_provider() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_ok!(register(CLIENT, member(Role::Client, "Alice")));
        assert_eq!(Registry::member_of(&account("Alice")), Some(CLIENT));
        assert_eq!(System::providers(&account("Alice")), 1);
    });
}

#[test]
fn a_removed_member_comes_back_with_a_fresh_key() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_ok!(register(CLIENT, member(Role::Client, "Ferdie")));
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(CLIENT));
        assert_eq!(Registry::member_of(&account("Alice")), None);
    });
}

#[test]
fn a_member_says_where_its_node_answers() {
    with_members(|| {
        assert_ok!(Registry::set_endpoint(
            RawOrigin::Signed(account("Charlie")).into(),
            endpoint("https://bank.example")
        ));
        assert_eq!(
            Registry::endpoint(BANK),
            Some(b"https://bank.example".to_vec())
        );
        assert_eq!(
            last_event(),
            Event::EndpointSet {
                member: BANK,
                endpoint: endpoint("https://bank.example"),
            }
        );
        assert_noop!(
            Registry::set_endpoint(
                RawOrigin::Signed(account("Charlie")).into(),
                endpoint("bank")
            ),
            Error::<Test>::InvalidEndpoint
        );
    });
}

#[test]
fn a_stranger_changes_nothing() {
    with_members(|| {
        let stranger = || RawOrigin::Signed(account("Ferdie")).into();
        assert_noop!(
            Registry::set_endpoint(stranger(), endpoint("http://x")),
            Error::<Test>::NotAMember
        );
        assert_noop!(rotate("Ferdie", CLIENT, "One"), Error::<Test>::NotAMember);
    });
}

#[test]
fn members_calls_are_free_and_strangers_are_not() {
    with_members(|| {
        let calls: [RuntimeCall; 2] = [
            crate::Call::set_endpoint {
                endpoint: endpoint(""),
            }
            .into(),
            crate::Call::rotate_operator {
                new: key("Ferdie"),
                proof: proof("Ferdie", CLIENT),
            }
            .into(),
        ];
        for call in calls {
            assert!(call.is_feeless(&RawOrigin::Signed(account("Alice")).into()));
            assert!(!call.is_feeless(&RawOrigin::Signed(account("Ferdie")).into()));
        }
    });
}
