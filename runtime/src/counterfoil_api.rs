//! The runtime API that staff reads by: what stands in storage, put together for a reader.

use crate::views_in_words::{
    AgreementInWords, AmendmentInWords, BreakInWords, CalendarInWords, DayInWords, MemberInWords,
    ObligationInWords, ProductInWords, TradeInWords, WaitingDayInWords,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    awaited_of_day::WaitingDay,
    calendar::CalendarView,
    council::CouncilView,
    day_times::DueTimes,
    found_trade::Found,
    refund::RefundedPayment,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::{Compared, TimingEnd},
    validator::ValidatorView,
    written::Words,
    AgreementId, AgreementView, Amount, BusinessDay, CalendarNames, Entry, Link, MemberId,
    MemberView, OperatorId, ProductId, Reference, Sequence, Side, Terms, Trade, TradeId,
};
use sp_core::{crypto::AccountId32, H256};

sp_api::decl_runtime_apis! {
    /// Reads of members, agreements and days. Values that are not there are `None` or empty.
    ///
    /// A day is given as its number or by the digits of its date, like 20261128. Answers hold its number.
    ///
    /// The version rises where a method changes or goes, or a type that it takes or answers with; a new
    /// method leaves it.
    #[api_version(9)]
    pub trait CounterfoilApi {
        /// A day of an agreement in numbers and states, from the agreement's first to tomorrow.
        fn day(agreement: AgreementId, day: BusinessDay) -> Option<DaySummary>;

        /// A hash that changes whenever what can be read of a day does: its summary, what it waits for, what
        /// is owed for its period, the agreement, its proposals, and which breaks are timing differences.
        fn day_hash(agreement: AgreementId, day: BusinessDay) -> Option<H256>;

        /// The business day that the last block's time lies in.
        fn today(agreement: AgreementId) -> Option<BusinessDay>;

        /// The trade of an id among those booked to a day, with its position.
        fn find_by_id(agreement: AgreementId, day: BusinessDay, id: TradeId)
            -> Option<(u32, Trade)>;

        /// The trades of a reference among those booked to a day, with their positions.
        fn find_by_reference(
            agreement: AgreementId,
            day: BusinessDay,
            reference: Reference,
        ) -> Vec<(u32, Trade)>;

        /// The references that several trades of one kind carry on a day, with the positions: counted by
        /// positions, those after the first `from`, at most 16,384. With them, `from` of the next call;
        /// `None` where no more follow. A reference that the limit cuts is in both answers.
        fn equal_references(
            agreement: AgreementId,
            day: BusinessDay,
            from: u32,
        ) -> (Vec<(Reference, Vec<u32>)>, Option<u32>);

        /// The trades of a page of a day, by position.
        fn trades(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade>;

        /// What the trade on a position of a day is to the payment from which its amounts follow: a refund
        /// of it, or what an amendment made of it. `None` where its amounts follow from the trade itself.
        fn link(
            agreement: AgreementId,
            day: BusinessDay,
            position: u32,
        ) -> Option<Link>;

        /// The links of the trades on a page of a day, each with the trade's position: at most 256.
        fn links(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<(u32, Link)>;

        /// The trade on a position of a day, with what counts of it for refunds of it: whose it
        /// is, what was paid, and what was given back.
        fn found(
            agreement: AgreementId,
            day: BusinessDay,
            position: u32,
        ) -> Option<Found>;

        /// The day and the position on which an amendment recorded a payment that a client had not recorded.
        fn supplemented(
            agreement: AgreementId,
            client: MemberId,
            reference: Reference,
        ) -> Option<(BusinessDay, u32)>;

        /// The proposals of amendments that are not completed, with their numbers, ascending: those that
        /// are open, that are accepted, and that stay as claims.
        fn amendments(agreement: AgreementId) -> Vec<(u32, Proposal)>;

        /// A proposal, with its content until it is completed. `None` where it was withdrawn or written
        /// off, or never made.
        fn amendment(
            agreement: AgreementId,
            number: u32,
        ) -> Option<(Proposal, Option<Content>)>;

        /// The number of the last proposal of an agreement; 0 before the first.
        fn last_amendment(agreement: AgreementId) -> u32;

        /// The proposals of amendments that are not completed in words, by number: at most 64.
        fn amendments_in_words(agreement: AgreementId) -> Vec<AmendmentInWords>;

        /// What was given back so far of the payment on a position of a day, in minor units.
        fn refunded(agreement: AgreementId, day: BusinessDay, position: u32) -> Amount;

        /// The refunds on a page of a day, by position, each with the payment that it is of.
        fn refunded_payments(
            agreement: AgreementId,
            day: BusinessDay,
            page: u32,
        ) -> Vec<RefundedPayment>;

        /// The entries that a side should hold on a page of a day.
        fn chain_entries(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            page: u32,
        ) -> Vec<Entry>;

        /// The chain's own page roots of a side of a day, by page: of full pages, and of the last page
        /// once the day is sealed.
        fn page_roots(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<H256>;

        /// The proven breaks of a side of a day after the first `from`, those of slots first: at most 16,384.
        /// With them, `from` of the next call; `None` where no more follow.
        fn breaks(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            from: u32,
        ) -> (BreakList, Option<u32>);

        /// Of the breaks that `breaks` answers with for the same `from`, those that are ends of timing
        /// differences, each with the other day; and those of which it is not known, or not true, that they
        /// are. With them, `from` of the next call; `None` where no more breaks follow.
        fn timing_differences(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            from: u32,
        ) -> (Vec<TimingEnd>, Option<u32>);

        /// What is known of a side of a day for the timing differences of other days: by it a ledger is
        /// compared that nobody has committed to yet. Of what the side's book lacks, it has these positions
        /// alone.
        fn compared(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            positions: Vec<u32>,
        ) -> Compared;

        /// The members in words, by number: 32 a page, from page 0 on.
        fn members_in_words(page: u32) -> Vec<MemberInWords>;

        /// The agreements in words, by number: 32 a page, from page 0 on.
        fn agreements_in_words(page: u32) -> Vec<AgreementInWords>;

        /// An agreement in words, as it stands today.
        fn agreement_in_words(id: AgreementId) -> Option<AgreementInWords>;

        /// The products of an agreement in words, with all versions of their terms, by number: 32 a page,
        /// from page 0 on.
        fn products_in_words(agreement: AgreementId, page: u32) -> Vec<ProductInWords>;

        /// All calendars in words, by name: at most 64, with at most 512 dates each.
        fn calendars_in_words() -> Vec<CalendarInWords>;

        /// The days of an agreement that are not settled, each with what it waits for, ascending: of a year
        /// from the day `from` on, at most 32, and none after today. With them, `from` of the next call;
        /// `None` where all days to today were looked through. With 0, it begins at the agreement's first
        /// day.
        fn waiting_days_in_words(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<WaitingDayInWords>, Option<BusinessDay>);

        /// What is owed and not paid in words, the oldest first: of periods that are due, and of those under
        /// way. At most 512.
        fn obligations_in_words(agreement: AgreementId) -> Vec<ObligationInWords>;

        /// A day of an agreement in words, from the agreement's first to tomorrow: its totals, times, sides
        /// and obligation, what is awaited from whom until when, the proposals that name trades of it, and
        /// the first 16 breaks of each side with their corrections.
        fn day_in_words(agreement: AgreementId, day: BusinessDay) -> Option<DayInWords>;

        /// The trades of a page of a day in words, by position: 256 a page, from page 0 on.
        fn trades_in_words(
            agreement: AgreementId,
            day: BusinessDay,
            page: u32,
        ) -> Vec<TradeInWords>;

        /// The trades of a day in words that carry a reference: a UUID, or a text of at most 16 bytes. At
        /// most the first 256.
        fn trades_with_reference(
            agreement: AgreementId,
            day: BusinessDay,
            reference: Words,
        ) -> Vec<TradeInWords>;

        /// The proven breaks of a side of a day in words, those of slots first: 256 a page, from page 0 on.
        fn breaks_in_words(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            page: u32,
        ) -> Vec<BreakInWords>;

        /// An agreement.
        fn agreement(id: AgreementId) -> Option<AgreementView>;

        /// All agreements.
        fn agreements() -> Vec<AgreementId>;

        /// When a day of an agreement comes due, by the agreement and its calendars.
        fn due_times(agreement: AgreementId, day: BusinessDay) -> Option<DueTimes>;

        /// All calendars, by name.
        fn calendars() -> Vec<CalendarView>;

        /// The calendars that an agreement goes by, by their first day, ascending; none for days before it.
        fn agreement_calendars(id: AgreementId) -> Vec<(BusinessDay, CalendarNames)>;

        /// Who refunds what clients recorded under an agreement: each such client with its successor,
        /// ascending by the client.
        fn successors(id: AgreementId) -> Vec<(MemberId, MemberId)>;

        /// The council: its seats, its majority, and the motions that are open.
        fn council() -> CouncilView;

        /// The members that have session keys, or are validators by the list or in a session, ascending.
        fn validators() -> Vec<ValidatorView>;

        /// The days of an agreement that wait for something by themselves, each with what that is, ascending:
        /// of a year from the day `from` on, at most 64, and none after today. A settled day whose book is to
        /// be repaired or may be proven late is among them. With them, `from` of the next call; `None` where
        /// all days to today were looked through. With 0, it begins at the agreement's first day.
        fn waiting_days(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<WaitingDay>, Option<BusinessDay>);

        /// The days of settlement periods for which nothing is owed any more, ascending: of a year from the
        /// day `from` on, and none after today. With them, `from` of the next call; `None` where all days to
        /// today were looked through. With 0, it begins at the agreement's first day.
        fn settled_days(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<BusinessDay>, Option<BusinessDay>);

        /// What is owed for the settlement period of a day, and why it is not paid. `None` while no day of
        /// the period is reconciled.
        fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<ObligationView>;

        /// What is owed and not paid, the oldest first: of periods that are due, and of those under way. At
        /// most 512.
        fn unpaid_obligations(agreement: AgreementId) -> Vec<ObligationView>;

        /// The products of an agreement, ascending.
        fn products(agreement: AgreementId) -> Vec<ProductId>;

        /// The versions of a product's terms, each with its first day, ascending; empty where the
        /// agreement has no such product.
        fn terms(agreement: AgreementId, product: ProductId) -> Vec<(BusinessDay, Terms)>;

        /// The decimal places that an asset's metadata states; `None` where there is no such asset.
        fn asset_decimals(asset: u32) -> Option<u8>;

        /// The highest sequence that a client has used.
        fn highest_sequence(client: MemberId) -> Option<Sequence>;

        /// Whether a client has used these sequences, in their order; `None` for a sequence below the
        /// client's window. A list of more than 65,536 sequences (`window::MAX_ASKED` in
        /// `counterfoil-primitives`) has no answer: ask for it in pieces.
        fn used_sequences(
            client: MemberId,
            sequences: Vec<Sequence>,
        ) -> Option<Vec<Option<bool>>>;

        /// The numbers of the members from `from` on, ascending: at most 1,024. With them, `from` of the next
        /// call; `None` where no more follow.
        fn members(from: MemberId) -> (Vec<MemberId>, Option<MemberId>);

        /// A member.
        fn member(id: MemberId) -> Option<MemberView>;

        /// A member's operator key.
        fn operator(member: MemberId) -> Option<OperatorId>;

        /// The member whose operator key's account this is.
        fn member_of(account: AccountId32) -> Option<MemberId>;
    }
}
