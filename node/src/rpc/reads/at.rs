//! A block that is read, and what is in it for certain.

use super::{
    arguments::{Arguments, Named, AGREEMENT, AT, DAY},
    refusal::{NOT_THERE, NO_BLOCK},
    schema::Schema,
    source::{Block, Source},
    written,
};
use counterfoil_primitives::{
    summary::DaySummary, timing, AgreementId, AgreementView, Moment, Side, SideId,
};
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned};
use serde_json::{json, Value as Json};

/// The key that answers name their block by, and the name of its schema.
pub const BLOCK: &str = "block";

/// A block of the chain.
pub struct At<'a> {
    /// The chain.
    pub source: &'a dyn Source,
    /// The block.
    pub block: Block,
    /// The block's time.
    pub now: Moment,
}

impl<'a> At<'a> {
    /// The block that a request names, and the last final one where it names none.
    pub fn open(source: &'a dyn Source, named: Option<Named>) -> RpcResult<Self> {
        let block = match named {
            None => source.finalized(),
            Some(named) => find(source, named, AT.name)?,
        };
        Self::of(source, block, AT.name)
    }

    /// The final block that the parameter `by` names, and the last final one where it names none.
    pub fn open_final(
        source: &'a dyn Source,
        named: Option<Named>,
        by: &'static str,
    ) -> RpcResult<Self> {
        let block = match named {
            None => source.finalized(),
            Some(named) => find(source, named, by)?,
        };
        // Read after the block, which may have become final just now.
        let last = source.finalized();
        let is_final =
            block.number <= last.number && source.by_number(block.number)? == Some(block);
        if !is_final {
            return Err(NO_BLOCK.of(
                Some(by),
                format!("block {} of this hash is not final", block.number),
                "name a final block",
            ));
        }
        Self::of(source, block, by)
    }

    /// A block whose state the node keeps.
    pub fn of(source: &'a dyn Source, block: Block, by: &'static str) -> RpcResult<Self> {
        let now = source.time(block.hash).ok_or_else(|| {
            NO_BLOCK.of(
                Some(by),
                format!(
                    "this node does not keep the state of block {}",
                    block.number
                ),
                "name a later block, or ask a node that keeps it: one that runs with --state-pruning archive",
            )
        })?;
        Ok(Self { source, block, now })
    }

    /// The block, as each answer has it.
    pub fn block_json(&self) -> Json {
        json!({ "number": self.block.number, "hash": written::hash(self.block.hash) })
    }

    /// An agreement; refused where there is none of that number.
    pub fn agreement(&self, id: AgreementId) -> RpcResult<AgreementView> {
        let found = self.source.agreement(self.block.hash, id)?;
        found.ok_or_else(|| {
            NOT_THERE.of(
                Some(AGREEMENT.name),
                format!("there is no agreement {id}"),
                "counterfoil_agreements lists those that there are",
            )
        })
    }

    /// The day that a request names, and its agreement; refused where the agreement has no such day yet.
    pub fn day(&self, of: &Arguments) -> RpcResult<(AgreementView, DaySummary)> {
        let agreement = self.agreement(of.agreement)?;
        let found = self.source.day(self.block.hash, of.agreement, of.day)?;
        let day = found.ok_or_else(|| {
            let first = written::date(agreement.first_day);
            NOT_THERE.of(
                Some(DAY.name),
                format!(
                    "agreement {} has no day {} yet",
                    of.agreement,
                    written::date(of.day)
                ),
                format!("give a day from {first} to tomorrow, and before the agreement closes"),
            )
        })?;
        Ok((agreement, day))
    }

    /// How many breaks of a side are ends of timing differences. Of a large day they are counted a part at a
    /// time.
    pub fn timing_of(&self, of: AgreementId, day: &DaySummary, side: Side) -> RpcResult<u32> {
        let status = side.pick(day.debit.status, day.credit.status);
        if status.breaks().is_none_or(|breaks| breaks == 0) {
            return Ok(0);
        }
        let side_id = SideId::new(of, day.day, side);
        let (mut count, mut next) = (0_u32, Some(0));
        while let Some(from) = next {
            let at = self.block.hash;
            let (ends, then) = self.source.timing_differences(at, side_id, from)?;
            count = count.saturating_add(timing::count(&ends));
            next = then.filter(|then| *then > from);
        }
        Ok(count)
    }
}

/// The block that the parameter `by` names. A number names a final one.
fn find(source: &dyn Source, named: Named, by: &'static str) -> RpcResult<Block> {
    let found = match named {
        Named::Hash(hash) => source.by_hash(hash)?,
        Named::Number(number) => {
            let last = source.finalized().number;
            if number > last {
                return Err(NO_BLOCK.of(
                    Some(by),
                    format!("block {number} is not final; the last final block is {last}"),
                    match by == AT.name {
                        true => "name a final block, or a later one by its hash",
                        false => "name a final block",
                    },
                ));
            }
            source.by_number(number)?
        }
    };
    found.ok_or_else(|| unknown(by))
}

fn unknown(by: &str) -> ErrorObjectOwned {
    NO_BLOCK.of(
        Some(by),
        "this node does not know the block",
        "name another block, or ask a node that has fetched it",
    )
}

/// The schema of [`At::block_json`].
pub fn block_schema() -> Schema {
    Schema::object([
        ("number", Schema::number(), "Its number."),
        (
            "hash",
            Schema::hash(),
            "Its hash; give it as `at` to read the same state again.",
        ),
    ])
}
