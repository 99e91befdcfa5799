//! Bounded text: the bytes of a bounded vector, the type of text.

use codec::{Compact, Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::text::{NotText, Text};
use proptest::prelude::*;
use scale_info::{meta_type, TypeInfo};
use sp_core::{bounded::BoundedVec, ConstU32};

/// The bytes that a bounded vector of the same bytes encodes to.
fn as_bounded_bytes(text: &str) -> Vec<u8> {
    BoundedVec::<u8, ConstU32<64>>::truncate_from(text.as_bytes().to_vec()).encode()
}

proptest! {
    #[test]
    fn text_encodes_as_a_bounded_vector_of_its_bytes(text in "\\PC{0,16}") {
        let bounded = Text::<64>::try_from(text.as_str()).expect("16 characters are 64 bytes");

        prop_assert_eq!(bounded.encode(), as_bounded_bytes(&text));
        prop_assert!(bounded.encode().len() <= Text::<64>::max_encoded_len());
        prop_assert_eq!(Text::<64>::decode(&mut &bounded.encode()[..]), Ok(bounded));
    }

    #[test]
    fn text_is_cut_between_characters(text in "\\PC{0,16}") {
        let cut = Text::<9>::truncated(&text);

        prop_assert!(text.starts_with(cut.as_str()));
        let next = text[cut.len()..].chars().next();
        prop_assert!(next.is_none_or(|next| cut.len() + next.len_utf8() > 9));
    }
}

#[test]
fn the_largest_text_is_as_large_as_the_largest_bounded_vector() {
    let name = BoundedVec::<u8, ConstU32<64>>::max_encoded_len();
    let endpoint = BoundedVec::<u8, ConstU32<256>>::max_encoded_len();

    assert_eq!(Text::<64>::max_encoded_len(), name);
    assert_eq!(Text::<256>::max_encoded_len(), endpoint);
}

#[test]
fn text_up_to_its_bound_is_taken_and_longer_text_is_not() {
    assert_eq!(
        Text::<3>::try_from("CZK").map(String::from),
        Ok("CZK".into())
    );
    assert_eq!(Text::<3>::try_from("CZKs"), Err(NotText::TooLong));
    // Two letters of two bytes.
    assert_eq!(Text::<3>::try_from("ěš"), Err(NotText::TooLong));

    assert!(Text::<3>::decode(&mut &"CZK".encode()[..]).is_ok());
    assert!(Text::<3>::decode(&mut &"CZKs".encode()[..]).is_err());
}

#[test]
fn what_is_no_utf8_is_no_text() {
    let bytes = vec![0xff, b'a'];

    assert_eq!(Text::<3>::try_from(bytes.clone()), Err(NotText::NotUtf8));
    assert!(Text::<3>::decode(&mut &bytes.encode()[..]).is_err());
}

#[test]
fn a_length_without_its_bytes_is_refused() {
    let mut encoded = Compact(3u32).encode();
    encoded.extend(b"CZ");

    assert!(Text::<3>::decode(&mut &encoded[..]).is_err());
}

#[test]
fn metadata_calls_it_text() {
    assert_eq!(Text::<64>::type_info(), str::type_info());
    assert_eq!(meta_type::<Text<64>>(), meta_type::<str>());
}

#[test]
fn text_shows_as_it_was_given() {
    let name = Text::<64>::try_from("Česká spořitelna").expect("it is short");

    assert_eq!(name.to_string(), "Česká spořitelna");
    assert_eq!(format!("{name:?}"), "\"Česká spořitelna\"");
    assert_eq!(&*name, "Česká spořitelna");
}
