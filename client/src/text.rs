//! What the chain and files hold, as text for people.
//!
//! Texts from outside are shown as a terminal may have them by [`printable_text`](crate::printable_text).
//! What a spreadsheet would compute is kept from it by [`formula_injection`](crate::formula_injection).

use crate::money::Money;
use counterfoil_primitives::{
    summary::SideStatus, written::label, Cause, Reference, Side, SideTotals, SignedAmount, UserId,
};
use serde_json::Value as Json;

/// A reference as the payment carries it elsewhere: the text that a person wrote, else a UUID; in
/// hexadecimal where it is neither.
pub fn reference_text(reference: &Reference) -> String {
    label::show_reference(reference)
}

/// A user, as the client knows it; in hexadecimal where it holds what nobody sees.
pub fn user_text(user: &UserId) -> String {
    label::show_user(user)
}

/// A cause by its name in files.
pub fn cause_text(cause: Cause) -> String {
    match serde_json::to_value(cause) {
        Ok(Json::String(name)) => name,
        _ => format!("{cause:?}"),
    }
}

/// What is owed for a day, and by whom: above zero the company owes the bank, below it the bank owes the
/// company.
pub fn obligation_text(obligation: SignedAmount, money: &Money) -> String {
    let amount = money.show(obligation.unsigned_abs());
    match obligation {
        0 => "nothing".into(),
        1.. => format!("the company owes the bank {amount}"),
        _ => format!("the bank owes the company {amount}"),
    }
}

/// The sums of a side: of payments, and of refunds where there are any.
pub fn totals_text(totals: &SideTotals, money: &Money) -> String {
    let payments = money.show(totals.payments);
    match totals.refunds {
        0 => payments,
        refunds => format!("{payments}, refunds {}", money.show(refunds)),
    }
}

/// A side and its party.
pub const fn side_title(side: Side) -> &'static str {
    side.pick("debit (company)", "credit (bank)")
}

/// The state of a side in words.
pub fn status_text(status: &SideStatus) -> String {
    status.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::Source;

    #[test]
    fn an_obligation_names_who_owes_whom() {
        let money = Money::of("CZK").unwrap();
        let text = |obligation| obligation_text(obligation, &money);
        assert_eq!(text(1_250), "the company owes the bank 12.50 CZK");
        assert_eq!(text(-1_250), "the bank owes the company 12.50 CZK");
        assert_eq!(text(0), "nothing");
    }

    #[test]
    fn totals_name_refunds_where_there_are_any() {
        let money = Money::of("CZK").unwrap();
        let text = |payments, refunds| totals_text(&SideTotals { payments, refunds }, &money);
        assert_eq!(text(100, 0), "1.00 CZK");
        assert_eq!(text(100, 25), "1.00 CZK, refunds 0.25 CZK");
    }

    #[test]
    fn a_reference_shows_as_it_was_written() {
        for text in [
            "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f",
            "FV-2026/0017",
            "0x01010101010101010101010101010101",
        ] {
            let reference = label::read_reference(text).unwrap();
            assert_eq!(reference_text(&reference), text);
        }
    }

    #[test]
    fn a_user_that_holds_what_a_terminal_obeys_shows_in_hexadecimal() {
        let dvorak = UserId::from_text("Dvořák").unwrap();
        assert_eq!(user_text(&dvorak), "Dvořák");
        let escape = "0x4a1b5b324a0000000000000000000000";
        assert_eq!(
            user_text(&UserId(*b"J\x1b[2J\0\0\0\0\0\0\0\0\0\0\0")),
            escape
        );
    }

    #[test]
    fn states_and_sources_have_the_names_that_json_has() {
        for source in Source::ALL {
            assert_eq!(serde_json::to_value(source).unwrap(), source.name());
        }
        for status in [
            SideStatus::Awaited,
            SideStatus::Committed,
            SideStatus::Defaulted,
        ] {
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
        for status in [
            SideStatus::Proven { breaks: 2 },
            SideStatus::ProvenLate { breaks: 4 },
            SideStatus::Repaired { breaks: 3 },
        ] {
            let json = serde_json::to_value(status).unwrap();
            let breaks = json[status.name()]["breaks"].as_u64();
            assert_eq!(breaks, status.breaks().map(u64::from));
        }
    }

    #[test]
    fn causes_have_the_names_that_files_use() {
        assert_eq!(cause_text(Cause::OlderTerms), "older_terms");
        assert_eq!(cause_text(Cause::NotOnChain), "not_on_chain");
    }
}
