//! The methods: what each is called, takes and answers. What is registered and what is documented both come
//! from this table.

use super::{
    answers::{
        agreements, breaks, calendars, corrections, days, members, obligations, products,
        proposal_trades, proposals, timing_differences, trades, waiting,
    },
    arguments::{Arguments, Parameter, AGREEMENT, AT, DAY, NUMBER, PAGE, SIDE},
    at::{At, BLOCK},
    schema::Schema,
    source::Source,
};
use jsonrpsee::core::RpcResult;
use serde_json::Value as Json;

/// A method. All of them read the chain's public state, and nothing else.
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// What it answers, as a sentence.
    pub says: &'static str,
    /// What it takes, in the order of values without names.
    pub parameters: &'static [Parameter],
    /// Its answer, but for the block.
    answer: fn(&At<'_>, &Arguments) -> RpcResult<Json>,
    /// The schema of that.
    schema: fn() -> Schema,
}

/// All of them.
pub static METHODS: [Method; 16] = [
    Method {
        name: "counterfoil_agreements",
        says: "The agreements, by number.",
        parameters: &[PAGE, AT],
        answer: agreements::list,
        schema: agreements::list_schema,
    },
    Method {
        name: "counterfoil_agreement",
        says: "An agreement: its parties, limits, conditions and calendars.",
        parameters: &[AGREEMENT, AT],
        answer: agreements::show,
        schema: agreements::show_schema,
    },
    Method {
        name: "counterfoil_products",
        says: "The products of an agreement, by number, with all versions of their terms.",
        parameters: &[AGREEMENT, PAGE, AT],
        answer: products::list,
        schema: products::list_schema,
    },
    Method {
        name: "counterfoil_waiting",
        says: "What waits under an agreement, and for whom: days of two months, proposals, and what is due.",
        parameters: &[AGREEMENT, AT],
        answer: waiting::show,
        schema: waiting::show_schema,
    },
    Method {
        name: "counterfoil_members",
        says: "The members, by number.",
        parameters: &[PAGE, AT],
        answer: members::list,
        schema: members::list_schema,
    },
    Method {
        name: "counterfoil_calendars",
        says: "The calendars, by name.",
        parameters: &[PAGE, AT],
        answer: calendars::list,
        schema: calendars::list_schema,
    },
    Method {
        name: "counterfoil_day",
        says: "A day of an agreement: its state, its sums, both sides, what is owed, and what it waits for.",
        parameters: &[AGREEMENT, DAY, AT],
        answer: days::show,
        schema: days::show_schema,
    },
    Method {
        name: "counterfoil_trades",
        says: "The trades of a day, by position.",
        parameters: &[AGREEMENT, DAY, PAGE, AT],
        answer: trades::list,
        schema: trades::list_schema,
    },
    Method {
        name: "counterfoil_breaks",
        says: "The proven breaks of a side of a day: those of slots, by position, then the extras.",
        parameters: &[AGREEMENT, DAY, SIDE, PAGE, AT],
        answer: breaks::list,
        schema: breaks::list_schema,
    },
    Method {
        name: "counterfoil_timingDifferences",
        says: "The ends of timing differences of a side of a day, and the breaks that may be ends.",
        parameters: &[AGREEMENT, DAY, SIDE, PAGE, AT],
        answer: timing_differences::list,
        schema: timing_differences::list_schema,
    },
    Method {
        name: "counterfoil_corrections",
        says: "What the core ledger of a side has to change, once the side is proven.",
        parameters: &[AGREEMENT, DAY, SIDE, PAGE, AT],
        answer: corrections::list,
        schema: corrections::list_schema,
    },
    Method {
        name: "counterfoil_obligations",
        says: "What is owed under an agreement and not paid, the oldest first; at most 512.",
        parameters: &[AGREEMENT, PAGE, AT],
        answer: obligations::list,
        schema: obligations::list_schema,
    },
    Method {
        name: "counterfoil_obligation",
        says: "What is owed for the settlement period of a day, paid or not.",
        parameters: &[AGREEMENT, DAY, AT],
        answer: obligations::show,
        schema: obligations::show_schema,
    },
    Method {
        name: "counterfoil_proposals",
        says: "The proposals of amendments that are not completed, by number.",
        parameters: &[AGREEMENT, PAGE, AT],
        answer: proposals::list,
        schema: proposals::list_schema,
    },
    Method {
        name: "counterfoil_proposal",
        says: "A proposal of an amendment, completed or not, and what it wants.",
        parameters: &[AGREEMENT, NUMBER, AT],
        answer: proposals::show,
        schema: proposals::show_schema,
    },
    Method {
        name: "counterfoil_proposalTrades",
        says: "A page of the trades that a proposal names, and how each is right.",
        parameters: &[AGREEMENT, NUMBER, PAGE, AT],
        answer: proposal_trades::list,
        schema: proposal_trades::list_schema,
    },
];

impl Method {
    /// Answers a request by its parameters.
    pub fn call(&self, source: &dyn Source, raw: Option<&str>) -> RpcResult<Json> {
        let arguments = Arguments::read(raw, self.parameters)?;
        let at = At::open(source, arguments.at)?;
        let mut answer = (self.answer)(&at, &arguments)?;
        if let Json::Object(keys) = &mut answer {
            keys.insert(BLOCK.into(), at.block_json());
        }
        Ok(answer)
    }

    /// The schema of an answer.
    pub fn answer_schema(&self) -> Schema {
        let block = (BLOCK, Schema::shared(BLOCK), "The block that was read.");
        (self.schema)().and(block)
    }
}
