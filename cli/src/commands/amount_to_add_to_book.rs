//! What has to be added to a party's book to make an entry of it right, with its sign.

use counterfoil_primitives::{Entry, SideTotals};

/// What has to be added to the book to make it right, with its sign, in minor units. Payments count up, and
/// refunds down.
pub(super) fn difference(found: Option<&Entry>, right: Option<&Entry>) -> String {
    let mut ways = SideTotals::default();
    if let Some(right) = right {
        ways.add(right.kind, right.amount);
    }
    // What the book has is taken back.
    if let Some(found) = found {
        ways.add(found.kind.other(), found.amount);
    }
    let SideTotals { payments, refunds } = ways;
    if refunds > payments {
        format!("-{}", refunds - payments)
    } else {
        (payments - refunds).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::entry_of_an_amount::entry;
    use counterfoil_primitives::Kind;

    #[test]
    fn differences_carry_their_sign() {
        let of = |amount| entry(Kind::Payment, amount);
        assert_eq!(difference(Some(&of(5)), Some(&of(3))), "-2");
        assert_eq!(difference(None, Some(&of(3))), "3");
        assert_eq!(difference(Some(&of(3)), None), "-3");
    }

    #[test]
    fn differences_of_refunds_go_the_other_way() {
        let of = |amount| entry(Kind::Refund, amount);
        assert_eq!(difference(Some(&of(5)), Some(&of(3))), "2");
        assert_eq!(difference(None, Some(&of(3))), "-3");
        assert_eq!(difference(Some(&of(3)), None), "3");
    }

    #[test]
    fn an_amount_under_the_wrong_kind_counts_twice() {
        let payment = entry(Kind::Payment, 600);
        let refund = entry(Kind::Refund, 600);
        assert_eq!(difference(Some(&payment), Some(&refund)), "-1200");
        assert_eq!(difference(Some(&refund), Some(&payment)), "1200");
    }
}
