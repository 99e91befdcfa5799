//! Inclusion proofs: made with a node, and verified without one.

use crate::{chain::read::At, report::side_of, time::day_text};
use anyhow::{bail, ensure, Context, Result};
use codec::{DecodeAll, Encode};
use counterfoil_primitives::{
    proof::InclusionProof,
    summary::DaySummary,
    tree::{locate, FORMAT},
    Entry, Side, SideId, TradeId,
};
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// A proof that the chain's side of a day holds an entry, and the root that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryProof {
    /// The proof.
    pub proof: InclusionProof,
    /// The slots' root of the side, as whoever made the proof read it from the chain.
    pub root: H256,
}

/// A proof as a file.
#[derive(Serialize, Deserialize)]
struct File {
    /// The proof, SCALE in hexadecimal.
    proof: String,
    /// The root that it leads to.
    root: String,
}

impl EntryProof {
    /// Makes the proof that the chain's side of a sealed day holds the entry of a trade.
    pub async fn of_trade(at: &At, side_id: SideId, id: TradeId) -> Result<Self> {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let found = at.find_by_id(agreement, day, id).await?;
        let (position, _) = found.with_context(|| {
            format!(
                "no trade {}/{} is booked to {}",
                id.client,
                id.sequence,
                day_text(day)
            )
        })?;
        let summary = at.day(agreement, day).await?;
        let root = sealed_root(&summary, side)?;
        let domain = at.place(side_id).domain(summary.trades, 0);
        let trades = at.page(agreement, day, locate(position).0).await?;
        let page: Vec<Option<Entry>> = trades.iter().map(|trade| Some(trade.entry(side))).collect();
        let roots = at.page_roots(side_id).await?;
        let proof = InclusionProof::new(domain, position, &page, &roots)
            .context("the chain's page and roots do not fit each other")?;
        ensure!(
            proof.verify(root),
            "the proof does not lead to the chain's root"
        );
        Ok(Self { proof, root })
    }

    /// Reads the text of a file that [`Self::to_text`] made.
    pub fn from_text(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text)?;
        let bytes = hex::decode(digits(&file.proof))?;
        // The format decides on what comes after it, so it is looked at before the rest is decoded.
        if let Some(format) = bytes.first() {
            ensure_known(*format)?;
        }
        Ok(Self {
            proof: InclusionProof::decode_all(&mut &bytes[..])?,
            root: parse_root(&file.root)?,
        })
    }

    /// The proof as the text of a file.
    pub fn to_text(&self) -> Result<String> {
        let file = File {
            proof: format!("0x{}", hex::encode(self.proof.encode())),
            root: format!("{:?}", self.root),
        };
        Ok(serde_json::to_string_pretty(&file)?)
    }

    /// Verifies the proof against `root`, and returns the entry that it proves. It should come from a
    /// source that one trusts; [`Self::root`] is only what the proof's maker says.
    pub fn verify(&self, root: H256) -> Result<Option<Entry>> {
        ensure_known(self.proof.domain.format)?;
        if !self.proof.verify(root) {
            bail!("the proof does not lead to {root:?}: the entry is not proven");
        }
        Ok(self.proof.entry())
    }
}

/// The slots' root of the chain's side of a sealed day.
fn sealed_root(summary: &DaySummary, side: Side) -> Result<H256> {
    let book = side_of(summary, side).chain.with_context(|| {
        format!(
            "{} is not sealed, so its roots may still change; ask again after its cut-off: `day \
             show` has it",
            day_text(summary.day)
        )
    })?;
    Ok(book.slots_root)
}

/// Refuses a proof of a format that this program does not know.
fn ensure_known(format: u8) -> Result<()> {
    ensure!(
        format == FORMAT,
        "the proof has format {format}, and this program knows format {FORMAT} alone: verify it \
         with a release that knows format {format}"
    );
    Ok(())
}

/// Reads a root: 32 bytes in hexadecimal.
pub fn parse_root(text: &str) -> Result<H256> {
    let bytes = hex::decode(digits(text)).ok();
    bytes
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .map(H256)
        .with_context(|| format!("{text:?} is no root: give 32 bytes in hexadecimal"))
}

fn digits(text: &str) -> &str {
    text.strip_prefix("0x").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{commitment::Place, tree, BusinessDay, Commitment};

    /// A proof of the last of three entries.
    fn proof() -> EntryProof {
        let place = Place {
            genesis: H256::repeat_byte(3),
            side_id: SideId::new(1, BusinessDay(20_000), Side::Debit),
        };
        let entry = |amount| Entry {
            amount,
            ..Entry::default()
        };
        let page: Vec<Option<Entry>> = (0..3).map(|amount| Some(entry(amount))).collect();
        let domain = place.domain(3, 0);
        let roots = [tree::slots_page_root(&page)];
        EntryProof {
            proof: InclusionProof::new(domain, 2, &page, &roots).unwrap(),
            root: tree::slots_root(&domain, roots),
        }
    }

    #[test]
    fn a_proof_is_read_back_as_it_was_written() {
        let text = proof().to_text().unwrap();
        assert_eq!(EntryProof::from_text(&text).unwrap(), proof());
    }

    #[test]
    fn a_proof_shows_its_entry_under_its_root_and_under_no_other() {
        let entry = proof().verify(proof().root).unwrap();
        assert_eq!(entry.map(|entry| entry.amount), Some(2));
        assert!(proof().verify(H256::zero()).is_err());
    }

    /// What is said of a proof of another format, whatever comes after the format.
    const OTHER_FORMAT: &str = "the proof has format 2";

    #[test]
    fn a_text_of_another_format_is_refused_by_its_name() {
        let text = r#"{"proof":"0x0201","root":"0x00"}"#;
        let error = EntryProof::from_text(text).unwrap_err().to_string();
        assert!(error.contains(OTHER_FORMAT), "{error}");
    }

    #[test]
    fn a_proof_of_another_format_is_refused_by_its_name() {
        let mut made = proof();
        made.proof.domain.format = 2;
        let error = made.verify(made.root).unwrap_err().to_string();
        assert!(error.contains(OTHER_FORMAT), "{error}");
    }

    #[test]
    fn a_day_that_is_not_sealed_is_refused_by_its_name_and_with_what_helps() {
        let summary = DaySummary {
            day: BusinessDay(20_780),
            ..Default::default()
        };
        let error = sealed_root(&summary, Side::Debit).unwrap_err().to_string();
        assert!(error.contains("2026-11-23 is not sealed"), "{error}");
        assert!(error.contains("after its cut-off"), "{error}");
    }

    #[test]
    fn a_sealed_day_has_the_root_of_each_side() {
        let mut summary = DaySummary::default();
        summary.credit.chain = Some(Commitment {
            slots_root: H256::repeat_byte(7),
            ..Default::default()
        });
        let root = sealed_root(&summary, Side::Credit).unwrap();
        assert_eq!(root, H256::repeat_byte(7));
        assert!(sealed_root(&summary, Side::Debit).is_err());
    }

    #[test]
    fn a_text_that_is_no_proof_is_refused() {
        let nothing = r#"{"proof":"0x","root":"0x00"}"#;
        let format_alone = r#"{"proof":"0x01","root":"0x00"}"#;
        for text in ["", "{}", nothing, format_alone] {
            assert!(EntryProof::from_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_root_is_32_bytes() {
        assert_eq!(
            parse_root(&format!("{:?}", H256::zero())).unwrap(),
            H256::zero()
        );
        assert!(parse_root("12").is_err());
    }
}
