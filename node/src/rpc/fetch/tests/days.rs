//! Days whose books are not opened, or not yet.

use super::*;
use crate::rpc::testing::FIRST_DAY;

#[test]
fn a_book_of_a_day_before_a_closed_one_is_opened_a_day_later() {
    let mut node = company();
    node.chain.closed_days = 1;
    node.chain.status = SideStatus::Committed;
    let answer = |now: Moment, nonce| {
        let asked = Request {
            expires_at: now + 60_000,
            nonce: [nonce; 16],
            ..request(Question::Roots)
        };
        node.answer(&signed_by(RECONCILER, asked), now).unwrap()
    };
    let moved = PRESET + 86_400_000;
    assert!(matches!(answer(moved - 1, 1), Answer::Refused(_)));
    assert!(matches!(answer(moved, 2), Answer::Roots { .. }));
}

#[test]
fn the_reconciler_of_other_days_is_refused() {
    let day_before = FIRST_DAY.previous();
    let before_its_first = Request {
        side_id: SideId::new(AGREEMENT, day_before, Side::Debit),
        ..request(Question::Roots)
    };
    assert!(refusal(before_its_first).contains("no part in this day"));
}
