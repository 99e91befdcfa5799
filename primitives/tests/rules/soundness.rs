//! No report but the honest one is accepted.

use crate::samples::{any_entry, day_and_book, other_places, place};
use counterfoil_primitives::{
    align::Book,
    compare::{DirtyPage, SlotDiff},
    report::Report,
    tree::chain_page_root,
    Commitment, Entry,
};
use proptest::{prelude::*, sample::Index};
use sp_core::H256;

/// Reports that differ from `honest` in one point each.
fn lies(
    honest: &Report,
    chain: &[Entry],
    at: Index,
    stranger: Entry,
) -> Vec<(&'static str, Report)> {
    let mut lies = Vec::new();
    let mut lie = |what, change: &dyn Fn(&mut Report)| {
        let mut report = honest.clone();
        change(&mut report);
        if report != *honest {
            lies.push((what, report));
        }
    };
    if !honest.slots.is_empty() {
        let part = at.index(honest.slots.len());
        let (page, slots) = &honest.slots[part];
        let one = at.index(slots.len());
        let page_len = chain.chunks(256).nth(*page as usize).unwrap().len();

        lie("a break left out", &|report| {
            report.slots[part].1.remove(one);
        });
        lie("a break changed to a missing entry", &|report| {
            report.slots[part].1[one].found = None;
        });
        lie("a break changed to a stranger", &|report| {
            report.slots[part].1[one].found = Some(stranger);
        });
        lie("a break of another amount", &|report| {
            if let Some(found) = &mut report.slots[part].1[one].found {
                found.amount = found.amount.wrapping_add(1);
            }
        });
        lie("a break of the other kind", &|report| {
            if let Some(found) = &mut report.slots[part].1[one].found {
                found.kind = found.kind.other();
            }
        });
        lie("a break moved to the next slot", &|report| {
            report.slots[part].1[one].offset = report.slots[part].1[one].offset.wrapping_add(1);
        });
        lie("a break named twice", &|report| {
            let twice = report.slots[part].1[one];
            report.slots[part].1.insert(one, twice);
        });
        if let Some(offset) =
            (0..page_len as u8).find(|offset| slots.iter().all(|diff| diff.offset != *offset))
        {
            let equal = Some(chain[*page as usize * 256 + offset as usize]);
            lie("a slot that does not differ", &|report| {
                let diff = SlotDiff {
                    offset,
                    found: equal,
                };
                report.slots[part].1.push(diff);
                report.slots[part].1.sort_by_key(|diff| diff.offset);
            });
            lie("a break added", &|report| {
                let found = Some(stranger);
                report.slots[part].1.push(SlotDiff { offset, found });
                report.slots[part].1.sort_by_key(|diff| diff.offset);
            });
        }
        let next = (one + 1) % slots.len();
        lie("two slots permuted", &|report| {
            let slots = &mut report.slots[part].1;
            (slots[one].found, slots[next].found) = (slots[next].found, slots[one].found);
        });
        lie("slots in another order", &|report| {
            report.slots[part].1.swap(one, next);
        });
        lie("a page left out", &|report| {
            report.slots.remove(part);
            report.header.dirty.remove(part);
        });
        lie("a page announced but not sent", &|report| {
            report.slots.remove(part);
        });
        lie("a page sent but not announced", &|report| {
            report.header.dirty.remove(part);
        });
        lie("a page with another root", &|report| {
            report.header.dirty[part].root = H256::repeat_byte(1);
        });
        let other = (part + 1) % honest.slots.len();
        lie("a page sent for another one", &|report| {
            let (a, b) = (report.slots[part].1.clone(), report.slots[other].1.clone());
            report.slots[part].1 = b;
            report.slots[other].1 = a;
        });
        lie("a page announced for another one", &|report| {
            let dirty = &mut report.header.dirty;
            (dirty[part].root, dirty[other].root) = (dirty[other].root, dirty[part].root);
        });
    }
    let pages = chain.len().div_ceil(256) as u32;
    if let Some(clean) =
        (0..pages).find(|page| honest.header.dirty.iter().all(|dirty| dirty.page != *page))
    {
        lie("a clean page listed", &|report| {
            let found = Some(stranger);
            let diff = SlotDiff { offset: 0, found };
            let root = H256::repeat_byte(2);
            report.header.dirty.push(DirtyPage { page: clean, root });
            report.header.dirty.sort_by_key(|dirty| dirty.page);
            report.slots.push((clean, vec![diff]));
            report.slots.sort_by_key(|(page, _)| *page);
        });
        lie("a clean page listed as it is", &|report| {
            let entries = chain.chunks(256).nth(clean as usize).unwrap();
            let root = chain_page_root(entries);
            report.header.dirty.push(DirtyPage { page: clean, root });
            report.header.dirty.sort_by_key(|dirty| dirty.page);
            report.slots.push((clean, vec![]));
            report.slots.sort_by_key(|(page, _)| *page);
        });
    }
    if honest.extras.is_empty() {
        lie("an extra made up", &|report| {
            report.header.extras = vec![H256::repeat_byte(3)];
            report.extras = vec![(0, vec![(stranger, None)])];
        });
    } else {
        let part = at.index(honest.extras.len());
        let extras = &honest.extras[part].1;
        let one = at.index(extras.len());
        lie("an extra left out", &|report| {
            report.extras[part].1.remove(one);
        });
        lie("an extra added", &|report| {
            report.extras[part].1.insert(one, (stranger, None));
        });
        lie("an extra changed", &|report| {
            report.extras[part].1[one].0 = stranger;
        });
        lie("an extra of the other kind", &|report| {
            let extra = &mut report.extras[part].1[one].0;
            extra.kind = extra.kind.other();
        });
        let next = (one + 1) % extras.len();
        if extras[one].0 != extras[next].0 {
            lie("two extras permuted", &|report| {
                report.extras[part].1.swap(one, next);
            });
        }
        lie("a page of extras not sent", &|report| {
            report.extras.remove(part);
        });
        lie("a page of extras not announced", &|report| {
            report.header.extras.remove(part);
        });
        lie("no extras at all", &|report| {
            report.header.extras.clear();
            report.extras.clear();
        });
        let other = (part + 1) % honest.extras.len();
        lie("a page of extras sent for another one", &|report| {
            let (a, b) = (
                report.extras[part].1.clone(),
                report.extras[other].1.clone(),
            );
            report.extras[part].1 = b;
            report.extras[other].1 = a;
        });
    }
    lies
}

/// Commitments that differ from `honest` in one field of the roots' domain, or in a root.
fn other_commitments(honest: Commitment) -> Vec<(&'static str, Commitment)> {
    let with = |change: &dyn Fn(&mut Commitment)| {
        let mut commitment = honest;
        change(&mut commitment);
        commitment
    };
    vec![
        ("a slot more", with(&|c| c.slots += 1)),
        ("a slot less", with(&|c| c.slots = c.slots.wrapping_sub(1))),
        ("an extra more", with(&|c| c.extras += 1)),
        (
            "an extra less",
            with(&|c| c.extras = c.extras.wrapping_sub(1)),
        ),
        (
            "the roots exchanged",
            with(&|c| (c.slots_root, c.extras_root) = (c.extras_root, c.slots_root)),
        ),
    ]
}

fn commit(book: &Book) -> Commitment {
    Commitment::of_book(&place(), &book.slots, &book.extras)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_report_with_one_point_changed_never_rebuilds_the_commitment(
        (chain, book) in day_and_book(),
        at in any::<Index>(),
        stranger in any_entry(),
    ) {
        let honest = Report::of_book(place().side_id.day, &chain, &book);
        for (what, report) in lies(&honest, &chain, at, stranger) {
            let checked = report.check(&place(), &commit(&book), &chain);
            prop_assert!(checked.is_err(), "{} passes", what);
        }
    }

    #[test]
    fn a_report_never_serves_another_place((chain, book) in day_and_book()) {
        let report = Report::of_book(place().side_id.day, &chain, &book);
        for (what, there) in other_places() {
            let checked = report.check(&there, &commit(&book), &chain);
            prop_assert!(checked.is_err(), "{} passes", what);
        }
    }

    #[test]
    fn a_report_never_serves_other_counts((chain, book) in day_and_book()) {
        let report = Report::of_book(place().side_id.day, &chain, &book);
        for (what, commitment) in other_commitments(commit(&book)) {
            let checked = report.check(&place(), &commitment, &chain);
            prop_assert!(checked.is_err(), "{} passes", what);
        }
    }

    #[test]
    fn the_report_of_one_book_never_serves_another(
        (chain, book) in day_and_book(),
        (_, other) in day_and_book(),
    ) {
        let mut other = other;
        other.slots.truncate(chain.len());
        let missing = chain.len() - other.slots.len();
        other.slots.extend(std::iter::repeat_n(None, missing));
        prop_assume!(book != other);
        let report = Report::of_book(place().side_id.day, &chain, &other);
        prop_assert!(report.check(&place(), &commit(&book), &chain).is_err());
    }
}
