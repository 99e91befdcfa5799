//! Sequences that were given and never used: they lead beyond the window.

use super::*;
use counterfoil_primitives::window::WIDTH;

impl Client {
    /// Leaves payments behind that could land until `ends_at` and were refused, in such numbers that
    /// the journal is beyond the window. The last of them is `payment`.
    fn leave_beyond_the_window(&self, payment: &Prepared, ends_at: u64) {
        let journal = Journal::open(&self.journal, H256::zero(), 1).unwrap();
        let named = [(payment.id.as_str(), payment.trade)];
        journal.send(1, &named, WIDTH + 50, ends_at).unwrap();
    }
}

#[test]
fn a_client_whose_refused_payments_filled_the_window_records_again() {
    let client = Client::new(1);
    client.leave_beyond_the_window(&payment(9), 0);
    let verdicts = client.import(&payments(4));
    assert!(verdicts.iter().all(is_recorded));
    client.assert_each_once(4);
}

#[test]
fn a_payment_beyond_the_window_gets_another_sequence() {
    let client = Client::new(1);
    client.leave_beyond_the_window(&payment(1), 0);
    let verdicts = client.import(&payments(4));
    assert!(verdicts.iter().all(is_recorded));
    client.assert_each_once(4);
}

#[test]
fn sequences_fall_back_only_when_nothing_that_was_sent_can_land() {
    let client = Client::new(1);
    let end = 10;
    client.leave_beyond_the_window(&payment(9), end);
    client.import(&payments(1));
    assert!(client.world.borrow().best() > end);
    client.assert_each_once(1);
}
