//! What members do on the chain, and what it holds.

use super::*;
use crate::{Error, Event, Proposals, MAX_STEP_TRADES};
use counterfoil_primitives::{
    amendment::{Content, FallenOut, Ground, Proposal, Standing},
    found_trade::Found,
    ports::{BookAmendments, Directory},
    Amount, BusinessDay, DayTotals, KindTotals, MemberId, Original, ProductId, Reference,
    RefundRequest, Sequence, SignedAmount, Trade, TradeRequest, UserId,
};
use counterfoil_support::testing::account;
use frame_support::{dispatch::DispatchResultWithPostInfo, BoundedVec};
use pallet_registry::Limits;
use sp_core::H256;
use sp_runtime::DispatchResult;

/// The member's operator account as a signed origin.
pub fn signed(member: MemberId) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(name(member)))
}

/// A payment with the amounts that the terms of its day give.
pub fn payment(
    sequence: Sequence,
    product: ProductId,
    gross: Amount,
    occurred_at: Moment,
) -> TradeRequest {
    let agreement = Registry::agreement(AGREEMENT).unwrap();
    let day = agreement.day_of(occurred_at).unwrap();
    let (_, terms) = Registry::terms_on(AGREEMENT, product, day).unwrap();
    let amounts = terms.amounts(gross);
    TradeRequest {
        sequence,
        reference: Reference(u128::from(sequence).to_be_bytes()),
        user: UserId::from_text("user").unwrap(),
        product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    }
}

/// Records payments of [`GROSS`] under [`PRODUCT`], at ten on the first day, under these sequences.
pub fn record(client: MemberId, sequences: impl IntoIterator<Item = Sequence>) {
    let payments: Vec<_> = sequences
        .into_iter()
        .map(|sequence| payment(sequence, PRODUCT, GROSS, at(0, 10, 0)))
        .collect();
    for batch in payments.chunks(1_000) {
        record_all(client, batch.to_vec()).unwrap();
    }
}

/// Records payments.
pub fn record_all(client: MemberId, payments: Vec<TradeRequest>) -> DispatchResult {
    let batch = BoundedVec::truncate_from(payments);
    without_weight(Trades::record(signed(client), AGREEMENT, batch))
}

/// A refund of a part of the payment on a position of `day`, now.
pub fn refund_of(
    sequence: Sequence,
    day: BusinessDay,
    position: u32,
    gross: Amount,
) -> RefundRequest {
    let found = found(day, position);
    let payment = found.trade;
    let versions = Registry::terms(AGREEMENT, payment.product);
    let terms = versions[usize::from(payment.terms_version)];
    let amounts = terms.refund_amounts(found.paid, found.refunded, gross);
    RefundRequest {
        sequence,
        reference: Reference(u128::from(sequence).to_be_bytes()),
        user: payment.user,
        product: payment.product,
        original: Original {
            id: payment.id,
            day,
            position,
        },
        refunded_before: found.refunded,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: pallet_timestamp::Now::<Test>::get(),
    }
}

/// Refunds a part of the payment on a position of `day`, now.
pub fn refund(
    client: MemberId,
    sequence: Sequence,
    day: BusinessDay,
    position: u32,
    gross: Amount,
) -> DispatchResult {
    let refunds = vec![refund_of(sequence, day, position, gross)];
    let refunds = BoundedVec::truncate_from(refunds);
    without_weight(Trades::refund(signed(client), AGREEMENT, refunds))
}

/// What is on a position of a day.
pub fn found(day: BusinessDay, position: u32) -> Found {
    <Trades as BookAmendments>::found(AGREEMENT, day, position).expect("a trade is there")
}

/// What became of a call, without what it weighed.
pub fn without_weight(result: DispatchResultWithPostInfo) -> DispatchResult {
    result.map(|_| ()).map_err(|error| error.error)
}

/// Proposes a content with what it comes to.
pub fn propose(member: MemberId, content: Content) -> DispatchResult {
    let totals = stated(&content);
    propose_as(member, content, totals)
}

/// Proposes a content that is said to come to these totals.
pub fn propose_as(member: MemberId, content: Content, totals: DayTotals) -> DispatchResult {
    without_weight(Amendments::propose(
        signed(member),
        AGREEMENT,
        Ground::WrongFile,
        H256::repeat_byte(7),
        content,
        totals,
    ))
}

/// Proposes a content. Returns the proposal's number.
pub fn put_up(member: MemberId, content: Content) -> u32 {
    propose(member, content).expect("it can be proposed");
    Amendments::last_amendment(AGREEMENT)
}

/// The proposal of this number.
pub fn proposal(number: u32) -> Proposal {
    Proposals::<Test>::get(AGREEMENT, number).expect("it is there")
}

/// What names the content of a proposal; zero where there is no such proposal.
fn fingerprint_of(number: u32) -> H256 {
    Proposals::<Test>::get(AGREEMENT, number)
        .map(|proposal| proposal.fingerprint)
        .unwrap_or_default()
}

/// Answers a proposal by its own fingerprint.
pub fn answer(member: MemberId, number: u32, accept: bool) -> DispatchResult {
    let fingerprint = fingerprint_of(number);
    let origin = signed(member);
    without_weight(Amendments::answer(
        origin,
        AGREEMENT,
        number,
        fingerprint,
        accept,
    ))
}

/// Lets bank and company accept a proposal, as far as their answers are awaited.
pub fn accept(number: u32) {
    for party in [BANK, COMPANY] {
        let agreement = Registry::agreement(AGREEMENT).unwrap();
        if proposal(number)
            .answers
            .awaited_of(&agreement, party)
            .is_some()
        {
            answer(party, number, true).expect("the answer is awaited");
        }
    }
}

/// Where the next step of an accepted proposal begins.
pub fn next_step(number: u32) -> Option<u32> {
    match Proposals::<Test>::get(AGREEMENT, number)?.standing {
        Standing::Accepted { progress, .. } => Some(progress.next),
        _ => None,
    }
}

/// Books a step, and checks the state after it.
pub fn book(number: u32, from: u32) -> DispatchResult {
    let booked = Amendments::book(signed(STRANGER), AGREEMENT, number, from);
    check_state();
    without_weight(booked)
}

/// Books all of an accepted proposal. Returns how many steps that took.
pub fn book_all(number: u32) -> u32 {
    let mut steps = 0;
    while let Some(from) = next_step(number) {
        book(number, from).expect("the step can be booked");
        steps += 1;
    }
    steps
}

/// Proposes a content by the company, lets it be accepted, and books it. Returns the number.
pub fn amend(content: Content) -> u32 {
    let number = put_up(COMPANY, content);
    accept(number);
    book_all(number);
    number
}

/// Records a payment more than a step cancels, and lets it be accepted that all are cancelled. Returns the
/// number.
pub fn accept_long() -> u32 {
    record(CLIENT, 0..u64::from(MAX_STEP_TRADES) + 1);
    let number = put_up(COMPANY, cancel(&[(0, MAX_STEP_TRADES)]));
    accept(number);
    number
}

/// Withdraws a proposal.
pub fn withdraw(member: MemberId, number: u32) -> DispatchResult {
    let fingerprint = fingerprint_of(number);
    without_weight(Amendments::withdraw(
        signed(member),
        AGREEMENT,
        number,
        fingerprint,
    ))
}

/// Writes a claim off.
pub fn write_off(member: MemberId, number: u32) -> DispatchResult {
    let fingerprint = fingerprint_of(number);
    Amendments::write_off(signed(member), AGREEMENT, number, fingerprint)
}

/// Lets a proposal lapse.
pub fn lapse(number: u32) -> DispatchResult {
    without_weight(Amendments::lapse(signed(STRANGER), AGREEMENT, number))
}

/// Lets the agreement end, from the day `FIRST + from` on.
pub fn end_from(from: u32) {
    Registry::end_agreement(RuntimeOrigin::root(), AGREEMENT, day(from)).expect("it can end");
}

/// Lets the agreement end after its first day, and close from the day `FIRST + from` on.
pub fn close_from(from: u32) {
    let limits = Limits {
        refund_days: 0,
        amend_days: from as u16 - 1,
        ..Limits::from(&agreement())
    };
    Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, limits).expect("they are valid");
    end_from(1);
}

/// The trades of a day, by position.
pub fn stored(day: BusinessDay) -> Vec<Trade> {
    (0..MaxPagesPerDay::get())
        .flat_map(|page| pallet_trades::Pages::<Test>::get((AGREEMENT, day, page)))
        .collect()
}

/// What a day comes to: payments less refunds, of gross, debit and credit.
pub fn net(day: BusinessDay) -> [SignedAmount; 3] {
    let totals = pallet_trades::Days::<Test>::get(AGREEMENT, day);
    let sums = |kind: &KindTotals| [kind.gross, kind.debit, kind.credit];
    let (payments, refunds) = (sums(&totals.payments), sums(&totals.refunds));
    core::array::from_fn(|index| payments[index] as i128 - refunds[index] as i128)
}

/// The pallet's events since the last call.
pub fn events() -> Vec<Event<Test>> {
    let events = System::read_events_for_pallet::<Event<Test>>();
    System::reset_events();
    events
}

/// What fell out since the last call, by position or index, with the reasons.
pub fn fallen_out() -> Vec<(u32, FallenOut)> {
    let reason = |event: Event<Test>| match event {
        Event::<Test>::FellOut { index, reason, .. } => Some((index, reason)),
        _ => None,
    };
    events().into_iter().filter_map(reason).collect()
}

/// The error of a call, as it is compared.
pub fn error(error: Error<Test>) -> DispatchResult {
    Err(error.into())
}
