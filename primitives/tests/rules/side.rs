//! The sides of a day: their names, and what is picked for them.

use counterfoil_primitives::{written::date, Side, SideId};

#[test]
fn a_side_picks_what_belongs_to_it() {
    assert_eq!(Side::Debit.pick("company", "bank"), "company");
    assert_eq!(Side::Credit.pick("company", "bank"), "bank");
}

#[test]
fn both_sides_stand_in_the_order_of_what_is_picked_from() {
    assert_eq!(Side::BOTH.map(|side| side.pick(0, 1)), [0, 1]);
    assert_eq!(Side::BOTH.map(Side::other), [Side::Credit, Side::Debit]);
}

#[test]
fn a_side_has_the_name_that_people_write() {
    assert_eq!(Side::BOTH.map(Side::name), ["debit", "credit"]);
}

#[test]
fn a_side_is_found_by_its_name() {
    for side in Side::BOTH {
        assert_eq!(Side::from_name(side.name()), Some(side));
    }
}

#[test]
fn no_side_is_found_by_another_name() {
    for name in ["", "Debit", "debit ", "company", "credits"] {
        assert_eq!(Side::from_name(name), None, "{name:?}");
    }
}

#[test]
fn a_side_id_is_shown_with_its_date_and_its_party() {
    let day = date::read("2026-11-22").unwrap();
    let show = |side| SideId::new(7, day, side).to_string();
    assert_eq!(
        show(Side::Debit),
        "agreement 7, day 2026-11-22, company's side"
    );
    assert_eq!(
        show(Side::Credit),
        "agreement 7, day 2026-11-22, bank's side"
    );
}
