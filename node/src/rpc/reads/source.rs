//! What reads ask of the chain, at any block. [`super::node`] answers from the node's database.

use crate::service::partial::Hash;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    awaited_of_day::WaitingDay,
    calendar::CalendarView,
    refund::RefundedPayment,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::TimingEnd,
    AgreementId, AgreementView, BusinessDay, CalendarNames, Link, MemberId, MemberView, Moment,
    ProductId, SideId, Terms, Trade,
};
use futures::stream::BoxStream;
use jsonrpsee::core::RpcResult;

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub number: u32,
    /// Its hash.
    pub hash: Hash,
}

/// A part of a list, and where the next one begins, if more follow.
pub type Part<T> = (T, Option<u32>);

/// The chain, as far as reads need it. Tests put their own in its place.
pub trait Source: Send + Sync {
    /// The last final block.
    fn finalized(&self) -> Block;

    /// An item whenever further blocks became final. It ends with the node.
    fn finality(&self) -> BoxStream<'static, ()>;

    /// A block by its hash; `None` where this node does not know it.
    fn by_hash(&self, hash: Hash) -> RpcResult<Option<Block>>;

    /// A block of the best chain by its number; `None` where this node does not know it.
    fn by_number(&self, number: u32) -> RpcResult<Option<Block>>;

    /// The time of a block, 0 of the first one; `None` where this node does not keep the block's state.
    fn time(&self, at: Hash) -> Option<Moment>;

    /// All agreements.
    fn agreements(&self, at: Hash) -> RpcResult<Vec<AgreementId>>;

    /// An agreement.
    fn agreement(&self, at: Hash, id: AgreementId) -> RpcResult<Option<AgreementView>>;

    /// The calendars that an agreement goes by, by their first day.
    fn agreement_calendars(
        &self,
        at: Hash,
        id: AgreementId,
    ) -> RpcResult<Vec<(BusinessDay, CalendarNames)>>;

    /// Who refunds what clients recorded: each such client with its successor.
    fn successors(&self, at: Hash, id: AgreementId) -> RpcResult<Vec<(MemberId, MemberId)>>;

    /// All members, ascending.
    fn members(&self, at: Hash) -> RpcResult<Vec<MemberId>>;

    /// A member.
    fn member(&self, at: Hash, id: MemberId) -> RpcResult<Option<MemberView>>;

    /// A day, from the agreement's first to tomorrow.
    fn day(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>>;

    /// A hash that changes whenever an answer about a day does; `None` where [`Source::day`] has none.
    fn day_hash(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<Hash>>;

    /// The days from `from` to today that wait for something, ascending: a limited number of them, and of
    /// days that are looked through.
    fn waiting_days(
        &self,
        at: Hash,
        of: AgreementId,
        from: BusinessDay,
    ) -> RpcResult<Vec<WaitingDay>>;

    /// The trades of a page of a day, by position.
    fn trades(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<Trade>>;

    /// What the trades of a page of a day are to the payments from which their amounts follow, by position;
    /// those whose amounts follow from themselves are left out.
    fn links(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<(u32, Link)>>;

    /// The refunds on a page of a day, by position, each with the payment that it is of.
    fn refunded_payments(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<RefundedPayment>>;

    /// The proven breaks of a side after the first `from`, those of slots first: a limited number. With them,
    /// `from` of the next request; `None` where no more follow.
    fn breaks(&self, at: Hash, side_id: SideId, from: u32) -> RpcResult<Part<BreakList>>;

    /// Which of the breaks that `breaks` answers with for the same `from` are, or may be, ends of timing
    /// differences.
    fn timing_differences(
        &self,
        at: Hash,
        side_id: SideId,
        from: u32,
    ) -> RpcResult<Part<Vec<TimingEnd>>>;

    /// What is owed for the settlement period of a day.
    fn obligation(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
    ) -> RpcResult<Option<ObligationView>>;

    /// What is owed and not paid, the oldest first.
    fn unpaid_obligations(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ObligationView>>;

    /// The proposals that are not completed, with their numbers, ascending.
    fn proposals(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<(u32, Proposal)>>;

    /// A proposal, with its content until it is completed.
    fn proposal(
        &self,
        at: Hash,
        of: AgreementId,
        number: u32,
    ) -> RpcResult<Option<(Proposal, Option<Content>)>>;

    /// The number of the last proposal.
    fn last_proposal(&self, at: Hash, of: AgreementId) -> RpcResult<u32>;

    /// The products of an agreement, ascending.
    fn products(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ProductId>>;

    /// The versions of a product's terms, each with its first day, ascending.
    fn terms(
        &self,
        at: Hash,
        of: AgreementId,
        product: ProductId,
    ) -> RpcResult<Vec<(BusinessDay, Terms)>>;

    /// All calendars, by name.
    fn calendars(&self, at: Hash) -> RpcResult<Vec<CalendarView>>;
}
