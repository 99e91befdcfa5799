//! Takes the payments or refunds of a call one by one.
//!
//! All that they have in common is read once: the agreement, the window's chunks, each product's terms,
//! each day, each payment that is given back. All that they change is written once, at the end.

use crate::{
    client_credits::{self, Counted},
    day_in_call::DayInCall,
    max_gross::max_gross,
    refund::{self, Originals, Payment},
    request::Request,
    single_weight::{self, Touched},
    supplement::Missing,
    weighing::{refused, BatchSize},
    Config, Error, Event, Pallet, Refusal, WindowChunks, Windows,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::marker::PhantomData;
use counterfoil_primitives::{
    booking_day,
    ports::Directory,
    tree,
    window::{chunk_of, Chunk, ChunkSource, Window},
    AgreementId, AgreementView, Amounts, BusinessDay, Kind, MemberId, Moment, Original, ProductId,
    RefundRequest, Sequence, Terms, Trade,
};
use counterfoil_support::KeepSpent;
use frame_support::{
    dispatch::DispatchErrorWithPostInfo,
    ensure,
    traits::{Get, Time},
    weights::Weight,
};

/// Records the payments or refunds that `client` sends.
///
/// A trade that comes alone and is refused fails the call by the refusal's name: what a person sends
/// is then shown as failed. A batch reports each refused trade by an event instead, since the error
/// of a call has room for one reason, and a failed call keeps no events.
pub(crate) fn record<T: Config, R: Request>(
    client: MemberId,
    agreement_id: AgreementId,
    requests: &[R],
) -> Result<Outcome, DispatchErrorWithPostInfo> {
    ensure!(!requests.is_empty(), refused::<T, _>(Error::<T>::NoTrades));
    let agreement = admitting::<T>(client, agreement_id).map_err(refused::<T, _>)?;
    let mut batch = Batch::<T>::new(client, agreement_id, &agreement);
    let mut refusals = 0;
    let mut may_pass = false;
    let mut alone = None;
    for request in requests {
        if let Err(reason) = batch.take(request) {
            refusals += 1;
            may_pass |= reason.may_pass();
            Pallet::<T>::deposit_event(Event::TradeRefused {
                agreement: agreement_id,
                client,
                sequence: request.sequence(),
                reference: request.reference(),
                reason,
            });
            if requests.len() == 1 {
                alone = Some(reason);
            }
        }
    }
    if may_pass {
        // Whoever saw the batch could send it again when the trade can pass.
        T::Envelope::keep_spent();
    }
    let touched = batch.touched_by_one(requests);
    let size = batch.size(R::KIND, requests.len() as u32, refusals);
    let Stored {
        full_pages,
        credits,
    } = batch.store();
    let size = BatchSize {
        full_pages,
        credits,
        ..size
    };
    match alone {
        None => Ok(Outcome { size, touched }),
        Some(reason) => Err(DispatchErrorWithPostInfo {
            post_info: Some(size.weight::<T>()).into(),
            error: Error::<T>::from(reason).into(),
        }),
    }
}

/// What became of a call's trades.
pub(crate) struct Outcome {
    /// What they came to.
    pub size: BatchSize,
    /// What the call touched, where it carried one trade.
    touched: Option<Touched>,
}

impl Outcome {
    /// What the call cost.
    pub(crate) fn weight<T: Config>(self) -> Weight {
        match self.touched {
            Some(touched) => single_weight::weight::<T>(touched, &self.size),
            None => self.size.weight::<T>(),
        }
    }
}

/// What storing a call's trades came to.
pub(crate) struct Stored {
    /// How many pages got full.
    pub full_pages: u32,
    /// What was counted of what the client caused.
    pub credits: Counted,
}

/// An agreement that admits `client`, which is not suspended.
pub(crate) fn admitting<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
) -> Result<AgreementView, Error<T>> {
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(agreement.admits(client), Error::<T>::NotAdmitted);
    ensure!(!agreement.is_suspended(client), Error::<T>::ClientSuspended);
    Ok(agreement)
}

/// A client's window with its chunks in storage.
pub(crate) struct StoredChunks<T>(MemberId, PhantomData<T>);

impl<T: Config> ChunkSource for StoredChunks<T> {
    fn load(&self, slot: u8) -> Option<Chunk> {
        WindowChunks::<T>::get(self.0, slot)
    }
}

/// The window of a client.
pub(crate) fn window_of<T: Config>(client: MemberId) -> Window<StoredChunks<T>> {
    Window::new(Windows::<T>::get(client), StoredChunks(client, PhantomData))
}

/// A call's trades under way.
pub(crate) struct Batch<'a, T: Config> {
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &'a AgreementView,
    now: Moment,
    window: Window<StoredChunks<T>>,
    terms: BTreeMap<(ProductId, BusinessDay), Option<(u16, Terms)>>,
    originals: Originals,
    missing: Missing,
    days: BTreeMap<BusinessDay, DayInCall>,
}

impl<'a, T: Config> Batch<'a, T> {
    /// No trades yet.
    pub(crate) fn new(
        client: MemberId,
        agreement_id: AgreementId,
        agreement: &'a AgreementView,
    ) -> Self {
        Self {
            client,
            agreement_id,
            agreement,
            now: T::UnixTime::now(),
            window: window_of::<T>(client),
            terms: BTreeMap::new(),
            originals: Originals::default(),
            missing: Missing::of::<T>(agreement_id, agreement, client),
            days: BTreeMap::new(),
        }
    }

    /// Takes one payment or refund and returns its day, or leaves everything as it was.
    pub(crate) fn take<R: Request>(&mut self, request: &R) -> Result<BusinessDay, Refusal> {
        let mut trade = request.trade(self.client, 0);
        self.check_sequence(trade.id.sequence)?;
        ensure!(trade.gross > 0, Refusal::ZeroGross);
        ensure!(trade.gross <= max_gross::<T>(), Refusal::GrossTooLarge);
        let agreed = self.agreement.max_gross;
        ensure!(
            agreed.is_none_or(|max| trade.gross <= max),
            Refusal::AboveAgreement
        );
        let latest = self.now.saturating_add(T::ClockTolerance::get());
        ensure!(trade.occurred_at <= latest, Refusal::InFuture);
        let booking = booking_day::book(self.agreement, R::KIND, trade.occurred_at, self.now)?;
        let refund = request.refund();
        let refund = refund.map(|refund| self.price_refund(refund)).transpose()?;
        let (version, right) = match &refund {
            Some(refund) => (refund.terms_version, refund.right),
            None => {
                let (agreement, client) = (self.agreement_id, self.client);
                self.missing
                    .check::<T>(agreement, client, trade.reference)?;
                self.price(&trade, booking.occurred)?
            }
        };
        ensure!(trade.debit == right.debit, Refusal::WrongDebit);
        ensure!(trade.credit == right.credit, Refusal::WrongCredit);
        trade.terms_version = version;
        let position = self.day(booking.booked).add(trade)?;
        if let Some(refund) = refund {
            let link = refund.link;
            self.originals
                .give_back(booking.booked, position, link, trade.gross);
        } else {
            self.missing.found(trade.reference);
        }
        self.window.mark(trade.id.sequence);
        Ok(booking.booked)
    }

    fn check_sequence(&mut self, sequence: Sequence) -> Result<(), Refusal> {
        match Refusal::of_status(self.window.status(sequence)) {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }

    /// The version and the amounts that the terms of `day` give a payment.
    fn price(&mut self, trade: &Trade, day: BusinessDay) -> Result<(u16, Amounts), Refusal> {
        let (version, terms) = self
            .terms
            .entry((trade.product, day))
            .or_insert_with(|| T::Directory::terms_on(self.agreement_id, trade.product, day))
            .ok_or(Refusal::UnknownProduct)?;
        Ok((version, terms.amounts(trade.gross)))
    }

    /// The payment that a refund names.
    pub(crate) fn payment(&mut self, original: Original) -> Result<Payment, Refusal> {
        self.originals.payment::<T>(self.agreement_id, original)
    }

    fn price_refund(&mut self, request: &RefundRequest) -> Result<refund::Priced, Refusal> {
        let (client, agreement) = (self.client, self.agreement_id);
        self.originals
            .price::<T>(client, agreement, self.agreement, request)
    }

    fn day(&mut self, day: BusinessDay) -> &mut DayInCall {
        let agreement_id = self.agreement_id;
        self.days
            .entry(day)
            .or_insert_with(|| DayInCall::load::<T>(agreement_id, day))
    }

    /// How many payments were looked up among those that were proposed as never recorded; of refunds, how
    /// many other clients, among those that the client may succeed.
    pub(crate) fn looked_up(&self) -> u32 {
        let recorders = self.originals.looked_up();
        self.missing.looked_up().saturating_add(recorders)
    }

    /// What `count` trades come to, of which `refused` were refused. What is stored is not counted yet.
    fn size(&self, kind: Kind, count: u32, refused: u32) -> BatchSize {
        BatchSize {
            kind,
            kept: count.saturating_sub(refused),
            refused,
            lookups: self.terms.len() as u32,
            originals: self.originals.count(),
            looked_up: self.looked_up(),
            chunks: self.window.loaded(),
            days: self.days.len() as u32,
            full_pages: 0,
            credits: Counted::default(),
        }
    }

    /// What the call touches, where it carries one payment, which was taken.
    fn touched_by_one<R: Request>(&self, requests: &[R]) -> Option<Touched> {
        let ([request], Kind::Payment) = (requests, R::KIND) else {
            return None;
        };
        let (product, occurred) = *self.terms.keys().next()?;
        let (booked, day) = self.days.iter().next()?;
        Some(Touched {
            client: self.client,
            chunk: chunk_of(request.sequence()),
            agreement: self.agreement_id,
            product,
            occurred,
            booked: *booked,
            page: tree::locate(day.first()).0,
        })
    }

    /// Writes what the call changed, and reports it to the parties.
    pub(crate) fn store(self) -> Stored {
        let caused: Vec<_> = self
            .days
            .iter()
            .filter_map(|(day, added)| Some((*day, added.credits()?)))
            .collect();
        let mut full_pages: u32 = 0;
        for (day, added) in self.days {
            let full = added.store::<T>(self.agreement_id, day, self.agreement);
            full_pages = full_pages.saturating_add(full);
        }
        self.originals.store::<T>(self.agreement_id);
        self.missing.store::<T>(self.agreement_id, self.client);
        let mut changed = false;
        for (slot, chunk) in self.window.changed() {
            changed = true;
            WindowChunks::<T>::insert(self.client, slot, chunk);
        }
        if let (true, Some(highest)) = (changed, self.window.highest()) {
            Windows::<T>::insert(self.client, highest);
        }
        let (client, agreement) = (self.client, self.agreement);
        Stored {
            full_pages,
            credits: client_credits::count::<T>(client, self.agreement_id, agreement, caused),
        }
    }
}
