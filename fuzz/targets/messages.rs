//! What nodes send each other.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_primitives::fuzzing::messages(bytes));
