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
    const WHOLE: Amount = WHOLE_PPM as Amount;
    let rate = rate_ppm as Amount;
    let low = (gross % WHOLE) * rate;
    let quotient = (gross / WHOLE) * rate + low / WHOLE;
    quotient + Amount::from(rounding.rounds_up(quotient, low % WHOLE, WHOLE))
}
