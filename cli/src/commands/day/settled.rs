//! The days of an agreement that wait for nobody any more.

use anyhow::{Context, Result};
use codec::{Decode, Encode};
use counterfoil_client::chain::read::At;
use counterfoil_primitives::{AgreementId, BusinessDay};
use std::collections::BTreeSet;

/// Bytes of a day at the end of a key.
const DAY: usize = 4;

/// The settled days of an agreement: their payables are fixed, and no longer due. A list of keys
/// tells it of all days at once, however long the agreement has run.
pub(super) async fn settled(at: &At, agreement: AgreementId) -> Result<BTreeSet<BusinessDay>> {
    let of_agreement = [agreement.encode()];
    let fixed = at.storage_keys("Settlement", "Payables", &of_agreement);
    let due = at.storage_keys("Settlement", "Due", &of_agreement);
    let fixed = days(&fixed.await?)?;
    let due = days(&due.await?)?;
    Ok(&fixed - &due)
}

/// The days that keys end with.
fn days(keys: &[Vec<u8>]) -> Result<BTreeSet<BusinessDay>> {
    keys.iter()
        .map(|key| {
            let start = key.len().checked_sub(DAY);
            let day = start.map(|start| &key[start..]).unwrap_or_default();
            BusinessDay::decode(&mut &day[..]).context("an odd key of a payable")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ends_with_its_day() {
        let day = BusinessDay(20_780);
        let key = [&[0xff_u8; 40][..], &day.encode()].concat();
        assert_eq!(days(&[key]).unwrap(), BTreeSet::from([day]));
    }

    #[test]
    fn a_key_too_short_for_a_day_is_an_error() {
        assert!(days(&[vec![1, 2]]).is_err());
    }
}
