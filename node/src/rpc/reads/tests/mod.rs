//! The methods on an example chain, and the document of them.

mod document;
mod example;
#[path = "../../../../../tests/src/json_schema.rs"]
mod json_schema;
mod requests;
