//! A file of a ledger, with its mapping.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_client::fuzzing::ledger(bytes));
