//! The ports by which the pallets see each other: each pallet asks for a port in its `Config`,
//! and the pallet that owns the data implements it.

use crate::{
    amendment::{Booked, Item, MissingPayment, NotBooked},
    commitment::Place,
    day_times::DueTimes,
    found_trade::Found,
    refund::RefundedPayment,
    settlement::{period_of, SettlementPeriod},
    summary::SideStatus,
    AgreementId, AgreementView, BusinessDay, Cause, Commitment, DayTotals, Entry, Link, MemberId,
    Moment, ProductId, Reference, Replacement, Round, Sequence, SideId, SignedAmount, Terms, Trade,
};
use alloc::vec::Vec;
use sp_core::{crypto::AccountId32, H256};

/// Members, agreements and terms: the registry.
pub trait Directory {
    /// The agreement.
    fn agreement(id: AgreementId) -> Option<AgreementView>;

    /// All agreements' ids.
    fn agreements() -> Vec<AgreementId>;

    /// The client that refunds what `client` recorded, beside it. A directory that keeps no
    /// successors has none.
    fn successor(_agreement: AgreementId, _client: MemberId) -> Option<MemberId> {
        None
    }

    /// Whether `client` may give back from what `recorder` recorded: being the same, or its successor.
    fn may_give_back(agreement: AgreementId, client: MemberId, recorder: MemberId) -> bool {
        client == recorder || Self::successor(agreement, recorder) == Some(client)
    }

    /// The last of the days that come due together with `day`: the day itself, unless a calendar of the
    /// agreement has the next day closed. A directory that keeps no calendars has no closed days.
    fn due_with(_agreement: AgreementId, day: BusinessDay) -> BusinessDay {
        day
    }

    /// When `day` comes due, by the agreement and its calendars.
    fn due_times(id: AgreementId, agreement: &AgreementView, day: BusinessDay) -> Option<DueTimes> {
        agreement.due_times(Self::due_with(id, day))
    }

    /// The days that one payment covers, `day` among them; `None` where the agreement does not include the
    /// day.
    fn settlement_period(
        id: AgreementId,
        agreement: &AgreementView,
        day: BusinessDay,
    ) -> Option<SettlementPeriod> {
        period_of(agreement, day, |day| Self::due_with(id, day))
    }

    /// The version of a product's terms in force on `day`, and the terms.
    fn terms_on(
        agreement: AgreementId,
        product: ProductId,
        day: BusinessDay,
    ) -> Option<(u16, Terms)>;

    /// All versions of a product's terms, oldest first.
    fn terms(agreement: AgreementId, product: ProductId) -> Vec<Terms>;

    /// A product's terms of `version`, as trades name it: the oldest is 0.
    fn terms_of_version(agreement: AgreementId, product: ProductId, version: u16) -> Option<Terms> {
        Self::terms(agreement, product)
            .get(usize::from(version))
            .copied()
    }

    /// The account that a member is paid to for `day`.
    fn account(member: MemberId, day: BusinessDay) -> Option<AccountId32>;

    /// The account that a member pays from for `day`: never one that the member named by itself, since that
    /// could be anybody's.
    fn paying_account(member: MemberId, day: BusinessDay) -> Option<AccountId32>;

    /// Where a member's node answers JSON-RPC.
    fn endpoint(member: MemberId) -> Option<Vec<u8>>;

    /// The member whose operator key's account is `account`.
    fn member_of(account: &AccountId32) -> Option<MemberId>;

    /// The member's operator key.
    fn operator(member: MemberId) -> Option<crate::OperatorId>;

    /// In an off-chain worker: whether this node's keystore holds the member's operator key.
    fn acts_for(member: MemberId) -> bool;

    /// In an off-chain worker: a signature over any payload by the member's operator key.
    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<crate::OperatorSignature>;
}

/// The assets in which companies pay, as far as agreements depend on them.
pub trait AssetDecimals {
    /// The decimal places that an asset's metadata states; `None` where there is no such asset.
    fn decimals(asset: u32) -> Option<u8>;
}

/// No assets.
impl AssetDecimals for () {
    fn decimals(_: u32) -> Option<u8> {
        None
    }
}

/// Posts that members have for the chain as a whole: a validator's, or a seat of the council.
pub trait Posts {
    /// Whether the member has a post; then it cannot leave.
    fn holds(member: MemberId) -> bool;

    /// Who was named for a post: each must be a member when the chain starts.
    fn named() -> Vec<MemberId> {
        Vec::new()
    }

    /// Told when the member has left: what is kept of it for a post goes, so that whoever has its number
    /// later takes nothing over.
    fn left(_member: MemberId) {}
}

/// No posts.
impl Posts for () {
    fn holds(_: MemberId) -> bool {
        false
    }
}

/// The trades of days: the chain's record.
pub trait DayTrades {
    /// The totals of a day; all zero where it has no trades.
    fn totals(agreement: AgreementId, day: BusinessDay) -> DayTotals;

    /// Whether the day is sealed.
    fn is_sealed(agreement: AgreementId, day: BusinessDay) -> bool;

    /// The trades of a page, in order.
    fn page(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade>;

    /// The trade on a position of a day.
    fn trade_at(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Trade>;

    /// The link of the trade on a position of a day to the payment from which its amounts follow; `None`
    /// where they follow from the trade itself.
    fn link(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Link>;

    /// The refunds of a page of a day, by position, each with the payment that it is of.
    fn refunded_payments(
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Vec<RefundedPayment>;

    /// The chain's own page roots of a side; whole once the day is sealed.
    fn page_roots(side_id: SideId) -> Vec<H256>;

    /// The commitment to a book that equals the chain; there once the day is sealed.
    fn chain_commitment(side_id: SideId) -> Option<Commitment>;

    /// What the roots of a side of a day are bound to.
    fn place(side_id: SideId) -> Place;

    /// Whether the window shows the sequence as used. `None`: it is below the window.
    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool>;
}

/// Books what amendments say: the trades.
pub trait BookAmendments {
    /// What is on a position of a day, with what counts of it for refunds of it.
    fn found(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Found>;

    /// The client for whom the trade on a position of a day was recorded: that of its id, or, where an
    /// amendment booked it, the client that it was booked for.
    fn client_of(
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
        trade: &Trade,
    ) -> MemberId;

    /// Where an amendment recorded a payment of `client` with this reference; `None` where none did.
    fn supplemented(
        agreement: AgreementId,
        client: MemberId,
        reference: Reference,
    ) -> Option<(BusinessDay, u32)>;

    /// Notes that these payments are proposed as never recorded. A client that records one of them before
    /// it is booked takes it out. Changes nothing where one of them is proposed or supplemented already,
    /// and returns which.
    fn note_missing(agreement: AgreementId, payments: &[MissingPayment]) -> Result<(), usize>;

    /// Forgets the payments that were proposed as never recorded and not booked.
    fn forget_missing(agreement: AgreementId, payments: &[MissingPayment]);

    /// Books items in their order on the day that the block's time lies in. Trades that take something
    /// back are of the time `at`. With no items it says whether any could be booked now.
    fn book(agreement: AgreementId, at: Moment, items: &[Item]) -> Result<Booked, NotBooked>;
}

/// The parties' commitments.
pub trait Commitments {
    /// What a party committed to in a round: the last of its commitments.
    fn commitment(side_id: SideId, round: Round) -> Option<Commitment>;

    /// How often the commitment of a round was replaced.
    fn replacements(side_id: SideId, round: Round) -> Replacement;
}

/// What the books need of the reconciliation.
pub trait SideView {
    /// The state of a side.
    fn side_status(side_id: SideId) -> SideStatus;

    /// The round whose commitment is awaited or stands.
    fn round(side_id: SideId) -> Round;

    /// Whether a commitment may still come: the side is not proven, its rounds are not used up, and its
    /// deadline has not passed, or, where it defaulted, it may be proven late.
    fn may_commit(side_id: SideId) -> Result<(), CommitRefused>;

    /// Whether the preset time of the side's day is to come: until then its party may replace what it
    /// committed to.
    fn is_before_preset(side_id: SideId) -> bool;

    /// Whether the side was marked defaulted; it stays so where it is proven late.
    fn has_defaulted(side_id: SideId) -> bool;

    /// Whether the side defaulted, and may still be proven late.
    fn may_be_proven_late(side_id: SideId) -> bool;

    /// The extras of a proven side, with their causes, in the order of the book.
    fn extra_breaks(side_id: SideId) -> Vec<(Entry, Cause)>;
}

/// Why no commitment of a side may come any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitRefused {
    /// Whole books of it were rejected as often as they may be.
    NoMoreRounds,
    /// It is proven; or its deadline has passed and it is not marked defaulted; or it defaulted, and the
    /// days for a late proof are over.
    TooLate,
}

/// How the worker that keeps a party's book confirms that it took the corrections: the call is the
/// reconciliation's.
pub trait ConfirmRepair {
    /// In an off-chain worker: submits a call of `party` that confirms the repair of a side's book.
    /// Returns whether the transaction pool took it.
    fn submit_confirm_repair(party: MemberId, side_id: SideId, commitment: Commitment) -> bool;
}

/// How the worker that reconciles a day seals one that nobody sealed: the call is the trades'.
pub trait SealDay {
    /// In an off-chain worker: submits a call of `member` that seals `day`. Returns whether the
    /// transaction pool took it.
    fn submit_seal(agreement: AgreementId, day: BusinessDay, member: MemberId) -> bool;
}

/// What is owed for days, and whether it was paid: the settlement.
pub trait Obligations {
    /// What the company owes the bank for the day; below zero, the bank owes the company. There once the
    /// day is reconciled.
    fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<SignedAmount>;

    /// Whether nothing is owed for the day's settlement period any more: it is reconciled whole, and paid
    /// or of zero. A payment outside the chain that comes back makes it owed again.
    fn is_settled(agreement: AgreementId, day: BusinessDay) -> bool;
}

/// What clients caused in a day: the trades.
pub trait ClientCredits {
    /// Whether the bank's amounts of a client's trades of the day went beyond the limits of the agreement.
    fn exceeded(agreement: AgreementId, day: BusinessDay) -> bool;
}

/// Told when a day is reconciled.
pub trait OnReconciled {
    /// The day is reconciled; the company owes the bank `obligation`, or, where it is below zero, the bank
    /// owes the company.
    fn on_reconciled(agreement: AgreementId, day: BusinessDay, obligation: SignedAmount);
}

impl OnReconciled for () {
    fn on_reconciled(_: AgreementId, _: BusinessDay, _: SignedAmount) {}
}
