//! The methods on an example chain, and the document of them.

mod document;
pub(super) mod example;
#[path = "../../../../../tests/src/json_schema.rs"]
mod json_schema;
mod requests;
mod running;
mod subscriptions;
