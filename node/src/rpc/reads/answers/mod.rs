//! What methods answer: the value of each, and beside it its schema.
//!
//! | module | what it is about |
//! |---|---|
//! | [`agreements`] | agreements and their conditions |
//! | [`awaited`] | what a day waits for, from whom, and until when |
//! | [`breaks`] | proven breaks, and timing differences among them |
//! | [`calendars`] | calendars |
//! | [`corrections`] | what a party's core ledger has to change |
//! | [`days`] | days, their sides and their sums |
//! | [`entries`] | the entries of trades that became final |
//! | [`members`] | members |
//! | [`obligations`] | what is owed for settlement periods |
//! | [`products`] | products and their terms |
//! | [`proposal_trades`] | the trades that a proposal names |
//! | [`proposals`] | proposals of amendments |
//! | [`timing_differences`] | timing differences by themselves |
//! | [`trades`] | trades and entries |
//! | [`waiting`] | what waits under an agreement, and for whom |
//!
//! A key is called as in the JSON of the command line, where that says the same.

pub mod agreements;
mod awaited;
pub mod breaks;
pub mod calendars;
pub mod corrections;
pub mod days;
pub mod entries;
pub mod members;
pub mod obligations;
pub mod products;
pub mod proposal_trades;
pub mod proposals;
pub mod timing_differences;
pub mod trades;
pub mod waiting;
