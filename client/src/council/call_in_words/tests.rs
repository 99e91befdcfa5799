use super::*;
use codec::{Compact, Encode};
use counterfoil_primitives::{settlement::ClientLimits, MemberId};
use scale_info::{meta_type, Registry, TypeInfo};

/// Calls as a runtime has them.
#[derive(Encode, TypeInfo)]
enum RuntimeCall {
    #[codec(index = 7)]
    Utility(UtilityCall),
    #[codec(index = 20)]
    Registry(RegistryCall),
}

#[derive(Encode, TypeInfo)]
#[allow(non_camel_case_types)]
enum UtilityCall {
    #[codec(index = 2)]
    batch_all { calls: Vec<RuntimeCall> },
}

#[derive(Encode, TypeInfo)]
#[allow(non_camel_case_types)]
enum RegistryCall {
    set_account {
        member: MemberId,
        from: BusinessDay,
        account: AccountId32,
    },
    set_clients {
        members: Vec<MemberId>,
    },
    rename {
        name: Vec<u8>,
        hash: [u8; 4],
        alias: Option<Vec<u8>>,
    },
    set_times {
        offset: UtcOffset,
        cut_off: TimeOfDay,
        #[codec(compact)]
        amount: u128,
    },
    set_week {
        weekly: WorkingDays,
        dates: Vec<(BusinessDay, bool)>,
    },
    set_paying {
        rail: Rail,
        period: Period,
        client_limits: Option<ClientLimits>,
    },
    set_limits {
        limits: Limits,
    },
}

#[derive(Encode, TypeInfo)]
struct Limits {
    max_gross: Option<Amount>,
    days: u16,
}

/// The types, and the number of the calls' one.
fn types() -> (PortableRegistry, u32) {
    let mut registry = Registry::new();
    let calls = registry.register_type(&meta_type::<RuntimeCall>()).id;
    (registry.into(), calls)
}

fn words(call: &RuntimeCall) -> CallWords {
    let (types, calls) = types();
    read(&types, calls, &call.encode()).unwrap()
}

fn argument(call: RegistryCall, name: &str) -> Json {
    words(&RuntimeCall::Registry(call)).arguments[name].clone()
}

#[test]
fn a_call_is_told_by_its_name_and_its_arguments() {
    let account = AccountId32::new([1; 32]);
    let call = RuntimeCall::Registry(RegistryCall::set_account {
        member: 3,
        from: BusinessDay(20_780),
        account: account.clone(),
    });
    let words = words(&call);
    assert_eq!(words.title(), "Registry.set_account");
    let address = account.to_ss58check();
    assert_eq!(
        Json::Object(words.arguments.clone()),
        json!({ "member": 3, "from": "2026-11-23", "account": address })
    );
    let lines = words.lines();
    assert!(lines[0].starts_with("Registry.set_account"), "{lines:?}");
    for line in ["  member: 3", "  from: 2026-11-23"] {
        assert!(lines.iter().any(|one| one == line), "{lines:?}");
    }
}

#[test]
fn small_numbers_in_a_list_are_numbers_and_not_bytes() {
    let members = vec![1, 2];
    let call = RuntimeCall::Registry(RegistryCall::set_clients { members });
    assert_eq!(words(&call).arguments["members"], json!([1, 2]));
    assert_eq!(words(&call).lines()[1], "  members: 1, 2");
}

#[test]
fn bytes_are_text_where_they_hold_one_and_hexadecimal_elsewhere() {
    let rename = |alias| RegistryCall::rename {
        name: b"Bank".to_vec(),
        hash: [0xfe, 0, 1, 2],
        alias,
    };
    assert_eq!(argument(rename(None), "name"), json!("Bank"));
    assert_eq!(argument(rename(None), "hash"), json!("0xfe000102"));
    assert_eq!(argument(rename(None), "alias"), Json::Null);
    let escape = Some(b"\x1b[2J".to_vec());
    assert_eq!(argument(rename(escape), "alias"), json!("0x1b5b324a"));
}

#[test]
fn a_calendar_reads_by_its_days_and_dates() {
    let week = || RegistryCall::set_week {
        weekly: WorkingDays::MONDAY_TO_FRIDAY,
        dates: vec![(BusinessDay(20_780), false)],
    };
    assert_eq!(argument(week(), "weekly"), json!("mon-fri"));
    assert_eq!(argument(week(), "dates"), json!([["2026-11-23", false]]));
}

#[test]
fn times_have_the_forms_that_commands_take_and_large_numbers_are_strings() {
    let times = || RegistryCall::set_times {
        offset: UtcOffset(-60),
        cut_off: TimeOfDay(30),
        amount: u128::MAX,
    };
    assert_eq!(argument(times(), "offset"), json!("-01:00"));
    assert_eq!(argument(times(), "cut_off"), json!("00:30"));
    assert_eq!(argument(times(), "amount"), json!(u128::MAX.to_string()));
}

#[test]
fn how_an_agreement_is_paid_is_told_in_words() {
    let paying = |rail, client_limits| RegistryCall::set_paying {
        rail,
        period: Period::WorkingDay,
        client_limits,
    };
    let in_asset = || paying(Rail::Asset(5), None);
    assert_eq!(argument(in_asset(), "rail"), json!("in asset 5"));
    assert_eq!(argument(in_asset(), "period"), json!("working-day"));
    assert_eq!(argument(in_asset(), "client_limits"), Json::Null);
    let limits = ClientLimits {
        payments: 250_000,
        refunds: Amount::MAX,
    };
    let outside = || paying(Rail::External, Some(limits));
    assert_eq!(argument(outside(), "rail"), json!("outside the chain"));
    assert_eq!(
        argument(outside(), "client_limits"),
        json!({ "payments": "250000 minor units", "refunds": "any amount" })
    );
}

#[test]
fn a_largest_gross_amount_is_told_with_its_unit() {
    let limits = |max_gross| RegistryCall::set_limits {
        limits: Limits { max_gross, days: 5 },
    };
    assert_eq!(
        argument(limits(Some(1_250)), "limits"),
        json!({ "max_gross": "1250 minor units", "days": 5 })
    );
    let none = json!({ "max_gross": Json::Null, "days": 5 });
    assert_eq!(argument(limits(None), "limits"), none);
}

#[test]
fn the_calls_of_a_batch_are_told_one_by_one() {
    let clients = |member| {
        RuntimeCall::Registry(RegistryCall::set_clients {
            members: vec![member],
        })
    };
    let batch = RuntimeCall::Utility(UtilityCall::batch_all {
        calls: vec![clients(1), clients(2)],
    });
    let words = words(&batch);
    assert_eq!(words.title(), "Utility.batch_all");
    assert!(words.arguments.is_empty());
    assert_eq!(words.calls.len(), 2);
    let json = words.json();
    assert_eq!(json["calls"][1]["arguments"]["members"], json!([2]));
    let lines = words.lines();
    assert_eq!(lines[1], "  Registry.set_clients");
    assert_eq!(lines[2], "    members: 1");
}

#[test]
fn bytes_that_are_no_call_are_refused() {
    let (types, calls) = types();
    let refused = |bytes: &[u8]| read(&types, calls, bytes).unwrap_err();
    for bytes in [&[][..], &[99, 0], &[20]] {
        assert!(matches!(refused(bytes), Error::Undecodable { .. }));
    }
    let call = RuntimeCall::Registry(RegistryCall::set_clients { members: vec![1] });
    let mut longer = call.encode();
    longer.push(0);
    let source = std::error::Error::source(&refused(&longer))
        .unwrap()
        .to_string();
    assert!(source.contains("1 bytes are left over"), "{source}");
}

#[test]
fn a_call_that_the_runtime_does_not_know_is_told_in_hexadecimal() {
    let words = CallWords::unknown(&[99, 0]);
    assert_eq!(words.arguments["bytes"], json!("0x6300"));
    assert!(words.lines()[0].contains("knows no such call"));
}

#[test]
fn a_call_is_encoded_in_these_tests_as_a_chain_encodes_it() {
    let call = RuntimeCall::Registry(RegistryCall::set_clients { members: vec![5] });
    assert_eq!(call.encode(), (20u8, 1u8, Compact(1u32), 5u32).encode());
}
