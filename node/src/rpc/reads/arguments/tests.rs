//! Parameters of requests, as they should be and otherwise.

use super::*;

const TAKEN: [Parameter; 4] = [AGREEMENT, DAY, SIDE, AT];

fn read(raw: &str) -> Result<Arguments, ErrorObjectOwned> {
    Arguments::read(Some(raw), &TAKEN)
}

/// The parameter that a refusal names, and its code.
fn refused(raw: &str) -> (Json, i32) {
    let error = read(raw).unwrap_err();
    let data: Json = serde_json::from_str(error.data().unwrap().get()).unwrap();
    assert!(
        data["remedy"].as_str().unwrap().starts_with("give "),
        "{data}"
    );
    (data["parameter"].clone(), error.code())
}

#[test]
fn values_are_given_by_name_or_by_position() {
    let by_name = read(r#"{"side":"credit","day":"2026-11-28","agreement":7}"#).unwrap();
    assert_eq!(by_name, read(r#"[7,"2026-11-28","credit"]"#).unwrap());
    assert_eq!((by_name.agreement, by_name.day.0), (7, 20_785));
    assert_eq!((by_name.side, by_name.at), (Side::Credit, None));
}

#[test]
fn a_block_is_named_by_hash_or_by_number() {
    let at = |value: &str| {
        let raw = format!(r#"[7,"2026-11-28","credit",{value}]"#);
        read(&raw).unwrap().at
    };
    assert_eq!(at("12"), Some(Named::Number(12)));
    let hash = format!("\"0x{}\"", "01".repeat(32));
    assert_eq!(at(&hash), Some(Named::Hash(Hash::repeat_byte(1))));
    assert_eq!(at("null"), None);
}

#[test]
fn a_value_that_is_missing_is_named() {
    assert_eq!(refused("[7]"), ("day".into(), -32602));
    assert_eq!(refused(r#"[7,null,"debit"]"#), ("day".into(), -32602));
    let error = Arguments::read(None, &TAKEN).unwrap_err();
    assert_eq!(error.message(), "agreement is missing");
}

#[test]
fn a_value_that_is_written_otherwise_is_named() {
    for (raw, parameter) in [
        (r#"["7","2026-11-28","debit"]"#, "agreement"),
        (r#"[4294967296,"2026-11-28","debit"]"#, "agreement"),
        (r#"[7,20261128,"debit"]"#, "day"),
        (r#"[7,"20261128","debit"]"#, "day"),
        (r#"[7,"2026-11-31","debit"]"#, "day"),
        (r#"[7,"2026-11-28","left"]"#, "side"),
        (r#"[7,"2026-11-28","debit","0x12"]"#, "at"),
    ] {
        assert_eq!(refused(raw), (parameter.into(), -32602), "{raw}");
    }
}

#[test]
fn what_a_subscription_may_leave_out_is_none() {
    let taken = [AGREEMENT, ONE_SIDE, CLIENT, AFTER];
    let read = |raw| Arguments::read(Some(raw), &taken).unwrap();
    let all = read("[7]");
    assert_eq!((all.one_side, all.client, all.after), (None, None, None));
    let some = read(r#"{"agreement":7,"side":"credit","client":3,"after":12}"#);
    assert_eq!((some.one_side, some.client), (Some(Side::Credit), Some(3)));
    assert_eq!(some.after, Some(Named::Number(12)));
}

#[test]
fn an_unknown_parameter_is_refused() {
    let raw = r#"{"agreement":7,"day":"2026-11-28","side":"debit","Side":"debit"}"#;
    assert_eq!(refused(raw), ("Side".into(), -32602));
    let raw = r#"[7,"2026-11-28","debit",null,1]"#;
    assert_eq!(refused(raw), (Json::Null, -32602));
}

#[test]
fn a_refusal_repeats_a_bounded_part_of_a_value() {
    let raw = format!(r#"["{}"]"#, "7".repeat(1_000));
    let error = read(&raw).unwrap_err();
    assert!(error.message().len() < 100, "{}", error.message());
}
