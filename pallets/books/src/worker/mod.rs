//! The off-chain worker: it keeps the books of the parties whose operator keys this node holds.
//!
//! It runs on finalised blocks. Runs overlap, come out of order and are skipped, so each begins
//! from what the chain's state and the database say, and ends where another may go on:
//!
//! - the days to look at begin at the [`cursor`], the first one that is not done with; earlier ones
//!   are looked at only until they are paid, and a side that defaulted until it cannot be proven late;
//! - one [session](lock_and_budget) at a time tends a side of an agreement, for as long as its lock is held;
//! - a run handles a limited number of pages and leaves the rest to the next;
//! - pages are written before the state that counts them, and the state only where it still is
//!   what the run began from.
//!
//! | module | what it does |
//! |---|---|
//! | [`database`] | a book in the off-chain database |
//! | [`lock_and_budget`] | lock and budget of a run |
//! | [`cursor`] | the first day that is not done with, and those not paid |
//! | [`received_book`] | keeps a book of entries as they came |
//! | [`ledger_book`] | makes a book of a ledger import |
//! | [`imports_of_books`] | of which import the book is made |
//! | [`old_imports`] | clears imports that others replaced |
//! | [`staff_import`] | the pages of a ledger import |
//! | [`alignment`] | aligns an import of any length |
//! | [`spot_check`] | finds damage of a committed book |
//! | [`submit`] | sends commitments and confirmations |
//! | [`repair`] | applies the corrections |
//! | [`suspense`] | moves extras to the suspense list |
//! | [`day_result`] | writes down what came out of a day |

use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::{BookState, ImportProblem},
    ports::{DayTrades, Directory, Obligations, SideView},
    refund::RefundedPayment,
    summary::SideStatus,
    tree, AgreementId, AgreementView, Entry, MemberId, Moment, Round, Side, SideId, Source,
};
use frame_support::traits::Time;

pub mod alignment;
pub mod cursor;
pub mod database;
pub mod day_result;
pub mod imports_of_books;
pub mod ledger_book;
pub mod lock_and_budget;
pub mod old_imports;
pub mod received_book;
pub mod repair;
pub mod spot_check;
pub mod staff_import;
pub mod submit;
pub mod suspense;

use database::StoredBook;
use lock_and_budget::{LockLost, Session};

/// What the worker logs under.
pub const LOG: &str = "counterfoil::books";

/// Tends the books of all parties whose keys this node holds.
pub fn run<T: Config>() {
    let now = T::UnixTime::now();
    for agreement_id in T::Directory::agreements() {
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            continue;
        };
        for side in Side::BOTH {
            let party = agreement.party(side);
            if T::Directory::acts_for(party) {
                lock_and_budget::with_lock(agreement_id, side, |session| {
                    tend_side::<T>(agreement_id, &agreement, side, now, session)
                });
            }
        }
    }
}

/// Tends the days of a side that are not done with.
fn tend_side<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    side: Side,
    now: Moment,
    session: &mut Session,
) {
    let Some(today) = agreement.day_of(now) else {
        return;
    };
    let before = cursor::read(agreement_id, side, agreement.first_day, today);
    let mut cursor = before.clone();
    let mut tend = |day| {
        let book = Book {
            side_id: SideId::new(agreement_id, day, side),
            party: agreement.party(side),
            now,
        };
        let source = agreement.conditions_on(day)?.source(side);
        session.goes_on().then(|| book.tend::<T>(source, session))
    };
    cursor::tend_unpaid::<T>(agreement_id, side, &mut cursor.unpaid, &mut tend);
    let mut day = cursor.next;
    while day <= today && agreement.includes(day) {
        let Some(left) = tend(day) else {
            break;
        };
        if left != Left::Work && cursor.next == day {
            if left == Left::Waiting {
                cursor.unpaid.push(day);
            }
            cursor.next = day.next();
        }
        day = day.next();
    }
    if cursor != before {
        cursor::write(agreement_id, side, &cursor);
    }
}

/// What is left to do of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// The book is not final, or the day not reconciled.
    Work,
    /// Something is owed for the day, or its side may be proven late.
    Waiting,
    Nothing,
}

/// The book of a side of a day, as one run sees it.
pub struct Book {
    /// Whose book of which day it is.
    pub side_id: SideId,
    /// Whose it is.
    pub party: MemberId,
    /// The block's time.
    pub now: Moment,
}

impl Book {
    /// Does what the day's state asks for. Returns what is left.
    fn tend<T: Config>(&self, source: Source, session: &mut Session) -> Left {
        use SideStatus::{Awaited, Committed, Defaulted, Proven, ProvenLate, Repaired};
        let status = T::Sides::side_status(self.side_id);
        let is_late = status == Defaulted && T::Sides::may_be_proven_late(self.side_id);
        let kept = match (status, source) {
            (Proven { breaks } | ProvenLate { breaks } | Repaired { breaks }, _) => {
                repair::repair::<T>(self, source, breaks, session)
            }
            (_, Source::Received) => received_book::keep::<T>(self, session),
            // The chain's record stands for good: there is nothing left to open.
            (Defaulted, Source::Ledger) if !is_late => None,
            (_, Source::Ledger) => ledger_book::keep::<T>(self, session),
        };
        match (status, &kept) {
            (Awaited | Committed, Some(state)) => self.stand_by::<T>(state, session),
            (Defaulted, Some(state)) if is_late => self.stand_by::<T>(state, session),
            (Proven { breaks: 1.. } | ProvenLate { breaks: 1.. }, Some(_)) => {
                submit::confirm_repair::<T>(self);
            }
            _ => {}
        }
        day_result::write::<T>(self.side_id, status);
        let is_final = match status {
            Proven { breaks: 0 } | ProvenLate { breaks: 0 } | Repaired { .. } => kept.is_some(),
            Defaulted => kept.is_some() || source == Source::Ledger,
            _ => false,
        };
        let may_clear = is_final && !is_late && source == Source::Ledger;
        let is_cleared = !may_clear || old_imports::clear(self, session);
        let SideId { agreement, day, .. } = self.side_id;
        if !is_final || !is_cleared || T::Obligations::obligation(agreement, day).is_none() {
            Left::Work
        } else if T::Obligations::is_settled(agreement, day) && !is_late {
            Left::Nothing
        } else {
            Left::Waiting
        }
    }

    /// Commits to a frozen book where that is due, and else keeps what was committed to sound.
    fn stand_by<T: Config>(&self, state: &BookState, session: &mut Session) {
        if submit::is_due::<T>(self, state) {
            submit::commit::<T>(self, state);
        } else {
            spot_check::check::<T>(self, state, session);
        }
    }

    /// The book in the node's database.
    const fn stored(&self) -> StoredBook {
        StoredBook(self.side_id)
    }

    /// The round whose commitment is awaited or stands.
    fn round<T: Config>(&self) -> Round {
        T::Sides::round(self.side_id)
    }

    /// Positions of the day, by the chain.
    fn positions<T: Config>(&self) -> u32 {
        T::Trades::totals(self.side_id.agreement, self.side_id.day).count()
    }

    /// The chain's entries of a page.
    fn chain_page<T: Config>(&self, page: u32) -> Vec<Entry> {
        let SideId {
            agreement,
            day,
            side,
        } = self.side_id;
        T::Trades::page(agreement, day, page)
            .iter()
            .map(|trade| trade.entry(side))
            .collect()
    }

    /// The refunds of a page of the day, each with its payment.
    fn refunded_payments<T: Config>(&self, page: u32) -> Vec<RefundedPayment> {
        let SideId { agreement, day, .. } = self.side_id;
        T::Trades::refunded_payments(agreement, day, page)
    }

    /// Writes the chain's entries of a page into the book. Returns them.
    fn take_from_chain<T: Config>(&self, page: u32) -> Vec<Entry> {
        let entries = self.chain_page::<T>(page);
        let slots: Vec<Option<Entry>> = entries.iter().copied().map(Some).collect();
        self.stored().write_slots(page, &slots);
        entries
    }
}

/// Why a book was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another run has taken the lock: the book is its to make.
    LockLost,
    /// No book is made from the import, or not yet.
    Problem(ImportProblem),
}

impl From<LockLost> for Failure {
    fn from(_: LockLost) -> Self {
        Self::LockLost
    }
}

impl From<ImportProblem> for Failure {
    fn from(problem: ImportProblem) -> Self {
        Self::Problem(problem)
    }
}

/// Whether `state` is of a book that may be committed to: frozen, and not in a round before `round`.
fn stands(state: &BookState, round: Round) -> bool {
    state.frozen && state.round >= round
}

/// The pages of the day's positions, by the chain's page roots; `None` where the roots are not
/// whole, as in a state from before the seal.
fn sealed_roots<T: Config>(book: &Book) -> Option<Vec<sp_core::H256>> {
    if !T::Trades::is_sealed(book.side_id.agreement, book.side_id.day) {
        return None;
    }
    let roots = T::Trades::page_roots(book.side_id);
    (roots.len() as u32 == tree::page_count(book.positions::<T>())).then_some(roots)
}
