//! Reports, honest and false, and the marks of sides that are late.

use super::{
    books::committed,
    lies::{self, Lie, Piece},
    members::Deed,
    model::is_kept,
    operation::Manner,
    signing::Answer,
    world::World,
};
use crate::{Runtime, Trades};
use counterfoil_primitives::{
    align::Book, ports::DayTrades, AgreementId, BusinessDay, Round, SideId,
};
use frame_support::traits::GetCallName;
use pallet_reconciliation::{Call, FullFetch, Headers, ListedPage, Outcomes, Sides};

/// The round whose book a report with breaks is of.
fn round(side_id: SideId) -> Round {
    Sides::<Runtime>::get(side_id).round
}

/// The call that brings a piece of a side's report.
fn call_of(side_id: SideId, piece: Piece) -> Call<Runtime> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let round = round(side_id);
    match piece {
        Piece::Clean => Call::report_clean {
            agreement,
            day,
            side,
        },
        Piece::Header(header) => Call::report_header {
            agreement,
            day,
            side,
            round,
            header,
        },
        Piece::Slots(page, mut slots) => {
            slots.truncate(256);
            Call::report_slots {
                agreement,
                day,
                side,
                round,
                page,
                slots: slots.try_into().expect("a page has 256"),
            }
        }
        Piece::Extras(page, extras) => Call::report_extras {
            agreement,
            day,
            side,
            round,
            page,
            extras: extras.try_into().expect("a page has 256"),
        },
    }
}

impl World {
    /// Reports a side, as far as it is not reported yet. Of a lie, no piece is taken.
    pub fn report(&mut self, side_id: SideId, manner: Manner, lie: Option<Lie>) {
        let book = self.committed_book(side_id);
        let is_known = book.is_some();
        let today = self.today(side_id.agreement);
        let mut pieces = lies::honest(side_id, &book.unwrap_or_default(), today);
        let told = lie.and_then(|lie| lies::tell(lie, side_id, &mut pieces));
        for (index, piece) in pieces.into_iter().enumerate() {
            let is_lie = !is_known || told == Some(index);
            let is_awaited = self.is_awaited(side_id, &piece);
            if !is_awaited && !is_lie {
                continue;
            }
            // Of a book with too many extras the header is not looked at.
            let is_hopeless = self.has_too_many_extras(side_id);
            let answer = self.send_piece(side_id, manner, piece, is_awaited && !is_lie);
            if is_lie {
                assert!(is_hopeless || !answer.is_done(), "{lie:?} was believed");
                return;
            }
        }
    }

    /// The book behind the standing commitment, where a party has one.
    fn committed_book(&self, side_id: SideId) -> Option<Book> {
        self.drafts.book(side_id, &committed(side_id)?).cloned()
    }

    fn has_too_many_extras(&self, side_id: SideId) -> bool {
        let most = self.agreement(side_id.agreement).caps.extras;
        committed(side_id).is_some_and(|commitment| commitment.extras > most)
    }

    /// Whether a report of the side may come in the next block.
    pub fn can_report(&self, side_id: SideId) -> bool {
        let SideId { agreement, day, .. } = side_id;
        let preset = self.times(agreement, day).map(|times| times.preset);
        Trades::is_sealed(agreement, day)
            && committed(side_id).is_some()
            && self.can_be_proven(side_id)
            && preset.is_some_and(|preset| self.upcoming() >= preset)
    }

    /// Whether the side is not proven, and has not defaulted or may be proven late.
    fn can_be_proven(&self, side_id: SideId) -> bool {
        let record = Sides::<Runtime>::get(side_id);
        let late_until = self.late_until(side_id);
        let in_time = late_until.is_some_and(|until| self.upcoming() < until);
        record.proven.is_none() && (!record.defaulted || in_time)
    }

    fn is_awaited(&self, side_id: SideId, piece: &Piece) -> bool {
        let header = Headers::<Runtime>::get(side_id);
        let lists = |pages: fn(_) -> Vec<ListedPage>, page: u32| {
            header.clone().is_some_and(|header| {
                pages(header)
                    .iter()
                    .any(|listed| listed.page == page && !listed.accepted)
            })
        };
        self.can_report(side_id)
            && match piece {
                Piece::Clean => true,
                Piece::Header(_) => header.is_none(),
                Piece::Slots(page, _) => lists(|header| header.dirty, *page),
                Piece::Extras(page, _) => lists(|header| header.extras, *page),
            }
    }

    /// Sends a piece of a report; where it is good and due, it `must` be taken.
    pub fn send_piece(
        &mut self,
        side_id: SideId,
        manner: Manner,
        piece: Piece,
        must: bool,
    ) -> Answer {
        let deed = (side_id.agreement, Deed::Report(side_id.day), must);
        self.deed(manner, deed, call_of(side_id, piece))
    }

    pub fn mark_overdue(&mut self, side_id: SideId, manner: Manner) -> bool {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let record = Sides::<Runtime>::get(side_id);
        let preset = self.times(agreement, day).map(|times| times.preset);
        let in_time = Trades::is_sealed(agreement, day)
            && preset.is_some_and(|preset| self.upcoming() >= preset)
            && committed(side_id).is_none()
            && !(record.is_closed() || record.overdue || record.round > 0);
        let mark = Call::<Runtime>::mark_overdue {
            agreement,
            day,
            side,
        };
        self.mark(side_id, manner, in_time, mark)
    }

    /// Whether the side may default in the next block.
    pub fn can_default(&self, side_id: SideId) -> bool {
        let SideId { agreement, day, .. } = side_id;
        let deadline = self.times(agreement, day).map(|times| times.deadline);
        Trades::is_sealed(agreement, day)
            && !Sides::<Runtime>::get(side_id).is_closed()
            && deadline.is_some_and(|deadline| self.upcoming() >= deadline)
    }

    /// Whether in the next block a late report of the side that is not whole can be removed.
    fn is_left_over(&self, side_id: SideId) -> bool {
        let record = Sides::<Runtime>::get(side_id);
        let until = self.late_until(side_id);
        record.defaulted
            && record.proven.is_none()
            && Headers::<Runtime>::contains_key(side_id)
            && until.is_some_and(|until| self.upcoming() >= until)
    }

    pub fn mark_defaulted(&mut self, side_id: SideId, manner: Manner) -> bool {
        let in_time = self.can_default(side_id) || self.is_left_over(side_id);
        let mark = Call::<Runtime>::mark_defaulted {
            agreement: side_id.agreement,
            day: side_id.day,
            side: side_id.side,
        };
        self.mark(side_id, manner, in_time, mark)
    }

    /// Sends a mark of a side that is late. It is taken only if it comes `in_time`.
    fn mark(
        &mut self,
        side_id: SideId,
        manner: Manner,
        in_time: bool,
        mark: Call<Runtime>,
    ) -> bool {
        let before = Sides::<Runtime>::get(side_id);
        let name = mark.get_call_name();
        let deed = (side_id.agreement, Deed::Report(side_id.day), in_time);
        let answer = self.deed(manner, deed, mark);
        assert!(
            in_time || !answer.is_done(),
            "{side_id}: {name} was taken: {before:?}"
        );
        answer.is_done()
    }

    pub fn full_fetch(
        &mut self,
        agreement_id: AgreementId,
        day: BusinessDay,
        manner: Manner,
    ) -> bool {
        let agreement = self.agreement(agreement_id);
        let today = agreement.day_of(self.upcoming());
        let in_time = is_kept(&agreement, day)
            && today.is_some_and(|today| day <= today)
            && !Outcomes::<Runtime>::contains_key(agreement_id, day)
            && !FullFetch::<Runtime>::contains_key(agreement_id, day);
        let deed = (agreement_id, Deed::Report(day), in_time);
        let answer = self.deed(
            manner,
            deed,
            Call::<Runtime>::request_full_fetch {
                agreement: agreement_id,
                day,
            },
        );
        assert!(in_time || !answer.is_done(), "{day:?} was asked for");
        answer.is_done()
    }
}
