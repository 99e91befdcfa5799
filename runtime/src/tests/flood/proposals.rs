//! A member that goes on proposing amendments when all of its proposals wait.

use super::{storage::changed_by, *};
use crate::{
    constants::MAX_PROPOSALS_OF_MEMBER,
    tests::{
        amendments::TODAY,
        blocks::{block_of_all, empty_block, on_chain_of},
        transactions::trade,
    },
    Amendments,
};
use core::cmp::Reverse;
use counterfoil_primitives::amendment::{Content, MissingPayment};
use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};
use pallet_amendments::{Contents, Error, Proposals};
use sp_runtime::{transaction_validity::ValidTransaction, ApplyExtrinsicResult};
use Sr25519Keyring::{Bob, Eve};

/// The member that acts with the key of Bob: the company, which proposes.
const BOB: MemberId = 2;

/// Blocks in which the flood goes on.
const BLOCKS: u64 = 8;
/// Proposals that the flooder sends for each of them.
const PROPOSALS: Nonce = 300;
/// Payments that a client sends for each of them, a call each.
const PAYMENTS: u64 = 40;

/// A payment that its client did not record, under a reference of its own.
fn missing_of(number: u8) -> Content {
    let TradeRequest {
        user,
        product,
        gross,
        occurred_at,
        ..
    } = trade(1);
    let payment = MissingPayment {
        client: EVE,
        reference: Reference([100 + number; 16]),
        user,
        product,
        gross,
        occurred_at,
    };
    Content::Supplement {
        payments: vec![payment].try_into().expect("it is one"),
    }
}

/// The company proposes as often as it may.
fn exhaust() {
    for number in 0..MAX_PROPOSALS_OF_MEMBER {
        propose(missing_of(number as u8));
    }
}

/// One more proposal.
fn one_more() -> RuntimeCall {
    propose_call(missing_of(MAX_PROPOSALS_OF_MEMBER as u8))
}

/// How many proposals are kept, and how many contents.
fn kept() -> [usize; 2] {
    [
        Proposals::<Runtime>::iter().count(),
        Contents::<Runtime>::iter().count(),
    ]
}

fn no_room() -> ApplyExtrinsicResult {
    Ok(Err(Error::<Runtime>::TooManyProposals.into()))
}

#[test]
fn a_proposal_beyond_those_that_may_wait_is_refused_by_its_name() {
    on_development_chain(|| {
        exhaust();
        let before = kept();
        let sent = signed(&Bob.pair(), 0, one_more());
        assert_eq!(Executive::apply_extrinsic(sent), no_room());
        assert_eq!(kept(), before);
        assert_eq!(Amendments::last_amendment(1), MAX_PROPOSALS_OF_MEMBER);
    });
}

#[test]
fn a_flood_of_proposals_leaves_nothing_in_storage_but_a_nonce_and_a_use() {
    on_development_chain(|| {
        exhaust();
        let mut taken = 0;
        let changed = changed_by(|| taken = flood_of(Bob, one_more()));
        assert!(taken > 100, "{taken} small calls fill the room of a member");
        let expected = [
            frame_system::Account::<Runtime>::hashed_key_for(Bob.to_account_id()),
            pallet_share::UsedBy::<Runtime>::hashed_key_for(BOB),
        ];
        assert_eq!(changed, BTreeSet::from(expected));
    });
}

/// What the pool says of a transaction before the next block. Asking leaves no trace.
fn of_pool(sent: &UncheckedExtrinsic) -> ValidTransaction {
    with_transaction_unchecked(|| TransactionOutcome::Rollback(validity(sent.clone())))
        .expect("the pool takes it")
}

/// The next transactions of both, in the order in which an author takes them. A client's records come without
/// nonces, the proposals with one after the other.
fn in_authors_order(
    records: Vec<UncheckedExtrinsic>,
    proposals: Vec<UncheckedExtrinsic>,
) -> Vec<(Sr25519Keyring, UncheckedExtrinsic)> {
    let records = records.into_iter().map(|sent| (Eve, sent));
    let proposals = proposals.into_iter().map(|sent| (Bob, sent));
    let mut pool: Vec<_> = proposals.chain(records).collect();
    pool.sort_by_cached_key(|(_, sent)| {
        let valid = of_pool(sent);
        (Reverse(valid.priority), valid.longevity)
    });
    pool
}

/// Makes a block of these. Returns what became of the calls of each.
fn block_of_pool(
    pool: Vec<(Sr25519Keyring, UncheckedExtrinsic)>,
) -> Vec<(Sr25519Keyring, ApplyExtrinsicResult)> {
    let (senders, sent): (Vec<_>, Vec<_>) = pool.into_iter().unzip();
    senders.into_iter().zip(block_of_all(sent)).collect()
}

/// A payment by Eve, in a call without a nonce.
fn record_of(sequence: u64) -> UncheckedExtrinsic {
    let call = RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: vec![trade(sequence)].try_into().expect("it is one"),
    });
    unordered(&Eve.pair(), call)
}

#[test]
fn a_flood_of_proposals_leaves_a_client_nine_tenths_of_its_records_in_each_block() {
    on_chain_of(&[1], 1, || {
        empty_block();
        exhaust();
        let before = kept();
        for block in 0..BLOCKS {
            let nonce = System::account_nonce(Bob.to_account_id());
            let proposals = (nonce..nonce + PROPOSALS)
                .map(|nonce| signed(&Bob.pair(), nonce, one_more()))
                .collect();
            let first = block * PAYMENTS;
            let records = (first..first + PAYMENTS).map(record_of).collect();
            let applied = block_of_pool(in_authors_order(records, proposals));
            let count = |of: Sr25519Keyring, result: &ApplyExtrinsicResult| {
                let of_both = applied.iter();
                let of_one = of_both.filter(|(by, became)| *by == of && became == result);
                of_one.count() as u64
            };
            let recorded = count(Eve, &Ok(Ok(())));
            assert!(recorded * 10 >= PAYMENTS * 9, "{recorded} in block {block}");
            assert!(count(Bob, &no_room()) > 0);
            assert_eq!(count(Bob, &Ok(Ok(()))), 0);
            assert_eq!(kept(), before);
        }
        let totals = crate::views::day(1, TODAY).expect("it has begun");
        assert!(u64::from(totals.trades) * 10 >= BLOCKS * PAYMENTS * 9);
    });
}
