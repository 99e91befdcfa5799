//! What a member that floods the chain, or sends what is too large, gets.

mod payments;
mod priorities;
mod proposals;
mod repeated;
mod storage;
mod too_large;

use super::{
    amendments::{
        accept, answer_call, book_call, cancellation, lapse, lapse_call, missing, pass_answers,
        propose, propose_call, recorded, withdraw_call, write_off_call,
    },
    on_development_chain, reconcile,
    transactions::{refund_of, refused, remark, signed, signed_for, unordered, validity},
    NOON,
};
use crate::{
    cannot_pay_explained::{NOT_ADMITTED, NOT_FREE},
    configs::system::RuntimeBlockWeights,
    constants::{MAX_BATCH, MAX_REFUNDS},
    Executive, Nonce, Runtime, RuntimeCall, RuntimeOrigin, Settlement, System, UncheckedExtrinsic,
};
use counterfoil_primitives::{
    compare::{DirtyPage, ReportHeader},
    envelope::UNORDERED,
    BusinessDay, Commitment, MemberId, Reference, Side, TradeRequest, UserId,
};
use frame_support::{dispatch::DispatchClass, traits::Get};
use frame_system::AccountInfo;
use pallet_envelope::spent::OUTNUMBERED;
use pallet_share::{block_room, Load, Usage};
use sp_core::{storage::well_known_keys::EXTRINSIC_INDEX, H256};
use sp_io::hashing::twox_128;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{generic::Era, transaction_validity::InvalidTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// The member that acts with the key of Dave: the reconciler.
const DAVE: MemberId = 4;
/// The member that acts with the key of Eve: a client.
const EVE: MemberId = 5;

/// The largest batch, of trades that are refused one by one: what costs a client nothing.
fn worthless_batch() -> RuntimeCall {
    worthless(MAX_BATCH)
}

/// The largest batch of refunds, of a payment that is not there.
fn worthless_refunds() -> RuntimeCall {
    let refunds = (0..u64::from(MAX_REFUNDS)).map(|sequence| refund_of(0, sequence));
    let refunds: Vec<_> = refunds.collect();
    RuntimeCall::Trades(pallet_trades::Call::refund {
        agreement: 1,
        refunds: refunds.try_into().unwrap(),
    })
}

/// A batch of `count` trades that are refused.
fn worthless(count: u32) -> RuntimeCall {
    let trade = |sequence| TradeRequest {
        sequence,
        reference: Reference([1; 16]),
        user: UserId([1; 16]),
        product: 1,
        gross: 0,
        debit: 0,
        credit: 0,
        occurred_at: NOON - 1,
    };
    let trades: Vec<_> = (0..u64::from(count)).map(trade).collect();
    RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: trades.try_into().unwrap(),
    })
}

fn seal() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::seal {
        agreement: 1,
        day: BusinessDay(20_779),
    })
}

fn header(pages: u32) -> RuntimeCall {
    let root = H256::repeat_byte(1);
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_header {
        agreement: 1,
        day: BusinessDay(20_779),
        side: Side::Debit,
        round: 0,
        header: ReportHeader {
            dirty: (0..pages).map(|page| DirtyPage { page, root }).collect(),
            extras: Vec::new(),
        },
    })
}

/// Sends worthless batches until a block takes no more. Returns how many it took.
fn flood() -> Nonce {
    flood_of(Sr25519Keyring::Eve, worthless_batch())
}

/// Sends a call, with one nonce after another, until a block takes no more. Returns how many it took.
fn flood_of(member: Sr25519Keyring, call: RuntimeCall) -> Nonce {
    let takes = |nonce: &Nonce| {
        let sent = signed(&member.pair(), *nonce, call.clone());
        match Executive::apply_extrinsic(sent) {
            Ok(_) => true,
            Err(why) => {
                assert_eq!(why, InvalidTransaction::ExhaustsResources.into());
                false
            }
        }
    };
    (0..).take_while(takes).count() as Nonce
}

/// What normal calls took of the block, in hundredths of their limit.
fn hundredths_taken() -> u64 {
    let weights = RuntimeBlockWeights::get();
    let limit = weights.get(DispatchClass::Normal).max_total;
    let limit = limit.expect("normal calls are limited").ref_time();
    let taken = System::block_weight().get(DispatchClass::Normal).ref_time();
    taken * 100 / limit
}

/// What a member used of the block.
fn used_by(member: MemberId) -> Usage {
    pallet_share::UsedBy::<Runtime>::get(member).expect("it used something")
}

/// A call that is free for every member, and does the same each time.
fn endpoint() -> RuntimeCall {
    RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
        endpoint: "http://127.0.0.1:9944".try_into().unwrap(),
    })
}

/// A call that fails: the day's deadline has not come.
fn early_mark() -> RuntimeCall {
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::mark_defaulted {
        agreement: 1,
        day: BusinessDay(20_779),
        side: Side::Debit,
    })
}

#[test]
fn a_members_call_on_an_agreement_that_does_not_name_it_does_not_enter_the_pool() {
    on_development_chain(|| {
        let pay = RuntimeCall::Settlement(pallet_settlement::Call::pay {
            agreement: 1,
            day: BusinessDay(20_779),
        });
        let of_nobody = |call| refused(validity(signed(&Sr25519Keyring::Ferdie.pair(), 0, call)));
        let release = RuntimeCall::Settlement(pallet_settlement::Call::release {
            agreement: 1,
            day: BusinessDay(20_779),
        });
        let suspend = RuntimeCall::Registry(pallet_registry::Call::suspend_client {
            agreement: 1,
            client: EVE,
        });
        for call in [early_mark(), header(0), seal(), pay, release, suspend] {
            assert_eq!(of_nobody(call), NOT_FREE);
        }
        recorded();
        let number = propose(cancellation());
        for call in [
            propose_call(cancellation()),
            answer_call(number),
            withdraw_call(number),
        ] {
            assert_eq!(of_nobody(call), NOT_FREE);
        }
        accept(number);
        assert_eq!(of_nobody(book_call(number)), NOT_FREE);
        let unanswered = propose(missing());
        pass_answers(unanswered);
        assert_eq!(of_nobody(lapse_call(unanswered)), NOT_FREE);
        lapse(unanswered);
        assert_eq!(of_nobody(write_off_call(unanswered)), NOT_FREE);
        assert_eq!(of_nobody(worthless(1)), NOT_ADMITTED);
        let of_a_party = signed(&Sr25519Keyring::Bob.pair(), 0, early_mark());
        assert!(validity(of_a_party).is_ok());
    });
}

#[test]
fn a_partys_calls_that_fail_take_little_of_a_block() {
    for call in [early_mark(), header(0)] {
        on_development_chain(|| {
            let taken = flood_of(Sr25519Keyring::Bob, call);
            assert!(taken > 500, "{taken} small calls fill the room of a member");
        });
    }
}

/// The calls that give nothing back where they are refused: they weigh the same whatever they are of.
#[test]
fn a_partys_calls_that_give_nothing_back_take_little_of_a_block() {
    let (agreement, day, side) = (1, BusinessDay(20_779), Side::Debit);
    let commitment = Commitment::default();
    let calls = [
        RuntimeCall::Books(pallet_books::Call::commit {
            agreement,
            day,
            side,
            round: 0,
            replacement: 0,
            commitment,
        }),
        RuntimeCall::Reconciliation(pallet_reconciliation::Call::confirm_repair {
            agreement,
            day,
            side,
            commitment,
        }),
        RuntimeCall::Reconciliation(pallet_reconciliation::Call::mark_overdue {
            agreement,
            day,
            side,
        }),
        RuntimeCall::Reconciliation(pallet_reconciliation::Call::request_full_fetch {
            agreement,
            day,
        }),
        RuntimeCall::Settlement(pallet_settlement::Call::pay { agreement, day }),
    ];
    for call in calls {
        on_development_chain(|| {
            // A payment is free for who owed, and is refused once it was made.
            reconcile(day, 100);
            let bob = RuntimeOrigin::signed(Sr25519Keyring::Bob.to_account_id());
            Settlement::pay(bob, agreement, day).expect("it is owed");
            let taken = flood_of(Sr25519Keyring::Bob, call.clone());
            assert!(taken > 100, "{taken} of {call:?} fill the room of a member");
        });
    }
}

#[test]
fn each_member_gets_half_of_what_the_others_left() {
    on_development_chain(|| {
        use Sr25519Keyring::{Bob, Charlie, Dave};
        for (member, taken) in [(Bob, 49..=50), (Charlie, 74..=75), (Dave, 86..=88)] {
            flood_of(member, endpoint());
            assert!(
                taken.contains(&hundredths_taken()),
                "{}",
                hundredths_taken()
            );
        }
    });
}

#[test]
fn a_worker_goes_on_though_its_member_floods() {
    on_development_chain(|| {
        let dave = Sr25519Keyring::Dave;
        let nonce = flood_of(dave, endpoint());
        assert_eq!(
            Executive::apply_extrinsic(signed(&dave.pair(), nonce, seal())),
            Err(InvalidTransaction::ExhaustsResources.into())
        );
        assert_eq!(Executive::apply_extrinsic(workers_seal()), Ok(Ok(())));
    });
}

#[test]
fn a_workers_call_is_counted_apart_and_as_the_members_own_where_it_has_a_nonce() {
    on_development_chain(|| {
        assert_eq!(Executive::apply_extrinsic(workers_seal()), Ok(Ok(())));
        let used = used_by(DAVE);
        assert_ne!(used.workers, Load::default());
        assert_eq!(used.here, Load::default());
        let again = signed(&Sr25519Keyring::Dave.pair(), 0, seal());
        assert!(Executive::apply_extrinsic(again).is_ok_and(|applied| applied.is_err()));
        assert_eq!(used_by(DAVE).workers, used.workers);
        assert_ne!(used_by(DAVE).here, Load::default());
    });
}

#[test]
fn a_motion_of_a_member_without_a_seat_does_not_enter_the_pool() {
    on_development_chain(|| {
        let motion = RuntimeCall::Council(pallet_council::Call::propose {
            call: Box::new(remark()),
        });
        let of_a_member = signed(&Sr25519Keyring::Bob.pair(), 0, motion);
        assert_eq!(refused(validity(of_a_member)), NOT_FREE);
    });
}

/// The room of a member that is alone. No batch is larger than a tenth of a block, so less than that is
/// left of the half; and the block has room for somebody else.
#[test]
fn a_lone_flood_ends_at_half_of_a_block() {
    on_development_chain(|| {
        flood();
        let part = used_by(EVE).here.part_of(block_room::budget::<Runtime>());
        assert!((400_000..=500_000).contains(&part), "{part} millionths");
        let another = signed(&Sr25519Keyring::Alice.pair(), 0, worthless_batch());
        assert_eq!(Executive::apply_extrinsic(another), Ok(Ok(())));
    });
}

/// The seal as the reconciler's worker sends it.
fn workers_seal() -> UncheckedExtrinsic {
    unordered(&Sr25519Keyring::Dave.pair(), seal())
}

#[test]
fn a_flood_that_goes_on_leaves_room_for_what_went_before_it() {
    on_development_chain(|| {
        assert_eq!(Executive::apply_extrinsic(workers_seal()), Ok(Ok(())));
        assert!(flood() > 0);
    });
}
