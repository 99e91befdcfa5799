//! What is owed for settlement periods, who owes it, and why it is not paid.
//!
//! | module | what it holds |
//! |---|---|
//! | [`checks`] | what the chain keeps of payments is what follows here |
//! | [`noted`] | what days that are reconciled, and what members did, change |

mod checks;
mod noted;

use super::{asset_life::AssetLife, periods::period_of, Model};
use crate::{presets::ASSET, Registry};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{BankReference, Obligation, Rail, Release, Waiting},
    AgreementId, Amount, BusinessDay, MemberId, Moment, SignedAmount,
};
use std::collections::BTreeMap;

/// A payment outside the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub number: u32,
    pub amount: Amount,
    pub reference: BankReference,
    pub received: Option<Amount>,
    pub returned: Amount,
}

impl Outside {
    pub fn kept(&self) -> Amount {
        self.received.map_or(0, |received| received - self.returned)
    }
}

/// What is owed for a settlement period.
#[derive(Clone, Debug)]
pub struct Owed {
    /// What is owed for each of its days that is reconciled.
    days: BTreeMap<BusinessDay, SignedAmount>,
    /// Its last day, as it was known when the last of those was reconciled.
    last: BusinessDay,
    rail: Rail,
    release: Release,
    due_since: Option<Moment>,
    /// What was paid in the asset.
    in_asset: Amount,
    paid_at: Option<Moment>,
    /// Whether the chain told that it is paid, and nothing came back since.
    is_told: bool,
    /// What was paid outside the chain, as the parties say.
    pub outside: Vec<Outside>,
    /// How many payments outside the chain were declared.
    declared: u32,
}

impl Owed {
    fn amount(&self) -> SignedAmount {
        self.days.values().sum()
    }

    fn paid(&self) -> Amount {
        self.in_asset + self.outside.iter().map(Outside::kept).sum::<Amount>()
    }

    pub fn left(&self) -> Amount {
        self.amount().unsigned_abs() - self.paid()
    }

    /// What is declared and not answered.
    fn open(&self) -> Amount {
        let open = self.outside.iter().filter(|one| one.received.is_none());
        open.map(|one| one.amount).sum()
    }

    /// What the debtor may declare.
    pub fn undeclared(&self) -> Amount {
        self.left() - self.open()
    }

    pub fn is_due(&self) -> bool {
        self.due_since.is_some() && self.paid_at.is_none()
    }

    pub fn is_settled(&self) -> bool {
        self.paid_at.is_some()
    }

    /// How many days it covers that are reconciled.
    pub fn days(&self) -> usize {
        self.days.len()
    }

    pub fn is_outside(&self) -> bool {
        self.rail == Rail::External
    }

    pub fn was_released(&self) -> bool {
        matches!(self.release, Release::Given { .. })
    }

    /// Whether the debtor's staff has to release the payment.
    pub fn awaits_release(&self) -> bool {
        self.is_due() && self.release == Release::Awaited
    }

    /// A payment outside the chain, by its number.
    fn payment(&mut self, number: u32) -> &mut Outside {
        let payment = self.outside.iter_mut().find(|one| one.number == number);
        payment.expect("it was declared")
    }

    /// It is settled once nothing is left, and owed again where something came back.
    fn settle(&mut self, now: Moment) {
        self.outside
            .retain(|one| one.received.is_none() || one.kept() > 0);
        let is_settled = self.due_since.is_some() && self.left() == 0;
        self.paid_at = is_settled.then(|| self.paid_at.unwrap_or(now));
    }

    fn expected(&self) -> Obligation {
        Obligation {
            last: self.last,
            days: self.days.len() as u32,
            amount: self.amount(),
            rail: self.rail,
            release: self.release,
            due_since: self.due_since,
            paid: self.paid(),
            paid_at: self.paid_at,
        }
    }
}

impl Model {
    /// What is owed for the settlement period of a day; `None` while no day of it is reconciled.
    pub fn owed(&self, id: AgreementId, day: BusinessDay) -> Option<&Owed> {
        self.owed.get(&self.period(id, day))
    }

    /// Who owes, and who is owed, for the settlement period of a day: the company owes as a rule.
    pub fn parties(&self, id: AgreementId, day: BusinessDay) -> [MemberId; 2] {
        let agreement = Registry::agreement(id).expect("it is there");
        match self.owed(id, day).map_or(0, Owed::amount) {
            0.. => [agreement.company, agreement.bank],
            _ => [agreement.bank, agreement.company],
        }
    }

    /// Who owes for the settlement period of a day: the company as a rule.
    pub fn debtor(&self, id: AgreementId, day: BusinessDay) -> MemberId {
        self.parties(id, day)[0]
    }

    /// What whoever owes pays from for the settlement period of a day.
    pub fn debtor_account(&self, id: AgreementId, day: BusinessDay) -> crate::AccountId {
        let (_, first) = self.period(id, day);
        self.accounts.paying_on(self.debtor(id, day), first)
    }

    /// Whether a payment in the asset would go through.
    pub fn can_pay(&self, id: AgreementId, day: BusinessDay) -> bool {
        let owed = self.owed(id, day);
        owed.is_some_and(|owed| owed.is_due() && owed.rail == Rail::Asset(ASSET))
            && self.waiting(id, day).is_none()
    }

    /// Why what is owed for the settlement period of a day is not paid.
    pub fn waiting(&self, id: AgreementId, day: BusinessDay) -> Option<Waiting> {
        let agreement = Registry::agreement(id).expect("it is there");
        let period = period_of(id, &agreement, day);
        let owed = self.owed.get(&(id, period.first))?;
        if owed.due_since.is_none() {
            let missing = period.last.0 - period.first.0 + 1 - owed.days.len() as u32;
            return Some(Waiting::Days { missing });
        }
        if owed.is_settled() {
            return None;
        }
        if owed.awaits_release() {
            return Some(Waiting::Release);
        }
        match (owed.rail, owed.undeclared()) {
            (Rail::Asset(_), _) => self.in_asset(id, day, owed.left()),
            (Rail::External, 0) => Some(Waiting::Acknowledgement {
                declared: owed.open(),
            }),
            (Rail::External, undeclared) => Some(Waiting::Declaration { undeclared }),
        }
    }

    /// Whether a day is reconciled, and was to be paid in an asset that is no more.
    pub fn is_stranded(&self, id: AgreementId, day: BusinessDay) -> bool {
        self.is_reconciled(id, day) && self.waiting(id, day) == Some(Waiting::AssetUnavailable)
    }

    /// Why a payment in the asset does not go through.
    fn in_asset(&self, id: AgreementId, day: BusinessDay, left: Amount) -> Option<Waiting> {
        let account = self.debtor_account(id, day);
        let funds = self.funds[&account];
        let short = (left > funds).then(|| Waiting::Short { by: left - funds });
        match self.asset {
            AssetLife::Gone => Some(Waiting::AssetUnavailable),
            // More than there is of the asset is short wherever it lies, and whatever becomes of it.
            _ if left > self.supply() => short,
            AssetLife::Dies { .. } => Some(Waiting::AssetUnavailable),
            AssetLife::Lives if self.is_frozen(&account) => Some(Waiting::Frozen),
            AssetLife::Lives => short,
        }
    }
}
