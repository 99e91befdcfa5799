//! What the chain begins with: members, their agreement and its products.

use super::*;
use counterfoil_primitives::{
    AgreementId, Amount, BusinessDay, Caps, Conditions, Currency, DebitRule, MemberId, ProductId,
    RefundFee, Role, Rounding, Rule, Terms, TimeOfDay, UtcOffset,
};
use counterfoil_support::testing::pair;
use pallet_registry::{AgreementGenesis, AgreementSpec, MemberGenesis, ProductGenesis};
use sp_core::Pair;
use sp_runtime::BuildStorage;

pub const CLIENT: MemberId = 1;
pub const COMPANY: MemberId = 2;
pub const BANK: MemberId = 3;
pub const RECONCILER: MemberId = 4;
/// A client that the agreement admits too.
pub const OTHER: MemberId = 5;
/// A member that the agreement does not name.
pub const STRANGER: MemberId = 6;
/// More clients, which do nothing but propose.
pub const MORE: [MemberId; 2] = [7, 8];

/// The members, by their numbers from 1 on.
const NAMES: [&str; 8] = [
    "Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "Grace", "Heidi",
];

pub const AGREEMENT: AgreementId = 1;
/// The first day of the agreement.
pub const FIRST: BusinessDay = BusinessDay(20_000);
/// The day on which [`PRODUCT`] gets other terms.
pub const CHANGE: BusinessDay = BusinessDay(20_003);

/// The credit amount is 98.5 %, the debit amount the rest; from [`CHANGE`] on 97 %.
pub const PRODUCT: ProductId = 1;
/// The credit amount is 90 %, the debit amount 20 %.
pub const OWN_DEBIT: ProductId = 2;
/// As [`PRODUCT`] on the first day, but the bank keeps its share of what is given back.
pub const FEE_KEPT: ProductId = 3;
/// A product without terms.
pub const NO_PRODUCT: ProductId = 99;

/// Business days after a trade's until which it may be amended.
pub const AMEND_DAYS: u16 = 30;
/// Days until which a proposal can be answered.
pub const ANSWER_DAYS: u16 = 5;

/// The name of a member's operator key.
pub fn name(member: MemberId) -> &'static str {
    NAMES[member as usize - 1]
}

fn member(id: MemberId) -> MemberGenesis {
    MemberGenesis {
        id,
        role: match id {
            COMPANY => Role::Company,
            BANK => Role::Bank,
            RECONCILER => Role::Reconciler,
            _ => Role::Client,
        },
        name: name(id).into(),
        account: AccountId32::new([id as u8; 32]),
        operator: pair(name(id)).public(),
        endpoint: String::new(),
    }
}

/// What agreement 1 says.
pub fn agreement() -> AgreementSpec {
    AgreementSpec {
        bank: BANK,
        company: COMPANY,
        reconciler: RECONCILER,
        clients: [CLIENT, OTHER].into_iter().chain(MORE).collect(),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: FIRST,
        caps: Caps {
            pages: 4,
            extras: 16,
        },
        max_gross: None,
        deadline_minutes: 60,
        max_late_minutes: 3 * 24 * 60,
        refund_days: 30,
        amend_days: AMEND_DAYS,
        answer_days: ANSWER_DAYS,
        conditions: Conditions {
            utc_offset: UtcOffset(60),
            cut_off: TimeOfDay(30),
            preset: TimeOfDay(60),
            ..Default::default()
        },
    }
}

fn products() -> Vec<ProductGenesis> {
    let terms = |credit, debit| Terms {
        credit: rate(credit),
        debit,
        refund_fee: RefundFee::Returned,
    };
    let kept = Terms {
        refund_fee: RefundFee::Kept,
        ..terms(985_000, DebitRule::Residual)
    };
    let own = DebitRule::Own(rate(200_000));
    [
        (PRODUCT, FIRST, terms(985_000, DebitRule::Residual)),
        (PRODUCT, CHANGE, terms(970_000, DebitRule::Residual)),
        (OWN_DEBIT, FIRST, terms(900_000, own)),
        (FEE_KEPT, FIRST, kept),
    ]
    .map(|(product, from, terms)| ProductGenesis {
        agreement: AGREEMENT,
        product,
        from,
        terms,
    })
    .into()
}

fn rate(rate_ppm: u32) -> Rule {
    Rule {
        rate_ppm,
        flat: 0,
        floor: 0,
        cap: None,
        rounding: Rounding::HalfUp,
    }
}

/// A chain at noon of the first day.
pub fn externalities() -> sp_io::TestExternalities {
    MaxPagesPerDay::set(512);
    let storage = RuntimeGenesisConfig {
        registry: pallet_registry::GenesisConfig {
            members: (1..=NAMES.len() as MemberId).map(member).collect(),
            agreements: vec![AgreementGenesis {
                id: AGREEMENT,
                spec: agreement(),
            }],
            products: products(),
            ..Default::default()
        },
        ..Default::default()
    }
    .build_storage()
    .expect("the genesis is whole");
    let mut ext = sp_io::TestExternalities::from(storage);
    ext.execute_with(|| {
        System::set_block_number(1);
        set_time(at(0, 12, 0));
    });
    ext
}

/// Runs a test at noon of the first day, and checks the state after it.
pub fn build_and_execute(test: impl FnOnce()) {
    externalities().execute_with(|| {
        test();
        check_state();
    });
}

/// Checks the state of amendments and trades.
pub fn check_state() {
    Amendments::do_try_state().expect("the amendments hold");
    Trades::do_try_state().expect("the trades hold");
}

/// Ends the block, whose state must hold, and moves the time to the next one's.
pub fn set_time(moment: Moment) {
    check_state();
    pallet_timestamp::Now::<Test>::put(moment);
}

/// The local time `hour:minute` of the agreement's day `FIRST + day`.
pub fn at(day: u32, hour: u64, minute: u64) -> Moment {
    UtcOffset(60).start_of(BusinessDay(FIRST.0 + day)) + (hour * 60 + minute) * MINUTE
}

/// The agreement's day `FIRST + day`.
pub const fn day(day: u32) -> BusinessDay {
    BusinessDay(FIRST.0 + day)
}

/// The gross amount of most payments: 100.00.
pub const GROSS: Amount = 10_000;
