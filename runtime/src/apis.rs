//! All runtime APIs' implementations.

// What the macro generates has no documentation of its own.
#![allow(missing_docs)]

use crate::configs::asset_decimals::DecimalsByMetadata;
use crate::views_in_words::{
    self, AgreementInWords, AmendmentInWords, BreakInWords, CalendarInWords, DayInWords,
    MemberInWords, ObligationInWords, ProductInWords, TradeInWords, WaitingDayInWords,
};
use crate::{
    fees, metadata, views, AccountId, Amendments, Aura, Balance, Block, Council, Executive,
    Grandpa, Historical, Nonce, Registry, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys,
    System, Trades, TransactionPayment, VERSION,
};
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    awaited_of_day::WaitingDay,
    calendar::CalendarView,
    council::CouncilView,
    day_times::DueTimes,
    found_trade::Found,
    ports::{AssetDecimals, BookAmendments, DayTrades, Directory},
    refund::RefundedPayment,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::{Compared, TimingEnd},
    validator::ValidatorView,
    written::{day_of_input, Words},
    AgreementId, AgreementView, Amount, BusinessDay, CalendarNames, Entry, Link, MemberId,
    MemberView, OperatorId, ProductId, Reference, Sequence, Side, SideId, Terms, Trade, TradeId,
};
use frame_support::{
    genesis_builder_helper::{build_state, get_preset},
    traits::KeyOwnerProofSystem,
    weights::Weight,
};
use pallet_grandpa::AuthorityId as GrandpaId;
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata, H256};
use sp_runtime::{
    traits::{Block as BlockT, NumberFor},
    transaction_validity::{TransactionSource, TransactionValidity},
    ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

/// What stands for the day that a number means; nothing where the number is no day.
fn of_day<R: Default>(given: BusinessDay, read: impl FnOnce(BusinessDay) -> R) -> R {
    day_of_input(given).map(read).unwrap_or_default()
}

/// What stands for the side whose day a number means; nothing where the number is no day.
fn of_side<R: Default>(
    agreement: AgreementId,
    given: BusinessDay,
    side: Side,
    read: impl FnOnce(SideId) -> R,
) -> R {
    of_day(given, |day| read(SideId::new(agreement, day, side)))
}

impl_runtime_apis! {
    impl sp_api::Core<Block> for Runtime {
        fn version() -> RuntimeVersion {
            VERSION
        }

        fn execute_block(block: <Block as BlockT>::LazyBlock) {
            Executive::execute_block(block)
        }

        fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
            Executive::initialize_block(header)
        }
    }

    impl sp_api::Metadata<Block> for Runtime {
        fn metadata() -> OpaqueMetadata {
            metadata::current()
        }

        fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
            metadata::at_version(version)
        }

        fn metadata_versions() -> Vec<u32> {
            Runtime::metadata_versions()
        }
    }

    impl sp_block_builder::BlockBuilder<Block> for Runtime {
        fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
            Executive::apply_extrinsic(extrinsic)
        }

        fn finalize_block() -> <Block as BlockT>::Header {
            Executive::finalize_block()
        }

        fn inherent_extrinsics(
            data: sp_inherents::InherentData,
        ) -> Vec<<Block as BlockT>::Extrinsic> {
            crate::pallets::inherents(data)
        }

        fn check_inherents(
            block: <Block as BlockT>::LazyBlock,
            data: sp_inherents::InherentData,
        ) -> sp_inherents::CheckInherentsResult {
            crate::pallets::check_inherents(&block, &data)
        }
    }

    impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
        fn validate_transaction(
            source: TransactionSource,
            transaction: <Block as BlockT>::Extrinsic,
            at: <Block as BlockT>::Hash,
        ) -> TransactionValidity {
            Executive::validate_transaction(source, transaction, at)
        }
    }

    impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
        fn offchain_worker(header: &<Block as BlockT>::Header) {
            Executive::offchain_worker(header)
        }
    }

    impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
        fn slot_duration() -> sp_consensus_aura::SlotDuration {
            sp_consensus_aura::SlotDuration::from_millis(Aura::slot_duration())
        }

        fn authorities() -> Vec<AuraId> {
            pallet_aura::Authorities::<Runtime>::get().into_inner()
        }
    }

    impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
        fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
            Grandpa::grandpa_authorities()
        }

        fn current_set_id() -> sp_consensus_grandpa::SetId {
            pallet_grandpa::CurrentSetId::<Runtime>::get()
        }

        fn submit_report_equivocation_unsigned_extrinsic(
            proof: sp_consensus_grandpa::EquivocationProof<
                <Block as BlockT>::Hash,
                NumberFor<Block>,
            >,
            owner: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
        ) -> Option<()> {
            Grandpa::submit_unsigned_equivocation_report(proof, owner.decode()?)
        }

        fn generate_key_ownership_proof(
            _: sp_consensus_grandpa::SetId,
            key: GrandpaId,
        ) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
            let owner = Historical::prove((sp_consensus_grandpa::KEY_TYPE, key))?;
            Some(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(owner.encode()))
        }
    }

    impl sp_session::SessionKeys<Block> for Runtime {
        fn generate_session_keys(
            owner: Vec<u8>,
            seed: Option<Vec<u8>>,
        ) -> OpaqueGeneratedSessionKeys {
            SessionKeys::generate(&owner, seed).into()
        }

        fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
            SessionKeys::decode_into_raw_public_keys(&encoded)
        }
    }

    impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
        fn account_nonce(account: AccountId) -> Nonce {
            System::account_nonce(account)
        }
    }

    impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
        for Runtime
    {
        fn query_info(
            extrinsic: <Block as BlockT>::Extrinsic,
            len: u32,
        ) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
            fees::info(extrinsic, len)
        }

        fn query_fee_details(
            extrinsic: <Block as BlockT>::Extrinsic,
            len: u32,
        ) -> pallet_transaction_payment::FeeDetails<Balance> {
            fees::details(extrinsic, len)
        }

        fn query_weight_to_fee(weight: Weight) -> Balance {
            TransactionPayment::weight_to_fee(weight)
        }

        fn query_length_to_fee(length: u32) -> Balance {
            TransactionPayment::length_to_fee(length)
        }
    }

    impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
        Block,
        Balance,
        RuntimeCall,
    > for Runtime {
        // A call alone has no signer: what is told here is what it costs whom it is not free for.
        fn query_call_info(
            call: RuntimeCall,
            len: u32,
        ) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
            TransactionPayment::query_call_info(call, len)
        }

        fn query_call_fee_details(
            call: RuntimeCall,
            len: u32,
        ) -> pallet_transaction_payment::FeeDetails<Balance> {
            TransactionPayment::query_call_fee_details(call, len)
        }

        fn query_weight_to_fee(weight: Weight) -> Balance {
            TransactionPayment::weight_to_fee(weight)
        }

        fn query_length_to_fee(length: u32) -> Balance {
            TransactionPayment::length_to_fee(length)
        }
    }

    impl crate::counterfoil_api::CounterfoilApi<Block> for Runtime {
        fn day(agreement: AgreementId, day: BusinessDay) -> Option<DaySummary> {
            views::day(agreement, day_of_input(day).ok()?)
        }

        fn day_hash(agreement: AgreementId, day: BusinessDay) -> Option<H256> {
            views::day_hash(agreement, day_of_input(day).ok()?)
        }

        fn today(agreement: AgreementId) -> Option<BusinessDay> {
            views::today(agreement)
        }

        fn find_by_id(
            agreement: AgreementId,
            day: BusinessDay,
            id: TradeId,
        ) -> Option<(u32, Trade)> {
            views::find_by_id(agreement, day_of_input(day).ok()?, id)
        }

        fn find_by_reference(
            agreement: AgreementId,
            day: BusinessDay,
            reference: Reference,
        ) -> Vec<(u32, Trade)> {
            of_day(day, |day| views::find_by_reference(agreement, day, reference))
        }

        fn equal_references(
            agreement: AgreementId,
            day: BusinessDay,
            from: u32,
        ) -> (Vec<(Reference, Vec<u32>)>, Option<u32>) {
            of_day(day, |day| views::equal_references(agreement, day, from))
        }

        fn trades(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
            of_day(day, |day| Trades::page(agreement, day, page))
        }

        fn link(
            agreement: AgreementId,
            day: BusinessDay,
            position: u32,
        ) -> Option<Link> {
            of_day(day, |day| Trades::link(agreement, day, position))
        }

        fn links(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<(u32, Link)> {
            of_day(day, |day| views::links(agreement, day, page))
        }

        fn found(
            agreement: AgreementId,
            day: BusinessDay,
            position: u32,
        ) -> Option<Found> {
            of_day(day, |day| Trades::found(agreement, day, position))
        }

        fn supplemented(
            agreement: AgreementId,
            client: MemberId,
            reference: Reference,
        ) -> Option<(BusinessDay, u32)> {
            Trades::supplemented(agreement, client, reference)
        }

        fn amendments(agreement: AgreementId) -> Vec<(u32, Proposal)> {
            Amendments::waiting(agreement)
        }

        fn amendment(
            agreement: AgreementId,
            number: u32,
        ) -> Option<(Proposal, Option<Content>)> {
            Amendments::amendment(agreement, number)
        }

        fn last_amendment(agreement: AgreementId) -> u32 {
            Amendments::last_amendment(agreement)
        }

        fn amendments_in_words(agreement: AgreementId) -> Vec<AmendmentInWords> {
            views_in_words::amendments(agreement)
        }

        fn refunded(agreement: AgreementId, day: BusinessDay, position: u32) -> Amount {
            of_day(day, |day| views::refunded(agreement, day, position))
        }

        fn refunded_payments(
            agreement: AgreementId,
            day: BusinessDay,
            page: u32,
        ) -> Vec<RefundedPayment> {
            of_day(day, |day| Trades::refunded_payments(agreement, day, page))
        }

        fn chain_entries(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            page: u32,
        ) -> Vec<Entry> {
            of_side(agreement, day, side, |side_id| views::chain_entries(side_id, page))
        }

        fn page_roots(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<H256> {
            of_side(agreement, day, side, Trades::page_roots)
        }

        fn breaks(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            from: u32,
        ) -> (BreakList, Option<u32>) {
            of_side(agreement, day, side, |side_id| {
                let excerpt = views::breaks(side_id, from, views::MAX_BREAKS);
                (excerpt.breaks, excerpt.next)
            })
        }

        fn timing_differences(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            from: u32,
        ) -> (Vec<TimingEnd>, Option<u32>) {
            of_side(agreement, day, side, |side_id| {
                let excerpt = views::breaks(side_id, from, views::MAX_BREAKS);
                let ends = views::timing_differences(side_id, &excerpt);
                (ends, excerpt.next)
            })
        }

        fn compared(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            positions: Vec<u32>,
        ) -> Compared {
            of_side(agreement, day, side, |side_id| {
                views::compared(side_id, &positions.into_iter().collect())
            })
        }

        fn members_in_words(page: u32) -> Vec<MemberInWords> {
            views_in_words::members(page)
        }

        fn agreements_in_words(page: u32) -> Vec<AgreementInWords> {
            views_in_words::agreements(page)
        }

        fn agreement_in_words(id: AgreementId) -> Option<AgreementInWords> {
            views_in_words::agreement(id)
        }

        fn products_in_words(agreement: AgreementId, page: u32) -> Vec<ProductInWords> {
            views_in_words::products(agreement, page)
        }

        fn calendars_in_words() -> Vec<CalendarInWords> {
            views_in_words::calendars()
        }

        fn waiting_days_in_words(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<WaitingDayInWords>, Option<BusinessDay>) {
            of_day(from, |from| views_in_words::waiting_days(agreement, from))
        }

        fn obligations_in_words(agreement: AgreementId) -> Vec<ObligationInWords> {
            views_in_words::obligations(agreement)
        }

        fn day_in_words(agreement: AgreementId, day: BusinessDay) -> Option<DayInWords> {
            views_in_words::day(agreement, day_of_input(day).ok()?)
        }

        fn trades_in_words(
            agreement: AgreementId,
            day: BusinessDay,
            page: u32,
        ) -> Vec<TradeInWords> {
            of_day(day, |day| views_in_words::trades(agreement, day, page))
        }

        fn trades_with_reference(
            agreement: AgreementId,
            day: BusinessDay,
            reference: Words,
        ) -> Vec<TradeInWords> {
            of_day(day, |day| views_in_words::with_reference(agreement, day, &reference))
        }

        fn breaks_in_words(
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            page: u32,
        ) -> Vec<BreakInWords> {
            of_side(agreement, day, side, |side_id| views_in_words::breaks(side_id, page))
        }

        fn agreement(id: AgreementId) -> Option<AgreementView> {
            Registry::agreement(id)
        }

        fn agreements() -> Vec<AgreementId> {
            Registry::agreements()
        }

        fn due_times(agreement: AgreementId, day: BusinessDay) -> Option<DueTimes> {
            views::due_times(agreement, day_of_input(day).ok()?)
        }

        fn calendars() -> Vec<CalendarView> {
            views::calendars()
        }

        fn agreement_calendars(id: AgreementId) -> Vec<(BusinessDay, CalendarNames)> {
            views::agreement_calendars(id)
        }

        fn successors(id: AgreementId) -> Vec<(MemberId, MemberId)> {
            views::successors(id)
        }

        fn council() -> CouncilView {
            Council::view()
        }

        fn validators() -> Vec<ValidatorView> {
            views::validators()
        }

        fn waiting_days(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<WaitingDay>, Option<BusinessDay>) {
            of_day(from, |from| views::waiting_days(agreement, from))
        }

        fn settled_days(
            agreement: AgreementId,
            from: BusinessDay,
        ) -> (Vec<BusinessDay>, Option<BusinessDay>) {
            of_day(from, |from| views::settled_days(agreement, from))
        }

        fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<ObligationView> {
            views::obligation(agreement, day_of_input(day).ok()?)
        }

        fn unpaid_obligations(agreement: AgreementId) -> Vec<ObligationView> {
            views::unpaid_obligations(agreement)
        }

        fn products(agreement: AgreementId) -> Vec<ProductId> {
            views::products(agreement)
        }

        fn terms(agreement: AgreementId, product: ProductId) -> Vec<(BusinessDay, Terms)> {
            views::terms(agreement, product)
        }

        fn asset_decimals(asset: u32) -> Option<u8> {
            DecimalsByMetadata::decimals(asset)
        }

        fn highest_sequence(client: MemberId) -> Option<Sequence> {
            views::highest_sequence(client)
        }

        fn used_sequences(
            client: MemberId,
            sequences: Vec<Sequence>,
        ) -> Option<Vec<Option<bool>>> {
            Trades::used_sequences(client, &sequences)
        }

        fn members(from: MemberId) -> (Vec<MemberId>, Option<MemberId>) {
            views::members(from)
        }

        fn member(id: MemberId) -> Option<MemberView> {
            views::member(id)
        }

        fn operator(member: MemberId) -> Option<OperatorId> {
            Registry::operator(member)
        }

        fn member_of(account: AccountId) -> Option<MemberId> {
            Registry::member_of(&account)
        }
    }

    impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
        fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
            build_state::<RuntimeGenesisConfig>(config)
        }

        fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
            get_preset::<RuntimeGenesisConfig>(id, crate::presets::get)
        }

        fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
            crate::presets::names()
        }
    }

    #[cfg(feature = "try-runtime")]
    impl frame_try_runtime::TryRuntime<Block> for Runtime {
        fn on_runtime_upgrade(
            checks: frame_try_runtime::UpgradeCheckSelect,
        ) -> (Weight, Weight) {
            let weight = Executive::try_runtime_upgrade(checks).expect("the upgrade holds");
            (weight, crate::configs::system::RuntimeBlockWeights::get().max_block)
        }

        fn execute_block(
            block: <Block as BlockT>::LazyBlock,
            state_root_check: bool,
            signature_check: bool,
            select: frame_try_runtime::TryStateSelect,
        ) -> Weight {
            Executive::try_execute_block(block, state_root_check, signature_check, select)
                .expect("the block and the state hold")
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    impl frame_benchmarking::Benchmark<Block> for Runtime {
        fn benchmark_metadata(extra: bool) -> (
            Vec<frame_benchmarking::BenchmarkList>,
            Vec<frame_support::traits::StorageInfo>,
        ) {
            use super::*;
            use frame_support::traits::StorageInfoTrait;

            let mut list = Vec::new();
            list_benchmarks!(list, extra);
            (list, AllPalletsWithSystem::storage_info())
        }

        fn dispatch_benchmark(
            config: frame_benchmarking::BenchmarkConfig,
        ) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
            use super::*;
            use frame_support::traits::WhitelistedStorageKeys;

            let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
            let mut batches = Vec::new();
            let params = (&config, &whitelist);
            add_benchmarks!(params, batches);
            Ok(batches)
        }
    }
}
