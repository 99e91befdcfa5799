use crate::{
    mock::*,
    versions_by_day::{are_ascending, set_version},
};
use counterfoil_primitives::{conditions::version_on, BusinessDay};
use frame_support::BoundedVec;
use proptest::prelude::*;

proptest! {
    /// However versions are set, a day has the one that was set last of those from it or from an
    /// earlier day on.
    #[test]
    fn each_day_has_the_version_that_was_set_last_for_it(
        sets in prop::collection::vec((0u32..6, any::<u8>()), 0..12),
        day in 0u32..8,
    ) {
        let mut versions = BoundedVec::<(BusinessDay, u8), MaxVersions>::default();
        let mut right = None;
        for (from, version) in sets {
            let before = versions.clone();
            if set_version::<Test, _>(&mut versions, BusinessDay(from), version).is_ok() {
                if from <= day {
                    right = Some(version);
                }
            } else {
                prop_assert_eq!(before.len(), MaxVersions::get() as usize);
                prop_assert!(before.iter().all(|(day, _)| day.0 < from));
                prop_assert_eq!(&versions, &before);
            }
            prop_assert!(are_ascending(&versions));
        }
        let found = version_on(&versions, BusinessDay(day)).map(|index| versions[index].1);
        prop_assert_eq!(found, right);
    }
}
