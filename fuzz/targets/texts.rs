#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    counterfoil_cli::fuzzing::texts(bytes);
    counterfoil_primitives::fuzzing::written(bytes);
});
