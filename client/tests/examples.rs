//! The example programs, where no node is needed.

use counterfoil_client::{
    primitives::{
        commitment::Place, proof::InclusionProof, tree, BusinessDay, Entry, Side, SideId, TradeId,
    },
    proof::EntryProof,
};
use sp_core::H256;
use std::{
    path::PathBuf,
    process::{Command, Output},
};

/// An example as cargo builds it with the tests: in `examples`, beside the folder of this test.
fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(|folder| folder.parent()).unwrap();
    folder.join("examples").join(name)
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(example(name))
        .args(arguments)
        .output()
        .unwrap()
}

/// A file with the proof of a day's only entry, and the root of the day.
fn proof() -> (tempfile::NamedTempFile, H256) {
    let place = Place {
        genesis: H256::repeat_byte(3),
        side_id: SideId::new(1, BusinessDay(20_780), Side::Debit),
    };
    let entry = Entry {
        id: TradeId {
            client: 1,
            sequence: 42,
        },
        amount: 121_298,
        ..Entry::default()
    };
    let page = [Some(entry)];
    let domain = place.domain(1, 0);
    let roots = [tree::slots_page_root(&page)];
    let proof = EntryProof {
        proof: InclusionProof::new(domain, 0, &page, &roots).unwrap(),
        root: tree::slots_root(&domain, roots),
    };
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), proof.to_text().unwrap()).unwrap();
    (file, proof.root)
}

#[test]
fn a_proof_is_verified_and_its_entry_shown() {
    let (file, root) = proof();
    let file = file.path().to_str().unwrap();
    for arguments in [&[file][..], &[file, &format!("{root:?}")][..]] {
        let output = run("verify_proof", arguments);
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("trade 1/42, a payment"), "{said}");
        assert!(said.contains("121298 minor units"), "{said}");
    }
}

#[test]
fn a_proof_for_another_root_is_not_verified() {
    let (file, _) = proof();
    let other = format!("{:?}", H256::zero());
    let output = run("verify_proof", &[file.path().to_str().unwrap(), &other]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is not proven"), "{said}");
}

#[test]
fn each_example_tells_how_it_is_used() {
    for name in ["record", "day", "verify_proof"] {
        let output = run(name, &[]);
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("usage: {name}")), "{said}");
    }
}
