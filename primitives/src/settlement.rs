//! How what is owed for days becomes payments: which days one payment covers, how money moves, what waits.
//!
//! | module | what it holds |
//! |---|---|
//! | [`period`] | which days one payment covers |
//! | [`rail`] | how the money moves |
//! | [`client_limits`] | how much a client may cause in a day before a payment waits for staff |
//! | [`declaration`] | payments outside the chain: declared, acknowledged, returned |
//! | [`obligation`] | what is owed for a period, and what became of it |
//! | [`why_not_paid`] | why an obligation is not paid yet |

pub mod client_limits;
pub mod declaration;
pub mod obligation;
pub mod period;
pub mod rail;
pub mod why_not_paid;

pub use client_limits::ClientLimits;
pub use declaration::{BankReference, Declaration, Declarations, NotDeclared};
pub use obligation::{Obligation, ObligationView, Release};
pub use period::{period_of, Period, SettlementPeriod};
pub use rail::Rail;
pub use why_not_paid::Waiting;
