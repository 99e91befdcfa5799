//! What methods answer: the value of each, and beside it its schema.
//!
//! | module | what it is about |
//! |---|---|
//! | [`agreements`] | agreements and their conditions |
//! | [`breaks`] | proven breaks, and timing differences among them |
//! | [`calendars`] | calendars |
//! | [`days`] | days, their sides and their sums |
//! | [`members`] | members |
//! | [`obligations`] | what is owed for settlement periods |
//! | [`proposals`] | proposals of amendments |
//! | [`trades`] | trades and entries |
//!
//! A key is called as in the JSON of the command line, where that says the same.

pub mod agreements;
pub mod breaks;
pub mod calendars;
pub mod days;
pub mod members;
pub mod obligations;
pub mod proposals;
pub mod trades;
