//! Bounded text, which clients of the chain show and take as text.

use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};
use codec::{
    Compact, CompactLen, Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input,
    MaxEncodedLen, Output,
};
use core::fmt;
use scale_info::{Type, TypeInfo};
use serde::{Deserialize, Serialize};

/// Text of at most `MAX_BYTES` bytes of UTF-8.
///
/// It encodes as those bytes with their number in front, as a bounded vector of bytes does. The
/// chain's metadata calls it `str`: so a wallet shows it as text and takes it as typed, where
/// bytes would stand as hexadecimal, and letters beyond ASCII would be refused. Decoding refuses
/// what is longer, or is no UTF-8.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX_BYTES: u32>(String);

/// Why something is no [`Text`] of its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// It has more bytes than the bound.
    TooLong,
    /// It is no UTF-8.
    NotUtf8,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.reason())
    }
}

impl NotText {
    const fn reason(self) -> &'static str {
        match self {
            Self::TooLong => "the text is longer than its bound",
            Self::NotUtf8 => "the text is no UTF-8",
        }
    }
}

impl<const MAX_BYTES: u32> Text<MAX_BYTES> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, or as many whole characters from its start as the bound has room for.
    pub fn truncated(text: &str) -> Self {
        let mut end = text.len().min(MAX_BYTES as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self(text[..end].to_string())
    }
}

impl<const MAX_BYTES: u32> core::ops::Deref for Text<MAX_BYTES> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX_BYTES: u32> fmt::Display for Text<MAX_BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX_BYTES: u32> fmt::Debug for Text<MAX_BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const MAX_BYTES: u32> TryFrom<String> for Text<MAX_BYTES> {
    type Error = NotText;

    fn try_from(text: String) -> Result<Self, NotText> {
        if text.len() > MAX_BYTES as usize {
            return Err(NotText::TooLong);
        }
        Ok(Self(text))
    }
}

impl<const MAX_BYTES: u32> TryFrom<&str> for Text<MAX_BYTES> {
    type Error = NotText;

    fn try_from(text: &str) -> Result<Self, NotText> {
        text.to_string().try_into()
    }
}

impl<const MAX_BYTES: u32> TryFrom<Vec<u8>> for Text<MAX_BYTES> {
    type Error = NotText;

    fn try_from(bytes: Vec<u8>) -> Result<Self, NotText> {
        String::from_utf8(bytes)
            .map_err(|_| NotText::NotUtf8)?
            .try_into()
    }
}

impl<const MAX_BYTES: u32> From<Text<MAX_BYTES>> for String {
    fn from(text: Text<MAX_BYTES>) -> Self {
        text.0
    }
}

impl<const MAX_BYTES: u32> Encode for Text<MAX_BYTES> {
    fn size_hint(&self) -> usize {
        self.0.size_hint()
    }

    fn encode_to<T: Output + ?Sized>(&self, output: &mut T) {
        self.0.encode_to(output);
    }
}

impl<const MAX_BYTES: u32> EncodeLike for Text<MAX_BYTES> {}

impl<const MAX_BYTES: u32> Decode for Text<MAX_BYTES> {
    /// The bound is asked before the bytes are read: a false length costs no memory.
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        let Compact(bytes) = Compact::<u32>::decode(input)?;
        if bytes > MAX_BYTES {
            return Err(NotText::TooLong.reason().into());
        }
        let mut text = vec![0; bytes as usize];
        input.on_before_alloc_mem(text.len())?;
        input.read(&mut text)?;
        Self::try_from(text).map_err(|why| why.reason().into())
    }
}

impl<const MAX_BYTES: u32> DecodeWithMemTracking for Text<MAX_BYTES> {}

impl<const MAX_BYTES: u32> MaxEncodedLen for Text<MAX_BYTES> {
    fn max_encoded_len() -> usize {
        Compact::<u32>::compact_len(&MAX_BYTES) + MAX_BYTES as usize
    }
}

impl<const MAX_BYTES: u32> TypeInfo for Text<MAX_BYTES> {
    type Identity = str;

    fn type_info() -> Type {
        str::type_info()
    }
}
