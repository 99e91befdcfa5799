//! What the chain keeps of payments is what follows from days and calls.

use super::{super::periods::PeriodKey, Model, Outside, Owed};
use crate::{Runtime, Settlement};
use counterfoil_primitives::{settlement::Obligation, summary::DayStatus, SignedAmount};
use pallet_settlement::{DayObligations, Declared, Due, Obligations};
use std::collections::{BTreeMap, BTreeSet};

impl Model {
    /// What the chain keeps of payments is what follows from days and calls.
    pub(in crate::tests::histories::model) fn check_owed(&self) {
        let stored: BTreeMap<PeriodKey, Obligation> = Obligations::<Runtime>::iter()
            .map(|(agreement, first, obligation)| ((agreement, first), obligation))
            .collect();
        let expected: BTreeMap<_, _> = self
            .owed
            .iter()
            .map(|(key, owed)| (*key, owed.expected()))
            .collect();
        assert_eq!(stored, expected);
        let due: BTreeSet<PeriodKey> = Due::<Runtime>::iter()
            .map(|(agreement, first, ())| (agreement, first))
            .collect();
        let expected = self.owed.iter().filter(|(_, owed)| owed.is_due());
        let expected: BTreeSet<_> = expected.map(|(key, _)| *key).collect();
        assert_eq!(due, expected);
        for (key, owed) in &self.owed {
            let is_paid = owed.is_settled() && owed.amount() != 0;
            assert_eq!(owed.is_told, is_paid, "{key:?}");
        }
        self.check_days(&stored);
        self.check_declarations();
        self.check_views();
    }

    /// Each reconciled day is paid once, with its period: what was paid and what is left come to the days'
    /// sum.
    fn check_days(&self, stored: &BTreeMap<PeriodKey, Obligation>) {
        let by_day: BTreeMap<PeriodKey, SignedAmount> = DayObligations::<Runtime>::iter()
            .map(|(agreement, day, amount)| ((agreement, day), amount))
            .collect();
        // The end of a period under way may be out of date, where a change cut it short. So days are sorted
        // by the periods that they have now.
        let mut sums = BTreeMap::<PeriodKey, SignedAmount>::new();
        for ((agreement, day), amount) in &by_day {
            let key = self.period(*agreement, *day);
            let last = stored.get(&key).map(|obligation| obligation.last);
            assert!(last >= Some(*day), "{day:?} of {agreement} is left out");
            *sums.entry(key).or_default() += amount;
        }
        let sums: BTreeMap<_, _> = sums
            .into_iter()
            .map(|(key, sum)| (key, sum.unsigned_abs()))
            .collect();
        let paid_or_left: BTreeMap<_, _> = stored
            .iter()
            .map(|(key, obligation)| (*key, obligation.paid + obligation.left()))
            .collect();
        assert_eq!(paid_or_left, sums);
        let reconciled: BTreeMap<_, _> = self
            .days
            .iter()
            .filter_map(|(key, day)| Some((*key, day.obligation?)))
            .collect();
        assert_eq!(by_day, reconciled);
        for ((agreement, day), seen) in &self.days {
            let owed = self.owed(*agreement, *day);
            let is_settled = seen.obligation.is_some() && owed.is_some_and(Owed::is_settled);
            let is_shown = seen.status == DayStatus::Settled;
            assert_eq!(is_shown, is_settled, "{day:?} of {agreement}");
        }
    }

    fn check_declarations(&self) {
        for ((agreement, first), owed) in &self.owed {
            let declared = Declared::<Runtime>::get(agreement, first);
            let outside: Vec<_> = declared
                .list
                .iter()
                .map(|one| Outside {
                    number: one.number,
                    amount: one.amount,
                    reference: one.reference.clone(),
                    received: one.received,
                    returned: one.returned,
                })
                .collect();
            assert_eq!(outside, owed.outside, "{first:?} of {agreement}");
            assert_eq!(declared.next, owed.declared, "{first:?} of {agreement}");
        }
    }

    /// What is not paid is listed, the oldest first, with the reason why it is not.
    fn check_views(&self) {
        let agreements: BTreeSet<_> = self.owed.keys().map(|(agreement, _)| *agreement).collect();
        for agreement in agreements {
            let listed: Vec<_> = Settlement::unpaid(agreement)
                .into_iter()
                .map(|view| (view.period.first, view.waiting))
                .collect();
            let of_agreement = self.owed.iter().filter(|((id, _), _)| *id == agreement);
            let expected: Vec<_> = of_agreement
                .filter(|(_, owed)| !owed.is_settled())
                .map(|((_, first), _)| (*first, self.waiting(agreement, *first)))
                .collect();
            assert_eq!(listed, expected, "agreement {agreement}");
        }
    }
}
