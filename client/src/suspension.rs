//! Suspending a client of an agreement: bank or company alone, at once; both together lift it.

use crate::{
    chain::{
        call::Call,
        submit::{Included, Until},
        views::Agreement,
        Chain,
    },
    error::{Error, PoolRefusal, Result, SuspensionRefusal},
    operator::Operator,
};
use counterfoil_primitives::MemberId;

/// What became of a suspension that was to be lifted.
#[derive(Clone, Debug)]
pub enum Lifted {
    /// The client records again.
    Wholly(Included),
    /// The other party has to lift it too.
    ByOneParty(Included),
}

/// Refuses a client that may not record under an agreement since it is suspended.
pub fn ensure_records(agreement: &Agreement, client: MemberId) -> Result<(), SuspensionRefusal> {
    if !agreement.view.is_suspended(client) {
        return Ok(());
    }
    let agreement = agreement.id;
    Err(SuspensionRefusal::Suspended { agreement, client })
}

/// Refuses a member that is not a party, and one that is not a client of the agreement.
fn check(
    agreement: &Agreement,
    member: MemberId,
    client: MemberId,
) -> Result<(), SuspensionRefusal> {
    let (view, agreement) = (&agreement.view, agreement.id);
    if ![view.bank, view.company].contains(&member) {
        return Err(SuspensionRefusal::NotAParty { member, agreement });
    }
    if !view.admits(client) {
        let clients = view.clients.clone();
        return Err(SuspensionRefusal::NotAClient {
            agreement,
            client,
            clients,
        });
    }
    Ok(())
}

/// Refuses also a client that is not suspended.
fn check_lift(
    agreement: &Agreement,
    member: MemberId,
    client: MemberId,
) -> Result<(), SuspensionRefusal> {
    check(agreement, member, client)?;
    if agreement.view.is_suspended(client) {
        return Ok(());
    }
    let agreement = agreement.id;
    Err(SuspensionRefusal::NotSuspended { agreement, client })
}

/// The refusal behind what the pool says of a call of a party about its client: that it is not free. Who
/// agreed to lift a suspension stands in no view, so it is not known before.
fn explained(error: Error, refusal: SuspensionRefusal) -> Error {
    match error {
        Error::Pool {
            refusal: PoolRefusal::Invalid(_),
            ..
        } => refusal.into(),
        error => error,
    }
}

impl Chain {
    /// Suspends a client in the name of the bank or the company whose key `operator` is, and follows that as
    /// far as `until` says. A lift that one party agreed to is taken back.
    pub async fn suspend_client(
        &self,
        agreement: &Agreement,
        client: MemberId,
        operator: &Operator,
        until: Until,
    ) -> Result<Included> {
        let member = self.newest(until).await?.member_of(operator).await?;
        check(agreement, member, client)?;
        let call = Call::new("Registry", "suspend_client", &(agreement.id, client));
        let sent = self.submit_signed_until(&call, operator, until).await;
        sent.map_err(|error| match agreement.view.is_suspended(client) {
            true => explained(
                error,
                SuspensionRefusal::AlreadySuspended {
                    agreement: agreement.id,
                    client,
                },
            ),
            false => error,
        })
    }

    /// Agrees that a client's suspension be lifted, in the name of the bank or the company whose key
    /// `operator` is, and follows that as far as `until` says.
    pub async fn lift_suspension(
        &self,
        agreement: &Agreement,
        client: MemberId,
        operator: &Operator,
        until: Until,
    ) -> Result<Lifted> {
        let member = self.newest(until).await?.member_of(operator).await?;
        check_lift(agreement, member, client)?;
        let call = Call::new("Registry", "lift_suspension", &(agreement.id, client));
        let sent = self.submit_signed_until(&call, operator, until).await;
        let refusal = SuspensionRefusal::AgreedAlready {
            agreement: agreement.id,
            client,
            member,
        };
        let included = sent.map_err(|error| explained(error, refusal))?;
        Ok(match included.find("Registry", "SuspensionLifted") {
            Some(_) => Lifted::Wholly(included),
            None => Lifted::ByOneParty(included),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use counterfoil_primitives::{AgreementView, BusinessDay};

    const DAY: BusinessDay = BusinessDay(20_780);

    /// An agreement of the clients 1 and 5, of which 5 is suspended.
    fn agreement() -> Agreement {
        testing::agreement(AgreementView {
            suspended: vec![5],
            ..testing::agreement_view(DAY)
        })
    }

    #[test]
    fn bank_and_company_suspend_and_nobody_else() {
        for party in [2, 3] {
            assert_eq!(check(&agreement(), party, 1), Ok(()));
        }
        let refusal = check(&agreement(), 4, 1).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "member 4 is neither bank nor company of agreement 7"
        );
    }

    #[test]
    fn who_is_no_client_is_told_with_those_that_are() {
        let refusal = check(&agreement(), 2, 9).unwrap_err().to_string();
        assert!(refusal.ends_with("its clients are [1, 5]"), "{refusal}");
    }

    #[test]
    fn only_a_suspension_is_lifted() {
        assert_eq!(check_lift(&agreement(), 2, 5), Ok(()));
        let refusal = check_lift(&agreement(), 2, 1).unwrap_err();
        assert!(refusal.to_string().contains("is not suspended"));
    }

    #[test]
    fn what_the_pool_takes_for_a_lack_of_money_is_told_as_what_it_is() {
        let pool = |refusal| Error::Pool {
            call: "Registry.lift_suspension".into(),
            refusal,
        };
        let agreed = SuspensionRefusal::AgreedAlready {
            agreement: 7,
            client: 5,
            member: 2,
        };
        let told = |refusal| explained(pool(refusal), agreed.clone());
        let error = told(PoolRefusal::Invalid("it is not free".into()));
        assert!(error.to_string().contains("member 2 agreed already"));
        assert!(error.remedy().contains("other party"));
        let busy = told(PoolRefusal::Busy("it is full".into()));
        assert!(matches!(busy, Error::Pool { .. }));
    }

    #[test]
    fn a_suspended_client_records_nothing() {
        assert_eq!(ensure_records(&agreement(), 1), Ok(()));
        let refusal = ensure_records(&agreement(), 5).unwrap_err();
        assert!(refusal.to_string().contains("client 5 is suspended"));
        assert!(refusal.remedy().contains("`agreement lift-suspension`"));
    }
}
