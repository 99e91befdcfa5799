//! Proposals of amendments as they were seen, and what of them was booked.

use super::Model;
use crate::Registry;
use counterfoil_primitives::{
    amendment::{Content, Correction, FallenOut, Item, Proposal},
    day::MINUTE,
    found_trade::Found,
    ports::Directory,
    AgreementId, BusinessDay, DayTotals, Kind, Link, MemberId, Moment, Reference, Relation,
    Sequence, Trade, TradeId, UserId,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An agreement, a day and a position on it.
pub type Place = (AgreementId, BusinessDay, u32);

/// An agreement, and the number of a proposal.
pub(super) type Key = (AgreementId, u32);

/// A payment that a client did not record.
pub(super) type Missing = (AgreementId, MemberId, Reference);

/// A proposal that is not completed, as it was seen.
pub struct Seen {
    pub proposal: Proposal,
    pub(super) content: Content,
    /// What is left to go through.
    pub(super) items: VecDeque<Item>,
}

#[derive(Default)]
pub struct Amended {
    pub(super) waiting: BTreeMap<Key, Seen>,
    pub(super) completed: BTreeMap<Key, Proposal>,
    pub(super) last: BTreeMap<AgreementId, u32>,
    /// The links of refunds, and of what amendments booked.
    pub(super) links: BTreeMap<Place, Link>,
    /// For whom amendments booked payments.
    pub(super) owners: BTreeMap<Place, MemberId>,
    /// Where it was recorded; `None` where it is proposed alone.
    pub(super) missing: BTreeMap<Missing, Option<Place>>,
    /// Those that their clients recorded before a proposal of them was booked.
    pub(super) taken_out: BTreeSet<Missing>,
    /// The last cut-off of a day of which a payment was proposed as not recorded.
    pub(super) cut_offs: BTreeMap<(AgreementId, MemberId), Moment>,
    /// How many trades amendments booked.
    pub(super) trades: Sequence,
    /// What amendments booked in the last block.
    pub(super) booked: VecDeque<(Place, Trade)>,
    /// What fell out in the last block.
    pub(super) fallen_out: Vec<FallenOut>,
    /// The places that the last block booked, or took from.
    pub(super) touched: Vec<Place>,
    /// What was booked of claims that are written off.
    pub written_off: DayTotals,
}

impl Amended {
    /// The proposals of an agreement that are not completed, by number.
    pub fn waiting(&self, agreement: AgreementId) -> impl Iterator<Item = (u32, &Proposal)> {
        self.waiting
            .range((agreement, 0)..=(agreement, u32::MAX))
            .map(|((_, number), seen)| (*number, &seen.proposal))
    }

    /// A proposal that is not completed.
    pub fn proposal(&self, agreement: AgreementId, number: u32) -> Option<&Proposal> {
        let seen = self.waiting.get(&(agreement, number))?;
        Some(&seen.proposal)
    }

    /// The positions of a day that open and accepted proposals name.
    pub fn named(&self, agreement: AgreementId, day: BusinessDay) -> BTreeSet<u32> {
        let holding = self.waiting.iter().filter(|((of, _), seen)| {
            *of == agreement && seen.proposal.holds_trades() && seen.content.day() == Some(day)
        });
        holding
            .flat_map(|(_, seen)| positions(&seen.content))
            .collect()
    }

    /// Whether a payment is proposed as not recorded, or was recorded by an amendment.
    pub fn is_missing(&self, of: Missing) -> bool {
        self.missing.contains_key(&of)
    }

    /// Where an amendment recorded a payment of a client.
    pub fn supplemented(&self, of: Missing) -> Option<Place> {
        self.missing.get(&of).copied().flatten()
    }

    /// Whether a payment that a client records at `now` is looked up among those.
    pub fn is_looked_up(&self, agreement: AgreementId, client: MemberId, now: Moment) -> bool {
        let view = Registry::agreement(agreement).expect("it is there");
        let longest = Moment::from(view.max_late_minutes) * MINUTE;
        let cut_off = self.cut_offs.get(&(agreement, client));
        cut_off.is_some_and(|cut_off| now <= cut_off + longest)
    }

    /// A client recorded a payment by itself.
    pub(super) fn recorded(&mut self, agreement: AgreementId, payment: &Trade, now: Moment) {
        let client = payment.id.client;
        let key = (agreement, client, payment.reference);
        if self.is_looked_up(agreement, client, now) && self.missing.get(&key) == Some(&None) {
            self.taken_out.insert(key);
        }
    }

    /// A payment that was not recorded is proposed no more, unless it is booked.
    pub(super) fn forget(&mut self, key: Missing) {
        if self.missing.get(&key) == Some(&None) {
            self.missing.remove(&key);
            self.taken_out.remove(&key);
        }
    }

    /// What fell out in the last block.
    pub fn take_fallen_out(&mut self) -> Vec<FallenOut> {
        std::mem::take(&mut self.fallen_out)
    }

    /// Frees the payments of a proposal that is not booked.
    pub(super) fn free(&mut self, agreement: AgreementId, content: &Content) {
        for key in missing(agreement, content) {
            self.forget(key);
        }
    }
}

/// The positions that a content names; those of sequences were found when it was proposed.
pub(super) fn positions(content: &Content) -> Vec<u32> {
    match content {
        Content::Supplement { .. } => Vec::new(),
        Content::Cancel { selection, .. } => (0..selection.end())
            .filter(|position| selection.names(*position, &NOBODYS))
            .collect(),
        Content::Replace { corrections, .. } => {
            corrections.iter().map(|right| right.position).collect()
        }
    }
}

/// A trade that no sequences name.
const NOBODYS: Trade = Trade {
    id: TradeId {
        client: MemberId::MAX,
        sequence: Sequence::MAX,
    },
    kind: Kind::Payment,
    reference: Reference([0; 16]),
    user: UserId([0; 16]),
    product: 0,
    gross: 0,
    debit: 0,
    credit: 0,
    occurred_at: 0,
    terms_version: 0,
};

/// The payments of a content that were not recorded.
pub(super) fn missing(agreement: AgreementId, content: &Content) -> Vec<Missing> {
    match content {
        Content::Supplement { payments } => payments
            .iter()
            .map(|payment| (agreement, payment.client, payment.reference))
            .collect(),
        Content::Cancel { .. } | Content::Replace { .. } => Vec::new(),
    }
}

/// What a content books, in the order in which it is gone through.
pub(super) fn items(content: &Content) -> VecDeque<Item> {
    match content {
        Content::Cancel { day, .. } => {
            let positions = positions(content).into_iter().rev();
            let cancel = |position| Item::Cancel {
                day: *day,
                position,
            };
            positions.map(cancel).collect()
        }
        Content::Replace { day, corrections } => {
            let replace = |correction: &Correction| Item::Replace {
                day: *day,
                correction: *correction,
            };
            corrections.iter().map(replace).collect()
        }
        Content::Supplement { payments } => {
            payments.iter().copied().map(Item::Supplement).collect()
        }
    }
}

impl Model {
    /// What is on a place, and what counts of it for refunds of it.
    pub fn found(&self, place: Place) -> Option<Found> {
        let (agreement, day, position) = place;
        let trade = *self.trades(agreement, day).get(position as usize)?;
        let link = self.amended.links.get(&place);
        let original = |link: &Link| (agreement, link.original.day, link.original.position);
        let owner = |place: Place| self.amended.owners.get(&place).copied();
        let of_original = || match link {
            Some(link) if link.original.id.is_of_amendment() => owner(original(link)),
            Some(link) => Some(link.original.id.client),
            None => None,
        };
        let client = if trade.id.is_of_amendment() {
            owner(place).or_else(of_original).expect("it is somebody's")
        } else {
            trade.id.client
        };
        let relation = link.map(|link| link.relation);
        let paid = match link {
            Some(link) if link.relation == Relation::Replacement => link.paid,
            _ => trade.gross,
        };
        Some(Found {
            trade,
            client,
            paid,
            refunded: self.given_back.at(place),
            relation,
        })
    }
}
