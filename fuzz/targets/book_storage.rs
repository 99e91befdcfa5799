//! Values of a node's off-chain database.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_primitives::fuzzing::store(bytes));
