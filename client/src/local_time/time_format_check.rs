//! Formats of times that would read times of day by half, or twice.

use anyhow::{bail, Result};

/// Refuses a format that would read times of day by half.
pub fn check_format(format: &str) -> Result<()> {
    if format == "rfc3339" {
        return Ok(());
    }
    let named = directives(format);
    let any = |wanted: &str| named.iter().any(|directive| wanted.contains(*directive));
    let (twelve, whole, half) = (any("Il"), any("HkRT"), any("pP"));
    if twelve && !half {
        bail!("[time] format: {format:?} counts hours to 12 and reads no AM or PM; add %p, or count to 24 by %H");
    }
    if half && !twelve {
        bail!("[time] format: {format:?} reads AM or PM; count hours to 12 by %I, or leave %p out");
    }
    if twelve && whole {
        bail!("[time] format: {format:?} reads the hour twice; keep one");
    }
    if any("Q") {
        bail!("[time] format: {format:?} reads a zone's name; name the zone under [time], as zone");
    }
    Ok(())
}

/// The letters of a format's directives.
fn directives(format: &str) -> Vec<char> {
    let mut letters = Vec::new();
    let mut rest = format.chars();
    while let Some(next) = rest.next() {
        if next == '%' {
            // Between the sign and the letter stand flags, a width and colons.
            letters.extend(rest.find(|c| c.is_ascii_alphabetic() || *c == '%'));
        }
    }
    letters
}
