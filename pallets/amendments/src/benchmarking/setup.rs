//! What the benchmarks begin with, each the most that its call can meet.

use super::BenchmarkHelper;
use crate::{
    answer, booking_steps, pricing, propose,
    types::{Proposer, Request},
    withdraw_and_lapse, Config, LastNumber, Proposals, Waiting,
};
use alloc::{vec, vec::Vec};
use counterfoil_primitives::{
    amendment::{
        Answers, Content, Correction, Ground, MissingPayment, Proposal, Selection, Span, Standing,
        Unresolved,
    },
    ports::Directory,
    tree::PAGE_SIZE,
    AgreementId, AgreementView, Amount, BusinessDay, DayTotals, Kind, MemberId, Moment, Reference,
    Trade, TradeId, UserId,
};
use frame_support::{
    traits::{Get, Time},
    BoundedVec,
};
use sp_core::H256;

/// Who made the claims that wait.
const CLAIMANT: MemberId = 20_000;
/// What a user paid.
const GROSS: Amount = 1_000_000_007;
/// Positions from one scattered trade to the next.
const STRIDE: u32 = 131;
/// Spans of a page, of which each leaves one position out.
const SPANS_PER_PAGE: u32 = 4;

/// An agreement, and a past day of it.
pub struct Setup {
    /// Its id.
    pub agreement_id: AgreementId,
    /// What it says.
    pub agreement: AgreementView,
    /// The day whose trades are amended.
    pub day: BusinessDay,
}

/// Puts an agreement there with this number of products, under which as many claims wait as may, but one.
pub fn begin<T: Config>(products: u32) -> Setup {
    let (agreement_id, day) = T::BenchmarkHelper::put_agreement(products);
    let agreement = T::Directory::agreement(agreement_id).expect("it was put there");
    let numbers: Vec<u32> = (1..T::MaxPerAgreement::get()).collect();
    for number in &numbers {
        Proposals::<T>::insert(agreement_id, number, claim(agreement_id));
    }
    LastNumber::<T>::insert(agreement_id, numbers.len() as u32);
    Waiting::<T>::insert(agreement_id, BoundedVec::truncate_from(numbers));
    Setup {
        agreement_id,
        agreement,
        day,
    }
}

fn claim(agreement: AgreementId) -> Proposal {
    Proposal {
        agreement,
        proposer: CLAIMANT,
        ground: Ground::Other,
        evidence: H256::zero(),
        fingerprint: H256::zero(),
        stated: DayTotals::default(),
        proposed_at: 0,
        answer_until: 0,
        answers: Answers::default(),
        standing: Standing::Unresolved {
            since: 0,
            why: Unresolved::Lapsed,
        },
    }
}

/// A payment by the last version of the first product's terms.
fn payment<T: Config>(setup: &Setup) -> Trade {
    let terms = T::Directory::terms(setup.agreement_id, 1);
    let amounts = terms.last().expect("the product has terms").amounts(GROSS);
    Trade {
        id: TradeId {
            client: CLAIMANT,
            sequence: 7,
        },
        kind: Kind::Payment,
        reference: Reference([7; 16]),
        user: UserId([7; 16]),
        product: 1,
        gross: GROSS,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: 0,
        terms_version: terms.len() as u16 - 1,
    }
}

/// Fills this many pages of the past day.
pub fn put_pages<T: Config>(setup: &Setup, pages: u32) {
    let trades = vec![payment::<T>(setup); (pages * PAGE_SIZE) as usize];
    T::BenchmarkHelper::put_day(setup.day, trades);
}

/// Lets the last page of today lack one trade once this many more are there. Returns the first position that
/// today has free.
pub fn put_today<T: Config>(setup: &Setup, more: u32) -> u32 {
    let count = 2 * PAGE_SIZE - 1 - more % PAGE_SIZE;
    let trades = vec![payment::<T>(setup); count as usize];
    T::BenchmarkHelper::put_day(today::<T>(setup), trades);
    count
}

fn today<T: Config>(setup: &Setup) -> BusinessDay {
    setup
        .agreement
        .day_of(T::UnixTime::now())
        .expect("the agreement has begun")
}

/// A moment of the past day.
fn moment(setup: &Setup) -> Moment {
    let before = setup.day.previous();
    setup
        .agreement
        .cut_off_of(before)
        .expect("the agreement had begun")
}

/// Cancels nearly all trades of this many pages.
pub fn cancellation(setup: &Setup, pages: u32) -> Content {
    let length = PAGE_SIZE / SPANS_PER_PAGE;
    let spans: Vec<Span> = (0..pages * SPANS_PER_PAGE)
        .map(|span| Span {
            first: span * length,
            last: span * length + length - 2,
        })
        .collect();
    cancel(setup, spans)
}

/// Lets this many payments be cancelled today that are far from each other. Returns what cancels those
/// cancellations.
pub fn cancel_scattered<T: Config>(setup: &Setup, trades: u32) -> Content {
    let first = put_today::<T>(setup, trades);
    let spans: Vec<Span> = (0..trades)
        .map(|trade| Span {
            first: trade * STRIDE,
            last: trade * STRIDE,
        })
        .collect();
    let (number, from) = put_up_and_accept::<T>(setup, cancel(setup, spans));
    let step =
        booking_steps::check_book::<T>(setup.agreement_id, number, from).expect("it is the next");
    booking_steps::accept_book::<T>(step).expect("today has room");
    let cancellations = Span {
        first,
        last: first + trades - 1,
    };
    cancel_on(today::<T>(setup), vec![cancellations])
}

fn cancel(setup: &Setup, spans: Vec<Span>) -> Content {
    cancel_on(setup.day, spans)
}

fn cancel_on(day: BusinessDay, spans: Vec<Span>) -> Content {
    Content::Cancel {
        day,
        selection: Selection::Positions(BoundedVec::truncate_from(spans)),
    }
}

/// States the first payments right, each by a product of its own.
pub fn replacement(setup: &Setup, corrections: u32) -> Content {
    let corrections: Vec<Correction> = (0..corrections)
        .map(|position| Correction {
            position,
            user: UserId([8; 16]),
            product: position + 1,
            gross: GROSS,
            occurred_at: moment(setup),
        })
        .collect();
    Content::Replace {
        day: setup.day,
        corrections: BoundedVec::truncate_from(corrections),
    }
}

/// Payments that were never recorded, each of a product of its own.
pub fn supplement(setup: &Setup, payments: u32) -> Content {
    let clients = &setup.agreement.clients;
    let payments: Vec<MissingPayment> = (0..payments)
        .map(|payment| MissingPayment {
            client: clients[payment as usize % clients.len()],
            reference: Reference(u128::from(payment).to_be_bytes()),
            user: UserId([7; 16]),
            product: payment + 1,
            gross: GROSS,
            occurred_at: moment(setup),
        })
        .collect();
    Content::Supplement {
        payments: BoundedVec::truncate_from(payments),
    }
}

/// What a content comes to.
pub fn stated<T: Config>(setup: &Setup, content: &Content) -> DayTotals {
    let mut totals = DayTotals::default();
    match (content, content.selection()) {
        (Content::Supplement { payments }, _) => {
            for missing in payments {
                let terms = T::Directory::terms_on(setup.agreement_id, missing.product, setup.day);
                let (_, terms) = terms.expect("the product has terms");
                let amounts = terms.amounts(missing.gross);
                pricing::count(&mut totals.payments, missing.gross, amounts);
            }
        }
        (_, Some(Selection::Positions(spans))) => {
            // What is named of today are cancellations, each of all of its payment.
            let kind = match content.day() == Some(setup.day) {
                true => Kind::Payment,
                false => Kind::Refund,
            };
            let trade = Trade {
                kind,
                ..payment::<T>(setup)
            };
            let positions: u32 = spans.iter().map(|span| span.last - span.first + 1).sum();
            (0..positions).for_each(|_| totals.add(&trade));
        }
        _ => {}
    }
    totals
}

/// Lets the company propose a content. Returns the proposal with its number.
pub fn put_up<T: Config>(setup: &Setup, content: Content) -> (u32, Proposal) {
    let proposer = Proposer {
        member: setup.agreement.company,
        agreement_id: setup.agreement_id,
        agreement: setup.agreement.clone(),
    };
    let request = Request {
        ground: Ground::WrongFile,
        evidence: H256::zero(),
        stated: stated::<T>(setup, &content),
        content,
    };
    let checked = propose::check_propose::<T>(&proposer, request).expect("it can be proposed");
    propose::accept_propose::<T>(checked).expect("its payments are not proposed");
    let number = LastNumber::<T>::get(setup.agreement_id);
    let proposal = Proposals::<T>::get(setup.agreement_id, number).expect("it was put up");
    (number, proposal)
}

/// Lets the company propose a content, and the time for answers go by. Returns the number.
pub fn put_up_and_wait<T: Config>(setup: &Setup, content: Content) -> u32 {
    let (number, proposal) = put_up::<T>(setup, content);
    T::BenchmarkHelper::set_time(proposal.answer_until + 1);
    number
}

/// Lets the company propose a content that nobody answers in time, so that it is a claim. Returns its number
/// and fingerprint.
pub fn put_up_and_lapse<T: Config>(setup: &Setup, content: Content) -> (u32, H256) {
    let number = put_up_and_wait::<T>(setup, content);
    let lapsed =
        withdraw_and_lapse::check_lapse::<T>(setup.agreement_id, number).expect("its time is over");
    let fingerprint = lapsed.0.fingerprint;
    withdraw_and_lapse::accept_lapse::<T>(lapsed, number);
    (number, fingerprint)
}

/// Lets the company propose a content, and the bank accept it. Returns the number, and where the first step
/// begins.
pub fn put_up_and_accept<T: Config>(setup: &Setup, content: Content) -> (u32, u32) {
    let (number, proposal) = put_up::<T>(setup, content);
    let (bank, id) = (setup.agreement.bank, setup.agreement_id);
    let answer = answer::check_answer::<T>(bank, id, number, &proposal.fingerprint, true)
        .expect("the bank's answer is awaited");
    answer::accept_answer::<T>(answer, id, number);
    let next = progress::<T>(setup, number).expect("it is accepted");
    (number, next)
}

/// Where the next step of an accepted proposal begins.
pub fn progress<T: Config>(setup: &Setup, number: u32) -> Option<u32> {
    match Proposals::<T>::get(setup.agreement_id, number)?.standing {
        Standing::Accepted { progress, .. } => Some(progress.next),
        _ => None,
    }
}
