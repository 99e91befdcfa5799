//! Proofs of inclusion.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_primitives::fuzzing::proof(bytes));
