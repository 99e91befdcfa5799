//! # Registry
//!
//! Who takes part, by which agreement, and what each agreement pays: the chain's directory.
//!
//! ## Goals
//!
//! - A member is known by its id for ever; its operator key may change.
//! - Whatever decides amounts or times changes only from a day that has not begun, so that every member
//!   can know today's rules. A setting from a day on holds until the next change: it replaces what was
//!   set for that day and for later ones.
//! - A call that was applied never applies again.
//!
//! ## Terminology
//!
//! - **Member**: a client, company, bank or reconciler, with a settlement account, an operator
//!   key and the endpoint of its node.
//! - **Operator key**: the key in a member's node that signs the member's calls. As an account it
//!   signs transactions too, free of fees and with a balance of zero.
//! - **Agreement**: the contract of one bank with one company: parties, clients, currency and its
//!   decimals, limits, and conditions by version. An asset that conditions name counts in the same decimals.
//! - **Calendar**: a week and the dates that do not follow it ([`Calendar`]). Where the day after a business
//!   day is closed, that business day comes due later.
//! - **Conditions**: offset, cut-off, preset time, book sources, settlement period, rail and limits of
//!   clients ([`Conditions`]).
//! - **Terms**: how a product's gross amounts give credit and debit amounts ([`Terms`]).
//!
//! ## Scenarios
//!
//! *A key may be in wrong hands.* The member calls [`Pallet::rotate_operator`], with a signature by
//! the new key, so that nobody takes a key that is not its own. The old key is retired: nobody
//! registers it again. A member rotates once a day, since each retired key stays for ever.
//!
//! *A key is lost.* The member can sign nothing any more, and agreements that name it keep it from
//! being removed. The council calls [`Pallet::replace_operator`], which retires the old key the same
//! way.
//!
//! *A client leaves.* The council takes it out of its agreements, then calls
//! [`Pallet::remove_member`]; a validator, or a member with a seat in the council, is replaced there
//! before, and its session keys go with it. Its key keeps its provider reference, so its account never
//! dies and its nonce never starts again: should the client come back with the same key, none of its old
//! transactions can be replayed.
//!
//! *A fee changes.* The council calls [`Pallet::set_terms`] with a day that has not begun.
//! Trades of earlier days keep their version. A product that is new to the chain may bring the
//! terms of past days along ([`Pallet::add_product`]): it has no trades that they could alter.
//!
//! *A member pays from another account, or is paid to another.* The council calls [`Pallet::set_account`]
//! with a day that has begun nowhere. Settlement periods that began earlier keep their accounts, whenever
//! they are paid. Where the key of such an account is in wrong hands, the asset's freezer blocks the account:
//! what is owed for those periods then stays due. A debtor pays with no signature of the account that pays,
//! so it pays from no account but those that the council set.
//!
//! *A bank changes by itself the account that it is paid to.* It calls [`Pallet::change_account`] with a day
//! that begins nowhere before a day has passed. Until that day begins somewhere, the bank or the council can
//! object by [`Pallet::object_to_account`], since another may have the operator key: then all is as it was
//! before the change. So a bank watches for [`Event::AccountChangeRequested`]. An objection names the change
//! as that event shows it, so that a delayed one does not strike a later change. One such change is open at a
//! time, an account has at least [`ACCOUNT_DAYS`] days before its member replaces it, and no member changes
//! its account by itself once half of [`Config::MaxVersions`] are used. The council has none of these limits,
//! and a member does not take back what the council set. A bank that owes for a period pays from the last
//! account that the council set, as if it had changed nothing: the account that it named could be anybody's.
//! A company is paid where it pays from, so its account is set by the council alone.
//!
//! *Another reconciler.* The council calls [`Pallet::set_reconciler`]. Each day keeps the
//! reconciler that it began with, so the former one finishes its days.
//!
//! *A holiday is announced.* The council calls [`Pallet::set_calendar`] with all dates of the calendar. Those
//! of days that have begun stay as they are, so no due time that has passed moves. What is due on the holiday
//! waits for the next day that is open.
//!
//! *A party goes by another calendar.* The council calls [`Pallet::set_calendars`] with a day that has not
//! begun. Each day keeps the calendars that it began with.
//!
//! *The clocks change twice a year.* The council calls [`Pallet::set_conditions_by_day`] with the offsets of
//! the years to come.
//!
//! *Refunds are taken for a longer time, or a shorter one.* The council calls [`Pallet::set_limits`],
//! which holds for the refunds that come from then on, whenever their payments were.
//!
//! *A large amount must be a mistake.* By the same call the council sets the largest gross amount of a trade.
//!
//! *Trades may be amended for a longer time, or proposals answered.* By the same call, which holds for
//! the proposals that come from then on. One that is open keeps the time that it had.
//!
//! *Payments cover a month, or go outside the chain.* The council calls [`Pallet::set_conditions`]: from the
//! given day on, a new settlement period begins with the new length and rail. An asset that the conditions
//! name must exist and state the agreement's decimals.
//!
//! *A client's key is in wrong hands, or its system runs wild.* Bank or company calls
//! [`Pallet::suspend_client`], and from then on the client records nothing. Each day keeps what was recorded
//! before. Once both parties have called [`Pallet::lift_suspension`], the client records again. If either
//! suspends the client again in between, both have to call anew.
//!
//! *A client is replaced by another.* The council takes it out of the agreement's clients, and calls
//! [`Pallet::name_successor`]: then its successor refunds what it recorded. A successor's own
//! successor refunds what that one recorded alone; the council names it for the first client, too.
//!
//! *An agreement ends.* The council calls [`Pallet::end_agreement`] with a day that has not
//! begun. From that day on no payment is recorded. Refunds are, and what amendments book, until the
//! agreement closes: as long as a payment of its last day can be given back or amended. Until then days are
//! sealed, reconciled and paid as ever. The agreement goes on naming its members.
//!
//! ## Where things are
//!
//! [`Pallet`] implements the port [`Directory`](counterfoil_primitives::ports::Directory), through which
//! the other pallets read.
//!
//! | module | what it holds |
//! |---|---|
//! | `accounts` | the accounts of members, by the day |
//! | `account_change_and_objection` | changes of account that members ask for, and objections to them |
//! | `agreements` | agreements as they are created |
//! | `agreement_conditions`, `currency_and_rail` | an agreement's conditions, and which of them make sense |
//! | `agreement_clients`, `reconciler_of_agreement` | who records under an agreement, and who reconciles it |
//! | `set_agreement_end` | an agreement's end |
//! | `day_has_begun`, `versions_by_day`, `dates_by_digits` | from which day on a change holds |
//! | `agreement_limits` | an agreement's limits, which change at once |
//! | `suspension` | clients that bank or company suspended |
//! | `successors` | who refunds what another client recorded |
//! | `calendars` | calendars, and which of them an agreement goes by |
//! | `members` | members that come and go |
//! | `operator_keys`, `member_endpoint` | members' keys, and the addresses of their nodes |
//! | `members_named_by_agreements` | how often agreements name a member |
//! | `products` | products and their terms |
//! | `genesis` | what the chain starts with |
//! | `directory` | what the other pallets read |
//! | `next_version` | the next version, by which an upgrade is rehearsed, and its migration |
//! | `worker` | the warning that the dates of a calendar run out |
//! | `types` | what is stored, and what calls are given |
//! | `weighing` | call weights, put together from what was measured of their parts |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |
//! | `benchmarking` | the benchmarks, and the registry with which the benchmarks of all pallets begin |
//!
//! [`Calendar`]: counterfoil_primitives::Calendar
//! [`Conditions`]: counterfoil_primitives::Conditions
//! [`Terms`]: counterfoil_primitives::Terms

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::{
    AccountVersion, Agreement, AgreementGenesis, AgreementSpec, Endpoint, Limits, Member,
    MemberGenesis, Name, ProductGenesis, Retirement, SetBy, Suspension,
};
pub use weights::WeightInfo;

mod account_change_and_objection;
mod accounts;
mod agreement_clients;
mod agreement_conditions;
mod agreement_limits;
mod agreements;
#[cfg(any(feature = "runtime-benchmarks", feature = "std"))]
pub mod benchmarking;
mod calendars;
mod currency_and_rail;
mod dates_by_digits;
mod day_has_begun;
mod directory;
mod genesis;
mod largest_calls_fit;
mod member_endpoint;
mod members;
mod members_named_by_agreements;
#[cfg(test)]
mod mock;
#[cfg(any(test, feature = "next-version"))]
pub mod next_version;
mod operator_keys;
mod products;
mod reconciler_of_agreement;
mod set_agreement_end;
mod successors;
mod suspension;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod versions_by_day;
mod weighing;
pub mod weights;
mod worker;

pub use account_change_and_objection::{ACCOUNT_DAYS, OBJECTION_TIME};
pub use agreement_limits::{MAX_AMEND_DAYS, MAX_ANSWER_DAYS, MAX_REFUND_DAYS};
pub use calendars::MAX_CALENDARS;
pub use counterfoil_primitives::day_times::LEAD;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::{dates_by_digits::given, types::Member};
    use alloc::vec::Vec;
    use counterfoil_primitives::{
        calendar::CalendarDates,
        ports::{AssetDecimals, Posts},
        written::date::DateWords,
        AgreementId, BusinessDay, Calendar, CalendarName, CalendarNames, Conditions, MemberId,
        Moment, OperatorId, OperatorSignature, ProductId, Role, Terms, WorkingDays,
    };
    use counterfoil_support::{is_member, is_signed_by};
    use frame_support::{pallet_prelude::*, traits::Time};
    use frame_system::pallet_prelude::*;
    use sp_core::{crypto::AccountId32, H256};

    /// The version of what this pallet stores; a runtime that stores it otherwise has a higher one, and
    /// a migration.
    #[cfg(not(feature = "next-version"))]
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);
    #[cfg(feature = "next-version")]
    use crate::next_version::{AgreementHasher, STORAGE_VERSION};

    /// The hash of the keys of agreements.
    #[cfg(not(feature = "next-version"))]
    type AgreementHasher = Twox64Concat;

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
        /// Who registers members and keeps agreements and terms.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// The block's time.
        type UnixTime: Time<Moment = Moment>;

        /// The decimals of the assets that agreements can be paid in.
        type Decimals: AssetDecimals;

        /// The posts that keep a member from leaving.
        type Posts: Posts;

        /// Minimum minutes from the cut-off to the preset time, so that the sides can commit.
        #[pallet::constant]
        type MinPresetGap: Get<u16>;

        /// Maximum clients per agreement.
        #[pallet::constant]
        type MaxClients: Get<u32>;

        /// Maximum versions of an agreement's conditions, reconcilers and calendars, of a product's
        /// terms, and of a member's account.
        #[pallet::constant]
        type MaxVersions: Get<u32>;

        /// Call weights.
        type WeightInfo: WeightInfo;
    }

    /// The members.
    #[pallet::storage]
    pub type Members<T: Config> = StorageMap<_, Twox64Concat, MemberId, Member>;

    /// The accounts that members are paid to, by their first day, ascending, and who set them: members pay
    /// from those that the council set. Before the first of these days it is the account of
    /// [`Members`].
    #[pallet::storage]
    pub type Accounts<T: Config> = StorageMap<
        _,
        Twox64Concat,
        MemberId,
        BoundedVec<(BusinessDay, AccountVersion), T::MaxVersions>,
        ValueQuery,
    >;

    /// The first day of the account, among [`Accounts`], that a member asked for last by itself.
    ///
    /// There is none where the change was objected to, or the council set another account.
    #[pallet::storage]
    pub type AccountRequests<T: Config> = StorageMap<_, Twox64Concat, MemberId, BusinessDay>;

    /// The member that acts with an account's key; each key acts for one member at most.
    #[pallet::storage]
    pub type MemberByOperator<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, MemberId>;

    /// Keys that were operator keys once.
    #[pallet::storage]
    pub type RetiredOperators<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Retirement>;

    /// When a member last rotated its key.
    #[pallet::storage]
    pub type LastRotation<T: Config> = StorageMap<_, Twox64Concat, MemberId, Moment>;

    /// How often agreements name a member; a member that is named stays.
    #[pallet::storage]
    pub type NamedBy<T: Config> = StorageMap<_, Twox64Concat, MemberId, u32, ValueQuery>;

    /// The agreements.
    #[pallet::storage]
    pub type Agreements<T: Config> = StorageMap<_, AgreementHasher, AgreementId, Agreement<T>>;

    /// The terms of an agreement's products, by their first day, ascending.
    ///
    /// A version keeps its index for ever once its day has begun.
    ///
    /// Keys: agreement, product.
    #[pallet::storage]
    pub type Products<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        ProductId,
        BoundedVec<(BusinessDay, Terms), T::MaxVersions>,
    >;

    /// The calendars, by name: at most [`MAX_CALENDARS`].
    #[pallet::storage]
    pub type Calendars<T: Config> = CountedStorageMap<_, Blake2_128Concat, CalendarName, Calendar>;

    /// The calendars that agreements go by, by their first day, ascending; none for days before it.
    ///
    /// They are apart from the agreement, which is read for each trade: no trade needs them.
    #[pallet::storage]
    pub type AgreementCalendars<T: Config> = StorageMap<
        _,
        Twox64Concat,
        AgreementId,
        BoundedVec<(BusinessDay, CalendarNames), T::MaxVersions>,
        ValueQuery,
    >;

    /// How often agreements name a calendar; a calendar that is named stays, and so does its past.
    #[pallet::storage]
    pub type CalendarsNamedBy<T: Config> =
        StorageMap<_, Blake2_128Concat, CalendarName, u32, ValueQuery>;

    /// The clients that give back from what other clients recorded.
    ///
    /// They are apart from the agreement, which is read for each trade: only refunds of what another client
    /// recorded need them.
    ///
    /// Keys: agreement, the client that recorded.
    #[pallet::storage]
    pub type Successors<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, MemberId, MemberId>;

    /// What the chain starts with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The members.
        pub members: Vec<MemberGenesis>,
        /// The agreements.
        pub agreements: Vec<AgreementGenesis>,
        /// The products' terms.
        pub products: Vec<ProductGenesis>,
        /// Unused; it carries the type parameter.
        #[serde(skip)]
        pub _config: PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            genesis::build(self);
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A member takes part.
        MemberRegistered {
            /// The member.
            member: MemberId,
            /// What it does.
            role: Role,
            /// What it pays from and is paid to.
            account: AccountId32,
            /// Its operator key.
            operator: OperatorId,
        },
        /// A member no longer takes part.
        MemberRemoved {
            /// The member.
            member: MemberId,
        },
        /// A member acts with another key.
        OperatorRotated {
            /// The member.
            member: MemberId,
            /// The key that is retired.
            old: OperatorId,
            /// The key from now on.
            new: OperatorId,
        },
        /// A member's node answers at another address.
        EndpointSet {
            /// The member.
            member: MemberId,
            /// The address.
            endpoint: Endpoint,
        },
        /// A bank and a company have an agreement.
        AgreementCreated {
            /// The agreement.
            agreement: AgreementId,
            /// The bank.
            bank: MemberId,
            /// The company.
            company: MemberId,
            /// Who reconciles.
            reconciler: MemberId,
            /// The first day that reconciles.
            first_day: BusinessDay,
            /// The same day as a date.
            first_date: DateWords,
        },
        /// An agreement has other conditions from a day on.
        ConditionsSet {
            /// The agreement.
            agreement: AgreementId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The conditions.
            conditions: Conditions,
        },
        /// An agreement admits these clients, and no others.
        ClientsSet {
            /// The agreement.
            agreement: AgreementId,
            /// The clients.
            clients: Vec<MemberId>,
        },
        /// An agreement has other limits.
        LimitsSet {
            /// The agreement.
            agreement: AgreementId,
            /// The limits.
            limits: Limits,
        },
        /// A member pays from and is paid to another account, for days from one on.
        AccountSet {
            /// The member.
            member: MemberId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The account.
            account: AccountId32,
        },
        /// An agreement is reconciled by another member from a day on.
        ReconcilerSet {
            /// The agreement.
            agreement: AgreementId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// Who reconciles.
            reconciler: MemberId,
        },
        /// An agreement ends.
        AgreementEnds {
            /// The agreement.
            agreement: AgreementId,
            /// The first day without payments.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
        },
        /// A product has other terms from a day on.
        TermsSet {
            /// The agreement.
            agreement: AgreementId,
            /// The product.
            product: ProductId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The terms.
            terms: Terms,
        },
        /// A member asks to be paid to another account; it or the council may object until the day begins.
        AccountChangeRequested {
            /// The member.
            member: MemberId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The account that it is paid to for the days before.
            replaced: AccountId32,
            /// The account from the first day on.
            account: AccountId32,
        },
        /// A change of account that a member asked for is taken back.
        AccountChangeObjected {
            /// The member.
            member: MemberId,
            /// The first day that the change would have had.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The account that is not used.
            account: AccountId32,
            /// The account of that day.
            kept: AccountId32,
        },
        /// A calendar is set or replaced.
        CalendarSet {
            /// Its name.
            name: CalendarName,
            /// The days of the week that are working days.
            weekly: WorkingDays,
            /// The last day whose dates are known.
            filled_until: BusinessDay,
            /// The same day as a date.
            filled_until_date: DateWords,
        },
        /// A calendar is removed.
        CalendarRemoved {
            /// Its name.
            name: CalendarName,
        },
        /// An agreement goes by other calendars from a day on.
        CalendarsSet {
            /// The agreement.
            agreement: AgreementId,
            /// The first day.
            from: BusinessDay,
            /// The same day as a date.
            from_date: DateWords,
            /// The calendars.
            calendars: CalendarNames,
        },
        /// Bank or company suspends a client: it records nothing until both lift that.
        ClientSuspended {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// Who suspends it.
            by: MemberId,
        },
        /// Bank or company agrees to lift a client's suspension; the other one has to as well.
        LiftAgreed {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// Who agrees.
            by: MemberId,
        },
        /// A client records again: bank and company lifted its suspension.
        SuspensionLifted {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
        },
        /// A client's successor is named or taken back: it refunds what the client recorded.
        SuccessorNamed {
            /// The agreement.
            agreement: AgreementId,
            /// The client that recorded.
            client: MemberId,
            /// Who refunds that, too, from now on.
            successor: Option<MemberId>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// Zero, which in a trade's id means that the id is not known.
        InvalidId,
        /// The id names a member.
        MemberExists,
        /// The id names no member.
        UnknownMember,
        /// An agreement names the member.
        MemberIsNamed,
        /// The caller is no member.
        NotAMember,
        /// The key acts for a member.
        KeyTaken,
        /// The key was an operator key once.
        KeyRetired,
        /// The proof is not by the new key, for this member of this chain.
        WrongProof,
        /// The member rotated its key less than a day ago.
        RotatedRecently,
        /// The name is empty.
        InvalidName,
        /// The endpoint is no http or https address.
        InvalidEndpoint,
        /// The id names an agreement.
        AgreementExists,
        /// The id names no agreement.
        UnknownAgreement,
        /// The member's role is not the one for which the agreement names it.
        WrongRole,
        /// A client is named twice.
        DuplicateClient,
        /// There are more clients than an agreement may admit.
        TooManyClients,
        /// The currency is not three letters from A to Z.
        InvalidCurrency,
        /// The offset is out of bounds, or a time is not within a day.
        InvalidConditions,
        /// The preset time comes too soon after the cut-off.
        PresetTooSoon,
        /// A cap, the deadline or the largest gross amount is zero, or a cap is above the maximum.
        ///
        /// Name at least 1, and at most [`Caps::MAX`](counterfoil_primitives::Caps::MAX). For amounts of any
        /// size, name no largest one.
        InvalidLimits,
        /// The day has begun or is about to, or the change would move the end of a day that has begun.
        DayHasBegun,
        /// Two versions have offsets so far apart that the day between them would not exist.
        ///
        /// Set an offset in between, for a day.
        OffsetsTooFarApart,
        /// The day is before the agreement's first.
        BeforeFirstDay,
        /// There are as many versions already as are kept.
        TooManyVersions,
        /// A rate is above the whole amount, or a floor is above its cap.
        InvalidTerms,
        /// The product has terms.
        ProductExists,
        /// There is no version, or the versions do not ascend by their first day.
        InvalidHistory,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// There is no such asset.
        ///
        /// Create it first.
        UnknownAsset,
        /// The asset's metadata states other decimals than the agreement.
        ///
        /// Name an asset of the agreement's currency; a new one needs its metadata set first.
        OtherDecimals,
        /// The agreement's end has come: it stays, and so do the days for refunds and amendments.
        ///
        /// Name the days for refunds and amendments as they are; other limits may change.
        AgreementEnded,
        /// The member is a validator or has a seat.
        ///
        /// Let the council replace it first. A validator that was replaced is one for two more sessions.
        HoldsAPost,
        /// The day begins so soon that there would be no day's time to object.
        ///
        /// Name a later day: the third day after today's date by UTC always does.
        NoTimeToObject,
        /// A change of account that the member asked for has not begun.
        ///
        /// Object to it first, or wait for its first day.
        AccountChangeOpen,
        /// The account before it would have fewer than 28 days.
        ///
        /// Name a day at least 28 days after the first day of the last account, or have the council set one.
        AccountTooRecent,
        /// No change of account that the member asked for is open, or its day has begun or is about to.
        ///
        /// Have the council set another account, from a day that has not begun.
        NothingToObjectTo,
        /// The caller is another member.
        ///
        /// That member objects, or the council.
        NotTheMember,
        /// A company is paid to the account that it pays from, and could name one that is not its own.
        ///
        /// Have the council set the account.
        AccountPays,
        /// Refunds would be taken for more than 3,650 days.
        ///
        /// Name at most 3,650.
        TooManyRefundDays,
        /// A proposal to amend trades could be answered for less than a day, or for more than 366.
        ///
        /// Name at least 1 and at most 366.
        InvalidAnswerDays,
        /// The calendar has no name or no working day, or its dates are out of order or beyond its end.
        ///
        /// Name each date once, in ascending order, and none after the last day whose dates are known.
        InvalidCalendar,
        /// There are 64 calendars already.
        ///
        /// Remove one that no agreement names.
        TooManyCalendars,
        /// There is no calendar of this name.
        ///
        /// Set it first.
        UnknownCalendar,
        /// An agreement names the calendar, for days past or to come.
        CalendarIsNamed,
        /// The same calendar is named twice.
        ///
        /// Name it once.
        CalendarNamedTwice,
        /// The week of a calendar stays as it is while an agreement names the calendar.
        ///
        /// Set a calendar of another name, and let the agreement go by it from a day that has not begun.
        WeekStays,
        /// The dates of days that have begun somewhere stay while an agreement names the calendar.
        ///
        /// Give all of them as they are, and add or take away later ones only.
        PastDatesStay,
        /// No day of the week is a working day in both calendars.
        ///
        /// Name calendars whose weeks have a working day in common.
        NoCommonWorkingDay,
        /// The caller is neither bank nor company of the agreement.
        ///
        /// Sign by the operator key of one of them.
        NotAParty,
        /// The agreement does not admit the client.
        ///
        /// Name one of its clients.
        NotAClient,
        /// The client is suspended, and nobody agreed to lift that.
        AlreadySuspended,
        /// The client is not suspended.
        NotSuspended,
        /// The caller agreed already to lift the suspension.
        ///
        /// Have the other party lift it, too.
        LiftAgreedAlready,
        /// Amendments would be taken for more than 3,650 days.
        ///
        /// Name at most 3,650.
        TooManyAmendDays,
        /// The open change of account is another one than the call names.
        ///
        /// Look at the change that is open. If that is wrong, object by its first day and its account.
        OtherAccountChange,
        /// A client is no successor of itself: it refunds what it recorded anyway.
        ///
        /// Name another client of the agreement.
        OwnSuccessor,
        /// The agreement names no successor of the client, so there is none to take back.
        NoSuccessor,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(
                T::MaxVersions::get() <= u32::from(u16::MAX),
                "a trade keeps its terms version as u16"
            );
            largest_calls_fit::assert_largest_calls_fit::<T>();
        }

        fn offchain_worker(_: BlockNumberFor<T>) {
            worker::run::<T>();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers a member.
        ///
        /// Its operator key gets a provider reference, which it keeps for ever.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::register_member())]
        pub fn register_member(
            origin: OriginFor<T>,
            id: MemberId,
            role: Role,
            name: Name,
            account: AccountId32,
            operator: OperatorId,
            endpoint: Endpoint,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            members::do_register::<T>(
                id,
                Member {
                    role,
                    name,
                    account,
                    operator,
                    endpoint,
                },
            )
        }

        /// Removes a member that no agreement names.
        ///
        /// Its key keeps its provider reference.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::remove_member::<T>())]
        pub fn remove_member(origin: OriginFor<T>, id: MemberId) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            members::do_remove::<T>(id)
        }

        /// Creates an agreement; its conditions are in force from its first day.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::create_agreement(spec.clients.len() as u32))]
        pub fn create_agreement(
            origin: OriginFor<T>,
            id: AgreementId,
            spec: AgreementSpec,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let first_day = given::<T>(spec.first_day)?;
            agreements::do_create_agreement::<T>(id, AgreementSpec { first_day, ..spec })
        }

        /// Sets an agreement's conditions from a day that has not begun.
        ///
        /// They replace what was set for later days. A new offset makes the day before end earlier or
        /// later, so that day must not have begun either. Another period or rail begins a new settlement
        /// period with the given day.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::set_conditions())]
        pub fn set_conditions(
            origin: OriginFor<T>,
            agreement: AgreementId,
            from: BusinessDay,
            conditions: Conditions,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let versions =
                dates_by_digits::given_versions::<T, _>(alloc::vec![(from, conditions)])?;
            agreement_conditions::do_set_conditions::<T>(agreement, versions)
        }

        /// Sets which clients an agreement admits, from now on.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::set_clients(clients.len() as u32, T::MaxClients::get()))]
        pub fn set_clients(
            origin: OriginFor<T>,
            agreement: AgreementId,
            clients: Vec<MemberId>,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            agreement_clients::do_set_clients::<T>(agreement, clients)
        }

        /// Sets an agreement's limits, from now on.
        ///
        /// Once the agreement's end has come, the days for refunds and amendments stay as they are.
        #[pallet::call_index(5)]
        #[pallet::weight(weighing::set_limits::<T>())]
        pub fn set_limits(
            origin: OriginFor<T>,
            agreement: AgreementId,
            limits: Limits,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            agreement_limits::do_set_limits::<T>(agreement, limits)
        }

        /// Sets a product's terms from a day that has not begun.
        ///
        /// They replace what was set for later days. A new product's first terms may reach back.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::set_terms())]
        pub fn set_terms(
            origin: OriginFor<T>,
            agreement: AgreementId,
            product: ProductId,
            from: BusinessDay,
            terms: Terms,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            products::do_set_terms::<T>(agreement, product, given::<T>(from)?, terms)
        }

        /// Replaces the caller's operator key, and retires the old one.
        ///
        /// `proof` is the new key's signature over
        /// [`rotation_payload`](counterfoil_primitives::operator::rotation_payload).
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::rotate_operator())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, _: &OperatorId, _: &OperatorSignature,
        | -> bool { is_member::<T, Pallet<T>>(origin) })]
        pub fn rotate_operator(
            origin: OriginFor<T>,
            new: OperatorId,
            proof: OperatorSignature,
        ) -> DispatchResult {
            let member = members::acting::<T>(origin)?;
            operator_keys::do_rotate_by_member::<T>(member, new, proof)
        }

        /// Sets where the caller's node answers.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::set_endpoint())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, _: &Endpoint,
        | -> bool { is_member::<T, Pallet<T>>(origin) })]
        pub fn set_endpoint(origin: OriginFor<T>, endpoint: Endpoint) -> DispatchResult {
            let member = members::acting::<T>(origin)?;
            member_endpoint::do_set_endpoint::<T>(member, endpoint)
        }

        /// Adds a new product with all its terms at once, oldest first; they may reach back.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::add_product(versions.len() as u32))]
        pub fn add_product(
            origin: OriginFor<T>,
            agreement: AgreementId,
            product: ProductId,
            versions: Vec<(BusinessDay, Terms)>,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let versions = dates_by_digits::given_versions::<T, _>(versions)?;
            products::do_add_product::<T>(agreement, product, versions)
        }

        /// Replaces the operator key of a member that lost its own, and retires the old one.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::replace_operator())]
        pub fn replace_operator(
            origin: OriginFor<T>,
            id: MemberId,
            new: OperatorId,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            operator_keys::do_rotate::<T>(id, new)
        }

        /// Sets the account that a member pays from and is paid to, for days from one on.
        ///
        /// The day must have begun nowhere. The account replaces what was set for later days; what is owed
        /// for earlier ones keeps the account of its day. A change that the member asked for from that day on
        /// or later is dropped, too.
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::set_account())]
        pub fn set_account(
            origin: OriginFor<T>,
            member: MemberId,
            from: BusinessDay,
            account: AccountId32,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            accounts::do_set_account::<T>(member, given::<T>(from)?, account)
        }

        /// Sets who reconciles an agreement from a day that has not begun.
        ///
        /// It replaces who was set for later days. Days before it keep their reconciler.
        #[pallet::call_index(12)]
        #[pallet::weight(T::WeightInfo::set_reconciler())]
        pub fn set_reconciler(
            origin: OriginFor<T>,
            agreement: AgreementId,
            from: BusinessDay,
            reconciler: MemberId,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            reconciler_of_agreement::do_set_reconciler::<T>(
                agreement,
                given::<T>(from)?,
                reconciler,
            )
        }

        /// Ends an agreement from a day that has not begun: from then on it records no payments.
        ///
        /// Refunds and amendments go on as long as a payment of the last day can be given back or amended;
        /// then the agreement closes. An end that lies ahead may be moved.
        #[pallet::call_index(13)]
        #[pallet::weight(T::WeightInfo::end_agreement())]
        pub fn end_agreement(
            origin: OriginFor<T>,
            agreement: AgreementId,
            from: BusinessDay,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            set_agreement_end::do_end::<T>(agreement, given::<T>(from)?)
        }

        /// Changes the account that the caller is paid to, for days from one on.
        ///
        /// The day must begin nowhere within a day: in that time, `object_to_account` takes the change back.
        /// One change is open at a time, and the account before has at least 28 days. What the caller owes
        /// is paid from the account that the council set, before and after the change. It is free for all
        /// members but companies, which cannot make it: they are paid where they pay from.
        #[pallet::call_index(14)]
        #[pallet::weight(T::WeightInfo::change_account())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, _: &BusinessDay, _: &AccountId32,
        | -> bool { account_change_and_objection::is_free_to_change::<T>(origin) })]
        pub fn change_account(
            origin: OriginFor<T>,
            from: BusinessDay,
            account: AccountId32,
        ) -> DispatchResult {
            let member = members::acting::<T>(origin)?;
            account_change_and_objection::do_change_account::<T>(member, given::<T>(from)?, account)
        }

        /// Takes back the change of account that a member asked for, before its day begins anywhere.
        ///
        /// The member does so, free of fees, or the council. What the council set stays. The call names the
        /// change by its first day and its account, as the event of the change shows them: so an objection
        /// that is delayed takes no change back that was made since.
        #[pallet::call_index(15)]
        #[pallet::weight(T::WeightInfo::object_to_account())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, member: &MemberId, _: &BusinessDay, _: &AccountId32,
        | -> bool { is_signed_by::<T, Pallet<T>>(origin, |caller| caller == *member) })]
        pub fn object_to_account(
            origin: OriginFor<T>,
            member: MemberId,
            from: BusinessDay,
            account: AccountId32,
        ) -> DispatchResult {
            account_change_and_objection::ensure_may_object::<T>(origin, member)?;
            account_change_and_objection::do_object::<T>(member, given::<T>(from)?, &account)
        }

        /// Sets or replaces a calendar: its week, and all dates that do not follow it.
        ///
        /// In `weekly`, Monday is 1, Tuesday 2, Wednesday 4, and so on: Monday to Friday are 31. A date is
        /// `true` for a working day and `false` for a holiday. Days after `filled_until` follow the week.
        /// While an agreement names the calendar, its week stays, and so do the dates of days that have
        /// begun.
        #[pallet::call_index(16)]
        #[pallet::weight(T::WeightInfo::set_calendar(dates.len() as u32))]
        pub fn set_calendar(
            origin: OriginFor<T>,
            name: CalendarName,
            weekly: WorkingDays,
            dates: CalendarDates,
            filled_until: BusinessDay,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let calendar = calendars::given_calendar::<T>(weekly, dates, filled_until)?;
            calendars::do_set_calendar::<T>(name, calendar)
        }

        /// Removes a calendar that no agreement names.
        #[pallet::call_index(17)]
        #[pallet::weight(T::WeightInfo::remove_calendar())]
        pub fn remove_calendar(origin: OriginFor<T>, name: CalendarName) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            calendars::do_remove_calendar::<T>(name)
        }

        /// Sets the calendars, up to two, that an agreement goes by from a day that has not begun.
        ///
        /// It replaces those of later days. A day is open if it is open in each of them; with none, all days
        /// are.
        #[pallet::call_index(18)]
        #[pallet::weight(T::WeightInfo::set_calendars())]
        pub fn set_calendars(
            origin: OriginFor<T>,
            agreement: AgreementId,
            from: BusinessDay,
            calendars: CalendarNames,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            calendars::do_set_calendars::<T>(agreement, given::<T>(from)?, calendars)
        }

        /// Sets an agreement's conditions from several days that have not begun, ascending.
        ///
        /// They replace what was set for the first of these days and for all later ones. Each is checked as
        /// by `set_conditions`, and all are set or none.
        #[pallet::call_index(19)]
        #[pallet::weight(weighing::set_conditions_by_day::<T>(versions.len() as u32))]
        pub fn set_conditions_by_day(
            origin: OriginFor<T>,
            agreement: AgreementId,
            versions: Vec<(BusinessDay, Conditions)>,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let versions = dates_by_digits::given_versions::<T, _>(versions)?;
            agreement_conditions::do_set_conditions::<T>(agreement, versions)
        }

        /// Suspends a client in an agreement, at once: it records nothing and proposes no amendment.
        ///
        /// Bank or company does so alone, and free of fees. If a party agreed before to lift a suspension
        /// of the client, that is taken back.
        #[pallet::call_index(20)]
        #[pallet::weight(T::WeightInfo::suspend_client())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, client: &MemberId,
        | -> bool {
            is_signed_by::<T, Pallet<T>>(origin, |by| {
                suspension::check_suspend::<T>(by, *agreement, *client).is_ok()
            })
        })]
        pub fn suspend_client(
            origin: OriginFor<T>,
            agreement: AgreementId,
            client: MemberId,
        ) -> DispatchResult {
            let by = members::acting::<T>(origin)?;
            suspension::do_suspend::<T>(by, agreement, client)
        }

        /// Agrees to lift a client's suspension, which ends once bank and company have both agreed.
        ///
        /// It is free of fees for a party that has not agreed yet.
        #[pallet::call_index(21)]
        #[pallet::weight(T::WeightInfo::lift_suspension())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, client: &MemberId,
        | -> bool {
            is_signed_by::<T, Pallet<T>>(origin, |by| {
                suspension::check_lift::<T>(by, *agreement, *client).is_ok()
            })
        })]
        pub fn lift_suspension(
            origin: OriginFor<T>,
            agreement: AgreementId,
            client: MemberId,
        ) -> DispatchResult {
            let by = members::acting::<T>(origin)?;
            suspension::do_lift::<T>(by, agreement, client)
        }

        /// Names who refunds what a client recorded, from now on; or nobody but that client.
        ///
        /// It replaces the successor that was named before. The agreement must admit the successor. It need
        /// not admit the client any more, and as long as it does, that client refunds it, too.
        #[pallet::call_index(22)]
        #[pallet::weight(T::WeightInfo::name_successor())]
        pub fn name_successor(
            origin: OriginFor<T>,
            agreement: AgreementId,
            client: MemberId,
            successor: Option<MemberId>,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            successors::do_name_successor::<T>(agreement, client, successor)
        }
    }
}
