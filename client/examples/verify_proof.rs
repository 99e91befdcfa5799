//! Verifies a proof that the chain holds an entry, without a node.
//!
//! Usage: `verify_proof FILE [ROOT]`
//!
//! Without ROOT, the proof is verified against the root that its file names: compare that with the
//! chain's, from a source that you trust.

use anyhow::{bail, Context, Result};
use counterfoil_client::{
    proof::{parse_root, EntryProof},
    text::{reference_text, side_title},
    time::day_text,
};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, root) = match &arguments[..] {
        [file] => (file, None),
        [file, root] => (file, Some(root)),
        _ => bail!("usage: verify_proof FILE [ROOT]"),
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let read =
        EntryProof::from_text(&text).with_context(|| format!("cannot take the proof in {file}"))?;
    let root = match root {
        Some(root) => parse_root(root)?,
        None => read.root,
    };
    let entry = read.verify(root)?;

    let domain = &read.proof.domain;
    let side_id = domain.side_id;
    println!("root {root:?} of chain {:?}", domain.genesis);
    println!(
        "agreement {}, {}, {}, position {} of {}",
        side_id.agreement,
        day_text(side_id.day),
        side_title(side_id.side),
        read.proof.position,
        domain.slots
    );
    match entry {
        Some(entry) => println!(
            "trade {}/{}, a {}, reference {}, {} minor units",
            entry.id.client,
            entry.id.sequence,
            entry.kind.name(),
            reference_text(&entry.reference),
            entry.amount
        ),
        None => println!("the book holds no entry there"),
    }
    Ok(())
}
