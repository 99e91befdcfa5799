//! A peer's answer to the reconciler.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pallet_reconciliation::worker::fuzzing::answer(bytes));
