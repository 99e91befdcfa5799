//! Payers and references as people write them.

use counterfoil_primitives::{
    written::{
        label::{read_reference, read_user, show_reference, show_user},
        UnreadableLabel,
    },
    Reference, UserId,
};
use proptest::prelude::*;

const UUID: &str = "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f";
const UUID_BYTES: [u8; 16] = [
    0x7f, 0x0c, 0x2d, 0x1e, 0x5b, 0x0a, 0x4f, 0x7e, 0x9c, 0x3d, 0x0a, 0x1b, 0x2c, 0x3d, 0x4e, 0x5f,
];

#[test]
fn a_payer_is_a_text_of_up_to_sixteen_bytes() {
    assert_eq!(
        read_user("C-9999"),
        Ok(UserId(*b"C-9999\0\0\0\0\0\0\0\0\0\0"))
    );
    assert_eq!(
        read_user("0123456789abcdef"),
        Ok(UserId(*b"0123456789abcdef"))
    );
    assert_eq!(
        read_user("0123456789abcdefg"),
        Err(UnreadableLabel::TooLong)
    );
    assert_eq!(read_user(""), Err(UnreadableLabel::Empty));
    assert_eq!(show_user(&read_user("Jan Dvořák").unwrap()), "Jan Dvořák");
    assert_eq!(read_user("Příliš žluťoučký"), Err(UnreadableLabel::TooLong));
}

#[test]
fn blanks_that_nobody_sees_are_refused() {
    for text in ["C-9999          ", "C-9999 ", " C-9999", "C  9999", " "] {
        assert_eq!(read_user(text), Err(UnreadableLabel::Blanks), "{text:?}");
        assert_eq!(
            read_reference(text),
            Err(UnreadableLabel::Blanks),
            "{text:?}"
        );
    }
    assert!(read_user("C 9999").is_ok());
}

#[test]
fn characters_that_nobody_sees_are_refused() {
    for char in [
        '\0',
        '\t',
        '\n',
        '\u{1f}',
        '\u{7f}',
        '\u{a0}',
        '\u{ad}',
        '\u{200b}',
        '\u{200e}',
        '\u{202e}',
        '\u{2009}',
        '\u{3000}',
        '\u{feff}',
        '\u{fe0f}',
        '\u{fffd}',
        '\u{e000}',
        '\u{e0041}',
        '\u{301}',
    ] {
        for text in [format!("C{char}1"), format!("C1{char}"), char.to_string()] {
            assert_eq!(
                read_user(&text),
                Err(UnreadableLabel::Invisible),
                "{text:?}"
            );
            assert_eq!(
                read_reference(&text),
                Err(UnreadableLabel::Invisible),
                "{text:?}"
            );
        }
    }
}

#[test]
fn what_looks_like_another_payer_is_refused() {
    // The one that a keyboard writes, and what looks the same.
    for (whole, twin) in [
        ("が", "か\u{3099}"),
        ("ぱ", "は\u{309a}"),
        ("각", "\u{1100}\u{1161}\u{11a8}"),
        ("č", "c\u{30c}"),
        ("K", "\u{212a}"),
        ("Å", "\u{212b}"),
        ("Ω", "\u{2126}"),
    ] {
        assert!(read_user(whole).is_ok(), "{whole}");
        assert_eq!(read_user(twin), Err(UnreadableLabel::Invisible), "{twin:?}");
        assert_eq!(
            read_reference(twin),
            Err(UnreadableLabel::Invisible),
            "{twin:?}"
        );
    }
}

#[test]
fn marks_that_join_the_letter_before_them_are_refused() {
    for (first, last) in [
        ('\u{300}', '\u{36f}'),
        ('\u{1100}', '\u{11ff}'),
        ('\u{1ab0}', '\u{1aff}'),
        ('\u{1dc0}', '\u{1dff}'),
        ('\u{20d0}', '\u{20ff}'),
        ('\u{3099}', '\u{309a}'),
        ('\u{fe20}', '\u{fe2f}'),
    ] {
        for mark in first..=last {
            let text = format!("C{mark}");
            assert_eq!(
                read_user(&text),
                Err(UnreadableLabel::Invisible),
                "{text:?}"
            );
        }
    }
    // Marks that stand by themselves, and their neighbours, are letters like others.
    for text in ["゛", "゜", "ー", "ㄱ", "₿", "℃"] {
        assert!(read_user(text).is_ok(), "{text}");
    }
}

#[test]
fn a_uuid_is_a_reference_with_and_without_dashes() {
    let plain = UUID.replace('-', "");
    for text in [UUID.into(), plain, UUID.to_uppercase()] {
        assert_eq!(read_reference(&text), Ok(Reference(UUID_BYTES)), "{text}");
    }
    assert_eq!(show_reference(&Reference(UUID_BYTES)), UUID);
}

#[test]
fn what_is_almost_a_uuid_is_too_long() {
    let plain = UUID.replace('-', "");
    for text in [
        UUID[1..].into(),
        plain[1..].into(),
        UUID.replace('7', "g"),
        format!("{{{UUID}}}"),
        "7f0c2d1e5-b0a-4f7e-9c3d-0a1b2c3d4e5f".into(),
        "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4-5f".into(),
    ] {
        assert_eq!(
            read_reference(&text),
            Err(UnreadableLabel::TooLong),
            "{text}"
        );
    }
    assert_eq!(read_user(UUID), Err(UnreadableLabel::TooLong));
}

#[test]
fn a_reference_may_be_a_text() {
    let reference = read_reference("FV-2026/0017").unwrap();
    assert_eq!(reference, Reference(*b"FV-2026/0017\0\0\0\0"));
    assert_eq!(show_reference(&reference), "FV-2026/0017");
}

#[test]
fn bytes_that_are_no_text_show_in_hexadecimal() {
    let padded_with_blanks = UserId(*b"C-9999          ");
    assert_eq!(
        show_user(&padded_with_blanks),
        "0x432d3939393920202020202020202020"
    );
    assert_eq!(show_user(&UserId([0; 16])), format!("0x{}", "0".repeat(32)));
    assert_eq!(
        show_reference(&Reference([0xff; 16])),
        format!("0x{}", "f".repeat(32))
    );
}

proptest! {
    #[test]
    fn whatever_is_stored_reads_back_as_it_shows(bytes: [u8; 16], end in 0usize..=16, mask: bool) {
        let mut bytes = bytes;
        bytes[end..].fill(0);
        if mask {
            bytes.iter_mut().for_each(|byte| *byte &= 0x7f);
        }
        prop_assert_eq!(read_user(&show_user(&UserId(bytes))), Ok(UserId(bytes)));
        prop_assert_eq!(
            read_reference(&show_reference(&Reference(bytes))),
            Ok(Reference(bytes))
        );
    }

    #[test]
    fn a_text_that_is_read_shows_as_it_was_written(text in "[ -~áčďěéíňóřšťúůýž]{1,16}") {
        if let Ok(user) = read_user(&text) {
            prop_assert_eq!(show_user(&user), text.as_str());
        }
        if let Ok(reference) = read_reference(&text) {
            prop_assert_eq!(show_reference(&reference), text.as_str());
        }
    }

    #[test]
    fn different_texts_are_different_payers(one in "[ -~]{1,16}", other in "[ -~]{1,16}") {
        prop_assume!(one != other);
        if let (Ok(one), Ok(other)) = (read_user(&one), read_user(&other)) {
            prop_assert_ne!(one, other);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,40}") {
        let _ = read_user(&text);
        let _ = read_reference(&text);
    }
}
