//! Inclusion proofs, written with a node and verified without one.

use crate::{
    chain::{books::side_name, read::At},
    output::{entry_json, list, place_json, with, Rendered},
    report::side_of,
    time::day_text,
};
use anyhow::{bail, Context as _, Result};
use codec::{DecodeAll, Encode};
use counterfoil_primitives::{
    proof::InclusionProof, tree::locate, AgreementId, BusinessDay, Entry, Side, TradeId,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sp_core::H256;
use std::path::Path;

/// A proof as a file.
#[derive(Serialize, Deserialize)]
struct File {
    /// The proof, SCALE in hexadecimal.
    proof: String,
    /// The slots' root that it leads to, by the chain.
    root: String,
}

/// Writes the proof that the chain's side of a sealed day holds a trade's entry.
pub(super) async fn write(
    at: &At,
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    id: TradeId,
    path: &Path,
) -> Result<Rendered> {
    let (position, _) = at.find_by_id(agreement, day, id).await?.with_context(|| {
        format!(
            "no trade {}/{} is booked to {}",
            id.client,
            id.sequence,
            day_text(day)
        )
    })?;
    let summary = at.day(agreement, day).await?;
    let root = side_of(&summary, side)
        .chain
        .context("the day is not sealed, so its roots may still change")?
        .slots_root;
    let domain = at.place(agreement, day, side).domain(summary.trades, 0);
    let trades = at.page(agreement, day, locate(position).0).await?;
    let page: Vec<Option<Entry>> = trades.iter().map(|trade| Some(trade.entry(side))).collect();
    let roots = at.page_roots(agreement, day, side).await?;
    let proof = InclusionProof::new(domain, position, &page, &roots)
        .context("the chain's page and roots do not fit each other")?;
    if !proof.verify(root) {
        bail!("the proof does not lead to the chain's root");
    }
    let file = File {
        proof: format!("0x{}", hex::encode(proof.encode())),
        root: format!("{root:?}"),
    };
    super::write(path, &serde_json::to_string_pretty(&file)?)?;
    Ok(render(&proof, root, Some(path)))
}

/// Verifies a proof in a file, against `root` or its own.
pub(super) fn verify(path: &Path, root: Option<&str>) -> Result<Rendered> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: File =
        serde_json::from_str(&text).with_context(|| format!("{} is no proof", path.display()))?;
    let bytes = hex::decode(file.proof.trim_start_matches("0x"))
        .with_context(|| format!("{} is no proof", path.display()))?;
    let proof = InclusionProof::decode_all(&mut &bytes[..])
        .with_context(|| format!("{} is no proof", path.display()))?;
    let root = parse_root(root.unwrap_or(&file.root))?;
    if !proof.verify(root) {
        bail!("the proof does not lead to {root:?}: the entry is not proven");
    }
    Ok(render(&proof, root, None))
}

fn parse_root(text: &str) -> Result<H256> {
    let bytes = hex::decode(text.trim_start_matches("0x")).ok();
    bytes
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .map(H256)
        .with_context(|| format!("{text:?} is no root: give 32 bytes in hexadecimal"))
}

fn render(proof: &InclusionProof, root: H256, path: Option<&Path>) -> Rendered {
    let domain = &proof.domain;
    let place = place_json(domain.agreement, domain.day, Some(domain.side));
    let json = with(
        place,
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
    let text = list([
        ("verified", "the entry leads to the root".into()),
        ("chain", format!("{:?}", domain.genesis)),
        (
            "place",
            format!(
                "agreement {}, {}, {} side, position {} of {}",
                domain.agreement,
                day_text(domain.day),
                side_name(domain.side),
                proof.position,
                domain.slots
            ),
        ),
        ("entry", entry),
        ("root", format!("{root:?}")),
    ]);
    Rendered::new(json, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{commitment::Place, tree};

    fn proof_file() -> (tempfile::NamedTempFile, H256) {
        let place = Place {
            genesis: H256::repeat_byte(3),
            agreement: 1,
            day: BusinessDay(20_000),
            side: Side::Debit,
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
        let content = File {
            proof: hex::encode(proof.encode()),
            root: format!("{root:?}"),
        };
        std::fs::write(file.path(), serde_json::to_string(&content).unwrap()).unwrap();
        (file, root)
    }

    #[test]
    fn a_proof_verifies_without_a_node() {
        let (file, root) = proof_file();
        assert!(verify(file.path(), None).is_ok());
        let shown = verify(file.path(), Some(&format!("{root:?}"))).unwrap();
        assert_eq!(shown.json["entry"]["amount"], "2");
    }

    #[test]
    fn a_proof_for_another_root_is_refused() {
        let (file, _) = proof_file();
        let other = format!("0x{}", "00".repeat(32));
        assert!(verify(file.path(), Some(&other)).is_err());
        assert!(verify(file.path(), Some("12")).is_err());
    }

    #[test]
    fn a_file_that_is_no_proof_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for content in ["", "{}", r#"{"proof":"0x00","root":"0x00"}"#] {
            std::fs::write(file.path(), content).unwrap();
            assert!(verify(file.path(), None).is_err());
        }
    }
}
