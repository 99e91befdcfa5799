//! What `book check` shows of a ledger, by the client's own code.

use super::{
    super::books::{chain, trades},
    compared_on,
};
use crate::{counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, Block, Runtime};
use counterfoil_client::ledger::{compare_with, Background, Comparison, Used};
use counterfoil_primitives::{
    align::align, timing::TimingEnd, witness::Search, Cause, Entry, LedgerEntry, SideId, TradeId,
    Witness,
};

/// Compares a ledger with the chain, by the answers of the runtime API.
pub fn check(side_id: SideId, lines: &[LedgerEntry]) -> Comparison {
    let SideId { day, side, .. } = side_id;
    let agreement = <Runtime as CounterfoilApi<Block>>::agreement(side_id.agreement);
    let agreement = agreement.expect("it is there");
    let today = <Runtime as CounterfoilApi<Block>>::today(side_id.agreement);
    let today = today.expect("the first day has begun");

    let extras = align(&chain(side_id), &[], lines).extras;
    let used = used(&extras);
    let mut search = Search::new(&extras, day, agreement.first_day, today);
    search.leave_out_unused(|id| used.get(&id).copied().flatten());
    while let Some(near) = search.next_day() {
        // No day has a second page.
        search.look_in(
            near,
            0,
            &chain(SideId {
                day: near,
                ..side_id
            }),
        );
    }
    let background = Background {
        witnesses: search.finish(),
        used,
        ..Background::default()
    };
    let of_day = trades(side_id.agreement, day);
    let mut comparison = compare_with(day, side, &of_day, lines, &background);

    let ends = comparison.ends(&agreement, day);
    let others = ends.days_to_read(day, agreement.first_day, today);
    let others = others.into_iter().map(|other| {
        let positions = ends.positions_on(other).into_iter().collect();
        let side_id = SideId {
            day: other,
            ..side_id
        };
        (other, compared_on(side_id, positions))
    });
    comparison.mark(day, &ends, &others.collect());
    comparison
}

/// What the windows show of the trades that extras name.
fn used(extras: &[Entry]) -> Used {
    let named = extras.iter().map(|extra| extra.id);
    let named = named.filter(|id| *id != TradeId::default());
    named
        .map(|id| {
            let answers =
                <Runtime as CounterfoilApi<Block>>::used_sequences(id.client, vec![id.sequence]);
            (id, answers.expect("one is not too many")[0])
        })
        .collect()
}

/// The differences: on which position, why, and where the trade is that an extra repeats.
pub fn breaks(comparison: &Comparison) -> Vec<(Option<u32>, Cause, Option<Witness>)> {
    let differences = comparison.differences.iter();
    differences
        .map(|one| (one.position, one.cause, one.witness))
        .collect()
}

/// Those that are, or may be, ends of timing differences.
pub fn ends(comparison: &Comparison) -> Vec<TimingEnd> {
    let differences = comparison.differences.iter();
    differences.filter_map(|one| one.timing).collect()
}
