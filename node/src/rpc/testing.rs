//! A chain for the tests of the methods: one agreement of known members.

use super::finalized_state::State;
use counterfoil_primitives::{
    day_times::DueTimes,
    operator::{OperatorPair, OPERATOR_KEY_TYPE},
    summary::{SideStatus, SideSummary},
    AgreementId, AgreementView, BusinessDay, Caps, Conditions, Currency, MemberId, OperatorId,
    Round, SideId, Source,
};
use jsonrpsee::types::ErrorObjectOwned;
use parking_lot::Mutex;
use sp_core::{Pair, H256};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystorePtr};
use std::sync::Arc;

/// The only agreement. Its company receives its book, its bank imports a ledger.
pub const AGREEMENT: AgreementId = 1;
/// The agreement's first day.
pub const FIRST_DAY: BusinessDay = BusinessDay(10_000);
/// The agreement's client, company, bank and reconciler.
pub const CLIENT: MemberId = 1;
/// See [`CLIENT`].
pub const COMPANY: MemberId = 2;
/// See [`CLIENT`].
pub const BANK: MemberId = 3;
/// See [`CLIENT`].
pub const RECONCILER: MemberId = 4;
/// The chain's genesis hash.
pub const GENESIS: H256 = H256::repeat_byte(1);

/// A chain.
#[derive(Clone, Default)]
pub struct TestChain {
    /// The round of each side.
    pub round: Round,
    /// How far each side is.
    pub status: SideStatus,
    /// What the chain says of each side beside that.
    pub side: SideSummary,
    /// How many closed days follow each day.
    pub closed_days: u32,
    /// What was asked of the runtime, in order.
    pub asked: Arc<Mutex<Vec<&'static str>>>,
}

impl TestChain {
    fn note(&self, question: &'static str) {
        self.asked.lock().push(question);
    }
}

/// The operator of a member.
pub fn operator(member: MemberId) -> OperatorPair {
    OperatorPair::from_string(&format!("//Member{member}"), None).expect("the path is valid")
}

/// A keystore with the operator keys of `members`.
pub fn keystore(members: &[MemberId]) -> KeystorePtr {
    let keystore = MemoryKeystore::new();
    for member in members {
        keystore
            .sr25519_generate_new(OPERATOR_KEY_TYPE, Some(&format!("//Member{member}")))
            .expect("the path is valid");
    }
    keystore.into()
}

impl State for TestChain {
    fn genesis(&self) -> H256 {
        GENESIS
    }

    fn agreement(&self, id: AgreementId) -> Result<Option<AgreementView>, ErrorObjectOwned> {
        self.note("agreement");
        let conditions = Conditions {
            debit_source: Source::Received,
            credit_source: Source::Ledger,
            ..Default::default()
        };
        Ok((id == AGREEMENT).then(|| AgreementView {
            bank: BANK,
            company: COMPANY,
            reconcilers: vec![(FIRST_DAY, RECONCILER)],
            clients: vec![CLIENT],
            suspended: Vec::new(),
            currency: Currency::truncated("CZK"),
            decimals: 2,
            first_day: FIRST_DAY,
            end: None,
            caps: Caps {
                pages: 1,
                extras: 1,
            },
            max_gross: None,
            deadline_minutes: 1,
            max_late_minutes: 1,
            refund_days: 1,
            amend_days: 365,
            answer_days: 10,
            conditions: vec![(FIRST_DAY, conditions)],
        }))
    }

    fn due_times(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<DueTimes>, ErrorObjectOwned> {
        self.note("due_times");
        let last = BusinessDay(day.0 + self.closed_days);
        Ok(self
            .agreement(agreement)?
            .and_then(|agreement| agreement.due_times(last)))
    }

    fn operator(&self, member: MemberId) -> Result<Option<OperatorId>, ErrorObjectOwned> {
        self.note("operator");
        let is_member = (CLIENT..=RECONCILER).contains(&member);
        Ok(is_member.then(|| operator(member).public()))
    }

    fn side(&self, _: SideId) -> Result<SideSummary, ErrorObjectOwned> {
        self.note("side");
        Ok(SideSummary {
            status: self.status,
            round: self.round,
            ..self.side
        })
    }
}
