//! Who may fetch a book, and from when on: the check of a signed request.

use super::{require, Denial, Fetch};
use crate::rpc::{acts_for::acts_for, finalized_state::State};
use counterfoil_primitives::{
    book_exchange::{refusal, Question, Request, SignedRequest, MAX_LIFETIME, MAX_PAGES},
    operator::OperatorPair,
    AgreementView, Moment, SideId,
};
use sp_core::{offchain::OffchainStorage, Pair};

impl<C: State, S: OffchainStorage> Fetch<C, S> {
    /// Checks a request, but for whether the book has the pages: what asks nothing of the chain, then the
    /// signature, then what the chain says. The length of the question comes before all that reads it.
    /// The nonce is taken last: only a request that is good otherwise uses it up.
    pub(super) fn check(&self, signed: &SignedRequest, now: Moment) -> Result<(), Denial> {
        let request = &signed.request;
        let SideId {
            agreement,
            day,
            side,
        } = request.side_id;
        require_few_pages(&request.question)?;
        require(
            request.genesis == self.chain.genesis(),
            refusal::OTHER_CHAIN,
        )?;
        require(request.expires_at >= now, refusal::EXPIRED)?;
        require(
            request.expires_at <= now.saturating_add(MAX_LIFETIME),
            refusal::TOO_FAR_AHEAD,
        )?;
        self.nonces.ensure_fresh(request)?;
        let operator = self
            .chain
            .operator(request.requester)?
            .ok_or(refusal::NO_MEMBER)?;
        require(
            OperatorPair::verify(&signed.signature, request.signing_payload(), &operator),
            refusal::NOT_SIGNED,
        )?;
        let times = self.chain.due_times(agreement, day)?;
        let agreement = self
            .chain
            .agreement(agreement)?
            .ok_or("there is no such agreement")?;
        require(
            agreement.may_report(request.requester, day),
            "the requester has no part in this day of the agreement",
        )?;
        require(
            request.addressee == agreement.party(side),
            "the addressee is not the party of this side",
        )?;
        require(
            times.is_some_and(|times| times.preset <= now),
            refusal::NOT_YET,
        )?;
        require(
            acts_for(&self.chain, &self.keystore, request.addressee)?,
            refusal::ACTS_FOR_ANOTHER,
        )?;
        self.ensure_nothing_to_copy_for(&agreement, request)?;
        Ok(self.nonces.take(request, now)?)
    }

    /// Refuses the other party while it may still choose what it commits to: its book is to be its own.
    /// Whether it may, the finalised chain says by its own time.
    fn ensure_nothing_to_copy_for(
        &self,
        agreement: &AgreementView,
        request: &Request,
    ) -> Result<(), Denial> {
        let side_id = SideId {
            side: request.side_id.side.other(),
            ..request.side_id
        };
        if request.requester != agreement.party(side_id.side) {
            return Ok(());
        }
        let side = self.chain.side(side_id)?;
        require(
            !side.may_still_choose(),
            "the requester's own book of this day is awaited, or may still be replaced: it commits first, \
             and sees this one then, or once its side cannot be proven late any more",
        )
    }
}

/// A forged request may be as long as the server takes one: nothing hashes it before this.
fn require_few_pages(question: &Question) -> Result<(), Denial> {
    let pages = match question {
        Question::Roots => 0,
        Question::Slots(pages) | Question::Extras(pages) => pages.len(),
    };
    require(pages <= MAX_PAGES, "the question asks for too many pages")
}
