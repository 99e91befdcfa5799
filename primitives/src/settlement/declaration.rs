//! Payments outside the chain: the debtor declares, the creditor acknowledges, and what comes back is owed
//! again.
//!
//! Each party states what is against its own interest: the creditor what it received, and the debtor what
//! came back to it. So no statement needs a judge.

use crate::{Amount, BusinessDay, Moment, Text};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};

/// Maximum declarations per settlement period that are open, or of which something stayed received.
pub const MAX_DECLARATIONS: u32 = 32;

/// What a bank's statement names a payment by: ISO 20022 allows 35 characters for an end-to-end id.
pub type BankReference = Text<35>;

/// A payment that the debtor says it made outside the chain.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Declaration {
    /// Its number within the settlement period, from 0 on; no number is given twice.
    pub number: u32,
    /// How much, in minor units.
    pub amount: Amount,
    /// The day on which the money is at the creditor's disposal.
    pub value_date: BusinessDay,
    /// What the bank's statement names the payment by.
    pub reference: BankReference,
    /// When it was declared.
    pub declared_at: Moment,
    /// How much the creditor received, in minor units; `None` until it says so.
    pub received: Option<Amount>,
    /// How much of that came back to the debtor, in minor units.
    pub returned: Amount,
}

impl Declaration {
    /// What stayed with the creditor, in minor units.
    pub fn kept(&self) -> Amount {
        self.received
            .unwrap_or_default()
            .saturating_sub(self.returned)
    }

    /// What is declared and not answered yet, in minor units.
    pub const fn open(&self) -> Amount {
        match self.received {
            None => self.amount,
            Some(_) => 0,
        }
    }
}

/// Why something cannot be said of a payment outside the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDeclared {
    /// The amount is zero.
    Zero,
    /// The reference is empty.
    NoReference,
    /// More would be declared than is due and not declared yet.
    MoreThanDue,
    /// A declaration that is open, or of which something stayed received, has the same reference.
    ReferenceDeclared,
    /// There are as many declarations as there may be.
    TooMany,
    /// No declaration has this number.
    Unknown,
    /// The declaration has another reference.
    OtherReference,
    /// The declaration was answered already.
    Answered,
    /// The declaration was not acknowledged yet.
    NotAcknowledged,
    /// More would be received than was declared.
    MoreThanDeclared,
    /// More would come back than is left of what was received.
    MoreThanReceived,
    /// Another amount came back before than the report of a return names.
    ReturnedMeanwhile,
}

/// The declarations of a settlement period.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Declarations {
    /// Those that are open, or of which something stayed received, ascending by number.
    pub list: BoundedVec<Declaration, ConstU32<MAX_DECLARATIONS>>,
    /// The number of the next one.
    pub next: u32,
}

impl Declarations {
    /// What stayed with the creditor, in minor units.
    pub fn kept(&self) -> Amount {
        let kept = self.list.iter().map(Declaration::kept);
        kept.fold(0, Amount::saturating_add)
    }

    /// What is declared and not answered yet, in minor units.
    pub fn open(&self) -> Amount {
        let open = self.list.iter().map(Declaration::open);
        open.fold(0, Amount::saturating_add)
    }

    /// Adds a payment of `amount`, of which `owed` in all is owed for the period. Returns its number.
    pub fn declare(
        &mut self,
        owed: Amount,
        amount: Amount,
        value_date: BusinessDay,
        reference: BankReference,
        now: Moment,
    ) -> Result<u32, NotDeclared> {
        if amount == 0 {
            return Err(NotDeclared::Zero);
        }
        if reference.is_empty() {
            return Err(NotDeclared::NoReference);
        }
        let taken = self.kept().saturating_add(self.open());
        if amount > owed.saturating_sub(taken) {
            return Err(NotDeclared::MoreThanDue);
        }
        if self.list.iter().any(|other| other.reference == reference) {
            return Err(NotDeclared::ReferenceDeclared);
        }
        let number = self.next;
        let declaration = Declaration {
            number,
            amount,
            value_date,
            reference,
            declared_at: now,
            received: None,
            returned: 0,
        };
        self.list
            .try_push(declaration)
            .map_err(|_| NotDeclared::TooMany)?;
        self.next = number.saturating_add(1);
        Ok(number)
    }

    /// Takes an open declaration back. Returns it.
    pub fn withdraw(&mut self, number: u32) -> Result<Declaration, NotDeclared> {
        let index = self.index(number)?;
        if self.list[index].received.is_some() {
            return Err(NotDeclared::Answered);
        }
        Ok(self.list.remove(index))
    }

    /// Notes how much the creditor received of an open declaration; one of which it received nothing goes.
    /// Returns the declaration as it is now.
    pub fn acknowledge(
        &mut self,
        number: u32,
        reference: &BankReference,
        received: Amount,
    ) -> Result<Declaration, NotDeclared> {
        let index = self.index(number)?;
        let declaration = &mut self.list[index];
        if declaration.reference != *reference {
            return Err(NotDeclared::OtherReference);
        }
        if declaration.received.is_some() {
            return Err(NotDeclared::Answered);
        }
        if received > declaration.amount {
            return Err(NotDeclared::MoreThanDeclared);
        }
        declaration.received = Some(received);
        Ok(self.drop_empty(index))
    }

    /// Notes how much of what the creditor received came back to the debtor, after `returned_before` that
    /// came back earlier; a declaration of which nothing stayed goes. Returns the declaration as it is now.
    ///
    /// A report that is repeated names what came back before the first one, and so counts once.
    pub fn give_back(
        &mut self,
        number: u32,
        amount: Amount,
        returned_before: Amount,
    ) -> Result<Declaration, NotDeclared> {
        if amount == 0 {
            return Err(NotDeclared::Zero);
        }
        let index = self.index(number)?;
        let declaration = &mut self.list[index];
        if declaration.received.is_none() {
            return Err(NotDeclared::NotAcknowledged);
        }
        if returned_before != declaration.returned {
            return Err(NotDeclared::ReturnedMeanwhile);
        }
        if amount > declaration.kept() {
            return Err(NotDeclared::MoreThanReceived);
        }
        declaration.returned = declaration.returned.saturating_add(amount);
        Ok(self.drop_empty(index))
    }

    fn index(&self, number: u32) -> Result<usize, NotDeclared> {
        self.list
            .iter()
            .position(|declaration| declaration.number == number)
            .ok_or(NotDeclared::Unknown)
    }

    /// The answered declaration at `index`; it goes where nothing of it stayed with the creditor.
    fn drop_empty(&mut self, index: usize) -> Declaration {
        if self.list[index].kept() == 0 {
            self.list.remove(index)
        } else {
            self.list[index].clone()
        }
    }
}
