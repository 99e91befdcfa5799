//! Inclusion proofs: a file that is written with a node, and verified without one.

use crate::output::{entry_json, names_and_values, side_id_json, with, Rendered};
use anyhow::{Context as _, Result};
use counterfoil_client::{
    chain::read::At,
    proof::{parse_root, EntryProof},
    time::day_text,
};
use counterfoil_primitives::{proof::InclusionProof, SideId, TradeId};
use serde_json::json;
use sp_core::H256;
use std::path::Path;

/// Writes the proof that the chain's side of a sealed day holds a trade's entry.
pub(super) async fn write(at: &At, side_id: SideId, id: TradeId, path: &Path) -> Result<Rendered> {
    let made = EntryProof::of_trade(at, side_id, id).await?;
    super::write(path, &made.to_text()?)?;
    Ok(render(&made.proof, made.root, Some(path)))
}

/// Verifies a proof in a file, against `root` or its own.
pub(super) fn verify(path: &Path, root: Option<&str>) -> Result<Rendered> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let read = EntryProof::from_text(&text)
        .with_context(|| format!("cannot take the proof in {}", path.display()))?;
    let root = root.map_or(Ok(read.root), parse_root)?;
    read.verify(root)?;
    Ok(render(&read.proof, root, None))
}

fn render(proof: &InclusionProof, root: H256, path: Option<&Path>) -> Rendered {
    let domain = &proof.domain;
    let side_id = domain.side_id;
    let json = with(
        side_id_json(side_id),
        json!({
            "verified": true,
            "genesis": format!("{:?}", domain.genesis),
            "position": proof.position,
            "entry": proof.entry().as_ref().map(entry_json),
            "root": format!("{root:?}"),
            "file": path.map(|path| path.display().to_string()),
        }),
    );
    let entry = proof
        .entry()
        .as_ref()
        .map_or("none".into(), |entry| entry_json(entry).to_string());
    let kind = proof
        .entry()
        .map_or("none", |entry| entry.kind.name())
        .into();
    let text = names_and_values([
        ("verified", "the entry leads to the root".into()),
        ("chain", format!("{:?}", domain.genesis)),
        (
            "place",
            format!(
                "agreement {}, {}, {} side, position {} of {}",
                side_id.agreement,
                day_text(side_id.day),
                side_id.side.name(),
                proof.position,
                domain.slots
            ),
        ),
        ("kind", kind),
        ("entry", entry),
        ("root", format!("{root:?}")),
    ]);
    Rendered::new(json, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{commitment::Place, tree, BusinessDay, Entry, Side};

    fn proof_file() -> (tempfile::NamedTempFile, H256) {
        let place = Place {
            genesis: H256::repeat_byte(3),
            side_id: SideId::new(1, BusinessDay(20_000), Side::Debit),
        };
        let page: Vec<Option<Entry>> = (0..3)
            .map(|amount| {
                Some(Entry {
                    amount,
                    ..Entry::default()
                })
            })
            .collect();
        let domain = place.domain(3, 0);
        let roots = [tree::slots_page_root(&page)];
        let root = tree::slots_root(&domain, roots);
        let proof = InclusionProof::new(domain, 2, &page, &roots).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let text = EntryProof { proof, root }.to_text().unwrap();
        std::fs::write(file.path(), text).unwrap();
        (file, root)
    }

    #[test]
    fn a_proof_verifies_without_a_node() {
        let (file, root) = proof_file();
        assert!(verify(file.path(), None).is_ok());
        let shown = verify(file.path(), Some(&format!("{root:?}"))).unwrap();
        assert_eq!(shown.json["entry"]["amount"], "2");
        assert_eq!(shown.json["entry"]["kind"], "payment");
        assert!(shown.text.contains("kind      payment"), "{}", shown.text);
    }

    #[test]
    fn a_proof_for_another_root_is_refused() {
        let (file, _) = proof_file();
        let other = format!("0x{}", "00".repeat(32));
        assert!(verify(file.path(), Some(&other)).is_err());
        assert!(verify(file.path(), Some("12")).is_err());
    }

    #[test]
    fn a_file_that_is_no_proof_is_refused_by_its_name() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "{}").unwrap();
        let error = format!("{:#}", verify(file.path(), None).unwrap_err());
        let name = file.path().display().to_string();
        assert!(
            error.contains(&name) && error.contains("cannot take the proof"),
            "{error}"
        );
    }

    #[test]
    fn a_proof_of_another_format_is_refused_by_its_name() {
        let (file, _) = proof_file();
        let text = std::fs::read_to_string(file.path()).unwrap();
        std::fs::write(file.path(), text.replace("\"0x01", "\"0x02")).unwrap();
        let error = format!("{:#}", verify(file.path(), None).unwrap_err());
        assert!(error.contains("the proof has format 2"), "{error}");
    }
}
