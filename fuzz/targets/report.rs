//! Reports of a side.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_primitives::fuzzing::report(bytes));
