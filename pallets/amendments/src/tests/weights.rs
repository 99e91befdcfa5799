//! That a call is charged for what it does.

use crate::{mock::*, Call};
use counterfoil_primitives::{
    amendment::{Content, Ground},
    MemberId,
};
use frame_support::{
    dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
    traits::UnfilteredDispatchable,
    weights::Weight,
};
use sp_core::H256;

/// What a call is charged before it runs, and what it was found to weigh.
fn weights(member: MemberId, call: Call<Test>) -> (Weight, Weight) {
    let before = call.get_dispatch_info().call_weight;
    let result: DispatchResultWithPostInfo = call.dispatch_bypass_filter(signed(member));
    let info = result.expect("the call is good");
    (before, info.actual_weight.expect("it is known"))
}

fn propose_call(content: Content) -> Call<Test> {
    Call::propose {
        agreement: AGREEMENT,
        ground: Ground::Other,
        evidence: H256::zero(),
        stated: stated(&content),
        content,
    }
}

fn answer_call(number: u32, accept: bool) -> Call<Test> {
    Call::answer {
        agreement: AGREEMENT,
        number,
        fingerprint: proposal(number).fingerprint,
        accept,
    }
}

fn withdraw_call(number: u32) -> Call<Test> {
    Call::withdraw {
        agreement: AGREEMENT,
        number,
        fingerprint: proposal(number).fingerprint,
    }
}

#[test]
fn no_call_weighs_more_than_it_was_charged() {
    build_and_execute(|| {
        record(CLIENT, 0..300);
        let contents = [
            cancel(&[(0, 99)]),
            cancel_sequences(CLIENT, (100, 299), (0, 5)),
            replace(vec![right(99, 1)]),
            supplement(vec![missing(500, 1)]),
        ];
        for content in contents {
            let (before, after) = weights(COMPANY, propose_call(content));
            assert!(after.all_lte(before));
            let number = Amendments::last_amendment(AGREEMENT);
            let (before, after) = weights(BANK, answer_call(number, true));
            assert!(after.all_lte(before));
            while let Some(from) = next_step(number) {
                let book = Call::book {
                    agreement: AGREEMENT,
                    number,
                    from,
                };
                let (before, after) = weights(BANK, book);
                assert!(after.all_lte(before));
            }
        }
    });
}

#[test]
fn a_proposal_weighs_by_the_pages_that_it_read() {
    build_and_execute(|| {
        record(CLIENT, 0..10);
        let far = cancel_sequences(CLIENT, (0, 9), (0, 255));
        let (_, after) = weights(COMPANY, propose_call(far));
        withdraw(COMPANY, 1).unwrap();
        let near = cancel_sequences(CLIENT, (0, 9), (0, 0));
        assert_eq!(weights(COMPANY, propose_call(near)).1, after);
    });
}

#[test]
fn an_answer_that_rejects_weighs_what_it_frees() {
    build_and_execute(|| {
        record(CLIENT, 0..600);
        let rejected = |content| {
            let number = put_up(COMPANY, content);
            let (before, after) = weights(BANK, answer_call(number, false));
            assert!(after.all_lte(before));
            after.ref_time()
        };
        assert!(rejected(cancel(&[(0, 599)])) > rejected(cancel(&[(0, 0)])));
    });
}

#[test]
fn a_withdrawal_weighs_what_it_frees() {
    build_and_execute(|| {
        record(CLIENT, 0..600);
        let withdrawn = |content| {
            let number = put_up(COMPANY, content);
            let (before, after) = weights(COMPANY, withdraw_call(number));
            assert!(after.all_lte(before));
            after.ref_time()
        };
        assert!(withdrawn(cancel(&[(0, 599)])) > withdrawn(cancel(&[(0, 0)])));
    });
}

#[test]
fn a_claim_weighs_less_to_write_off_than_what_named_much_to_withdraw() {
    build_and_execute(|| {
        let payments = (0..20).map(|sequence| missing(sequence, 1)).collect();
        let number = put_up(COMPANY, supplement(payments));
        let (_, withdrawn) = weights(COMPANY, withdraw_call(number));
        let write_off = Call::<Test>::write_off {
            agreement: AGREEMENT,
            number,
            fingerprint: H256::zero(),
        };
        let written_off = write_off.get_dispatch_info().call_weight;
        assert!(written_off.ref_time() < withdrawn.ref_time());
    });
}

#[test]
fn a_proposal_by_nobody_entitled_is_charged_little() {
    build_and_execute(|| {
        let call = propose_call(cancel(&[(0, 0)]));
        let before = call.get_dispatch_info().call_weight;
        let refused = call.dispatch_bypass_filter(signed(STRANGER)).unwrap_err();
        let after = refused.post_info.actual_weight.expect("it is known");
        assert!(after.ref_time() < before.ref_time());
    });
}

#[test]
fn a_call_on_a_proposal_that_is_refused_is_charged_little() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        let calls = [
            answer_call(number, false),
            Call::book {
                agreement: AGREEMENT,
                number,
                from: 1,
            },
            withdraw_call(number),
            Call::lapse {
                agreement: AGREEMENT,
                number,
            },
        ];
        for call in calls {
            let before = call.get_dispatch_info().call_weight;
            let refused = call.dispatch_bypass_filter(signed(STRANGER)).unwrap_err();
            let after = refused.post_info.actual_weight.expect("it is known");
            assert!(10 * after.ref_time() < before.ref_time());
        }
    });
}
