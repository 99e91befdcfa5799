//! What a file may be in, for a person to see which text is right.

use super::Encoding;
use encoding_rs::*;

/// What files of the trade are in, the likelier ones first.
fn usual() -> [&'static encoding_rs::Encoding; 20] {
    [
        UTF_8,
        WINDOWS_1250,
        WINDOWS_1252,
        ISO_8859_2,
        GB18030,
        WINDOWS_1251,
        BIG5,
        SHIFT_JIS,
        EUC_KR,
        EUC_JP,
        UTF_16LE,
        UTF_16BE,
        WINDOWS_1253,
        WINDOWS_1254,
        WINDOWS_1257,
        WINDOWS_1255,
        WINDOWS_1256,
        KOI8_R,
        IBM866,
        ISO_8859_7,
    ]
}

/// Encodings that are shown.
const SHOWN: usize = 6;
/// Texts that are shown of each, unless more are needed to tell them apart.
const SAMPLES: usize = 3;
/// The most of a text that is shown.
const LENGTH: usize = 32;

/// A text that the file may be.
struct Candidate {
    encoding: Encoding,
    samples: Vec<String>,
    /// What in it hardly anybody writes.
    oddities: usize,
}

/// How to find out the encoding of bytes that are not in `named`. Only encodings that give the
/// columns are shown, where any does.
pub(super) fn advice(bytes: &[u8], named: Encoding, fits: &dyn Fn(&str) -> bool) -> String {
    let mut candidates = read_as(bytes, named, fits);
    if candidates.iter().any(|(_, fits)| *fits) {
        candidates.retain(|(_, fits)| *fits);
    }
    let candidates = different(candidates);
    match candidates.is_empty() {
        true => "No usual encoding fits either: the file may be damaged there. Export it again, or save it as UTF-8".into(),
        false => shown(&candidates),
    }
}

/// The same, if the columns are found by any encoding.
pub(super) fn advice_by_columns(
    bytes: &[u8],
    named: Encoding,
    fits: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let mut candidates = read_as(bytes, named, fits);
    candidates.retain(|(_, fits)| *fits);
    let candidates = different(candidates);
    (!candidates.is_empty()).then(|| shown(&candidates))
}

/// What the bytes may be, and whether each has the columns.
fn read_as(bytes: &[u8], named: Encoding, fits: &dyn Fn(&str) -> bool) -> Vec<(Candidate, bool)> {
    usual()
        .into_iter()
        .map(Encoding)
        .filter(|encoding| *encoding != named)
        // Any bytes are characters of it; but a file has some that are ASCII, with a zero each.
        .filter(|encoding| !encoding.is_utf_16() || bytes.contains(&0))
        .filter_map(|encoding| {
            let text = encoding.read(bytes).ok()?;
            let samples = samples(&text);
            let is_text = !text.chars().any(is_no_text) && !samples.is_empty();
            let oddities = samples.iter().map(|sample| oddities(sample)).sum();
            let candidate = Candidate {
                encoding,
                samples,
                oddities,
            };
            is_text.then(|| (candidate, fits(&text)))
        })
        .collect()
}

/// The likeliest, each with a text of its own.
fn different(candidates: Vec<(Candidate, bool)>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = candidates.into_iter().map(|(c, _)| c).collect();
    candidates.sort_by_key(|candidate| candidate.oddities);
    let mut different: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if different.iter().all(|d| d.samples != candidate.samples) {
            different.push(candidate);
        }
    }
    different.truncate(SHOWN);
    different
}

/// What a person is told who is to see which text is right.
fn shown(candidates: &[Candidate]) -> String {
    let shown = telling(candidates);
    let lines: Vec<String> = candidates
        .iter()
        .map(|candidate| {
            let texts = shown.iter().filter_map(|at| candidate.samples.get(*at));
            let texts: Vec<&str> = texts.map(String::as_str).collect();
            format!("\n  {}: {}", candidate.encoding.name(), texts.join(" | "))
        })
        .collect();
    format!(
        "Ask whoever exports the file for its encoding, or find the one below that shows the texts as they are at \
         their source, and set it as encoding = \"…\" under [file] in the mapping; if none does, export the file as UTF-8:{}",
        lines.concat()
    )
}

/// The different fields with more than ASCII in them.
pub(super) fn fields(text: &str) -> impl Iterator<Item = &str> {
    let mut seen = std::collections::HashSet::new();
    text.split(['\n', '\r', '\t', ',', ';', '|', '"'])
        .filter(move |field| !field.is_ascii() && seen.insert(*field))
        .map(str::trim)
}

/// The same, as much of each as is shown.
pub(super) fn samples(text: &str) -> Vec<String> {
    fields(text)
        .map(|field| field.chars().take(LENGTH).collect())
        .collect()
}

/// The samples to show: the first ones, and those that tell one candidate from another.
fn telling(candidates: &[Candidate]) -> Vec<usize> {
    let mut shown: Vec<usize> = (0..SAMPLES).collect();
    for (index, one) in candidates.iter().enumerate() {
        for other in &candidates[index + 1..] {
            let differs = |at: &usize| one.samples.get(*at) != other.samples.get(*at);
            if !shown.iter().any(differs) {
                shown.extend((0..one.samples.len()).find(differs));
            }
        }
    }
    shown
}

/// What no file of text holds: controls, and characters for private use.
fn is_no_text(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Scripts, as far as a wrong encoding mixes them.
#[derive(PartialEq, Eq)]
enum Script {
    Latin,
    Other(u32),
}

fn script(c: char) -> Option<Script> {
    match c {
        _ if !c.is_alphabetic() => None,
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            Some(Script::Latin)
        }
        // Blocks of 256 characters, but for the large ones of East Asia.
        '\u{3000}'..='\u{9fff}' => Some(Script::Other(0)),
        '\u{ac00}'..='\u{d7af}' => Some(Script::Other(1)),
        _ => Some(Script::Other(c as u32 >> 8)),
    }
}

/// A sign beside letters that texts of people have: of punctuation, the euro's, a number's, a space.
fn is_usual_sign(c: char) -> bool {
    matches!(
        c,
        '\u{2010}'..='\u{203a}'
            | '\u{3001}'..='\u{3011}'
            | '\u{ff01}'..='\u{ff1f}'
            | '€'
            | '№'
            | '\u{a0}'
    )
}

fn oddities(text: &str) -> usize {
    let next = text.chars().skip(1);
    let pairs = text.chars().zip(next).filter(|(a, b)| {
        let mixes = match (script(*a), script(*b)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        };
        mixes || (a.is_lowercase() && b.is_uppercase())
    });
    let signs = text
        .chars()
        .filter(|c| !c.is_ascii() && !c.is_alphabetic() && !is_usual_sign(*c));
    // Half the width of what Japanese is written in: what other encodings' bytes come out as.
    let narrow = text
        .chars()
        .filter(|c| matches!(c, '\u{ff61}'..='\u{ff9f}'));
    pairs.count() + signs.count() + narrow.count()
}
