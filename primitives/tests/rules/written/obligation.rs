//! What is owed for a day, as people read it.

use counterfoil_primitives::{
    written::{obligation::words, Denomination},
    SignedAmount,
};

fn text(owed: SignedAmount) -> String {
    let denomination = Denomination {
        currency: "CZK",
        decimals: 2,
    };
    words(owed, &denomination).to_string()
}

#[test]
fn what_the_company_owes_names_the_company_first() {
    assert_eq!(text(1_250), "company owes bank 12.50 CZK");
    assert_eq!(text(1), "company owes bank 0.01 CZK");
}

#[test]
fn what_the_bank_owes_names_the_bank_first_and_no_sign() {
    assert_eq!(text(-1_250), "bank owes company 12.50 CZK");
    assert_eq!(text(-1), "bank owes company 0.01 CZK");
}

#[test]
fn where_nothing_is_owed_no_party_is_named() {
    assert_eq!(text(0), "nothing");
}

#[test]
fn the_largest_obligations_are_whole() {
    for owed in [SignedAmount::MIN, SignedAmount::MAX] {
        assert!(text(owed).ends_with(" CZK"), "{}", text(owed));
    }
}
