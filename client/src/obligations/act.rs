//! What a party says of an obligation, or of a payment outside the chain.

use crate::{
    chain::{call::Call, submit::Included, views::Agreement, Chain},
    error::{ObligationRefusal, PeriodName, Result},
    operator::Operator,
};
use counterfoil_primitives::{
    settlement::{BankReference, Declaration, Declarations, NotDeclared, ObligationView, Release},
    AgreementId, Amount, BusinessDay, MemberId,
};
use sp_core::bounded::BoundedVec;

/// What a party says of an obligation, or of a payment outside the chain. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The debtor's staff releases a payment that waits for it.
    Release,
    /// The debtor says that it paid.
    Declare {
        /// How much.
        amount: Amount,
        /// The day on which the money is at the creditor's disposal.
        value_date: BusinessDay,
        /// What the bank's statement names the payment by.
        reference: BankReference,
    },
    /// The debtor takes back what it declared, before it is answered.
    Withdraw {
        /// The declaration's number.
        number: u32,
    },
    /// The creditor says how much it received of what was declared; zero: nothing.
    Acknowledge {
        /// The declaration's number.
        number: u32,
        /// The declaration's reference.
        reference: BankReference,
        /// How much.
        received: Amount,
    },
    /// The debtor says that a part of what was received, or all, came back.
    Return {
        /// The declaration's number.
        number: u32,
        /// How much came back now.
        amount: Amount,
        /// How much came back of the declaration before. It is stated by whoever says this, and not read from
        /// the chain: what is said twice would count twice otherwise.
        returned_before: Amount,
    },
}

impl Act {
    /// The call of the settlement for the period that begins on `first`.
    fn call(&self, agreement: AgreementId, first: BusinessDay) -> Call {
        match self {
            Self::Release => Call::new("Settlement", "release", &(agreement, first)),
            Self::Declare {
                amount,
                value_date,
                reference,
            } => {
                let arguments = (agreement, first, amount, value_date, reference);
                Call::new("Settlement", "declare", &arguments)
            }
            Self::Withdraw { number } => {
                let arguments = (agreement, first, number);
                Call::new("Settlement", "withdraw_declaration", &arguments)
            }
            Self::Acknowledge {
                number,
                reference,
                received,
            } => {
                let arguments = (agreement, first, number, reference, received);
                Call::new("Settlement", "acknowledge", &arguments)
            }
            Self::Return {
                number,
                amount,
                returned_before,
            } => {
                let arguments = (agreement, first, number, amount, returned_before);
                Call::new("Settlement", "report_return", &arguments)
            }
        }
    }

    /// Refuses what the chain would refuse of `member`, by the rules that the chain goes by.
    pub fn check(
        &self,
        agreement: &Agreement,
        view: &ObligationView,
        member: MemberId,
    ) -> Result<(), ObligationRefusal> {
        let of = PeriodName::of(view);
        check_whole(of, view)?;
        self.check_member(of, view, member)?;
        if *self == Self::Release {
            return match view.obligation.release {
                Release::Awaited => Ok(()),
                Release::NotNeeded | Release::Given { .. } => {
                    Err(ObligationRefusal::NoReleaseAwaited { of })
                }
            };
        }
        if let Some(asset) = view.obligation.rail.asset() {
            return Err(ObligationRefusal::OtherRail { of, asset });
        }
        if matches!(self, Self::Declare { .. }) {
            check_payable(of, view)?;
        }
        self.try_on(view)
            .map_err(|why| ObligationRefusal::Declaration {
                of,
                number: self.number(),
                why,
                bound: self
                    .bound(view, why)
                    .map(|bound| agreement.money.show(bound)),
            })
    }

    /// Refuses a member of whom the chain does not take it.
    fn check_member(
        &self,
        of: PeriodName,
        view: &ObligationView,
        member: MemberId,
    ) -> Result<(), ObligationRefusal> {
        let (Some(debtor), Some(creditor)) = (view.debtor, view.creditor) else {
            return Err(ObligationRefusal::NothingOwed { of });
        };
        match self {
            Self::Acknowledge { .. } if member == creditor => Ok(()),
            Self::Acknowledge { .. } => Err(ObligationRefusal::NotTheCreditor {
                of,
                member,
                creditor,
            }),
            _ if member == debtor => Ok(()),
            _ => Err(ObligationRefusal::NotTheDebtor { of, member, debtor }),
        }
    }

    /// Tries it on a copy of the declarations, by the rules of the chain.
    fn try_on(&self, view: &ObligationView) -> Result<(), NotDeclared> {
        let mut copy = Declarations {
            list: BoundedVec::truncate_from(view.declarations.clone()),
            next: 0,
        };
        match self {
            Self::Release => Ok(()),
            Self::Declare {
                amount,
                value_date,
                reference,
            } => {
                let owed = view.obligation.amount.unsigned_abs();
                let declared = copy.declare(owed, *amount, *value_date, reference.clone(), 0);
                declared.map(|_| ())
            }
            Self::Withdraw { number } => copy.withdraw(*number).map(|_| ()),
            Self::Acknowledge {
                number,
                reference,
                received,
            } => copy.acknowledge(*number, reference, *received).map(|_| ()),
            Self::Return {
                number,
                amount,
                returned_before,
            } => copy
                .give_back(*number, *amount, *returned_before)
                .map(|_| ()),
        }
    }

    /// The number of the declaration that it is about, where there is one.
    const fn number(&self) -> Option<u32> {
        match self {
            Self::Release | Self::Declare { .. } => None,
            Self::Withdraw { number }
            | Self::Acknowledge { number, .. }
            | Self::Return { number, .. } => Some(*number),
        }
    }

    /// The amount that it goes beyond, or that it does not name, where it does so.
    fn bound(&self, view: &ObligationView, why: NotDeclared) -> Option<Amount> {
        let of_declaration = |amount: fn(&Declaration) -> Amount| {
            let found = find(view, self.number()?)?;
            Some(amount(found))
        };
        match why {
            NotDeclared::MoreThanDue => Some(undeclared(view)),
            NotDeclared::MoreThanDeclared => of_declaration(|declaration| declaration.amount),
            NotDeclared::MoreThanReceived => of_declaration(Declaration::kept),
            NotDeclared::ReturnedMeanwhile => of_declaration(|declaration| declaration.returned),
            _ => None,
        }
    }
}

/// Refuses an obligation of which days are missing: until it is due, it is not certain who owes.
fn check_whole(of: PeriodName, view: &ObligationView) -> Result<(), ObligationRefusal> {
    if view.obligation.due_since.is_some() {
        return Ok(());
    }
    let missing = view.period.days().saturating_sub(view.obligation.days);
    Err(ObligationRefusal::NotDue { of, missing })
}

/// Refuses an obligation that cannot be declared as paid.
fn check_payable(of: PeriodName, view: &ObligationView) -> Result<(), ObligationRefusal> {
    let owed = &view.obligation;
    if owed.paid_at.is_some() {
        return Err(ObligationRefusal::Paid { of });
    }
    if owed.release == Release::Awaited {
        return Err(ObligationRefusal::ReleaseAwaited { of });
    }
    Ok(())
}

/// What is left to declare, in minor units.
fn undeclared(view: &ObligationView) -> Amount {
    let taken = view
        .declarations
        .iter()
        .map(|declaration| declaration.kept().saturating_add(declaration.open()));
    let taken = taken.fold(0, Amount::saturating_add);
    view.obligation.amount.unsigned_abs().saturating_sub(taken)
}

/// The declaration of a number.
fn find(view: &ObligationView, number: u32) -> Option<&Declaration> {
    view.declarations
        .iter()
        .find(|declaration| declaration.number == number)
}

/// The declaration of a number; an error names those that there are.
pub fn declaration(view: &ObligationView, number: u32) -> Result<&Declaration, ObligationRefusal> {
    find(view, number).ok_or_else(|| ObligationRefusal::UnknownDeclaration {
        of: PeriodName::of(view),
        number,
        known: view
            .declarations
            .iter()
            .map(|declaration| declaration.number)
            .collect(),
    })
}

impl Chain {
    /// Sends what the member whose key `operator` is says of the obligation for the settlement period of a
    /// day, and follows that to finality. Refuses what the chain would refuse.
    pub async fn act_on_obligation(
        &self,
        agreement: &Agreement,
        day: BusinessDay,
        act: &Act,
        operator: &Operator,
    ) -> Result<Included> {
        let at = self.finalized().await?;
        let member = at.member_of(operator).await?;
        let view = at.known_obligation(agreement.id, day).await?;
        act.check(agreement, &view, member)?;
        let call = act.call(agreement.id, view.period.first);
        self.submit_signed(&call, operator).await
    }
}

#[cfg(test)]
mod tests;
