//! Takes the trades of a call one by one.
//!
//! All that the trades of a call have in common is read once: the agreement, the window's chunks,
//! each product's terms, each day. All that they change is written once, at the end.

use crate::{
    max_gross::{max_gross, max_trades},
    pages,
    single_weight::{self, Touched},
    weighing::{refused, BatchSize},
    Config, Days, Error, Event, Pallet, Refusal, Seals, WindowChunks, Windows,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::marker::PhantomData;
use counterfoil_primitives::{
    booking,
    ports::Directory,
    tree,
    window::{chunk_of, Chunk, ChunkSource, Window},
    written::date,
    AgreementId, AgreementView, BusinessDay, DayTotals, MemberId, Moment, ProductId, Sequence,
    Terms, Trade, TradeRequest,
};
use counterfoil_support::KeepSpent;
use frame_support::{
    dispatch::DispatchErrorWithPostInfo,
    ensure,
    traits::{Get, Time},
    weights::Weight,
};

/// Records the trades that `client` sends.
///
/// A trade that comes alone and is refused fails the call by the refusal's name: what a person sends
/// is then shown as failed. A batch reports each refused trade by an event instead, since the error
/// of a call has room for one reason, and a failed call keeps no events.
pub(crate) fn record<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    trades: &[TradeRequest],
) -> Result<Outcome, DispatchErrorWithPostInfo> {
    ensure!(!trades.is_empty(), refused::<T, _>(Error::<T>::NoTrades));
    let agreement = admitting::<T>(client, agreement_id).map_err(refused::<T, _>)?;
    let mut batch = Batch::<T>::new(client, agreement_id, &agreement);
    let mut refusals = 0;
    let mut may_pass = false;
    let mut alone = None;
    for trade in trades {
        if let Err(reason) = batch.take(trade) {
            refusals += 1;
            may_pass |= reason.may_pass();
            Pallet::<T>::deposit_event(Event::TradeRefused {
                agreement: agreement_id,
                client,
                sequence: trade.sequence,
                reference: trade.reference,
                reason,
            });
            if trades.len() == 1 {
                alone = Some(reason);
            }
        }
    }
    if may_pass {
        // Whoever saw the batch could send it again when the trade can pass.
        T::Envelope::keep_spent();
    }
    let touched = batch.touched_by_one(trades);
    let size = BatchSize {
        kept: (trades.len() as u32).saturating_sub(refusals),
        refused: refusals,
        lookups: batch.terms.len() as u32,
        chunks: batch.window.loaded(),
        days: batch.days.len() as u32,
        full_pages: batch.store(),
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
            Some(touched) => single_weight::weight::<T>(touched, self.size.full_pages),
            None => self.size.weight::<T>(),
        }
    }
}

impl<T> From<Refusal> for Error<T> {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SequenceUsed => Self::SequenceUsed,
            Refusal::SequenceBelowWindow => Self::SequenceBelowWindow,
            Refusal::SequenceAboveWindow => Self::SequenceAboveWindow,
            Refusal::ZeroGross => Self::ZeroGross,
            Refusal::InFuture => Self::InFuture,
            Refusal::BeforeFirstDay => Self::BeforeFirstDay,
            Refusal::TooLate => Self::TooLate,
            Refusal::UnknownProduct => Self::UnknownProduct,
            Refusal::WrongDebit => Self::WrongDebit,
            Refusal::WrongCredit => Self::WrongCredit,
            Refusal::DayFull => Self::DayFull,
            Refusal::GrossTooLarge => Self::GrossTooLarge,
            Refusal::AgreementEnded => Self::AgreementEnded,
        }
    }
}

/// An agreement that admits `client`.
pub(crate) fn admitting<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
) -> Result<AgreementView, Error<T>> {
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(agreement.admits(client), Error::<T>::NotAdmitted);
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
            days: BTreeMap::new(),
        }
    }

    /// Takes one trade and returns its day, or leaves everything as it was.
    pub(crate) fn take(&mut self, trade: &TradeRequest) -> Result<BusinessDay, Refusal> {
        self.check_sequence(trade.sequence)?;
        ensure!(trade.gross > 0, Refusal::ZeroGross);
        ensure!(trade.gross <= max_gross::<T>(), Refusal::GrossTooLarge);
        let latest = self.now.saturating_add(T::ClockTolerance::get());
        ensure!(trade.occurred_at <= latest, Refusal::InFuture);
        let booking = booking::book(self.agreement, trade.occurred_at, self.now)?;
        let version = self.check_amounts(trade, booking.occurred)?;
        let trade = trade.into_trade(self.client, version);
        self.day(booking.booked).add(trade)?;
        self.window.mark(trade.id.sequence);
        Ok(booking.booked)
    }

    fn check_sequence(&mut self, sequence: Sequence) -> Result<(), Refusal> {
        match Refusal::of_status(self.window.status(sequence)) {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }

    /// Compares the amounts with those by the terms of `day`. Returns the terms' version.
    fn check_amounts(&mut self, trade: &TradeRequest, day: BusinessDay) -> Result<u16, Refusal> {
        let (version, terms) = self
            .terms
            .entry((trade.product, day))
            .or_insert_with(|| T::Directory::terms_on(self.agreement_id, trade.product, day))
            .ok_or(Refusal::UnknownProduct)?;
        let right = terms.amounts(trade.gross);
        ensure!(trade.debit == right.debit, Refusal::WrongDebit);
        ensure!(trade.credit == right.credit, Refusal::WrongCredit);
        Ok(version)
    }

    fn day(&mut self, day: BusinessDay) -> &mut DayInCall {
        let agreement_id = self.agreement_id;
        self.days
            .entry(day)
            .or_insert_with(|| DayInCall::load::<T>(agreement_id, day))
    }

    /// What the call touches, where it carries one trade, which was taken.
    fn touched_by_one(&self, trades: &[TradeRequest]) -> Option<Touched> {
        let [trade] = trades else { return None };
        let (product, occurred) = *self.terms.keys().next()?;
        let (booked, day) = self.days.iter().next()?;
        Some(Touched {
            client: self.client,
            chunk: chunk_of(trade.sequence),
            agreement: self.agreement_id,
            product,
            occurred,
            booked: *booked,
            page: tree::locate(day.before.count).0,
        })
    }

    /// Writes what the call changed, and reports it to the parties. Returns how many pages got full.
    pub(crate) fn store(self) -> u32 {
        let mut full_pages: u32 = 0;
        for (day, added) in self.days {
            let full = added.store::<T>(self.agreement_id, day, self.agreement);
            full_pages = full_pages.saturating_add(full);
        }
        let mut changed = false;
        for (slot, chunk) in self.window.changed() {
            changed = true;
            WindowChunks::<T>::insert(self.client, slot, chunk);
        }
        if let (true, Some(highest)) = (changed, self.window.highest()) {
            Windows::<T>::insert(self.client, highest);
        }
        full_pages
    }
}

/// What a call adds to a day.
struct DayInCall {
    before: DayTotals,
    after: DayTotals,
    capacity: u32,
    trades: Vec<Trade>,
}

impl DayInCall {
    fn load<T: Config>(agreement: AgreementId, day: BusinessDay) -> Self {
        let before = Days::<T>::get(agreement, day);
        // A sealed day never grows, whatever the clock says.
        let capacity = if Seals::<T>::contains_key(agreement, day) {
            before.count
        } else {
            max_trades::<T>()
        };
        Self {
            before,
            after: before,
            capacity,
            trades: Vec::new(),
        }
    }

    fn add(&mut self, trade: Trade) -> Result<(), Refusal> {
        ensure!(self.after.count < self.capacity, Refusal::DayFull);
        self.after = DayTotals {
            count: self.after.count + 1,
            // No sum overflows: see `max_gross`. Neither amount exceeds gross.
            gross: self.after.gross.saturating_add(trade.gross),
            debit: self.after.debit.saturating_add(trade.debit),
            credit: self.after.credit.saturating_add(trade.credit),
        };
        self.trades.push(trade);
        Ok(())
    }

    fn store<T: Config>(
        self,
        agreement_id: AgreementId,
        day: BusinessDay,
        agreement: &AgreementView,
    ) -> u32 {
        if self.trades.is_empty() {
            return 0;
        }
        let first = self.before.count;
        let count = self.after.count.saturating_sub(first);
        let full_pages = pages::append::<T>(agreement_id, day, first, &self.trades);
        Days::<T>::insert(agreement_id, day, self.after);
        let date = date::words(day);
        Pallet::<T>::deposit_event(Event::DebitEntriesIssued {
            company: agreement.company,
            agreement: agreement_id,
            day,
            date: date.clone(),
            first,
            count,
            total: self.after.debit.saturating_sub(self.before.debit),
        });
        Pallet::<T>::deposit_event(Event::CreditEntriesIssued {
            bank: agreement.bank,
            agreement: agreement_id,
            day,
            date,
            first,
            count,
            total: self.after.credit.saturating_sub(self.before.credit),
        });
        full_pages
    }
}
