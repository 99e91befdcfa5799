//! What the pallets' storages say of each other: each checks only its own.

use super::books::committed;
use crate::{Runtime, Trades};
use counterfoil_primitives::{
    amendment::{Content, Standing, Unresolved},
    ports::DayTrades,
    AgreementId, BusinessDay, DayTotals, KindTotals, SignedAmount,
};
use pallet_books::Commitments;
use pallet_reconciliation::Sides;
use pallet_registry::Members;
use pallet_trades::{Supplement, Supplements};
use std::collections::{BTreeMap, BTreeSet};

/// Checks books against reconciliation, reconciliation against settlement, what proposals name against
/// trades, posts against members, and who makes blocks against who finalises them.
pub fn check() {
    what_is_reported_was_committed_to();
    each_rejected_round_keeps_its_commitment();
    what_is_reconciled_has_an_obligation();
    what_is_named_is_there();
    what_is_missing_is_proposed();
    who_makes_blocks_finalizes_them();
    who_holds_a_post_is_a_member();
}

/// A side with a header, or with proven breaks or none, has a commitment.
fn what_is_reported_was_committed_to() {
    let proven = Sides::<Runtime>::iter()
        .filter(|(_, record)| record.proven.is_some())
        .map(|(side_id, _)| side_id);
    let headers = pallet_reconciliation::Headers::<Runtime>::iter_keys();
    for side_id in proven.chain(headers) {
        assert!(
            committed(side_id).is_some(),
            "{side_id} is reported without a commitment"
        );
    }
}

/// Each rejected commitment of a side can still be read, and no round has one before it has come.
fn each_rejected_round_keeps_its_commitment() {
    for (side_id, record) in Sides::<Runtime>::iter() {
        for round in 0..record.round {
            assert!(
                Commitments::<Runtime>::contains_key(side_id, round),
                "{side_id}: the commitment of round {round} is gone"
            );
        }
    }
    for (side_id, round) in Commitments::<Runtime>::iter_keys() {
        assert!(
            round <= Sides::<Runtime>::get(side_id).round,
            "{side_id}: a commitment of round {round}, which has not come"
        );
    }
}

/// A day has an obligation exactly if it is reconciled, and the one that was found then.
fn what_is_reconciled_has_an_obligation() {
    type ByDay = BTreeMap<(AgreementId, BusinessDay), SignedAmount>;
    let outcomes: ByDay = pallet_reconciliation::Outcomes::<Runtime>::iter()
        .map(|(agreement, day, outcome)| ((agreement, day), outcome.obligation))
        .collect();
    let obligations: ByDay = pallet_settlement::DayObligations::<Runtime>::iter()
        .map(|(agreement, day, owed)| ((agreement, day), owed))
        .collect();
    assert_eq!(outcomes, obligations);
}

/// What proposals say that they booked is what trades of amendments come to. What was booked of claims that
/// are written off, and so are gone, is `written_off`.
pub fn what_amendments_booked_is_among_the_trades(written_off: &DayTotals) {
    let (mut booked, mut told) = (DayTotals::default(), *written_off);
    for (_, page) in pallet_trades::Pages::<Runtime>::iter() {
        let trades = page.iter().filter(|trade| trade.id.is_of_amendment());
        trades.for_each(|trade| booked.add(trade));
    }
    for (_, _, proposal) in pallet_amendments::Proposals::<Runtime>::iter() {
        add_booked(&mut told, &proposal.standing);
    }
    assert_eq!(booked, told);
}

/// Adds what was booked of a proposal: of an agreement that closed meanwhile, perhaps a part.
pub fn add_booked(totals: &mut DayTotals, standing: &Standing) {
    if let Standing::Accepted { progress, .. }
    | Standing::Completed { progress, .. }
    | Standing::Unresolved {
        why: Unresolved::Ended { progress },
        ..
    } = standing
    {
        add(&mut totals.payments, &progress.totals.payments);
        add(&mut totals.refunds, &progress.totals.refunds);
    }
}

fn add(totals: &mut KindTotals, more: &KindTotals) {
    totals.count += more.count;
    totals.gross += more.gross;
    totals.debit += more.debit;
    totals.credit += more.credit;
}

/// Each position that a proposal names holds a trade.
fn what_is_named_is_there() {
    for ((agreement, day, page), positions) in pallet_amendments::Named::<Runtime>::iter() {
        let trades = Trades::page(agreement, day, page);
        let named = (0..=u8::MAX).filter(|offset| positions.holds(*offset));
        for offset in named {
            assert!(
                usize::from(offset) < trades.len(),
                "{day:?}, {page}: {offset}"
            );
        }
    }
}

/// Each payment that is noted as proposed is one of an open or accepted proposal.
fn what_is_missing_is_proposed() {
    let mut proposed = BTreeSet::new();
    for (agreement, number, content) in pallet_amendments::Contents::<Runtime>::iter() {
        let proposal = pallet_amendments::Proposals::<Runtime>::get(agreement, number);
        let holds = proposal.expect("it is there").holds_trades();
        if let (true, Content::Supplement { payments }) = (holds, content) {
            let keys = payments
                .iter()
                .map(|one| (agreement, one.client, one.reference));
            proposed.extend(keys);
        }
    }
    for (key, supplement) in Supplements::<Runtime>::iter() {
        let is_recorded = matches!(supplement, Supplement::Recorded { .. });
        let is_proposed = is_recorded || proposed.contains(&key);
        assert!(is_proposed, "{key:?}");
    }
}

/// The validators of the session, and no others, make blocks and finalise them.
fn who_makes_blocks_finalizes_them() {
    let validators = crate::Session::validators().len();
    assert!(validators > 0, "nobody makes blocks");
    let makers = pallet_aura::Authorities::<Runtime>::get().len();
    let finalizers = crate::Grandpa::grandpa_authorities().len();
    assert_eq!((makers, finalizers), (validators, validators));
}

/// Seats and validators are members.
fn who_holds_a_post_is_a_member() {
    let seats = pallet_council::Seats::<Runtime>::get();
    let list = pallet_validators::Validators::<Runtime>::get();
    for member in seats.iter().chain(list.iter()) {
        assert!(Members::<Runtime>::contains_key(member), "{member} left");
    }
}
