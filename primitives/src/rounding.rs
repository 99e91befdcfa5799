//! Rounding: the share of a gross amount in minor units, and which way its fraction goes.

use crate::{
    terms::{Rounding, WHOLE_PPM},
    Amount,
};

impl Rounding {
    /// Whether `remainder / divisor`, a proper fraction above the integer `quotient`, rounds up.
    const fn rounds_up(self, quotient: Amount, remainder: Amount, divisor: Amount) -> bool {
        let twice = remainder * 2;
        match self {
            Self::Down => false,
            Self::Up => remainder > 0,
            Self::HalfUp => twice >= divisor && remainder > 0,
            Self::HalfDown => twice > divisor,
            Self::HalfEven => twice > divisor || (twice == divisor && quotient % 2 == 1),
        }
    }
}

/// `gross × rate / 1,000,000`, rounded. With a rate of at most the whole nothing overflows: the
/// gross amount is split at a million, and both halves fit.
pub(crate) fn share(gross: Amount, rate_ppm: u32, rounding: Rounding) -> Amount {
    let rate = Amount::from(rate_ppm);
    let (millions, rest) = by_a_million(gross);
    let (carried, remainder) = by_a_million(rest * rate);
    let quotient = millions * rate + carried;
    quotient + Amount::from(rounding.rounds_up(quotient, remainder, WHOLE_PPM.into()))
}

/// Quotient and remainder of a division by a million.
///
/// The sandbox has no division of 128 bits: each is a call of a function. Nearly all amounts fit into a
/// word, which it divides by itself; a call prices a thousand of them.
fn by_a_million(amount: Amount) -> (Amount, Amount) {
    match u64::try_from(amount) {
        Ok(word) => {
            let whole = u64::from(WHOLE_PPM);
            ((word / whole).into(), (word % whole).into())
        }
        Err(_) => {
            let whole = Amount::from(WHOLE_PPM);
            (amount / whole, amount % whole)
        }
    }
}
