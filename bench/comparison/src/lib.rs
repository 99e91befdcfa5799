//! The comparison of a book with the chain, to be measured: the same code, over the same books, in
//! native code and in WebAssembly.
//!
//! | module | what it holds |
//! |---|---|
//! | [`sample`] | a day's entries as chain and book have them |
//! | [`work`] | what is measured |
//! | `entry_point` | the way into the WebAssembly |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "std")]
mod binary {
    #![allow(missing_docs, dead_code)]
    include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

#[cfg(not(feature = "std"))]
mod entry_point;
pub mod sample;
pub mod work;

/// The comparison as WebAssembly, where it was built.
#[cfg(feature = "std")]
pub const WASM: Option<&[u8]> = binary::WASM_BINARY;

/// The function of the WebAssembly that [runs](Order::run) an [`Order`] and returns its result.
pub const ENTRY_POINT: &str = "run";

use codec::{Decode, Encode};
use sample::Sample;
use work::Work;

/// What to compare, and how often.
#[derive(Clone, Copy, Debug, Encode, Decode)]
pub struct Order {
    /// What is measured.
    pub work: Work,
    /// The slots of the book.
    pub slots: u32,
    /// The slots that differ, spread evenly.
    pub breaks: u32,
    /// How often the work is done.
    pub times: u32,
}

impl Order {
    /// Makes the books, does the work, and returns what the last time found.
    pub fn run(&self) -> u32 {
        let sample = Sample::new(self.slots, self.breaks);
        (0..self.times).fold(0, |_, _| self.work.of(&sample))
    }
}
