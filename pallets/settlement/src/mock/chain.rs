//! Members, agreements and money of the small chain, and what tests do with them.

use super::*;
use crate::Obligations;
use counterfoil_primitives::{
    day::MINUTE,
    ports::OnReconciled,
    settlement::{BankReference, Obligation, Period, Rail},
    written::date,
    Amount, Caps, Conditions, Currency, Moment, Role, SignedAmount, TimeOfDay, UtcOffset,
};
use counterfoil_support::testing;
use frame_support::{assert_ok, dispatch::GetDispatchInfo, traits::fungibles::Mutate};
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis};
use sp_core::Pair;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
    traits::{Applyable, Checkable},
    transaction_validity::TransactionValidityError,
    BuildStorage, DispatchResult,
};

pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const AGREEMENT: AgreementId = 1;
/// Of the same company and bank as [`AGREEMENT`].
pub const SECOND_AGREEMENT: AgreementId = 2;
pub const ASSET: u32 = 1;
pub const DAY: BusinessDay = BusinessDay(20_000);
pub const NOW: Moment = 20_001 * 24 * 60 * MINUTE;

/// The account that the company pays from, and is paid to.
pub fn company() -> AccountId32 {
    AccountId32::new([102; 32])
}

/// The account that the bank is paid to, where it names no other one, and pays from.
pub fn bank() -> AccountId32 {
    AccountId32::new([103; 32])
}

/// Conditions of a day in UTC, with this period and rail.
pub fn conditions(period: Period, rail: Rail) -> Conditions {
    Conditions {
        utc_offset: UtcOffset(0),
        cut_off: TimeOfDay(0),
        preset: TimeOfDay(1),
        period,
        rail,
        ..Default::default()
    }
}

/// A chain with two agreements of one company and one bank, and no assets on any account. Each day is paid by
/// itself, in [`ASSET`].
pub fn externalities() -> sp_io::TestExternalities {
    Exceeded::set(vec![]);
    let member = |id, role, name: &str, account| MemberGenesis {
        id,
        role,
        name: name.into(),
        account,
        operator: pair(name).public(),
        endpoint: String::new(),
    };
    let agreement = |id| AgreementGenesis {
        id,
        spec: AgreementSpec {
            bank: BANK,
            company: COMPANY,
            reconciler: 4,
            clients: vec![],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            first_day: DAY,
            caps: Caps {
                pages: 1,
                extras: 1,
            },
            max_gross: None,
            deadline_minutes: 1,
            max_late_minutes: 1,
            refund_days: 180,
            amend_days: 365,
            answer_days: 10,
            conditions: conditions(Period::Day, Rail::Asset(ASSET)),
        },
    };
    let storage = RuntimeGenesisConfig {
        registry: pallet_registry::GenesisConfig {
            members: vec![
                member(COMPANY, Role::Company, "Bob", company()),
                member(BANK, Role::Bank, "Charlie", bank()),
                member(4, Role::Reconciler, "Dave", AccountId32::new([104; 32])),
            ],
            agreements: vec![agreement(AGREEMENT), agreement(SECOND_AGREEMENT)],
            ..Default::default()
        },
        assets: pallet_assets::GenesisConfig {
            assets: vec![(ASSET, AccountId32::new([1; 32]), true, 1)],
            metadata: vec![(ASSET, b"Crown".to_vec(), b"CZK".to_vec(), 2)],
            ..Default::default()
        },
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| {
        System::set_block_number(1);
        set_clock(NOW);
    });
    ext
}

/// Has [`AGREEMENT`] go by another period and rail from its first day on.
pub fn go_by(period: Period, rail: Rail) {
    pallet_registry::Agreements::<Test>::mutate(AGREEMENT, |agreement| {
        let agreement = agreement.as_mut().expect("it is there");
        let versions = vec![(DAY, conditions(period, rail))];
        agreement.conditions = versions.try_into().expect("one version has room");
    });
}

/// Has [`AGREEMENT`] go by another period and rail from a day that has not begun.
pub fn change(from: BusinessDay, period: Period, rail: Rail) {
    let root = RuntimeOrigin::root();
    let conditions = conditions(period, rail);
    assert_ok!(Registry::set_conditions(root, AGREEMENT, from, conditions));
}

/// The days from `first` to `last` are reconciled, each with this obligation.
pub fn reconcile(first: BusinessDay, last: BusinessDay, owed: SignedAmount) {
    for day in first.0..=last.0 {
        Settlement::on_reconciled(AGREEMENT, BusinessDay(day), owed);
    }
    check_state();
}

/// Day of a date written like `2024-10-04`.
pub fn day(text: &str) -> BusinessDay {
    date::read(text).expect("a date")
}

/// The account that signs for an operator.
pub fn by(name: &str) -> RuntimeOrigin {
    RuntimeOrigin::signed(account(name))
}

/// What is owed for the period that begins with `first`.
pub fn obligation(first: BusinessDay) -> Obligation {
    Obligations::<Test>::get(AGREEMENT, first).expect("a day of the period is reconciled")
}

/// Whether nothing is left to pay for the period that begins with `first`.
pub fn is_paid(first: BusinessDay) -> bool {
    Obligations::<Test>::get(AGREEMENT, first).is_some_and(|owed| owed.paid_at.is_some())
}

/// A chain in a node with a keystore, for the benchmarks to put their members into.
pub fn for_benchmarks() -> sp_io::TestExternalities {
    let mut ext = externalities();
    ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    ext
}

/// Runs a test, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        test();
        check_state();
    });
}

/// Checks everything that always holds.
pub fn check_state() {
    Settlement::do_try_state().expect("the state holds");
}

/// Ends the block, whose state must hold, and sets the chain's clock for the next one.
pub fn set_clock(now: Moment) {
    check_state();
    pallet_timestamp::Now::<Test>::put(now);
}

/// Puts assets on the company's account.
pub fn fund(amount: Amount) {
    fund_account(&company(), amount);
}

/// Puts assets on the bank's account.
pub fn fund_bank(amount: Amount) {
    fund_account(&bank(), amount);
}

fn fund_account(who: &AccountId32, amount: Amount) {
    Assets::mint_into(ASSET, who, amount).expect("the account may hold the asset");
}

pub fn balance(who: &AccountId32) -> Amount {
    Assets::balance(ASSET, who)
}

pub fn events() -> Vec<crate::Event<Test>> {
    System::read_events_for_pallet()
}

/// The payment call, signed by the operator of `name` without a nonce.
pub fn payment(name: &str, agreement: AgreementId, day: BusinessDay) -> UncheckedExtrinsic {
    testing::sign(
        name,
        crate::Call::<Test>::pay { agreement, day }.into(),
        unordered(),
    )
}

/// Whether the pool takes a transaction.
pub fn validate(xt: UncheckedExtrinsic) -> TransactionValidity {
    let (info, len) = (xt.get_dispatch_info(), xt.encoded_size());
    let xt = Checkable::check(xt, &frame_system::ChainContext::<Test>::default())?;
    xt.validate::<Test>(TransactionSource::External, &info, len)
}

/// Includes a transaction in the block, and checks the state after it.
pub fn apply(xt: UncheckedExtrinsic) -> Result<DispatchResult, TransactionValidityError> {
    let (info, len) = (xt.get_dispatch_info(), xt.encoded_size());
    let xt = Checkable::check(xt, &frame_system::ChainContext::<Test>::default())?;
    let applied = xt.apply::<Test>(&info, len);
    check_state();
    applied.map(|result| result.map(|_| ()).map_err(|error| error.error))
}

/// The reference of a payment outside the chain.
pub fn reference(text: &str) -> BankReference {
    BankReference::truncated(text)
}

/// The company, which owes `owed` for [`DAY`], has to pay outside the chain.
pub fn outside(owed: Amount) {
    go_by(Period::Day, Rail::External);
    Settlement::on_reconciled(AGREEMENT, DAY, owed as SignedAmount);
}

/// The company declares a payment for [`DAY`]. The state is checked after it.
pub fn declare(amount: Amount, text: &str) -> DispatchResult {
    let declared = Settlement::declare(
        by("Bob"),
        AGREEMENT,
        DAY,
        amount,
        DAY.next(),
        reference(text),
    );
    check_state();
    declared
}

/// The bank acknowledges a payment for [`DAY`]. The state is checked after it.
pub fn acknowledge(number: u32, text: &str, received: Amount) -> DispatchResult {
    let reference = reference(text);
    let acknowledged =
        Settlement::acknowledge(by("Charlie"), AGREEMENT, DAY, number, reference, received);
    check_state();
    acknowledged
}

/// The company reports that something of a payment for [`DAY`] came back, after `returned_before`. The state
/// is checked after it.
pub fn give_back(number: u32, amount: Amount, returned_before: Amount) -> DispatchResult {
    let company = by("Bob");
    let returned =
        Settlement::report_return(company, AGREEMENT, DAY, number, amount, returned_before);
    check_state();
    returned
}
