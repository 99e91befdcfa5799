//! Formats of what the registry stores, byte by byte. A test that fails here says that stored values are
//! read wrongly from the next runtime on: such a change needs a migration.

use crate::{
    mock::{key, set_by, spec, Test},
    AccountVersion, Agreement, AgreementSpec, Endpoint, Limits, Member, Name, Retirement, SetBy,
    Suspension,
};
use codec::Encode;
use counterfoil_primitives::{BusinessDay, Caps, Conditions, Currency, Role};
use sp_core::crypto::AccountId32;

const DAY: BusinessDay = BusinessDay(20_000);

/// The encoding of [`DAY`].
const DAY_BYTES: [u8; 4] = [0x20, 0x4E, 0, 0];

const CAPS: Caps = Caps {
    pages: 0x0102,
    extras: 0x0304,
};

/// The encoding of [`CAPS`].
const CAPS_BYTES: [u8; 8] = [2, 1, 0, 0, 4, 3, 0, 0];

/// The largest gross amount, 7, that is there.
const MAX_GROSS_BYTES: [u8; 17] = [1, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// The deadline 0x01020304, the time for late trades 0x11121314, and the days for refunds, amendments and
/// answers: 0x2122, 0x3132 and 0x4142.
const TIMES_BYTES: [u8; 14] = [
    4, 3, 2, 1, 0x14, 0x13, 0x12, 0x11, 0x22, 0x21, 0x32, 0x31, 0x42, 0x41,
];

/// The encoding of `Conditions::default()`: zeros, and at the end the rail outside the chain and no limits.
const CONDITIONS_BYTES: [u8; 11] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];

/// The number of bytes, fourfold, and the text.
const CURRENCY_BYTES: [u8; 4] = [12, b'C', b'Z', b'K'];

/// A change needs a migration.
#[test]
fn a_member_is_encoded_as_its_fields() {
    let member = Member {
        role: Role::Bank,
        name: Name::truncated("AB"),
        account: AccountId32::new([1; 32]),
        operator: key("Alice"),
        endpoint: Endpoint::truncated("x:1"),
    };
    let operator: &[u8] = &key("Alice").encode();
    let bytes = [
        &[2][..],
        &[8, b'A', b'B'],
        &[1; 32],
        operator,
        &[12, b'x', b':', b'1'],
    ]
    .concat();
    assert_eq!(operator.len(), 32);
    assert_eq!(member.encode(), bytes);
}

/// A change needs a migration.
#[test]
fn an_account_of_a_member_is_encoded_as_the_account_and_who_set_it() {
    let version = AccountVersion {
        account: AccountId32::new([1; 32]),
        set_by: SetBy::Council,
    };
    assert_eq!(version.encode(), [&[1_u8; 32][..], &[0]].concat());
    let by_member = set_by(SetBy::Member, "Alice").encode();
    assert_eq!(by_member.last(), Some(&1));
}

/// A change needs a migration.
#[test]
fn a_retired_key_is_encoded_as_the_reason_and_the_member() {
    let rotated = Retirement::Rotated(0x0102_0304).encode();
    assert_eq!(rotated, [0, 4, 3, 2, 1]);
    let removed = Retirement::Removed(0x0102_0304).encode();
    assert_eq!(removed, [1, 4, 3, 2, 1]);
}

/// A change needs a migration.
#[test]
fn a_suspension_is_encoded_as_its_fields() {
    let suspension = |lift_agreed_by| Suspension {
        client: 0x0102_0304,
        lift_agreed_by,
    };
    assert_eq!(suspension(None).encode(), [4, 3, 2, 1, 0]);
    let half_lifted = suspension(Some(7)).encode();
    assert_eq!(half_lifted, [4, 3, 2, 1, 1, 7, 0, 0, 0]);
}

/// A change needs another transaction version: the council signs it.
#[test]
fn a_specification_is_encoded_as_its_fields() {
    let spec = AgreementSpec {
        bank: 1,
        company: 2,
        reconciler: 3,
        clients: vec![4, 5],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: DAY,
        caps: CAPS,
        max_gross: Some(7),
        deadline_minutes: 0x0102_0304,
        max_late_minutes: 0x1112_1314,
        refund_days: 0x2122,
        amend_days: 0x3132,
        answer_days: 0x4142,
        conditions: Conditions::default(),
    };
    let bytes = [
        &[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0][..],
        // Two clients: the number, fourfold.
        &[8, 4, 0, 0, 0, 5, 0, 0, 0],
        &CURRENCY_BYTES,
        &[2],
        &DAY_BYTES,
        &CAPS_BYTES,
        &MAX_GROSS_BYTES,
        &TIMES_BYTES,
        &CONDITIONS_BYTES,
    ]
    .concat();
    assert_eq!(spec.encode(), bytes);
}

/// A change needs another transaction version: the council signs it.
#[test]
fn a_specification_without_a_largest_amount_has_a_zero_for_it() {
    let with = |max_gross| AgreementSpec {
        max_gross,
        ..spec()
    };
    let (none, some) = (with(None).encode(), with(Some(7)).encode());
    assert_eq!(none.len() + 16, some.len());
}

/// A change needs a migration.
#[test]
fn an_agreement_is_encoded_as_its_fields() {
    let agreement = Agreement::<Test> {
        bank: 1,
        company: 2,
        reconcilers: vec![(DAY, 3)].try_into().unwrap(),
        clients: vec![4, 5].try_into().unwrap(),
        suspended: vec![Suspension {
            client: 4,
            lift_agreed_by: None,
        }]
        .try_into()
        .unwrap(),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: DAY,
        end: Some(DAY),
        caps: CAPS,
        max_gross: Some(7),
        deadline_minutes: 0x0102_0304,
        max_late_minutes: 0x1112_1314,
        refund_days: 0x2122,
        amend_days: 0x3132,
        answer_days: 0x4142,
        conditions: vec![(DAY, Conditions::default())].try_into().unwrap(),
    };
    // Before each list is its length, fourfold.
    let bytes = [
        &[1, 0, 0, 0, 2, 0, 0, 0][..],
        &[4],
        &DAY_BYTES,
        &[3, 0, 0, 0],
        &[8, 4, 0, 0, 0, 5, 0, 0, 0],
        &[4, 4, 0, 0, 0, 0],
        &CURRENCY_BYTES,
        &[2],
        &DAY_BYTES,
        &[1],
        &DAY_BYTES,
        &CAPS_BYTES,
        &MAX_GROSS_BYTES,
        &TIMES_BYTES,
        &[4],
        &DAY_BYTES,
        &CONDITIONS_BYTES,
    ]
    .concat();
    assert_eq!(agreement.encode(), bytes);
}

/// A change needs another transaction version: the council signs it.
#[test]
fn limits_are_encoded_as_their_fields() {
    let limits = Limits {
        caps: CAPS,
        max_gross: Some(7),
        deadline_minutes: 0x0102_0304,
        max_late_minutes: 0x1112_1314,
        refund_days: 0x2122,
        amend_days: 0x3132,
        answer_days: 0x4142,
    };
    let bytes = [&CAPS_BYTES[..], &MAX_GROSS_BYTES, &TIMES_BYTES].concat();
    assert_eq!(limits.encode(), bytes);
}
