//! A payment that the ledger has on T, and that the chain takes only after T is reported.

use super::{
    super::{
        batches::Sequences,
        members::{right, Deed},
    },
    in_words::one_break,
    *,
};
use counterfoil_primitives::{Kind, TradeId};

/// The day that takes the payment.
const NEXT: BusinessDay = BusinessDay(T.0 + 1);
/// When the chain takes it: at noon of the next day.
const RECORDED_AT: Moment = NOON + DAY;
/// How long ago it occurred then: it was the afternoon of T.
const MINUTES_AGO: u32 = 20 * 60;

/// The line of the payment that the chain is going to take.
fn line_to_come(world: &mut World) -> LedgerEntry {
    let agreement = world.agreement(AGREEMENT);
    let client = right(&agreement, Deed::Record);
    let sequence = Sequences::of(&world.model, client).pick(Pick::Fresh(0));
    let now = std::mem::replace(&mut world.now, RECORDED_AT);
    let request = world.request(&agreement, AGREEMENT, &draft(MINUTES_AGO), sequence);
    world.now = now;
    LedgerEntry {
        id: Some(TradeId { client, sequence }),
        kind: Kind::Payment,
        reference: request.reference,
        user: request.user,
        product: request.product,
        amount: request.credit,
        occurred_at: request.occurred_at,
    }
}

/// Proves T, of which the ledger has the payment, then lets the chain take it, and proves the next day, of
/// which the ledger lacks it. The ledger may not know the payment's id.
fn prove_both(knows_id: bool) {
    let mut world = World::new();
    record(&mut world, &[1, 1]);
    let early = line_to_come(&mut world);
    let mut lines: Vec<_> = trades(AGREEMENT, T)
        .iter()
        .map(|trade| line(trade, Side::Credit))
        .collect();
    lines.push(LedgerEntry {
        id: early.id.filter(|_| knows_id),
        ..early
    });
    pass_to_cut_off(&mut world, T);
    seal(&mut world, T);
    commit(&mut world, bank(T), &lines);
    prove(&mut world, bank(T), &lines);

    world.pass_to(RECORDED_AT);
    record(&mut world, &[MINUTES_AGO]);
    let recorded = trades(AGREEMENT, NEXT);
    assert_eq!(line(&recorded[0], Side::Credit), early);
    pass_to_cut_off(&mut world, NEXT);
    seal(&mut world, NEXT);
    commit(&mut world, bank(NEXT), &[]);
    prove(&mut world, bank(NEXT), &[]);
}

#[test]
fn a_payment_that_the_chain_takes_after_the_report_is_an_error_on_both_days() {
    for (knows_id, cause) in [(true, Cause::NotOnChain), (false, Cause::NotMatched)] {
        on_chain(|| {
            prove_both(knows_id);
            assert_eq!(breaks(bank(T)), [(None, cause, None)]);
            let missing = (Some(0), Cause::Missing, None);
            assert_eq!(breaks(bank(NEXT)), [missing]);
            assert_eq!((told(bank(T)), told(bank(NEXT))), (vec![], vec![]));
        });
    }
}

#[test]
fn corrections_take_it_out_of_the_day_of_the_ledger_and_enter_it_on_the_day_of_the_chain() {
    on_chain(|| {
        prove_both(true);
        for (day, words) in [(T, "take out "), (NEXT, "enter ")] {
            let found = one_break(day);
            assert!(found.correction.starts_with(words), "{found:?}");
            assert_eq!(found.timing, None);
        }
    });
}
