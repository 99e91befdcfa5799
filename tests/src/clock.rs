//! Agreements whose local time is noon, whatever the hour.
//!
//! A day is reconciled on the local day after it. With a UTC offset that makes it noon now, the
//! cut-off and the preset time of yesterday can lie minutes ahead at any hour of the clock,
//! without a faked one.

use counterfoil_primitives::{
    day::MINUTE, BusinessDay, Conditions, Moment, Source, TimeOfDay, UtcOffset,
};

/// The local minute that it is now.
const NOON: u64 = 12 * 60;
/// The local minute of a late cut-off: its preset time is the last minute of the day.
const LATE: u64 = 23 * 60 + 58;
/// Minutes of a day.
const DAY_MINUTES: u64 = 24 * 60;

/// The clock of an agreement made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Makes it about noon.
    pub offset: UtcOffset,
    /// Yesterday: the day that is reconciled.
    pub day: BusinessDay,
    /// The local time at which yesterday's trades stop being taken.
    pub cut_off: TimeOfDay,
    /// The local time at which yesterday is reconciled.
    pub preset: TimeOfDay,
}

impl Plan {
    /// A plan whose cut-off is the first full minute at least `ahead` milliseconds after `now`,
    /// and whose preset time is `gap` minutes later.
    pub fn new(now: Moment, ahead: Moment, gap: u16) -> Self {
        let minute_of_day = now / MINUTE % DAY_MINUTES;
        let offset = UtcOffset(NOON as i16 - minute_of_day as i16);
        let cut_off = NOON + (now % MINUTE + ahead).div_ceil(MINUTE);
        let cut_off = TimeOfDay(cut_off as u16);
        Self {
            offset,
            day: offset.day_of(now).previous(),
            cut_off,
            preset: TimeOfDay(cut_off.0 + gap),
        }
    }

    /// A plan whose cut-off is late in the evening, and the first full minute at least `ahead`
    /// milliseconds after `now`. The day after it may end minutes later: see [`Self::until_midnight`].
    pub fn late(now: Moment, ahead: Moment) -> Self {
        let local = LATE - (now % MINUTE + ahead).div_ceil(MINUTE);
        let offset = local as i16 - (now / MINUTE % DAY_MINUTES) as i16;
        // The same hour of the clock, on the date that an offset reaches.
        let offset = UtcOffset(match offset > NOON as i16 {
            true => offset - DAY_MINUTES as i16,
            false => offset,
        });
        Self {
            offset,
            day: offset.day_of(now).previous(),
            cut_off: TimeOfDay(LATE as u16),
            preset: TimeOfDay(LATE as u16 + 1),
        }
    }

    /// The plan of the day after, whose trades are taken until the midnight that ends it, and which is
    /// reconciled a minute later.
    pub fn until_midnight(&self) -> Self {
        Self {
            offset: self.offset,
            day: self.day.next(),
            cut_off: TimeOfDay(0),
            preset: TimeOfDay(1),
        }
    }

    /// As [`Self::until_midnight`], but the clock goes forward at that midnight, so that both days end at one
    /// moment. The offset is the one from then on.
    pub fn until_early_midnight(&self) -> Self {
        let forward = (DAY_MINUTES - LATE) as i16;
        Self {
            offset: UtcOffset(self.offset.0 + forward),
            ..self.until_midnight()
        }
    }

    /// The conditions of an agreement with this clock. What else conditions say is as by default.
    pub fn conditions(&self, debit_source: Source, credit_source: Source) -> Conditions {
        Conditions {
            utc_offset: self.offset,
            cut_off: self.cut_off,
            preset: self.preset,
            debit_source,
            credit_source,
            ..Conditions::default()
        }
    }

    /// When yesterday's trades stop being taken.
    pub fn cut_off_at(&self) -> Moment {
        self.at(self.cut_off)
    }

    /// When yesterday is reconciled.
    pub fn preset_at(&self) -> Moment {
        self.at(self.preset)
    }

    /// A moment of yesterday: `seconds` after its noon.
    pub fn yesterday(&self, seconds: u64) -> Moment {
        self.offset.start_of(self.day) + NOON * MINUTE + seconds * 1000
    }

    /// The offset as people write it: `+05:30`.
    pub fn offset_text(&self) -> String {
        let minutes = self.offset.0;
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.unsigned_abs();
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    fn at(&self, time: TimeOfDay) -> Moment {
        self.offset.start_of(self.day.next()) + Moment::from(time.0) * MINUTE
    }
}

/// A local time as people write it: `12:03`.
pub fn time_text(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// A day as people write it: `2026-11-22`.
pub fn day_text(day: BusinessDay) -> String {
    let (year, month, date) = civil(i64::from(day.0));
    format!("{year:04}-{month:02}-{date:02}")
}

/// The proleptic Gregorian date of a count of days from 1970-01-01 (Hinnant's algorithm).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_noon_at_any_hour() {
        for minute in 0..DAY_MINUTES {
            let now = 20_000 * DAY_MINUTES * MINUTE + minute * MINUTE + 17_000;
            let plan = Plan::new(now, 75_000, 1);
            assert!(plan.offset.is_valid());
            let today = plan.offset.start_of(plan.day.next());
            assert_eq!((now - today) / MINUTE, NOON);
        }
    }

    #[test]
    fn the_cut_off_is_a_minute_or_two_ahead() {
        for second in 0..60 {
            let now = 1_700_000_000_000 / MINUTE * MINUTE + second * 1000;
            let plan = Plan::new(now, 75_000, 1);
            let ahead = plan.cut_off_at() - now;
            assert!((75_000..135_000).contains(&ahead), "{ahead}");
            assert_eq!(plan.preset_at() - plan.cut_off_at(), MINUTE);
        }
    }

    #[test]
    fn two_days_end_within_minutes_at_any_hour() {
        for minute in 0..DAY_MINUTES {
            let now = 20_000 * DAY_MINUTES * MINUTE + minute * MINUTE + 17_000;
            let first = Plan::late(now, 75_000);
            let second = first.until_midnight();
            assert!(first.offset.is_valid());
            assert_eq!(first.offset.day_of(now), second.day);
            let ahead = first.cut_off_at() - now;
            assert!((75_000..135_000).contains(&ahead), "{ahead}");
            assert_eq!(second.cut_off_at() - first.cut_off_at(), 2 * MINUTE);
        }
    }

    #[test]
    fn where_the_clock_goes_forward_two_days_end_at_one_moment_at_any_hour() {
        for minute in 0..DAY_MINUTES {
            let now = 20_000 * DAY_MINUTES * MINUTE + minute * MINUTE + 17_000;
            let first = Plan::late(now, 75_000);
            let second = first.until_early_midnight();
            assert!(second.offset.is_valid());
            assert_eq!(second.day, first.day.next());
            assert_eq!(second.cut_off_at(), first.cut_off_at());
            assert_eq!(second.preset_at(), first.preset_at());
        }
    }

    #[test]
    fn a_moment_of_yesterday_lies_in_it() {
        let plan = Plan::new(1_763_900_000_000, 60_000, 1);
        assert_eq!(plan.offset.day_of(plan.yesterday(0)), plan.day);
        assert_eq!(plan.offset.day_of(plan.yesterday(3_600)), plan.day);
    }

    #[test]
    fn days_and_times_are_written_as_people_do() {
        assert_eq!(day_text(BusinessDay(0)), "1970-01-01");
        assert_eq!(day_text(BusinessDay(19_782)), "2024-02-29");
        assert_eq!(day_text(BusinessDay(20_778)), "2026-11-21");
        assert_eq!(time_text(TimeOfDay(725)), "12:05");
        let plan = Plan {
            offset: UtcOffset(-330),
            day: BusinessDay(1),
            cut_off: TimeOfDay(0),
            preset: TimeOfDay(1),
        };
        assert_eq!(plan.offset_text(), "-05:30");
    }
}
