//! Reports, and what can be wrong with one.

use super::books::chain;
use crate::{Registry, Trades};
use counterfoil_primitives::{
    align::Book,
    compare::{DirtyPage, ReportHeader, SlotDiff},
    ports::{DayTrades, Directory},
    report::{Report, ReportedExtra},
    tree::PAGE_SIZE,
    witness::{repeats, Witnesses},
    BusinessDay, SideId, Witness,
};
use proptest::{prelude::*, sample::select};
use strum::VariantArray;

/// A call of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Clean,
    Header(ReportHeader),
    Slots(u32, Vec<SlotDiff>),
    Extras(u32, Vec<ReportedExtra>),
}

/// What a reporter tells instead of the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Lie {
    ClaimClean,
    DropPage,
    AddPage,
    ChangeRoot,
    ReversePages,
    DropExtrasRoot,
    ChangeExtrasRoot,
    OmitSlot,
    AddSlot,
    ChangeFound,
    MoveSlot,
    RepeatSlot,
    OtherPage,
    OmitExtra,
    ChangeExtra,
    SwapExtras,
    FalseWitness,
}

pub fn any_lie() -> impl Strategy<Value = Lie> {
    select(Lie::VARIANTS)
}

/// The honest report of a book, with the witnesses that all days hold.
pub fn honest(side_id: SideId, book: &Book, today: BusinessDay) -> Vec<Piece> {
    let first = Registry::agreement(side_id.agreement)
        .expect("it is there")
        .first_day;
    let mut witnesses = Witnesses::wanted_by(&book.extras);
    for day in (first.0..=today.0).map(BusinessDay) {
        let entries = chain(SideId { day, ..side_id });
        for (page, entries) in (0..).zip(entries.chunks(PAGE_SIZE as usize)) {
            witnesses.look_in(day, page, entries);
        }
    }
    let report = Report::with_witnesses(&chain(side_id), book, &witnesses);
    if report.breaks() == 0 {
        return vec![Piece::Clean];
    }
    let slots = report.slots.into_iter();
    let extras = report.extras.into_iter();
    std::iter::once(Piece::Header(report.header))
        .chain(slots.map(|(page, slots)| Piece::Slots(page, slots)))
        .chain(extras.map(|(page, extras)| Piece::Extras(page, extras)))
        .collect()
}

/// Tells `lie` in one of the pieces. Returns its index, or `None` where there is nothing of which
/// the lie could be told.
pub fn tell(lie: Lie, side_id: SideId, pieces: &mut [Piece]) -> Option<usize> {
    let mut told = pieces.to_vec();
    let index = told
        .iter_mut()
        .position(|piece| change(lie, side_id, piece))?;
    // Pages alike may have the same breaks.
    if pieces.contains(&told[index]) {
        return None;
    }
    pieces[index] = told[index].clone();
    Some(index)
}

fn change(lie: Lie, side_id: SideId, piece: &mut Piece) -> bool {
    match piece {
        Piece::Clean => false,
        Piece::Header(_) if lie == Lie::ClaimClean => {
            *piece = Piece::Clean;
            true
        }
        Piece::Header(header) => change_header(lie, side_id, header),
        Piece::Slots(page, _) if lie == Lie::OtherPage => {
            *page += 1;
            true
        }
        Piece::Slots(_, slots) => change_slots(lie, slots),
        Piece::Extras(_, extras) => change_extras(lie, side_id, extras),
    }
}

fn change_header(lie: Lie, side_id: SideId, header: &mut ReportHeader) -> bool {
    let ReportHeader { dirty, extras } = header;
    match lie {
        Lie::DropPage => dirty.pop().is_some(),
        Lie::AddPage => {
            let roots = Trades::page_roots(side_id);
            let page = dirty.last().map_or(0, |dirty| dirty.page + 1);
            let root = roots.get(page as usize).copied().unwrap_or_default();
            dirty.push(DirtyPage { page, root });
            true
        }
        Lie::ChangeRoot => dirty
            .first_mut()
            .map(|dirty| dirty.root.0[31] ^= 1)
            .is_some(),
        Lie::ReversePages => {
            dirty.reverse();
            dirty.len() > 1
        }
        Lie::DropExtrasRoot => extras.pop().is_some(),
        Lie::ChangeExtrasRoot => extras.first_mut().map(|root| root.0[0] ^= 1).is_some(),
        _ => false,
    }
}

fn change_slots(lie: Lie, slots: &mut Vec<SlotDiff>) -> bool {
    let Some(last) = slots.last().copied() else {
        return false;
    };
    match lie {
        Lie::OmitSlot => slots.pop().is_some(),
        Lie::AddSlot => {
            let offset = last.offset.saturating_add(1);
            slots.push(SlotDiff {
                offset,
                found: None,
            });
            true
        }
        Lie::ChangeFound => {
            let mut found = last.found.unwrap_or_default();
            found.amount ^= 1;
            slots[0].found = Some(found);
            true
        }
        Lie::MoveSlot => {
            slots[0].offset = slots[0].offset.wrapping_add(1);
            true
        }
        Lie::RepeatSlot => {
            slots.push(last);
            true
        }
        _ => false,
    }
}

fn change_extras(lie: Lie, side_id: SideId, extras: &mut Vec<ReportedExtra>) -> bool {
    match lie {
        Lie::OmitExtra => extras.pop().is_some(),
        Lie::ChangeExtra => {
            extras[0].0.amount ^= 1;
            true
        }
        Lie::SwapExtras => {
            extras.reverse();
            true
        }
        Lie::FalseWitness => {
            let (extra, witness) = &mut extras[0];
            let other = chain(side_id)
                .iter()
                .position(|entry| !repeats(extra, entry));
            *witness = Some(Witness {
                day: side_id.day,
                position: other.unwrap_or(usize::from(u16::MAX)) as u32,
            });
            true
        }
        _ => false,
    }
}
