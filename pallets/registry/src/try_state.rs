//! Storage invariants.

use crate::{
    agreement_conditions::are_valid,
    agreement_limits::{is_time_to_answer, MAX_AMEND_DAYS, MAX_REFUND_DAYS},
    currency_and_rail::is_currency,
    versions_by_day::are_ascending,
    AccountRequests, Accounts, AgreementCalendars, Agreements, Calendars, CalendarsNamedBy, Config,
    MemberByOperator, Members, NamedBy, Pallet, Products, RetiredOperators, SetBy, Successors,
    MAX_CALENDARS,
};
use alloc::collections::{BTreeMap, BTreeSet};
use counterfoil_primitives::{CalendarName, MemberId, Role};
use counterfoil_support::operator_account;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::each_key_acts_for_one_member()?;
        Self::keys_keep_their_provider()?;
        Self::agreements_name_members_of_the_right_role()?;
        Self::names_are_counted()?;
        Self::suspensions_are_of_clients()?;
        Self::successors_are_other_clients()?;
        Self::limits_are_valid()?;
        Self::conditions_are_ordered_and_valid()?;
        Self::reconcilers_are_ordered()?;
        Self::accounts_are_ordered()?;
        Self::accounts_of_companies_are_set_for_them()?;
        Self::requested_accounts_are_kept()?;
        Self::currencies_are_valid()?;
        Self::calendars_are_valid()?;
        Self::calendars_of_agreements_are_ordered()?;
        Self::names_of_calendars_are_counted()?;
        Self::terms_are_ordered_and_valid()
    }

    fn each_key_acts_for_one_member() -> Check {
        for (id, member) in Members::<T>::iter() {
            ensure!(
                MemberByOperator::<T>::get(operator_account(&member.operator)) == Some(id),
                "a member's key does not lead to the member"
            );
        }
        ensure!(
            MemberByOperator::<T>::iter().count() == Members::<T>::iter().count(),
            "a key leads to a member that has another"
        );
        for account in RetiredOperators::<T>::iter_keys() {
            ensure!(
                !MemberByOperator::<T>::contains_key(account),
                "a retired key acts for a member"
            );
        }
        Ok(())
    }

    fn keys_keep_their_provider() -> Check {
        for account in MemberByOperator::<T>::iter_keys().chain(RetiredOperators::<T>::iter_keys())
        {
            ensure!(
                frame_system::Pallet::<T>::providers(&account) > 0,
                "a key that is or was an operator's has no provider"
            );
        }
        Ok(())
    }

    fn agreements_name_members_of_the_right_role() -> Check {
        let is = |id: MemberId, role: Role| {
            Members::<T>::get(id).is_some_and(|member| member.role == role)
        };
        for agreement in Agreements::<T>::iter_values() {
            ensure!(
                is(agreement.bank, Role::Bank)
                    && is(agreement.company, Role::Company)
                    && agreement
                        .reconcilers
                        .iter()
                        .all(|(_, id)| is(*id, Role::Reconciler))
                    && agreement.clients.iter().all(|id| is(*id, Role::Client)),
                "an agreement names a member of another role, or none"
            );
            let distinct: BTreeSet<_> = agreement.clients.iter().collect();
            ensure!(
                distinct.len() == agreement.clients.len(),
                "an agreement names a client twice"
            );
        }
        Ok(())
    }

    fn names_are_counted() -> Check {
        let mut named = BTreeMap::<MemberId, u32>::new();
        for agreement in Agreements::<T>::iter_values() {
            for member in agreement.named() {
                *named.entry(member).or_default() += 1;
            }
        }
        for (_, client, successor) in Successors::<T>::iter() {
            for member in [client, successor] {
                *named.entry(member).or_default() += 1;
            }
        }
        ensure!(
            named == NamedBy::<T>::iter().collect(),
            "the agreements that name a member are miscounted"
        );
        Ok(())
    }

    fn suspensions_are_of_clients() -> Check {
        for agreement in Agreements::<T>::iter_values() {
            let suspended = &agreement.suspended;
            ensure!(
                suspended.is_sorted_by(|one, next| one.client < next.client),
                "the suspended clients of an agreement are out of order, or one is there twice"
            );
            ensure!(
                suspended
                    .iter()
                    .all(|suspension| agreement.clients.contains(&suspension.client)),
                "an agreement suspends a client that it does not admit"
            );
            let parties = [agreement.bank, agreement.company];
            ensure!(
                suspended
                    .iter()
                    .filter_map(|suspension| suspension.lift_agreed_by)
                    .all(|member| parties.contains(&member)),
                "a member that is no party agreed to lift a suspension"
            );
        }
        Ok(())
    }

    fn successors_are_other_clients() -> Check {
        let is_client =
            |id| Members::<T>::get(id).is_some_and(|member| member.role == Role::Client);
        for (agreement, client, successor) in Successors::<T>::iter() {
            ensure!(
                Agreements::<T>::contains_key(agreement),
                "a successor is of no agreement"
            );
            ensure!(
                client != successor && is_client(client) && is_client(successor),
                "a successor or whom it succeeds is no client, or they are the same"
            );
        }
        Ok(())
    }

    fn limits_are_valid() -> Check {
        for agreement in Agreements::<T>::iter_values() {
            ensure!(
                agreement.caps.is_valid()
                    && agreement.deadline_minutes > 0
                    && agreement.max_gross != Some(0),
                "the limits of an agreement are invalid"
            );
            ensure!(
                agreement.refund_days <= MAX_REFUND_DAYS,
                "an agreement takes refunds for too long"
            );
            ensure!(
                agreement.amend_days <= MAX_AMEND_DAYS,
                "an agreement takes amendments for too long"
            );
            ensure!(
                is_time_to_answer(agreement.answer_days),
                "an agreement gives no time to answer a proposal, or too much"
            );
        }
        Ok(())
    }

    fn conditions_are_ordered_and_valid() -> Check {
        for agreement in Agreements::<T>::iter_values() {
            ensure!(
                agreement.conditions.first().map(|(from, _)| *from) == Some(agreement.first_day),
                "conditions do not begin on the first day"
            );
            ensure!(
                are_ascending(&agreement.conditions),
                "conditions are out of order"
            );
            ensure!(
                agreement
                    .conditions
                    .iter()
                    .all(|(_, version)| are_valid(version)),
                "conditions are invalid"
            );
        }
        Ok(())
    }

    fn reconcilers_are_ordered() -> Check {
        for agreement in Agreements::<T>::iter_values() {
            ensure!(
                agreement.reconcilers.first().map(|(from, _)| *from) == Some(agreement.first_day)
                    && are_ascending(&agreement.reconcilers),
                "reconcilers do not begin on the first day, or are out of order"
            );
        }
        Ok(())
    }

    fn accounts_are_ordered() -> Check {
        for (member, changes) in Accounts::<T>::iter() {
            ensure!(
                Members::<T>::contains_key(member) && are_ascending(&changes),
                "accounts are of no member, or out of order"
            );
        }
        Ok(())
    }

    fn accounts_of_companies_are_set_for_them() -> Check {
        for (id, changes) in Accounts::<T>::iter() {
            let is_company =
                Members::<T>::get(id).is_some_and(|member| member.role == Role::Company);
            let mut versions = changes.iter().map(|(_, version)| version);
            ensure!(
                !is_company || versions.all(|version| version.set_by == SetBy::Council),
                "a company set an account by itself"
            );
        }
        Ok(())
    }

    fn requested_accounts_are_kept() -> Check {
        for (member, from) in AccountRequests::<T>::iter() {
            ensure!(
                Accounts::<T>::get(member)
                    .iter()
                    .any(|(day, version)| *day == from && version.set_by == SetBy::Member),
                "an account that a member asked for is not kept"
            );
        }
        Ok(())
    }

    fn currencies_are_valid() -> Check {
        for agreement in Agreements::<T>::iter_values() {
            ensure!(
                is_currency(&agreement.currency),
                "the currency of an agreement is none"
            );
        }
        Ok(())
    }

    fn calendars_are_valid() -> Check {
        ensure!(
            Calendars::<T>::count() <= MAX_CALENDARS
                && Calendars::<T>::iter_keys().count() == Calendars::<T>::count() as usize,
            "there are too many calendars, or they are miscounted"
        );
        for (name, calendar) in Calendars::<T>::iter() {
            ensure!(
                !name.is_empty() && calendar.is_valid(),
                "a calendar has no name or no working day, or its dates are out of order"
            );
        }
        Ok(())
    }

    fn calendars_of_agreements_are_ordered() -> Check {
        for (agreement, versions) in AgreementCalendars::<T>::iter() {
            let first_day = Agreements::<T>::get(agreement).map(|agreement| agreement.first_day);
            ensure!(
                versions.first().map(|(from, _)| *from) >= first_day && first_day.is_some(),
                "calendars are of no agreement, or begin before it"
            );
            ensure!(are_ascending(&versions), "calendars are out of order");
        }
        Ok(())
    }

    fn names_of_calendars_are_counted() -> Check {
        let mut named = BTreeMap::<CalendarName, u32>::new();
        for versions in AgreementCalendars::<T>::iter_values() {
            for name in versions.iter().flat_map(|(_, names)| names) {
                ensure!(
                    Calendars::<T>::contains_key(name),
                    "an agreement goes by a calendar that is not there"
                );
                *named.entry(name.clone()).or_default() += 1;
            }
        }
        ensure!(
            named == CalendarsNamedBy::<T>::iter().collect(),
            "the agreements that name a calendar are miscounted"
        );
        Ok(())
    }

    fn terms_are_ordered_and_valid() -> Check {
        for (agreement, _, versions) in Products::<T>::iter() {
            ensure!(
                Agreements::<T>::contains_key(agreement),
                "terms of no agreement"
            );
            ensure!(!versions.is_empty(), "a product without terms");
            ensure!(are_ascending(&versions), "terms are out of order");
            ensure!(
                versions.iter().all(|(_, terms)| terms.is_valid()),
                "terms are invalid"
            );
        }
        Ok(())
    }
}
