//! What members send to the chain. On a fork it is sent again as it was signed.

use super::{
    drawn::{Products, Stated},
    places::{Paid, Place},
};
use crate::mock::*;
use counterfoil_primitives::{
    amendment::{Content, Correction, MissingPayment},
    DayTotals, Moment, ProductId, Reference, RefundRequest, Sequence, Trade, TradeRequest, UserId,
};
use frame_support::BoundedVec;
use sp_core::H256;
use sp_runtime::DispatchResult;
use std::collections::BTreeSet;

/// What a proposal names.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    Cancel(usize, BTreeSet<usize>),
    Replace(Place, Stated),
    Supplement(Sequence, Stated),
}

/// A proposal, with the trades on the places that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    pub named: Named,
    pub trades: Vec<Trade>,
}

#[derive(Clone, Debug)]
pub enum Sent {
    Pay(Sequence, Stated),
    GiveBack(RefundRequest),
    Propose(Named, DayTotals),
    Answer {
        number: u32,
        meant: Proposed,
        fingerprint: H256,
        accepts: bool,
    },
    Withdraw(u32),
    WriteOff(u32),
}

/// The number of a product that was drawn; those of the genesis are lower.
pub const fn product(index: usize) -> ProductId {
    11 + index as ProductId
}

fn ten(day: usize) -> Moment {
    at(day as u32, 10, 0)
}

pub fn user() -> UserId {
    UserId::from_text("user").unwrap()
}

pub fn reference(sequence: Sequence) -> Reference {
    Reference(u128::from(sequence).to_be_bytes())
}

impl Named {
    pub fn places(&self) -> BTreeSet<Place> {
        match self {
            Self::Cancel(day, positions) => {
                let place = |position: &usize| (*day, *position);
                positions.iter().map(place).collect()
            }
            Self::Replace(place, _) => BTreeSet::from([*place]),
            Self::Supplement(..) => BTreeSet::new(),
        }
    }

    fn content(&self) -> Content {
        match self {
            Self::Cancel(of, positions) => cancel_on(day(*of as u32), &spans(positions)),
            Self::Replace((of, position), stated) => {
                let right = Correction {
                    product: product(stated.product),
                    occurred_at: ten(stated.day),
                    ..right(*position as u32, stated.gross as u128)
                };
                Content::Replace {
                    day: day(*of as u32),
                    corrections: BoundedVec::truncate_from(vec![right]),
                }
            }
            Self::Supplement(sequence, stated) => supplement(vec![MissingPayment {
                product: product(stated.product),
                occurred_at: ten(stated.day),
                ..missing(*sequence, stated.gross as u128)
            }]),
        }
    }
}

impl Sent {
    /// Sends it to the chain.
    pub fn send(&self, products: &Products) -> DispatchResult {
        match self {
            Self::Pay(sequence, stated) => {
                record_all(CLIENT, vec![request(products, *sequence, *stated)])
            }
            Self::GiveBack(refund) => {
                let refunds = BoundedVec::truncate_from(vec![*refund]);
                without_weight(Trades::refund(signed(CLIENT), AGREEMENT, refunds))
            }
            Self::Propose(named, stated) => propose_as(COMPANY, named.content(), *stated),
            Self::Answer {
                number,
                fingerprint,
                accepts,
                ..
            } => without_weight(Amendments::answer(
                signed(BANK),
                AGREEMENT,
                *number,
                *fingerprint,
                *accepts,
            )),
            Self::Withdraw(number) => withdraw(COMPANY, *number),
            Self::WriteOff(number) => write_off(COMPANY, *number),
        }
    }
}

/// A payment with the amounts of the model.
fn request(products: &Products, sequence: Sequence, stated: Stated) -> TradeRequest {
    let amounts = Paid::new(products, stated).net();
    let [gross, debit, credit] = amounts.map(|amount| amount as u128);
    TradeRequest {
        sequence,
        reference: reference(sequence),
        user: user(),
        product: product(stated.product),
        gross,
        debit,
        credit,
        occurred_at: ten(stated.day),
    }
}

/// Spans of these positions that do not touch each other.
fn spans(positions: &BTreeSet<usize>) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for position in positions.iter().map(|position| *position as u32) {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == position => *last = position,
            _ => spans.push((position, position)),
        }
    }
    spans
}
