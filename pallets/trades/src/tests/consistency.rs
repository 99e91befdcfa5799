//! The check of storage finds each kind of damage.

use crate::{mock::*, Days, PageRoots, Pages, Seals, WindowChunks, Windows};
use counterfoil_primitives::{
    window::{Chunk, CHUNKS},
    Trade,
};
use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::DispatchError;

/// What the check says of a sealed day of 300 trades and an open one of 10 after `damage`.
fn verdict(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    build_and_execute(|| {
        record(trades(0..300));
        set_time(at(1, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, FIRST).unwrap();
        record(trades(300..310));
        found = verdict_after(damage);
    });
    found
}

/// What the check says after `damage`, which is taken back.
pub(super) fn verdict_after(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    with_transaction(|| {
        damage();
        found = match Trades::do_try_state() {
            Ok(()) => "all is well",
            Err(DispatchError::Other(text)) => text,
            Err(other) => panic!("unexpected: {other:?}"),
        };
        TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
    })
    .unwrap();
    found
}

#[test]
fn an_undamaged_state_passes() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn a_page_too_many_is_found() {
    let found = verdict(|| {
        let page = Pages::<Test>::get((AGREEMENT, FIRST, 0));
        Pages::<Test>::insert((AGREEMENT, FIRST, 2), page);
    });
    assert_eq!(found, "a day's pages do not follow from its count");
}

#[test]
fn a_page_too_few_is_found() {
    let found = verdict(|| Pages::<Test>::remove((AGREEMENT, FIRST, 1)));
    assert_eq!(found, "a day's pages do not follow from its count");
}

#[test]
fn a_page_too_short_is_found() {
    let found = verdict(|| {
        Pages::<Test>::mutate((AGREEMENT, FIRST, 0), |page| page.pop());
    });
    assert_eq!(found, "a page has not the size that the day's count gives");
}

#[test]
fn a_wrong_total_is_found() {
    let found = verdict(|| {
        Days::<Test>::mutate(AGREEMENT, FIRST, |totals| totals.payments.credit += 1);
    });
    assert_eq!(found, "a day's totals are not the sums of its pages");
}

#[test]
fn totals_without_pages_are_found() {
    let found = verdict(|| {
        Days::<Test>::mutate(AGREEMENT, day(9), |totals| totals.payments.count = 1);
    });
    assert_eq!(found, "a day's totals are not the sums of its pages");
}

#[test]
fn amounts_against_the_terms_are_found() {
    let found = verdict(|| {
        Pages::<Test>::mutate((AGREEMENT, FIRST, 0), |page| {
            page[0].debit += 1;
            page[1].debit -= 1;
        });
    });
    assert_eq!(found, "a trade's amounts do not follow from its terms");
}

/// What the check says once the first trade of the sealed day was changed.
fn verdict_of_trade(change: impl FnOnce(&mut Trade)) -> &'static str {
    verdict(|| {
        Pages::<Test>::mutate((AGREEMENT, FIRST, 0), |page| change(&mut page[0]));
    })
}

#[test]
fn a_trade_of_a_later_day_is_found() {
    let found = verdict_of_trade(|trade| trade.occurred_at = at(1, 0, 0));
    assert_eq!(found, "a trade occurred after the day that took it");
}

#[test]
fn terms_of_another_day_are_found() {
    let found = verdict_of_trade(|trade| trade.terms_version = 1);
    assert_eq!(found, "a trade's terms are not those of its day");
}

#[test]
fn a_product_that_was_not_sold_is_found() {
    let found = verdict_of_trade(|trade| trade.product = LATER_PRODUCT);
    assert_eq!(found, "a trade's product was not sold on its day");
}

#[test]
fn trades_of_no_agreement_are_found() {
    let found = verdict(|| {
        Days::<Test>::insert(99, FIRST, Days::<Test>::get(AGREEMENT, day(1)));
        Pages::<Test>::insert((99, FIRST, 0), Pages::<Test>::get((AGREEMENT, day(1), 0)));
    });
    assert_eq!(found, "a trade is of an agreement that is not there");
}

#[test]
fn a_wrong_page_root_is_found() {
    let found = verdict(|| {
        PageRoots::<Test>::mutate((AGREEMENT, FIRST, 0), |roots| roots.as_mut().swap(0, 1));
    });
    assert_eq!(found, "a day's page roots are not those of its pages");
}

#[test]
fn a_page_root_in_a_later_chapter_is_found() {
    let found = verdict(|| {
        let last = PageRoots::<Test>::mutate((AGREEMENT, FIRST, 0), |roots| roots.pop());
        PageRoots::<Test>::try_append((AGREEMENT, FIRST, 1), last.unwrap()).unwrap();
    });
    assert_eq!(found, "a day's page roots are not those of its pages");
}

#[test]
fn page_roots_without_trades_are_found() {
    let found = verdict(|| {
        let roots = PageRoots::<Test>::get((AGREEMENT, FIRST, 0));
        PageRoots::<Test>::insert((AGREEMENT, day(9), 0), roots);
    });
    assert_eq!(found, "a day without trades has page roots");
}

#[test]
fn a_wrong_seal_is_found() {
    let found = verdict(|| {
        Seals::<Test>::mutate(AGREEMENT, FIRST, |seal| {
            if let Some(seal) = seal {
                seal.credit.totals.payments += 1;
            }
        });
    });
    assert_eq!(found, "a seal does not commit to its day's trades");
}

#[test]
fn a_chunk_in_another_slot_is_found() {
    let found = verdict(|| WindowChunks::<Test>::insert(CLIENT, 1, Chunk::empty(2)));
    assert_eq!(found, "a chunk lies in another chunk's slot");
}

#[test]
fn a_chunk_above_the_highest_sequence_is_found() {
    let found = verdict(|| WindowChunks::<Test>::insert(CLIENT, 1, Chunk::empty(1 + CHUNKS)));
    assert_eq!(found, "a chunk lies above the highest sequence");
}

#[test]
fn an_unused_highest_sequence_is_found() {
    let found = verdict(|| Windows::<Test>::insert(CLIENT, 310));
    assert_eq!(found, "the highest sequence of a client is not used");
}

#[test]
fn a_trade_with_a_free_sequence_is_found() {
    let found = verdict(|| {
        let mut chunk = Chunk::empty(0);
        (1..310).for_each(|sequence| chunk.mark(sequence));
        WindowChunks::<Test>::insert(CLIENT, 0, chunk);
    });
    assert_eq!(found, "a trade's sequence is free");
}

#[test]
fn a_trade_twice_is_found() {
    let found = verdict(|| {
        Pages::<Test>::mutate((AGREEMENT, day(1), 0), |page| page[1] = page[0]);
    });
    assert_eq!(found, "two trades have the same id");
}
