//! The encoding of a file: named, never guessed.

mod candidates;

use super::records::line_ends;
use crate::printable_text::{printable, quoted};
use anyhow::{bail, Result};
use encoding_rs::{DecoderResult, GB18030, GBK, REPLACEMENT, UTF_16BE, UTF_16LE, UTF_8};
use encoding_rs::{EncoderResult, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, X_USER_DEFINED};
use serde::Deserialize;

/// Characters beyond ASCII that, being UTF-8 by their bytes, are hardly anything else.
const SURE: usize = 3;

/// Signs that windows-1250 has where ISO 8859-2 has letters.
const SIGNS: [char; 9] = ['\u{2c7}', '¦', '©', '«', '¬', '®', '±', '¶', '»'];

/// The encoding of a file, by one of the labels of the WHATWG's Encoding Standard, or `latin-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Default for Encoding {
    fn default() -> Self {
        Self(UTF_8)
    }
}

impl TryFrom<String> for Encoding {
    type Error = String;

    fn try_from(label: String) -> Result<Self, String> {
        if label.trim().eq_ignore_ascii_case("latin-1") {
            return Ok(Self(WINDOWS_1252));
        }
        encoding_rs::Encoding::for_label(label.as_bytes())
            .filter(|encoding| *encoding != REPLACEMENT && *encoding != X_USER_DEFINED)
            .map(Self)
            .ok_or_else(|| {
                format!(
                    "no encoding is named {label:?}; the known ones are utf-8, utf-16le, utf-16be, windows-1250 to windows-1258, \
                     iso-8859-2 to iso-8859-16, gb18030, gbk, big5, shift_jis, euc-jp, euc-kr, koi8-r and others of the \
                     Encoding Standard. Convert a file in any other encoding to UTF-8"
                )
            })
    }
}

impl Encoding {
    /// Its name, as a mapping may write it.
    pub fn name(self) -> String {
        self.0.name().to_ascii_lowercase()
    }

    fn is_utf_16(self) -> bool {
        self.0 == UTF_16LE || self.0 == UTF_16BE
    }

    /// The text of a file. `fits` tells whether a text has the columns that are asked for: where the
    /// bytes are of another encoding, it narrows down which one it may be.
    pub fn decode(self, bytes: &[u8], fits: &dyn Fn(&str) -> bool) -> Result<String> {
        let bytes = self.without_mark(bytes)?;
        let text = match self.read(bytes) {
            Ok(text) => text,
            Err((line, bad)) => bail!(
                "line {line}: the bytes {bad} do not fit {}, {}. {}",
                self.0.name(),
                match self.0 == UTF_8 {
                    true => "in which a file is read unless its mapping names another encoding",
                    false => "which the mapping names",
                },
                candidates::advice(bytes, self, fits)
            ),
        };
        self.check_not_utf_8(bytes, &text)?;
        self.check_no_signs_in_words(bytes, &text, fits)?;
        self.check_not_garbled(&text)?;
        self.check_writable(&text)?;
        Ok(text)
    }

    /// Takes a byte order mark off. One of another encoding is an error, and so are the zeros by
    /// which UTF-16 shows where it has no mark.
    fn without_mark(self, bytes: &[u8]) -> Result<&[u8]> {
        let marked = encoding_rs::Encoding::for_bom(bytes);
        let other = match marked {
            Some((encoding, length)) if encoding == self.0 => return Ok(&bytes[length..]),
            Some((encoding, _)) => Some((encoding, "begins with the byte order mark of")),
            None if self.is_utf_16() => None,
            None => by_zeros(bytes).map(|encoding| (encoding, "has the zero bytes of")),
        };
        match other {
            None => Ok(bytes),
            Some((encoding, sign)) => bail!(
                "line 1: the file {sign} {}, but is read as {}; set encoding = \"{}\" under [file] in the mapping",
                encoding.name(),
                self.0.name(),
                Self(encoding).name()
            ),
        }
    }

    /// The text, or the line and the bytes that are no text.
    fn read(self, bytes: &[u8]) -> Result<String, (u64, String)> {
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        let mut text = String::with_capacity(most.unwrap_or(bytes.len()));
        match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
            (DecoderResult::InputEmpty, _) => match self.undefined(&text) {
                Some((at, byte)) => Err((line_of(&text[..at]), show(&[byte]))),
                None => Ok(text),
            },
            (DecoderResult::OutputFull, read) => Err((line_of(&text), show(&bytes[read..]))),
            (DecoderResult::Malformed(length, after), read) => {
                let end = read.saturating_sub(after.into());
                let bad = &bytes[end.saturating_sub(length.into())..end];
                Err((line_of(&text), show(bad)))
            }
        }
    }

    /// A byte that an encoding of single bytes has no character for, and where it stands. It is read
    /// as a control character of the same number, which no such file holds.
    fn undefined(self, text: &str) -> Option<(usize, u8)> {
        let mut characters = text.char_indices().filter(|_| self.0.is_single_byte());
        characters.find_map(|(at, c)| match c {
            '\u{80}'..='\u{9f}' => Some((at, c as u32 as u8)),
            _ => None,
        })
    }

    /// The first texts beyond ASCII of a file that is not UTF-8, for a person to see whether they
    /// are right.
    pub(super) fn note(self, text: &str) -> Option<String> {
        if self.0 == UTF_8 {
            return None;
        }
        let samples = candidates::samples(text);
        let first: Vec<&str> = samples.iter().take(3).map(String::as_str).collect();
        let name = self.name();
        (!first.is_empty()).then(|| format!("read as {name}: {}", printable(&first.join(" | "))))
    }

    /// Refuses a file that is UTF-8, and would be read as something else.
    fn check_not_utf_8(self, bytes: &[u8], text: &str) -> Result<()> {
        if self.0 == UTF_8 || self.is_utf_16() {
            return Ok(());
        }
        let Ok(right) = std::str::from_utf8(bytes) else {
            return Ok(());
        };
        // Of an encoding with bytes by twos, a few are UTF-8 by chance.
        let enough = if self.0.is_single_byte() { 1 } else { SURE };
        if !is_beyond_ascii(right, enough) {
            return Ok(());
        }
        let first = |text: &str| candidates::samples(text).into_iter().next();
        bail!(
            "the file's bytes are UTF-8, but the mapping says {}: as UTF-8 it has {}, as {} it would have {}. \
             Set encoding = \"utf-8\" under [file] in the mapping; if the second text is right, save the file as UTF-8 first",
            self.name(),
            quoted(&first(right).unwrap_or_default()),
            self.name(),
            quoted(&first(text).unwrap_or_default())
        )
    }

    /// Refuses ISO 8859-2 that would be read as windows-1250, by signs where a word has letters.
    fn check_no_signs_in_words(
        self,
        bytes: &[u8],
        text: &str,
        fits: &dyn Fn(&str) -> bool,
    ) -> Result<()> {
        if self.0 != WINDOWS_1250 {
            return Ok(());
        }
        let Some(field) = candidates::fields(text).find(|field| has_sign_in_word(field)) else {
            return Ok(());
        };
        bail!(
            "{} has a sign inside a word, so the file is probably not in {}, which the mapping names; if the text is right, \
             save the file as UTF-8 first. {}",
            quoted(field),
            self.name(),
            candidates::advice(bytes, self, fits)
        )
    }

    /// Refuses UTF-8 that some program took for something else, and saved as UTF-8 once more.
    fn check_not_garbled(self, text: &str) -> Result<()> {
        if self.0 != UTF_8 || text.is_ascii() {
            return Ok(());
        }
        for taken_for in [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251] {
            let mut fields = candidates::fields(text);
            let garbled = fields.find_map(|field| Some((field, meant(field, taken_for)?)));
            if let Some((found, meant)) = garbled {
                bail!(
                    "the file's texts are garbled: it has {} instead of {}, because a program took UTF-8 for {}. Export the file again as UTF-8",
                    quoted(found),
                    quoted(&meant),
                    taken_for.name()
                );
            }
        }
        Ok(())
    }

    /// Refused lines go to a file of the same encoding, so it must be able to hold them.
    fn check_writable(self, text: &str) -> Result<()> {
        let encoding = self.writes();
        if self.is_utf_16() || encoding == UTF_8 {
            return Ok(());
        }
        let mut encoder = encoding.new_encoder();
        let mut piece = [0; 4096];
        let mut read = 0;
        loop {
            let (result, taken, _) =
                encoder.encode_from_utf8_without_replacement(&text[read..], &mut piece, true);
            read += taken;
            match result {
                EncoderResult::InputEmpty => return Ok(()),
                EncoderResult::OutputFull => {}
                EncoderResult::Unmappable(character) => bail!(
                    "line {}: {character:?} can be read from {}, but not written in it; save the file as UTF-8, and take \
                     encoding out of the mapping",
                    line_of(&text[..read]),
                    encoding.name()
                ),
            }
        }
    }

    /// GBK is read as what it became, and written so.
    fn writes(self) -> &'static encoding_rs::Encoding {
        if self.0 == GBK {
            GB18030
        } else {
            self.0
        }
    }

    /// The bytes of a text.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let units = |bytes: fn(u16) -> [u8; 2]| {
            let marked = std::iter::once(0xfeff).chain(text.encode_utf16());
            marked.flat_map(bytes).collect()
        };
        if self.0 == UTF_16LE {
            units(u16::to_le_bytes)
        } else if self.0 == UTF_16BE {
            units(u16::to_be_bytes)
        } else {
            self.writes().encode(text).0.into_owned()
        }
    }
}

/// How to name the encoding of a file that was read in `named`, and that has the columns in another
/// one; nothing where there is no such encoding.
pub(super) fn columns_elsewhere(
    bytes: &[u8],
    named: Encoding,
    fits: &dyn Fn(&str) -> bool,
) -> Option<String> {
    // Bytes that are UTF-8 are hardly anything else.
    if named.0 == UTF_8 || encoding_rs::Encoding::for_bom(bytes).is_some() {
        return None;
    }
    candidates::advice_by_columns(bytes, named, fits)
}

/// The line that a text has come to, from 1.
fn line_of(text: &str) -> u64 {
    line_ends(text.as_bytes()) + 1
}

/// Whether a text has more than ASCII, and more than chance would give.
fn is_beyond_ascii(text: &str, enough: usize) -> bool {
    text.chars().filter(|c| !c.is_ascii()).take(enough).count() == enough
}

/// The text that was meant, where a field is UTF-8 that a program took for something else. Of few
/// characters it is one only where they are those of Europe's Latin letters, whose first bytes are
/// letters that signs hardly follow.
fn meant(field: &str, taken_for: &'static encoding_rs::Encoding) -> Option<String> {
    let (bytes, _, is_lost) = taken_for.encode(field);
    let meant = String::from_utf8(bytes.into_owned()).ok()?;
    let mut beyond = meant.chars().filter(|c| !c.is_ascii());
    let is_latin = |c: char| matches!(c, '\u{a1}'..='\u{17f}');
    let is_plain = taken_for != WINDOWS_1251 && beyond.clone().count() > 0 && beyond.all(is_latin);
    (!is_lost && (is_plain || is_beyond_ascii(&meant, SURE))).then_some(meant)
}

/// Whether one of [`SIGNS`] stands before a letter. Marks of quotation come in pairs.
fn has_sign_in_word(field: &str) -> bool {
    let is_quoting = field.contains('«') && field.contains('»');
    let is_sign = |c: char| SIGNS.contains(&c) && !(is_quoting && matches!(c, '«' | '»'));
    let mut pairs = field.chars().zip(field.chars().skip(1));
    pairs.any(|(sign, next)| is_sign(sign) && next.is_lowercase())
}

/// The first of some bytes, as people write them.
fn show(bytes: &[u8]) -> String {
    let shown: Vec<String> = bytes.iter().take(4).map(|b| format!("{b:02X}")).collect();
    shown.join(" ")
}

/// UTF-16 of a file without a mark, whose ASCII has a zero in every other byte.
fn by_zeros(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &bytes[..bytes.len().min(200)];
    let zeros = |first: usize| {
        start
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let many = start.len().div_ceil(5).max(2);
    match (zeros(0), zeros(1)) {
        (0, odd) if odd >= many => Some(UTF_16LE),
        (even, 0) if even >= many => Some(UTF_16BE),
        _ => None,
    }
}
