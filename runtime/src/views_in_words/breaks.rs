//! The proven breaks of a side in words, and what its book has to change.

use super::{local, name_of, AmountInWords};
use crate::{views, Registry};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    ports::Directory,
    summary::SideStatus,
    timing::{End, OtherEnd, TimingEnd},
    tree::{page_count, PAGE_SIZE},
    written::{date, label},
    AgreementView, Cause, Entry, Kind, ProductId, SideId, TradeId,
};
use scale_info::TypeInfo;

/// Maximum breaks of a side that a day lists.
pub const MAX_FIRST: u32 = 16;

/// The proven breaks of a side, as its day lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct BreaksInWords {
    /// How many slots and extras differ, ends of timing differences among them; 0 until they are proven.
    pub count: u32,
    /// How many of them are ends of timing differences.
    pub timing_differences: u32,
    /// The first of them: at most 16.
    pub first: Vec<BreakInWords>,
    /// Which call lists all, where they are more.
    pub all: Option<String>,
}

/// A proven break of a side.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct BreakInWords {
    /// The trade's position on the day; none where the book held an entry too many.
    pub position: Option<u32>,
    /// Why the book differed.
    pub cause: Cause,
    /// What the book held; none where it lacked the entry.
    pub booked: Option<EntryInWords>,
    /// What is right; none for an entry too many.
    pub right: Option<EntryInWords>,
    /// What the party's core ledger has to change.
    pub correction: String,
    /// Where it is, or may be, a timing difference: the other day, and what there is to do.
    pub timing: Option<String>,
}

/// An entry of a book.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EntryInWords {
    /// Whether it is of a payment or of a refund.
    pub kind: Kind,
    /// The client that recorded the trade, with its number.
    pub client: String,
    /// The client's number for it.
    pub sequence: u64,
    /// The payer.
    pub payer: String,
    /// The reference of the payment or refund.
    pub reference: String,
    /// What was bought.
    pub product: ProductId,
    /// The side's amount.
    pub amount: AmountInWords,
    /// When the payment or refund completed.
    pub time: String,
}

/// A page of the proven breaks of a side: those of slots, by position, then entries too many.
pub fn breaks(side_id: SideId, page: u32) -> Vec<BreakInWords> {
    let Some(agreement) = Registry::agreement(side_id.agreement) else {
        return Vec::new();
    };
    let from = page.saturating_mul(PAGE_SIZE);
    listed(
        &agreement,
        side_id,
        &views::breaks(side_id, from, PAGE_SIZE),
    )
}

/// The breaks of a side in this state, as its day lists them.
pub(super) fn first(
    agreement: &AgreementView,
    side_id: SideId,
    status: &SideStatus,
) -> BreaksInWords {
    let count = status.breaks().unwrap_or_default();
    if count == 0 {
        return BreaksInWords::default();
    }
    BreaksInWords {
        count,
        timing_differences: views::timing_count(side_id),
        first: listed(agreement, side_id, &views::breaks(side_id, 0, MAX_FIRST)),
        all: (count > MAX_FIRST).then(|| where_all_are(side_id, count)),
    }
}

/// The call that lists all breaks of a side: `breaksInWords(1, 20261123, Credit, page): pages 0 to 3`.
fn where_all_are(side_id: SideId, count: u32) -> String {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let digits = date::show(day).replace('-', "");
    let pages: String = match page_count(count).saturating_sub(1) {
        0 => "page 0".into(),
        last => format!("pages 0 to {last}"),
    };
    format!("breaksInWords({agreement}, {digits}, {side:?}, page): {pages}")
}

fn listed(
    agreement: &AgreementView,
    side_id: SideId,
    excerpt: &views::Excerpt,
) -> Vec<BreakInWords> {
    let list = &excerpt.breaks;
    let timing: BTreeMap<End, TimingEnd> = views::timing_differences(side_id, excerpt)
        .into_iter()
        .map(|end| (end.end, end))
        .collect();
    let slots = list.slots.iter().map(|slot| {
        let end = timing.get(&End::Slot(slot.position));
        BreakInWords {
            position: Some(slot.position),
            ..in_words(
                agreement,
                slot.cause,
                slot.found.as_ref(),
                Some(&slot.right),
                end,
            )
        }
    });
    let extras = list.extras.iter().zip(excerpt.first_extra..);
    let extras = extras.map(|(extra, index)| {
        let end = timing.get(&End::Extra(index));
        in_words(agreement, extra.cause, Some(&extra.entry), None, end)
    });
    slots.chain(extras).collect()
}

/// A break on no position.
fn in_words(
    agreement: &AgreementView,
    cause: Cause,
    booked: Option<&Entry>,
    right: Option<&Entry>,
    timing: Option<&TimingEnd>,
) -> BreakInWords {
    let entry = |entry: &Entry| entry_in_words(agreement, entry);
    let (booked, right) = (booked.map(entry), right.map(entry));
    BreakInWords {
        position: None,
        cause,
        correction: correction(booked.as_ref(), right.as_ref(), timing),
        booked,
        right,
        timing: timing.map(TimingEnd::words),
    }
}

/// What the party's core ledger has to change.
fn correction(
    booked: Option<&EntryInWords>,
    right: Option<&EntryInWords>,
    timing: Option<&TimingEnd>,
) -> String {
    match timing.map(|end| end.other) {
        Some(OtherEnd::Found) => return "nothing: it is a timing difference".into(),
        Some(OtherEnd::NotCompared | OtherEnd::NotYetCompared) => {
            return "not known: it may be a timing difference".into()
        }
        Some(OtherEnd::BookedAgain) | None => {}
    }
    match (booked, right) {
        (None, Some(right)) => format!("enter {}", right.amount.words),
        (Some(booked), Some(right)) if booked.amount != right.amount => {
            let (wrong, right) = (&booked.amount.words, &right.amount.words);
            format!("enter {right} in place of {wrong}")
        }
        (Some(_), Some(right)) => format!("enter {} as is right", right.amount.words),
        (Some(booked), None) => format!("take out {}", booked.amount.words),
        (None, None) => "nothing".into(),
    }
}

fn entry_in_words(agreement: &AgreementView, entry: &Entry) -> EntryInWords {
    EntryInWords {
        kind: entry.kind,
        client: recorder(entry.id),
        sequence: entry.id.sequence,
        payer: label::show_user(&entry.user),
        reference: label::show_reference(&entry.reference),
        product: entry.product,
        amount: AmountInWords::new(agreement, entry.amount),
        time: local(agreement, entry.occurred_at),
    }
}

/// Who recorded the trade that an entry names.
fn recorder(id: TradeId) -> String {
    if id == TradeId::default() {
        "none: the line names no trade".into()
    } else if id.is_of_amendment() {
        "none: an amendment booked it".into()
    } else {
        name_of(id.client)
    }
}
