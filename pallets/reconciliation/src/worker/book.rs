//! A party's book over the wire. Only what rehashes to the party's commitment comes out.

use super::fetch::{self, Budget, Problem};
use crate::{Config, SideKey};
use alloc::vec::Vec;
use core::marker::PhantomData;
use counterfoil_primitives::{
    commitment::Place,
    fetch::{Answer, Question, Request, MAX_LIFETIME, MAX_PAGES},
    ports::DayLedger,
    tree, AgreementView, Commitment, Entry, MemberId, Moment,
};
use frame_support::traits::Time;
use sp_core::H256;

/// A page, and the root that it must have.
pub type Wanted = (u32, H256);

/// How long a request is good for, in milliseconds: half of what a node takes, so that the node's
/// clock may be off by as much, either way.
const REQUEST_LIFETIME: Moment = MAX_LIFETIME / 2;

/// A party that is asked for the book that it committed to.
pub struct Peer<'a, T> {
    place: Place,
    addressee: MemberId,
    requester: MemberId,
    commitment: Commitment,
    budget: &'a Budget,
    runtime: PhantomData<T>,
}

impl<'a, T: Config> Peer<'a, T> {
    /// The party of a side, which `requester` asks.
    pub fn new(
        view: &AgreementView,
        requester: MemberId,
        (agreement, day, side): SideKey,
        commitment: Commitment,
        budget: &'a Budget,
    ) -> Self {
        Self {
            place: T::Ledger::place(agreement, day, side),
            addressee: view.party(side),
            requester,
            commitment,
            budget,
            runtime: PhantomData,
        }
    }

    /// The page roots of slots and of extras.
    pub fn roots(&self) -> Result<(Vec<H256>, Vec<H256>), Problem> {
        match self.ask(Question::Roots)? {
            Answer::Roots { slots, extras } => {
                let committed = self.commitment.has_page_roots(&self.place, &slots, &extras);
                committed.then_some((slots, extras)).ok_or(Problem::False)
            }
            _ => Err(Problem::OtherQuestion),
        }
    }

    /// Pages of slots, handed over one by one.
    pub fn slots(
        &self,
        wanted: &[Wanted],
        mut each: impl FnMut(u32, Vec<Option<Entry>>),
    ) -> Result<(), Problem> {
        for wanted in wanted.chunks(MAX_PAGES) {
            let Answer::Slots(pages) = self.ask(Question::Slots(numbers(wanted)))? else {
                return Err(Problem::OtherQuestion);
            };
            if pages.len() != wanted.len() {
                return Err(Problem::False);
            }
            for ((page, root), slots) in wanted.iter().zip(pages) {
                let len = tree::page_len(self.commitment.slots, *page);
                if slots.len() as u32 != len || tree::slots_page_root(&slots) != *root {
                    return Err(Problem::False);
                }
                each(*page, slots);
            }
        }
        Ok(())
    }

    /// Pages of extras, handed over one by one.
    pub fn extras(
        &self,
        wanted: &[Wanted],
        mut each: impl FnMut(u32, Vec<Entry>),
    ) -> Result<(), Problem> {
        for wanted in wanted.chunks(MAX_PAGES) {
            let Answer::Extras(pages) = self.ask(Question::Extras(numbers(wanted)))? else {
                return Err(Problem::OtherQuestion);
            };
            if pages.len() != wanted.len() {
                return Err(Problem::False);
            }
            for ((page, root), extras) in wanted.iter().zip(pages) {
                let len = tree::page_len(self.commitment.extras, *page);
                if extras.len() as u32 != len || tree::extras_page_root(&extras) != *root {
                    return Err(Problem::False);
                }
                each(*page, extras);
            }
        }
        Ok(())
    }

    fn ask(&self, question: Question) -> Result<Answer, Problem> {
        let seed = sp_io::offchain::random_seed();
        // A clock that is behind would make requests that have expired when they arrive.
        let now = super::timer::clock().max(T::UnixTime::now());
        let Place {
            genesis,
            agreement,
            day,
            side,
        } = self.place;
        let request = Request {
            genesis,
            addressee: self.addressee,
            requester: self.requester,
            agreement,
            day,
            side,
            question,
            expires_at: now.saturating_add(REQUEST_LIFETIME),
            nonce: core::array::from_fn(|at| seed[at]),
        };
        match fetch::ask::<T>(request, self.budget)? {
            Answer::Refused(reason) => Err(Problem::Refused(fetch::excerpt(&reason))),
            answer => Ok(answer),
        }
    }
}

fn numbers(wanted: &[Wanted]) -> Vec<u32> {
    wanted.iter().map(|(page, _)| *page).collect()
}
