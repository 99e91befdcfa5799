//! The chain under test: its blocks and its clock.

use super::{
    books::Drafts,
    cross_pallet,
    members::{self, AGREEMENTS, CALLERS},
    model::{period_of, Model},
    operation::{At, Which},
};
use crate::{
    constants::SLOT_MILLIS, BlockNumber, Executive, Hash, Header, Registry, Runtime, RuntimeCall,
    RuntimeEvent, System, Timestamp, Trades, UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::{
    day_times::DueTimes,
    ports::{DayTrades, Directory},
    AgreementId, AgreementView, BusinessDay, MemberId, Moment,
};
use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};
use pallet_amendments::Event;
use pallet_envelope::era_and_nonce::ENDS_TOO_SOON;
use pallet_registry::Members;
use pallet_session::ShouldEndSession;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{sr25519, storage::well_known_keys::EXTRINSIC_INDEX, Pair};
use sp_io::hashing::twox_128;
use sp_runtime::{
    traits::Header as _,
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
    },
    Digest, DigestItem, DispatchError,
};
use std::{
    collections::{hash_map::DefaultHasher, BTreeMap},
    hash::{Hash as _, Hasher},
};

/// What became of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Failed(DispatchError),
    /// It entered no block.
    Refused(TransactionValidityError),
}

/// A transaction that was sent.
pub struct Sent {
    pub transaction: UncheckedExtrinsic,
    /// A block took it.
    pub included: bool,
    /// Nothing that happens later makes it good.
    pub never: bool,
}

pub struct World {
    parent: Hash,
    number: BlockNumber,
    /// The last block's time.
    pub now: Moment,
    /// The key that each caller acts with, as far as it knows.
    pub keys: BTreeMap<MemberId, sr25519::Pair>,
    /// Keys that members had before.
    pub retired: Vec<sr25519::Pair>,
    /// Keys made for members to take.
    pub made: Vec<sr25519::Pair>,
    /// How many accounts were made for members to pay from.
    pub accounts: u32,
    /// How many references payments outside the chain were given.
    pub references: u32,
    pub sent: Vec<Sent>,
    pub drafts: Drafts,
    /// What the block of the last transaction told.
    pub events: Vec<RuntimeEvent>,
    /// The reference of the last form that a person wrote.
    pub written: Option<String>,
    /// The preset times that have passed.
    passed: BTreeMap<(AgreementId, BusinessDay), Moment>,
    pub model: Model,
}

/// Runs `test` on the chain's genesis.
pub fn on_chain(test: impl FnOnce()) {
    sp_io::TestExternalities::new(members::genesis()).execute_with(test);
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            parent: System::block_hash(0),
            number: 0,
            now: crate::tests::NOON,
            keys: CALLERS
                .map(|member| (member, members::first_key(member)))
                .collect(),
            retired: Vec::new(),
            made: Vec::new(),
            accounts: 0,
            references: 0,
            sent: Vec::new(),
            drafts: Drafts::default(),
            events: Vec::new(),
            written: None,
            passed: BTreeMap::new(),
            model: Model::new(),
        };
        world.block(None);
        world
    }

    /// The time of the next block.
    pub fn upcoming(&self) -> Moment {
        self.now + SLOT_MILLIS
    }

    /// Makes an empty block at `moment`, where that lies ahead.
    pub fn pass_to(&mut self, moment: Moment) {
        self.now = self.now.max(moment.saturating_sub(SLOT_MILLIS));
        self.block(None);
    }

    pub fn agreement(&self, agreement_id: AgreementId) -> AgreementView {
        Registry::agreement(agreement_id).expect("the agreement is there")
    }

    /// When a day comes due, by the agreement and its calendars.
    pub fn times(&self, agreement_id: AgreementId, day: BusinessDay) -> Option<DueTimes> {
        Registry::due_times(agreement_id, &self.agreement(agreement_id), day)
    }

    /// The business day of the last block.
    pub fn today(&self, agreement: AgreementId) -> BusinessDay {
        self.agreement(agreement)
            .day_of(self.now)
            .expect("the first day has begun")
    }

    pub fn day(&self, at: At) -> BusinessDay {
        let today = self.today(at.agreement);
        match at.day {
            Which::Back(back) => BusinessDay((today.0 + 1).saturating_sub(back)),
            Which::Current => self.current(at.agreement),
        }
    }

    fn current(&self, agreement_id: AgreementId) -> BusinessDay {
        let agreement = self.agreement(agreement_id);
        let today = self.today(agreement_id);
        let mut days = (agreement.first_day.0..=today.0).map(BusinessDay);
        let is_at_hand = |day: &BusinessDay| {
            Trades::totals(agreement_id, *day).count() > 0
                && !self.model.is_settled(agreement_id, *day)
                && !self.model.is_stranded(agreement_id, *day)
        };
        let Some(day) = days.find(is_at_hand) else {
            return today.previous();
        };
        let period = period_of(agreement_id, &agreement, day);
        let mut days = (period.first.0..=period.last.0).map(BusinessDay);
        let is_open = |day: &BusinessDay| !self.model.is_reconciled(agreement_id, *day);
        days.find(is_open).unwrap_or(day)
    }

    /// Makes a block of one transaction at most, and checks everything that must hold.
    pub fn block(&mut self, transaction: Option<UncheckedExtrinsic>) -> Option<Outcome> {
        self.number += 1;
        self.now += SLOT_MILLIS;
        let slot = Slot::from(self.now / SLOT_MILLIS);
        let digest = Digest {
            logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
        };
        let [none, root] = [Hash::zero(); 2];
        let header = Header::new(self.number, none, root, self.parent, digest);
        Executive::initialize_block(&header);
        let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: self.now });
        Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time))
            .expect("the time is valid")
            .expect("the time is set");
        assert_eq!(Timestamp::get(), self.now);
        let outcome = transaction.map(|transaction| self.apply(transaction));
        self.parent = Executive::finalize_block().hash();
        if outcome.is_some() {
            let told = System::events().into_iter();
            self.events = told.map(|record| record.event).collect();
            self.follow_events();
        }
        self.follow_keys();
        self.check();
        self.check_fallen_out(outcome.is_some());
        // A block that ends a session takes no call.
        if self.ends_session() {
            self.block(None);
        }
        outcome
    }

    /// Whether the next block ends the session.
    fn ends_session(&self) -> bool {
        with_transaction_unchecked(|| {
            let ends = <Runtime as pallet_session::Config>::ShouldEndSession::should_end_session(
                self.number + 1,
            );
            TransactionOutcome::Rollback(ends)
        })
    }

    /// Applies a transaction as a block's author does: what is not valid leaves no trace.
    fn apply(&self, transaction: UncheckedExtrinsic) -> Outcome {
        let pool = with_transaction_unchecked(|| {
            let source = TransactionSource::External;
            let validity =
                Executive::validate_transaction(source, transaction.clone(), self.parent);
            TransactionOutcome::Rollback(validity)
        });
        let before = fingerprint();
        let applied =
            with_transaction_unchecked(|| match Executive::apply_extrinsic(transaction.clone()) {
                Ok(result) => TransactionOutcome::Commit(Ok(result)),
                Err(invalid) => TransactionOutcome::Rollback(Err(invalid)),
            });
        match applied {
            Err(invalid) => {
                // A report may wait in the pool for its time, and a part of one for its header.
                let waits = |valid: ValidTransaction| {
                    !valid.requires.is_empty() || invalid == InvalidTransaction::Future.into()
                };
                assert!(
                    pool.is_err() || pool.is_ok_and(waits),
                    "the pool takes what no block does: {invalid:?}, {transaction:?}"
                );
                Outcome::Refused(invalid)
            }
            Ok(result) => {
                assert!(
                    pool.is_ok() || pool == Err(ENDS_TOO_SOON.into()),
                    "a block takes what the pool does not: {pool:?}"
                );
                match result {
                    Ok(()) => Outcome::Done,
                    Err(error) => {
                        assert_eq!(fingerprint(), before, "a failed call changed storage");
                        Outcome::Failed(error)
                    }
                }
            }
        }
    }

    /// The model learns of accounts, of clients and of payments from the block's events.
    fn follow_events(&mut self) {
        for event in &self.events {
            match event {
                RuntimeEvent::Registry(event) => {
                    self.model.accounts.note(event, self.now);
                    self.model.note_clients(event);
                }
                RuntimeEvent::Settlement(event) => self.model.note_settlement(event, self.now),
                _ => {}
            }
        }
    }

    /// Members know when their key has changed.
    fn follow_keys(&mut self) {
        for (member, stored) in Members::<Runtime>::iter() {
            let operator = sr25519::Public::from(stored.operator);
            let key = self.keys.get_mut(&member).expect("a member is a caller");
            if key.public() != operator {
                let new = self.made.iter().find(|made| made.public() == operator);
                let old =
                    core::mem::replace(key, new.expect("the key was made for a member").clone());
                self.retired.push(old);
            }
        }
    }

    /// The parties are told of each item that fell out of an amendment, and why.
    fn check_fallen_out(&mut self, is_told: bool) {
        let told = self.events.iter().filter_map(|event| match event {
            RuntimeEvent::Amendments(Event::FellOut { reason, .. }) if is_told => Some(*reason),
            _ => None,
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told, self.model.amended.take_fallen_out());
    }

    /// What each pallet says of its storage, what they say of each other's, and what the model says
    /// of the days.
    fn check(&mut self) {
        Registry::do_try_state().expect("the registry is consistent");
        Trades::do_try_state().expect("the trades are consistent");
        crate::Books::do_try_state().expect("the books are consistent");
        crate::Reconciliation::do_try_state().expect("the reconciliation is consistent");
        crate::Envelope::do_try_state().expect("the envelope is consistent");
        crate::Settlement::do_try_state().expect("the settlement is consistent");
        crate::Amendments::do_try_state().expect("the amendments are consistent");
        crate::Share::do_try_state().expect("the share is consistent");
        crate::Council::do_try_state().expect("the council is consistent");
        crate::Validators::do_try_state().expect("the validators are consistent");
        cross_pallet::check();
        self.check_passed();
        self.model.observe(self.now, &self.drafts);
        let written_off = &self.model.amended.written_off;
        cross_pallet::what_amendments_booked_is_among_the_trades(written_off);
    }

    /// A preset time that has passed stays where it is, whatever is said of days to come.
    fn check_passed(&mut self) {
        for agreement_id in AGREEMENTS {
            let days = self.agreement(agreement_id).first_day.0..=self.today(agreement_id).0;
            for day in days.map(BusinessDay) {
                let times = self.times(agreement_id, day);
                let preset = times.expect("the first day has begun").preset;
                if preset <= self.now {
                    let passed = self.passed.entry((agreement_id, day)).or_insert(preset);
                    assert_eq!(*passed, preset, "{day:?} of {agreement_id}");
                }
            }
        }
    }
}

/// A hash of all storage but what every transaction may write: its index, nonces, fees, events, what
/// it used of its block, and that it is spent.
fn fingerprint() -> u64 {
    let fees = [
        "System",
        "Balances",
        "TransactionPayment",
        "Envelope",
        "Share",
    ]
    .map(|pallet| twox_128(pallet.as_bytes()));
    let mut hasher = DefaultHasher::new();
    let mut key = Vec::new();
    while let Some(next) = sp_io::storage::next_key(&key) {
        let is_of_any = next == EXTRINSIC_INDEX || fees.iter().any(|fee| next.starts_with(fee));
        if !is_of_any {
            next.hash(&mut hasher);
            sp_io::storage::get(&next).hash(&mut hasher);
        }
        key = next;
    }
    hasher.finish()
}
