//! Texts of amounts, days and times.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    counterfoil_client::fuzzing::texts(bytes);
    counterfoil_primitives::fuzzing::written(bytes);
});
