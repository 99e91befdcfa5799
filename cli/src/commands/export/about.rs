//! What an export is about: of which kind, of what, and as of which block.

use super::{cell::Cell, days::Days, Kind};
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    error::Result,
    money::Money,
};
use counterfoil_primitives::{AgreementId, Moment, Side};
use sp_core::H256;

/// What an export is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub kind: Kind,
    pub genesis: H256,
    /// The final block as of which everything is read.
    pub block: u64,
    pub block_hash: H256,
    pub block_time: Moment,
    pub agreement: AgreementId,
    pub days: Days,
    /// None where what is exported has no sides.
    pub sides: Vec<Side>,
    pub money: Money,
}

impl About {
    pub async fn of(
        at: &At,
        kind: Kind,
        agreement: &Agreement,
        days: Days,
        sides: &[Side],
    ) -> Result<Self> {
        Ok(Self {
            kind,
            genesis: at.chain().genesis(),
            block: at.number().await?,
            block_hash: at.hash(),
            block_time: at.now().await?,
            agreement: agreement.id,
            days,
            sides: sides.to_vec(),
            money: agreement.money,
        })
    }

    /// The same by names.
    pub fn facts(&self) -> Vec<(&'static str, Cell)> {
        let sides: Vec<&str> = self.sides.iter().map(|side| side.name()).collect();
        let sides = (!sides.is_empty()).then(|| Cell::text(sides.join(", ")));
        vec![
            ("export", Cell::text(self.kind.name())),
            ("agreement", Cell::Number(self.agreement)),
            ("first", Cell::Day(self.days.first)),
            ("last", Cell::Day(self.days.last)),
            ("sides", sides.unwrap_or_default()),
            ("currency", Cell::text(self.money.code())),
            ("block", Cell::text(self.block.to_string())),
            ("block_hash", Cell::text(format!("{:?}", self.block_hash))),
            ("block_time", Cell::Moment(self.block_time)),
            ("genesis", Cell::text(format!("{:?}", self.genesis))),
        ]
    }

    /// The block for people.
    pub fn block_text(&self) -> String {
        format!("block {} ({:?})", self.block, self.block_hash)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use counterfoil_primitives::BusinessDay;

    /// An export of the breaks of 2026-11-23.
    pub fn about(currency: &str) -> About {
        About {
            kind: Kind::Breaks,
            genesis: H256::repeat_byte(1),
            block: 17,
            block_hash: H256::repeat_byte(2),
            block_time: 1_000,
            agreement: 7,
            days: Days {
                first: BusinessDay(20_780),
                last: BusinessDay(20_780),
            },
            sides: Side::BOTH.to_vec(),
            money: Money::of(currency).unwrap(),
        }
    }

    #[test]
    fn an_export_names_its_block() {
        let facts = about("CZK").facts();
        let fact = |name: &str| {
            let found = facts.iter().find(|(fact, _)| *fact == name);
            found.map(|(_, cell)| cell.plain(&about("CZK").money))
        };
        assert_eq!(fact("block").as_deref(), Some("17"));
        assert_eq!(
            fact("block_hash"),
            Some(format!("{:?}", H256::repeat_byte(2)))
        );
        assert_eq!(fact("sides").as_deref(), Some("debit, credit"));
        let without_sides = About {
            sides: vec![],
            ..about("CZK")
        };
        assert!(without_sides.facts().contains(&("sides", Cell::Empty)));
    }
}
