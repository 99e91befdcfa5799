//! Builds the comparison to WebAssembly, as a runtime is built.

fn main() {
    #[cfg(feature = "std")]
    substrate_wasm_builder::WasmBuilder::init_with_defaults()
        // It is no runtime, and has no version.
        .disable_runtime_version_section_check()
        .build();
}
