//! What staff's methods have in common: who may call them, and how they name a side.

use super::error::{refused, unreadable};
use counterfoil_primitives::{written::day_of_input, AgreementId, BusinessDay, Side, SideId};
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned, Extensions};
use sc_rpc::DenyUnsafe;

/// Refuses a caller that may not call unsafe methods.
pub fn check(extensions: &Extensions) -> RpcResult<()> {
    match extensions.get::<DenyUnsafe>() {
        Some(policy) => policy.check_if_safe().map_err(ErrorObjectOwned::from),
        None => Err(refused(
            "this node does not say who may call unsafe methods",
        )),
    }
}

/// The side that a caller names by agreement, day and `debit` or `credit`. A day is the digits of a date,
/// like 20,261,128, or a count of days, as in calls and the runtime API.
pub fn side_id(agreement: AgreementId, day: u32, side: &str) -> RpcResult<SideId> {
    let side = Side::from_name(side).ok_or_else(|| unreadable("a side is `debit` or `credit`"))?;
    let day = day_of_input(BusinessDay(day)).map_err(|_| {
        unreadable(format!(
            "{day} is no day; give the digits of a date, like 20261128, or the days since 1970-01-01"
        ))
    })?;
    Ok(SideId::new(agreement, day, side))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(given: u32) -> Result<u32, String> {
        match side_id(1, given, "credit") {
            Ok(side_id) => Ok(side_id.day.0),
            Err(error) => Err(error.message().into()),
        }
    }

    #[test]
    fn a_day_is_given_as_a_date_or_as_a_count() {
        assert_eq!(day(20_261_128), Ok(20_785));
        assert_eq!(day(20_785), Ok(20_785));
    }

    #[test]
    fn a_number_that_is_no_day_is_refused() {
        for given in [20_261_131, 20_261_300, 2_026_112, 100_001, u32::MAX] {
            let why = day(given).unwrap_err();
            assert!(why.contains(&format!("{given} is no day")), "{why}");
        }
    }
}
