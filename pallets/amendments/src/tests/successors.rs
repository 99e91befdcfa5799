//! The successor of a client refunds what that client recorded; it does not propose to amend it.

use crate::{mock::*, Error};
use frame_support::assert_ok;

#[test]
fn a_successor_proposes_nothing_of_what_the_client_before_it_recorded() {
    build_and_execute(|| {
        record(CLIENT, 0..2);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::name_successor(
            root,
            AGREEMENT,
            CLIENT,
            Some(OTHER)
        ));
        let refused = error(Error::AnotherClients);
        assert_eq!(propose(OTHER, cancel(&[(0, 0)])), refused);
        assert_eq!(propose(OTHER, supplement(vec![missing(50, 1)])), refused);
        assert_ok!(propose(BANK, cancel(&[(0, 0)])));
        assert_ok!(propose(CLIENT, cancel(&[(1, 1)])));
    });
}

#[test]
fn a_refund_by_a_successor_is_its_own_to_amend_and_put_back() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::name_successor(
            root,
            AGREEMENT,
            CLIENT,
            Some(OTHER)
        ));
        assert_ok!(refund(OTHER, 0, FIRST, 0, GROSS));
        let refused = error(Error::AnotherClients);
        assert_eq!(propose(CLIENT, cancel(&[(1, 1)])), refused);
        let number = put_up(OTHER, cancel(&[(1, 1)]));
        accept(number);
        book_all(number);
        assert_eq!(found(FIRST, 0).refunded, 0);
        assert_eq!(found(FIRST, 2).client, CLIENT);
    });
}
