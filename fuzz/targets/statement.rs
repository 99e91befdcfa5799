//! A file of a bank account's statement, with its mapping.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| counterfoil_client::fuzzing::statement(bytes));
