//! Zones that a format writes out as plain text, like the `Z` of `%H:%M:%SZ`: the text is compared,
//! and nothing of it is read, so the zone must be named beside the format.

use super::Zone;
use anyhow::{bail, Result};
use jiff::{tz::TimeZone, Timestamp};

/// What zones are called in files, with the minutes by which they are ahead of UTC, and whether a
/// source that changes its clocks calls them so in one season only.
const NAMES: [(&str, i32, bool); 12] = [
    ("Z", 0, false),
    ("UTC", 0, false),
    ("GMT", 0, false),
    ("ZULU", 0, false),
    ("WET", 0, true),
    ("BST", 60, true),
    ("CET", 60, true),
    ("MEZ", 60, true),
    ("CEST", 120, true),
    ("MESZ", 120, true),
    ("EET", 120, true),
    ("EEST", 180, true),
];

/// A zone that a format writes out.
struct Written {
    text: String,
    /// The minutes by which it is ahead of UTC.
    minutes: i32,
    /// Whether lines of another season have another text, and are refused by it.
    is_seasonal: bool,
}

/// A moment of winter and one of summer, of 2026.
const SEASONS: [i64; 2] = [1_768_478_400, 1_784_116_800];

/// Refuses a format that writes out a zone which is not the one that its times are read by.
pub fn check_zone(format: &str, zone: &Zone) -> Result<()> {
    if format == "rfc3339" {
        return Ok(());
    }
    let parts = parts(format);
    // An offset that is read, or a count of seconds, needs no zone.
    if parts
        .iter()
        .any(|(directive, _)| matches!(directive, Some('z' | 's' | 'Q')))
    {
        return Ok(());
    }
    let written = parts.iter().find_map(|(directive, text)| {
        let follows_time = directive.is_some_and(|letter| "HIklMSTRfNpP".contains(letter));
        let offset = follows_time.then(|| offset_in(text)).flatten();
        offset.or_else(|| name_in(text))
    });
    let Some(written) = written else {
        return Ok(());
    };
    let is_named = match zone {
        Zone::Agreement => false,
        Zone::Of(zone) => written.agrees(zone),
    };
    if is_named {
        return Ok(());
    }
    let named = match written.minutes {
        0 => "zone = \"UTC\"".to_owned(),
        minutes => format!(
            "zone = \"{}\", or the zone's name like zone = \"Europe/Prague\"",
            crate::time::offset_text(counterfoil_primitives::UtcOffset(minutes as i16))
        ),
    };
    bail!(
        "[time] format: {format:?} writes {:?} out, which is compared and not read, so the times would be read by another zone. \
         Say {named} under [time] in the mapping; or, where lines differ in it, have it read: by format = \"rfc3339\" in times like \
         2026-11-23T10:00:00Z, by %:z where it is written like +01:00, and by %z where it is written like +0100",
        written.text
    )
}

impl Written {
    /// Whether times read by `zone` are those that the text means.
    fn agrees(&self, zone: &TimeZone) -> bool {
        let mut seasons = SEASONS.into_iter().map(|seconds| {
            let at = Timestamp::from_second(seconds).unwrap_or_default();
            zone.to_offset(at).seconds() == self.minutes * 60
        });
        match self.is_seasonal {
            true => seasons.any(|agrees| agrees),
            false => seasons.all(|agrees| agrees),
        }
    }
}

/// The texts of a format, each with the letter of the directive before it.
fn parts(format: &str) -> Vec<(Option<char>, String)> {
    let mut parts = vec![(None, String::new())];
    let mut rest = format.chars();
    while let Some(next) = rest.next() {
        if next == '%' {
            // Between the sign and the letter stand flags, a width and colons.
            let letter = rest.find(|c| c.is_ascii_alphabetic() || *c == '%');
            parts.push((letter, String::new()));
        } else if let Some((_, text)) = parts.last_mut() {
            text.push(next);
        }
    }
    parts
}

/// A zone's name that is a word of a text.
fn name_in(text: &str) -> Option<Written> {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.find_map(|word| {
        let mut names = NAMES.into_iter();
        let (_, minutes, is_seasonal) = names.find(|(name, ..)| name.eq_ignore_ascii_case(word))?;
        Some(Written {
            text: word.into(),
            minutes,
            is_seasonal,
        })
    })
}

/// An offset like `+01:00`, `+0100` or `+01` in a text behind a time of day.
fn offset_in(text: &str) -> Option<Written> {
    let text = &text[text.find(['+', '-', '\u{2212}'])?..];
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits: String = text
        .chars()
        .skip(1)
        .take_while(|c| c.is_ascii_digit() || *c == ':')
        .filter(char::is_ascii_digit)
        .collect();
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i32>().ok();
    let hours = number(0..2)?;
    let minutes = number(2..4).unwrap_or_default();
    (hours <= 14 && minutes < 60).then(|| Written {
        text: text.trim().into(),
        minutes: sign * (hours * 60 + minutes),
        is_seasonal: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(format: &str, zone: &str) -> Result<()> {
        check_zone(format, &Zone::parse(zone).unwrap())
    }

    #[test]
    fn a_zone_that_a_format_writes_out_is_refused_with_the_way_to_name_it() {
        for (format, remedy) in [
            ("%Y-%m-%dT%H:%M:%SZ", "zone = \"UTC\""),
            ("%FT%T.000Z", "zone = \"UTC\""),
            ("%Y-%m-%d %H:%M:%S UTC", "zone = \"UTC\""),
            ("%Y-%m-%d %H:%M:%S+00:00", "zone = \"UTC\""),
            ("%Y-%m-%d %H:%M:%S +0100", "zone = \"+01:00\""),
            ("%d.%m.%Y %H:%M (CET)", "zone = \"+01:00\""),
            ("%d.%m.%Y %H:%M-05:00", "zone = \"-05:00\""),
        ] {
            let error = check(format, "agreement").unwrap_err().to_string();
            assert!(error.contains(remedy), "{format}: {error}");
        }
    }

    #[test]
    fn a_zone_that_is_named_and_agrees_may_be_written_out() {
        for (format, zone) in [
            ("%Y-%m-%dT%H:%M:%SZ", "UTC"),
            ("%Y-%m-%dT%H:%M:%SZ", "+00:00"),
            ("%H:%M:%S+01:00 %F", "+01:00"),
            ("%d.%m.%Y %H:%M CET", "Europe/Prague"),
            ("%d.%m.%Y %H:%M CEST", "Europe/Prague"),
        ] {
            check(format, zone).unwrap();
        }
        assert!(check("%Y-%m-%dT%H:%M:%SZ", "Europe/Prague").is_err());
        assert!(check("%Y-%m-%dT%H:%M:%SZ", "Europe/London").is_err());
        assert!(check("%H:%M:%S+01:00 %F", "UTC").is_err());
        assert!(check("%H:%M:%S+01:00 %F", "Europe/Prague").is_err());
    }

    #[test]
    fn formats_that_write_no_zone_out_are_taken() {
        for format in [
            "rfc3339",
            "%Y-%m-%d",
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S%:z",
            "%a %b %d %Y %H:%M:%S GMT%z",
            "%s",
            "%H:%M - %d.%m.%Y",
            "Zeit: %H:%M Uhr, %d.%m.%Y",
            "%H-%M-%S %Y-01-%d",
        ] {
            check(format, "agreement").unwrap();
        }
    }

    proptest! {
        #[test]
        fn no_format_makes_it_panic(format in ".{0,30}") {
            let _ = check(&format, "agreement");
            let _ = check(&format, "Europe/Prague");
        }
    }
}
