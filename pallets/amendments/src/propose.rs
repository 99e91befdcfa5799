//! Checks a proposal, and puts it up.

use crate::{
    named_trades::{self, NamedTrades},
    pricing::{self, Prices},
    types::{Checked, Pages, ProposalSize, Proposer, Request},
    weighing, Config, Contents, Error, Event, LastNumber, Pallet, Proposals, Waiting,
};
use counterfoil_primitives::{
    amendment::{
        fingerprint::{Proposed, TradesDigest},
        Answers, Content, Correction, MissingPayment, Proposal, Selection, Span, Standing,
        MAX_CORRECTIONS, MAX_PAGES, MAX_SPANS, MAX_SUPPLEMENTS,
    },
    day::DAY,
    ports::BookAmendments,
    AgreementView, BusinessDay, DayTotals, Kind, Moment,
};
use frame_support::{ensure, weights::Weight};
use sp_core::{bounded::BoundedVec, ConstU32, H256};

/// What a content names, as it is stored, and what that comes to.
struct Found {
    content: Content,
    named: Pages,
    totals: DayTotals,
    trades: H256,
    size: ProposalSize,
}

/// Checks what is proposed.
pub(crate) fn check_propose<T: Config>(
    proposer: &Proposer,
    request: Request,
) -> Result<Checked, Error<T>> {
    let Request {
        ground,
        evidence,
        content,
        stated,
    } = request;
    ensure!(pages_read(&content) <= MAX_PAGES, Error::<T>::TooManyPages);
    ensure!(content.is_valid(), Error::<T>::InvalidContent);
    let prices = Prices::today::<T>(proposer)?;
    let now = prices.now;
    let found = find::<T>(proposer, prices, content)?;
    ensure!(found.totals == stated, Error::<T>::OtherTotals);
    let proposed = Proposed {
        agreement: proposer.agreement_id,
        proposer: proposer.member,
        ground,
        evidence,
        content: &found.content,
        stated: &stated,
        trades: found.trades,
    };
    let proposal = Proposal {
        agreement: proposer.agreement_id,
        proposer: proposer.member,
        ground,
        evidence,
        fingerprint: proposed.fingerprint(),
        stated,
        proposed_at: now,
        answer_until: answer_until(&proposer.agreement, now),
        answers: Answers::of_proposer(&proposer.agreement, proposer.member),
        standing: Standing::Open,
    };
    Ok(Checked {
        proposal,
        content: found.content,
        named: found.named,
        size: found.size,
    })
}

/// On how many pages a content names trades, if it is in order.
pub(crate) fn pages_read(content: &Content) -> u32 {
    match content {
        Content::Cancel { selection, .. } => selection.pages_read(),
        Content::Replace { .. } | Content::Supplement { .. } => {
            let selection = content.selection();
            selection.map_or(0, |selection| selection.pages_read())
        }
    }
}

fn answer_until(agreement: &AgreementView, now: Moment) -> Moment {
    now.saturating_add(Moment::from(agreement.answer_days).saturating_mul(DAY))
}

/// What a valid content names.
fn find<T: Config>(
    proposer: &Proposer,
    prices: Prices<'_>,
    content: Content,
) -> Result<Found, Error<T>> {
    match content {
        Content::Cancel { day, selection } => cancel::<T>(proposer, &prices, day, &selection),
        Content::Replace { day, corrections } => replace::<T>(proposer, prices, day, corrections),
        Content::Supplement { payments } => supplement::<T>(proposer, prices, payments),
    }
}

fn cancel<T: Config>(
    proposer: &Proposer,
    prices: &Prices<'_>,
    day: BusinessDay,
    selection: &Selection,
) -> Result<Found, Error<T>> {
    let day = prices.amendable::<T>(day)?;
    let mut named = named_trades::find::<T>(proposer, day, selection, None)?;
    let spans: BoundedVec<Span, ConstU32<MAX_SPANS>> = core::mem::take(&mut named.spans)
        .try_into()
        .map_err(|_| Error::<T>::TooScattered)?;
    let selection = Selection::Positions(spans);
    Ok(Found::of_trades(
        Content::Cancel { day, selection },
        named,
        0,
    ))
}

fn replace<T: Config>(
    proposer: &Proposer,
    mut prices: Prices<'_>,
    day: BusinessDay,
    corrections: BoundedVec<Correction, ConstU32<MAX_CORRECTIONS>>,
) -> Result<Found, Error<T>> {
    let day = prices.amendable::<T>(day)?;
    for right in &corrections {
        prices.price::<T>(right.product, right.gross, right.occurred_at)?;
    }
    let count = corrections.len() as u32;
    let content = Content::Replace { day, corrections };
    let selection = content.selection().ok_or(Error::<T>::InvalidContent)?;
    let named = named_trades::find::<T>(proposer, day, &selection, Some(Kind::Payment))?;
    Ok(Found::of_trades(content, named, count))
}

fn supplement<T: Config>(
    proposer: &Proposer,
    mut prices: Prices<'_>,
    payments: BoundedVec<MissingPayment, ConstU32<MAX_SUPPLEMENTS>>,
) -> Result<Found, Error<T>> {
    let mut totals = DayTotals::default();
    for missing in &payments {
        let is_own = proposer.is_party() || missing.client == proposer.member;
        ensure!(is_own, Error::<T>::AnotherClients);
        ensure!(
            proposer.agreement.admits(missing.client),
            Error::<T>::NotAdmitted
        );
        let (occurred, amounts) =
            prices.price::<T>(missing.product, missing.gross, missing.occurred_at)?;
        prices.ensure_amendable::<T>(occurred)?;
        pricing::count(&mut totals.payments, missing.gross, amounts);
    }
    let size = ProposalSize {
        missing: payments.len() as u32,
        ..Default::default()
    };
    Ok(Found {
        content: Content::Supplement { payments },
        named: Pages::new(),
        totals,
        trades: TradesDigest::default().finish(),
        size,
    })
}

impl Found {
    fn of_trades(content: Content, named: NamedTrades, corrections: u32) -> Self {
        let size = ProposalSize {
            pages: named.pages,
            corrections,
            missing: 0,
            looked_up: named.looked_up,
        };
        Self {
            content,
            named: named.positions,
            totals: named.totals,
            trades: named.digest.finish(),
            size,
        }
    }
}

/// Puts the proposal up, unless one of its payments is proposed or supplemented already. Returns what it
/// weighs.
pub(crate) fn accept_propose<T: Config>(checked: Checked) -> Result<Weight, Error<T>> {
    let Checked {
        proposal,
        content,
        named,
        size,
    } = checked;
    let agreement = proposal.agreement;
    match &content {
        Content::Supplement { payments } => {
            T::Trades::note_missing(agreement, payments).map_err(|_| Error::<T>::AlreadyProposed)?
        }
        Content::Cancel { day, .. } | Content::Replace { day, .. } => {
            named_trades::hold::<T>(agreement, *day, &named);
        }
    }
    let number = LastNumber::<T>::get(agreement).saturating_add(1);
    LastNumber::<T>::insert(agreement, number);
    Waiting::<T>::mutate(agreement, |waiting| {
        // There is room: see `who_may_propose::has_room`.
        let _ = waiting.try_push(number);
    });
    Proposals::<T>::insert(agreement, number, proposal);
    Contents::<T>::insert(agreement, number, content);
    Pallet::<T>::deposit_event(Event::Proposed {
        agreement,
        number,
        proposer: proposal.proposer,
        ground: proposal.ground,
        fingerprint: proposal.fingerprint,
        trades: proposal.stated.count(),
        answer_until: proposal.answer_until,
    });
    Ok(weighing::proposed::<T>(size))
}
