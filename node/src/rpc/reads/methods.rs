//! The methods: what each is called, takes and answers. What is registered and what is documented both come
//! from this table.

use super::{
    answers::{agreements, breaks, calendars, days, members, obligations, proposals, trades},
    arguments::{Arguments, Parameter, AGREEMENT, AT, DAY, NUMBER, PAGE, SIDE},
    at::At,
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
pub static METHODS: [Method; 11] = [
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
        says: "A day of an agreement: its state, its sums, both sides, and what is owed.",
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
        name: "counterfoil_obligations",
        says: "What is owed under an agreement and not paid, the oldest first.",
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
        says: "A proposal of an amendment, completed or not, without the trades that it names.",
        parameters: &[AGREEMENT, NUMBER, AT],
        answer: proposals::show,
        schema: proposals::show_schema,
    },
];

impl Method {
    /// Answers a request by its parameters.
    pub fn call(&self, source: &dyn Source, raw: Option<&str>) -> RpcResult<Json> {
        let arguments = Arguments::read(raw, self.parameters)?;
        let at = At::open(source, arguments.at)?;
        let mut answer = (self.answer)(&at, &arguments)?;
        if let Json::Object(keys) = &mut answer {
            keys.insert("block".into(), at.block_json());
        }
        Ok(answer)
    }

    /// The schema of an answer.
    pub fn answer_schema(&self) -> Schema {
        let block = ("block", Schema::shared("block"), "The block that was read.");
        (self.schema)().and(block)
    }
}
