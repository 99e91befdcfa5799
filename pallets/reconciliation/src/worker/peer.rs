//! A party's node, asked for the book that the party committed to.
//!
//! It carries the questions and answers of [`book_exchange`](counterfoil_primitives::book_exchange),
//! which decides what is believed of an answer.

use super::{
    budget::Budget,
    fetch_problem::Problem,
    http::{ask, excerpt},
};
use crate::Config;
use alloc::vec::Vec;
use core::marker::PhantomData;
use counterfoil_primitives::{
    book_exchange::{questions, Answer, CommittedBook, PageRoots, Question, Unusable, Wanted},
    ports::DayTrades,
    AgreementView, Commitment, Entry, MemberId, SideId,
};
use frame_support::traits::Time;

/// How pages of one kind are taken from an answer.
type Take<Page> = fn(&CommittedBook, &[Wanted], Answer) -> Result<Vec<Page>, Unusable>;

/// A party that is asked for the book that it committed to.
pub struct Peer<'a, T> {
    book: CommittedBook,
    addressee: MemberId,
    requester: MemberId,
    budget: &'a Budget,
    runtime: PhantomData<T>,
}

impl<'a, T: Config> Peer<'a, T> {
    /// The party of a side, which `requester` asks.
    pub fn new(
        agreement: &AgreementView,
        requester: MemberId,
        side_id: SideId,
        commitment: Commitment,
        budget: &'a Budget,
    ) -> Self {
        Self {
            book: CommittedBook {
                place: T::Trades::place(side_id),
                commitment,
            },
            addressee: agreement.party(side_id.side),
            requester,
            budget,
            runtime: PhantomData,
        }
    }

    /// The page roots of slots and of extras.
    pub fn roots(&self) -> Result<PageRoots, Problem> {
        let answer = self.ask(Question::Roots)?;
        Ok(self.book.take_roots(answer)?)
    }

    /// Pages of slots, handed over one by one.
    pub fn slots(
        &self,
        wanted: &[Wanted],
        each: impl FnMut(u32, Vec<Option<Entry>>),
    ) -> Result<(), Problem> {
        self.pages(wanted, Question::Slots, CommittedBook::take_slots, each)
    }

    /// Pages of extras, handed over one by one.
    pub fn extras(
        &self,
        wanted: &[Wanted],
        each: impl FnMut(u32, Vec<Entry>),
    ) -> Result<(), Problem> {
        self.pages(wanted, Question::Extras, CommittedBook::take_extras, each)
    }

    fn pages<Page>(
        &self,
        wanted: &[Wanted],
        question: fn(Vec<u32>) -> Question,
        take: Take<Page>,
        mut each: impl FnMut(u32, Page),
    ) -> Result<(), Problem> {
        for (question, wanted) in questions(wanted, question) {
            let answer = self.ask(question)?;
            let pages = take(&self.book, wanted, answer)?;
            for ((page, _), content) in wanted.iter().zip(pages) {
                each(*page, content);
            }
        }
        Ok(())
    }

    fn ask(&self, question: Question) -> Result<Answer, Problem> {
        let seed = sp_io::offchain::random_seed();
        // A clock that is behind would make requests that have expired when they arrive.
        let now = super::timer::clock().max(T::UnixTime::now());
        let nonce = core::array::from_fn(|at| seed[at]);
        let (addressee, requester) = (self.addressee, self.requester);
        let request = self
            .book
            .request(addressee, requester, question, now, nonce);
        ask::<T>(request, self.budget)
    }
}

impl From<Unusable> for Problem {
    fn from(why: Unusable) -> Self {
        match why {
            Unusable::Refused(reason) => Self::Refused(excerpt(&reason)),
            Unusable::OtherQuestion => Self::OtherQuestion,
            Unusable::FalseRoots | Unusable::WrongNumber { .. } | Unusable::FalsePage(_) => {
                Self::False
            }
        }
    }
}
