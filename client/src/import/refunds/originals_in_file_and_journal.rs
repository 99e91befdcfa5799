//! Where refunds' originals are, by file and journal.

use super::refused_refunds_in_words;
use crate::{
    import::Prepared,
    journal::{Journal, Line, State},
};
use anyhow::Result;
use counterfoil_primitives::{AgreementId, BusinessDay, Kind, MemberId, Sequence, TradeId};
use std::collections::{HashMap, HashSet};

/// Where a payment is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The day.
    pub day: BusinessDay,
    /// Its id.
    pub id: TradeId,
    /// Its position on the day, where it was seen before.
    pub position: Option<u32>,
}

/// The lines of a file that are not imported because they are refused: why, in words that
/// name the line, by the id that each would have.
pub type Missing = HashMap<String, String>;

/// What has become of a payment of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Fate {
    /// That does not show yet.
    Open,
    /// It is recorded.
    Recorded(BusinessDay, Sequence),
    /// An amendment recorded it: the chain says under which id.
    Supplemented,
    /// It is not, for the reason in words.
    Refused(String),
}

/// What file and journal say of a refund's original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Named {
    /// It is this payment of the file, by its index, and not final yet.
    Later(usize),
    /// It is final.
    At(Place),
    /// Nothing may be given back of it, for the reason in words.
    Never(String),
    /// Nothing that is certain: the chain must be asked.
    Unseen,
}

/// What is known of the originals of a file's refunds.
pub(in crate::import) struct Places<'a> {
    pub(super) client: MemberId,
    pub(super) agreement: AgreementId,
    pub(super) payments: &'a [Prepared],
    pub(super) missing: &'a Missing,
    by_id: HashMap<&'a str, usize>,
    /// Where payments of the file are recorded that the file has with other content.
    recorded: HashMap<usize, (BusinessDay, Sequence)>,
    /// Of originals that were found, by the refund.
    found: HashMap<usize, Place>,
    /// Refunds whose originals the chain does not have where the journal says.
    pub(super) lost: HashSet<usize>,
}

impl<'a> Places<'a> {
    /// What is known of the originals of refunds that `client` has among `payments`. Other lines of their
    /// file are `missing`.
    pub(in crate::import) fn of(
        client: MemberId,
        agreement: AgreementId,
        payments: &'a [Prepared],
        missing: &'a Missing,
    ) -> Self {
        let has_refunds = payments
            .iter()
            .any(|payment| payment.kind() == Kind::Refund);
        let named = payments.iter().enumerate().filter(|_| has_refunds);
        Self {
            client,
            agreement,
            payments,
            missing,
            recorded: HashMap::new(),
            by_id: named
                .map(|(at, payment)| (payment.id.as_str(), at))
                .collect(),
            found: HashMap::new(),
            lost: HashSet::new(),
        }
    }

    /// What file and journal say of the original of a refund, by its index. `fate` tells what has become
    /// of a payment of the file.
    pub(in crate::import) fn name(
        &self,
        index: usize,
        journal: Option<&Journal>,
        fate: impl Fn(usize) -> Fate,
    ) -> Result<Named> {
        if let Some(place) = self.found.get(&index) {
            return Ok(Named::At(*place));
        }
        let refund = &self.payments[index];
        let id = refund.original.as_deref().unwrap_or_default();
        if let Some(at) = self.by_id.get(id) {
            if self.payments[*at].kind() == Kind::Refund {
                return Ok(Named::Never(refused_refunds_in_words::itself_a_refund(
                    &refused_refunds_in_words::original_text(refund),
                )));
            }
            match fate(*at) {
                Fate::Open => return Ok(Named::Later(*at)),
                Fate::Recorded(day, sequence) => {
                    return Ok(self.unless_lost(index, self.own(day, sequence)));
                }
                Fate::Supplemented => return Ok(Named::Unseen),
                Fate::Refused(reason) => {
                    return self.refused_original(index, *at, journal, &reason)
                }
            }
        }
        if self.lost.contains(&index) {
            return Ok(Named::Unseen);
        }
        let line = self.line(journal, id)?;
        Ok(match line {
            Some(line) if line.kind == Kind::Refund => {
                Named::Never(refused_refunds_in_words::itself_a_refund(
                    &refused_refunds_in_words::original_text(refund),
                ))
            }
            Some(Line {
                trade,
                state: State::Recorded { day },
                ..
            }) => Named::At(self.own(day, trade.sequence)),
            _ => Named::Unseen,
        })
    }

    /// What a refund is of whose original in the file, the payment `at`, is refused: that payment as it is
    /// recorded, for its line may only differ from that.
    fn refused_original(
        &self,
        index: usize,
        at: usize,
        journal: Option<&Journal>,
        reason: &str,
    ) -> Result<Named> {
        if let Some((day, sequence)) = self.recorded.get(&at) {
            return Ok(self.unless_lost(index, self.own(*day, *sequence)));
        }
        Ok(match self.line(journal, &self.payments[at].id)? {
            Some(Line {
                trade,
                state: State::Recorded { day },
                kind: Kind::Payment,
                ..
            }) => self.unless_lost(index, self.own(day, trade.sequence)),
            _ => {
                let original = refused_refunds_in_words::original_text(&self.payments[index]);
                Named::Never(refused_refunds_in_words::original_refused(
                    &original, reason,
                ))
            }
        })
    }

    /// The place of a refund's original, unless the chain does not have it there.
    fn unless_lost(&self, index: usize, place: Place) -> Named {
        match self.lost.contains(&index) {
            true => Named::Unseen,
            false => Named::At(place),
        }
    }

    /// What the journal has of a payment or a refund.
    pub(super) fn line(&self, journal: Option<&Journal>, id: &str) -> Result<Option<Line>> {
        match journal {
            Some(journal) => journal.line(self.agreement, id),
            None => Ok(None),
        }
    }

    /// The client.
    pub(super) const fn client(&self) -> MemberId {
        self.client
    }

    /// The payments and refunds of the file.
    pub(in crate::import) const fn payments(&self) -> &'a [Prepared] {
        self.payments
    }

    /// Which of the file has an id.
    pub(super) fn in_file(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Notes where a payment is recorded that the file has with other content.
    pub(in crate::import) fn note_recorded(
        &mut self,
        at: usize,
        day: BusinessDay,
        sequence: Sequence,
    ) {
        self.recorded.insert(at, (day, sequence));
    }

    /// Notes where the original of a refund was found.
    pub(in crate::import) fn note(&mut self, index: usize, place: Place) {
        self.found.insert(index, place);
    }

    /// Notes that the chain does not have the original of a refund where it should stand. `false` where
    /// it was looked for elsewhere already.
    pub(in crate::import) fn lose(&mut self, index: usize) -> bool {
        self.found.remove(&index);
        self.lost.insert(index)
    }

    /// The place of a trade of the client itself.
    const fn own(&self, day: BusinessDay, sequence: Sequence) -> Place {
        Place {
            day,
            id: TradeId {
                client: self.client,
                sequence,
            },
            position: None,
        }
    }
}
