use crate::{agreements::set_version, mock::*};
use counterfoil_primitives::{agreement::version_on, BusinessDay};
use frame_support::BoundedVec;
use proptest::prelude::*;

proptest! {
    /// However versions are set, each day has the version that was set last for the latest day
    /// up to it.
    #[test]
    fn each_day_has_the_version_set_last_for_the_latest_day_up_to_it(
        sets in prop::collection::vec((0u32..6, any::<u8>()), 0..12),
        day in 0u32..8,
    ) {
        let mut versions = BoundedVec::<(BusinessDay, u8), MaxVersions>::default();
        let mut expected = std::collections::BTreeMap::new();
        for (from, version) in sets {
            if set_version::<Test, _>(&mut versions, BusinessDay(from), version).is_ok() {
                expected.insert(from, version);
            } else {
                prop_assert!(!expected.contains_key(&from));
                prop_assert_eq!(expected.len(), versions.len());
            }
        }
        let found = version_on(&versions, BusinessDay(day)).map(|index| versions[index].1);
        let right = expected.range(..=day).next_back().map(|(_, version)| *version);
        prop_assert_eq!(found, right);
    }
}
