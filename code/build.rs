//! Builds the runtime's code apart from the node's, where `scripts/runtime-hash` asks for it.
//!
//! The script says by which path the sources are read, where the code goes, and with which features it
//! is built.

fn main() {
    #[cfg(feature = "build")]
    {
        use std::{env, fs, path::Path};

        let told = |name: &str| {
            println!("cargo:rerun-if-env-changed={name}");
            env::var(name).unwrap_or_else(|_| panic!("scripts/runtime-hash sets {name}"))
        };
        let runtime = Path::new(&told("COUNTERFOIL_CODE_SOURCES")).join("runtime/Cargo.toml");
        // The builder puts its folder beside `build`, and finds it by the place of OUT_DIR.
        let apart = Path::new(&told("COUNTERFOIL_CODE_FOLDER")).join("build/out");
        fs::create_dir_all(&apart).expect("the folder can be written to");
        env::set_var("OUT_DIR", &apart);
        env::set_var("WASM_BUILD_TYPE", "release");
        let mut builder = substrate_wasm_builder::WasmBuilder::new()
            .with_project(runtime)
            .expect("the runtime is among the sources")
            .import_memory()
            .export_heap_base();
        for feature in told("COUNTERFOIL_CODE_FEATURES").split_whitespace() {
            builder = builder.enable_feature(feature);
        }
        builder.build();
    }
}
