//! Networks that fall apart, and links that are slow.

mod proposals;
mod refunds;

use crate::{
    business::{Business, Done, Nodes, LONG},
    check,
    imported_files::Sent,
};
use anyhow::{ensure, Result};
use codec::Encode;
use counterfoil_primitives::{Sequence, Side, TradeRequest};
use counterfoil_tests::{
    book,
    chain::Chain,
    link::{Links, State},
    network::Network,
    trades::{payments, record, recording},
    wait,
    world::{caught_up, same, Shared},
};
use futures::future::try_join;
use proposals::Proposals;
use refunds::Refunds;
use std::{collections::BTreeSet, ops::Range, time::Duration};

/// The client's and the company's node; bank and reconciler are the other half.
const HALF: [usize; 2] = [0, 1];
/// Payments that are final before the network falls apart.
const BEFORE: Range<Sequence> = 0..300;
/// Payments that one half takes.
const LEFT: Range<Sequence> = 300..400;
/// Payments that the other half takes.
const RIGHT: Range<Sequence> = 400..500;
/// Payments that both halves take.
const BOTH: Range<Sequence> = 500..550;
/// How far the best block is above the finalised one when nothing is finalised any more.
const AHEAD_OF_FINALITY: u32 = 6;
/// The bank's node.
const BANK: usize = 2;

/// Two halves of a network make blocks of their own, on forks, and finalise none. Payments go to
/// one half, to the other and to both; so do refunds, and on either half somebody proposes to cancel what
/// that half took. No worker acts on a fork. When the halves meet again there is one chain, every payment
/// and every refund is on it once, no more is given back than was meant, an answer counts for the proposal
/// that it was made for and for no other, no node takes again what was sent, and the day ends as if nothing
/// had been.
pub async fn what_both_halves_of_a_parted_network_took_is_recorded_once() -> Result<()> {
    let (network, mut links) = Network::start_linked().await?;
    let shared = Shared::begin(network).await?;
    let result = parted(&shared, &mut links).await;
    shared.end(result).await
}

async fn parted(shared: &Shared, links: &mut Links) -> Result<()> {
    let ahead = Duration::from_secs(120);
    let business = Business::begin(Nodes::own(shared), &[], ahead).await?;
    let agreement = &business.agreement;
    let all = payments(agreement, agreement.client(), 0..BOTH.end)?;
    record(
        shared.client(),
        agreement,
        agreement.client(),
        of(&all, BEFORE),
    )
    .await?;
    for side in Side::BOTH {
        wait::until("the book to have what is final", LONG, || async {
            let slots = book::slots(shared.of(side), agreement, side).await?;
            Ok((slots == BEFORE.end).then_some(()))
        })
        .await?;
    }
    let refunds = Refunds::formed(&business).await?;
    let since = shared.client().finalized_number().await?;

    links.part(&HALF);
    let mut sent = take(shared, &business, &all, &refunds).await?;
    let proposals = on_forks(shared, &business).await?;
    links.heal();

    send_until_final(shared, &business, &all).await?;
    let given_back = refunds.each_once(&business, since).await?;
    proposals.as_answered(&business, since).await?;
    sent.extend(proposals.handed());
    none_is_taken_again(shared, &business, &all, &sent).await?;
    check::one_chain(shared.nodes()).await?;
    let paid = all
        .iter()
        .map(|payment| (payment.reference, Sent::payment(payment.gross)));
    let done = Done {
        sent: paid.chain(given_back).collect(),
        ..Done::default()
    };
    println!("{}", check::day(&business, &done).await?);
    Ok(())
}

/// The payments of these sequences.
fn of(all: &[TradeRequest], range: Range<Sequence>) -> &[TradeRequest] {
    &all[range.start as usize..range.end as usize]
}

/// A node of either half.
fn halves(shared: &Shared) -> (&Chain, &Chain) {
    (&shared.nodes()[0], &shared.nodes()[2])
}

/// Brings payments and refunds to both halves, and waits until each has taken its own. Returns the
/// transactions.
async fn take(
    shared: &Shared,
    business: &Business,
    all: &[TradeRequest],
    refunds: &Refunds,
) -> Result<Vec<Vec<u8>>> {
    let (agreement, (left, right)) = (&business.agreement, halves(shared));
    let mut sent = Vec::new();
    for (node, taken) in [(left, LEFT), (right, RIGHT), (left, BOTH), (right, BOTH)] {
        sent.push(send(node, business, of(all, taken)).await?);
    }
    for (node, of_half) in [(left, refunds.of_left()), (right, refunds.of_right())] {
        sent.push(refunds::send(node, business, &of_half).await?);
    }
    for node in [left, right] {
        wait::until("a half to take its payments and refunds", LONG, || async {
            let day = node.day_at_best(agreement.id, agreement.day()).await?;
            let count = u64::from(day.map_or(0, |day| day.trades));
            let paid = BEFORE.end + (LEFT.end - LEFT.start) + (BOTH.end - BOTH.start);
            Ok((count == paid + refunds::OF_A_HALF).then_some(()))
        })
        .await?;
    }
    Ok(sent)
}

/// Lets both halves go on without finality, and propose and answer there. No book and no finalised block
/// shows any of it.
async fn on_forks(shared: &Shared, business: &Business) -> Result<Proposals> {
    let (agreement, (left, right)) = (&business.agreement, halves(shared));
    let height = forked(left, right).await?;
    let proposals = Proposals::made(business, left, right).await?;
    for side in Side::BOTH {
        let slots = book::slots(shared.of(side), agreement, side).await?;
        same("entries of a book on a fork", slots, BEFORE.end)?;
    }
    ensure!(
        left.finalized_number().await? < height && right.finalized_number().await? < height,
        "half of the validators finalise a fork"
    );
    Ok(proposals)
}

/// Waits until all nodes have all payments, and makes sure that none takes again what was sent.
async fn none_is_taken_again(
    shared: &Shared,
    business: &Business,
    all: &[TradeRequest],
    sent: &[Vec<u8>],
) -> Result<()> {
    for node in shared.nodes() {
        wait::until("a node to have all payments", LONG, || async {
            let missing = missing(node, business, all).await?;
            Ok(missing.is_empty().then_some(()))
        })
        .await?;
        caught_up(node, shared.client()).await?;
        for transaction in sent {
            ensure!(
                node.submit(transaction).await.is_err(),
                "what a fork applied is taken again after it, by {}",
                node.url()
            );
        }
    }
    Ok(())
}

/// Waits until both halves are well above what they finalised, on forks. Returns a height at which
/// they have different blocks.
async fn forked(left: &Chain, right: &Chain) -> Result<u32> {
    wait::until("both halves to go on without finality", LONG, || async {
        let mut lowest = u32::MAX;
        let mut finalized = 0;
        for node in [left, right] {
            lowest = lowest.min(node.best_number().await?);
            finalized = finalized.max(node.finalized_number().await?);
        }
        if lowest < finalized + AHEAD_OF_FINALITY {
            return Ok(None);
        }
        let one = left.block_hash(lowest).await?;
        let other = right.block_hash(lowest).await?;
        ensure!(one != other, "block {lowest} is the same in both halves");
        Ok(Some(lowest))
    })
    .await
}

/// Brings payments to a node, and waits for nothing. Returns the transaction.
async fn send(node: &Chain, business: &Business, payments: &[TradeRequest]) -> Result<Vec<u8>> {
    let agreement = &business.agreement;
    let call = recording(node, agreement.id, agreement.client(), payments.to_vec()).await?;
    let bytes = call.encode();
    node.submit(&bytes).await?;
    Ok(bytes)
}

/// As a client does: what is not final after a while is sent again, until all is.
async fn send_until_final(
    shared: &Shared,
    business: &Business,
    payments: &[TradeRequest],
) -> Result<()> {
    let chain = shared.client();
    wait::until("all payments to be final", LONG, || async {
        let missing = missing(chain, business, payments).await?;
        if missing.is_empty() {
            return Ok(Some(()));
        }
        // A node whose pool has them refuses them again.
        send(chain, business, &missing).await.ok();
        tokio::time::sleep(Duration::from_secs(5)).await;
        Ok(None)
    })
    .await
}

/// The payments that a node does not show as final.
async fn missing(
    node: &Chain,
    business: &Business,
    payments: &[TradeRequest],
) -> Result<Vec<TradeRequest>> {
    let there = recorded(node, business).await?;
    Ok(payments
        .iter()
        .filter(|payment| !there.contains(&payment.sequence))
        .cloned()
        .collect())
}

/// The sequences of the client that a node shows as recorded finally.
async fn recorded(node: &Chain, business: &Business) -> Result<BTreeSet<Sequence>> {
    let trades = check::everywhere(node, &business.agreement).await?;
    let of_client = trades
        .iter()
        .flatten()
        .filter(|trade| !trade.id.is_of_amendment());
    Ok(of_client.map(|trade| trade.id.sequence).collect())
}

/// The bank's node hears of everything a second and a half late, and is heard as late; its blocks
/// come too late for the others, and still its book, its commitment and its ledger's breaks count.
pub async fn a_day_completes_over_a_slow_link() -> Result<()> {
    let (network, mut links) = Network::start_linked().await?;
    let shared = Shared::begin(network).await?;
    let delay = Duration::from_millis(1_500);
    links.set_all_of(BANK, State::Open { delay });
    let result = slow(&shared).await;
    shared.end(result).await
}

async fn slow(shared: &Shared) -> Result<()> {
    let ahead = Duration::from_secs(60);
    let (received, ledger) = try_join(
        Business::begin(Nodes::own(shared), &[], ahead),
        Business::begin(Nodes::own(shared), &[Side::Credit], ahead),
    )
    .await?;
    let through = |business| async move {
        let done = Business::go_about(business, 0).await?;
        check::day(business, &done).await
    };
    let (first, second) = try_join(through(&received), through(&ledger)).await?;
    println!("over a slow link: {first}; {second}");
    check::one_chain(shared.nodes()).await
}
