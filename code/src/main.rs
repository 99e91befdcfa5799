//! Prints the hash of a runtime's code, as the council's motions name it, and the file.

use anyhow::{Context, Result};
use sp_crypto_hashing::blake2_256;
use std::path::PathBuf;

fn main() -> Result<()> {
    let file = std::env::args_os().nth(1).map(PathBuf::from);
    let file = file.context("usage: counterfoil-code FILE")?;
    let code = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    println!("{}  {}", hash(&code), file.display());
    Ok(())
}

/// The hash of code, as the command line and explorers write it.
fn hash(code: &[u8]) -> String {
    format!("0x{}", hex::encode(blake2_256(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_blake2_of_256_bits() {
        let expected = "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
        assert_eq!(hash(b"abc"), expected);
    }
}
