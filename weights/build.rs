//! Builds the runtime with its benchmarks, to WebAssembly alone.
//!
//! The builder puts its folder beside the one that `OUT_DIR` lies in. Another `OUT_DIR` keeps it
//! apart from the plain runtime's, so that neither build takes the other's place.

fn main() {
    #[cfg(feature = "runtime-benchmarks")]
    {
        use std::{env, fs, path::Path};

        let here = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
        let runtime = Path::new(&here).with_file_name("runtime/Cargo.toml");
        let out = env::var("OUT_DIR").expect("cargo sets it");
        // The profile's folder, above build/PACKAGE/out.
        let profile = Path::new(&out)
            .ancestors()
            .nth(3)
            .expect("OUT_DIR lies in a target folder");
        let apart = profile.join("weights/build/out");
        fs::create_dir_all(&apart).expect("the target folder can be written to");
        env::set_var("OUT_DIR", &apart);
        env::set_var("WASM_BUILD_TYPE", "release");
        substrate_wasm_builder::WasmBuilder::new()
            .with_project(runtime)
            .expect("the runtime lies beside this crate")
            .import_memory()
            .export_heap_base()
            .enable_feature("runtime-benchmarks")
            .build();
        let built = apart.join("wasm_binary.rs");
        println!(
            "cargo:rustc-env=RUNTIME_WITH_BENCHMARKS={}",
            built.display()
        );
    }
}
