//! Marks in a text that nobody sees, and characters that look like others: their names for people.
//!
//! Ids of any length are held to these alone. What payers and recorded references may hold is narrower,
//! and [`refused_characters`](counterfoil_primitives::written::refused_characters) decides it.

/// A mark in a text that nobody sees, and its name.
pub(crate) fn invisible(text: &str) -> Option<(char, &'static str)> {
    text.chars().find_map(|c| Some((c, mark(c)?)))
}

fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '\0' => "a NUL",
        '\t' => "a tab",
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line end",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{180e}' | '\u{34f}' => {
            "a mark without width"
        }
        '\u{feff}' => "a byte order mark",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of writing direction"
        }
        '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            "a mark of formatting"
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "a mark of a variant",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "a blank letter",
        '\u{fffc}' | '\u{fffd}' => "the mark of a character that was lost",
        '\u{e000}'..='\u{f8ff}' => "a character for private use",
        c if c.is_control() => "a control character",
        _ => return None,
    })
}

/// A space that looks like another one.
pub(crate) fn odd_space(text: &str) -> Option<char> {
    text.chars().find(|c| is_odd_space(*c))
}

fn is_odd_space(c: char) -> bool {
    // The wide one of East Asia can be seen.
    c.is_whitespace() && !matches!(c, ' ' | '\u{3000}')
}

/// Whether nobody sees a character, or sees another one.
pub(crate) fn is_unseen(c: char) -> bool {
    mark(c).is_some() || is_odd_space(c)
}

/// A mark that joins the letter before it: the two look like one character, and are two.
pub(crate) fn joined(text: &str) -> Option<char> {
    text.chars().find(|c| matches!(c, '\u{300}'..='\u{36f}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::written::refused_characters;
    use proptest::prelude::*;

    #[test]
    fn each_mark_that_nobody_sees_has_a_name() {
        for (text, name) in [
            ("a\u{1f}b", "a control character"),
            ("00\0", "a NUL"),
            ("a\tb", "a tab"),
            ("a\nb", "a line end"),
            ("a\u{200b}", "a mark without width"),
            ("\u{feff}a", "a byte order mark"),
            ("\u{202d}a", "a mark of writing direction"),
            ("a\u{ad}b", "a soft hyphen"),
            ("\u{81}", "a control character"),
            ("Dvo\u{fffd}", "the mark of a character that was lost"),
        ] {
            assert_eq!(invisible(text).unwrap().1, name, "{text:?}");
        }
        assert_eq!(invisible("Dvořák, 王五 €"), None);
    }

    #[test]
    fn spaces_that_look_like_others_are_found() {
        assert_eq!(odd_space("Jan\u{a0}Novák"), Some('\u{a0}'));
        assert_eq!(odd_space("Jan Novák, 王\u{3000}五"), None);
    }

    #[test]
    fn a_letter_and_its_accent_in_two_characters_are_found() {
        assert_eq!(joined("Nova\u{301}k"), Some('\u{301}'));
        assert_eq!(joined("Novák"), None);
    }

    #[test]
    fn whatever_an_id_may_not_hold_a_payer_may_not_hold_either() {
        for c in '\0'..=char::MAX {
            let is_refused = is_unseen(c) || joined(c.encode_utf8(&mut [0; 4])).is_some();
            assert!(!is_refused || refused_characters::is_invisible(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = (invisible(&text), odd_space(&text), joined(&text));
        }
    }
}
