//! The vocabulary of Counterfoil and its pure rules, free of FRAME and of I/O.
//!
//! A bank and a company reconcile day by day. The modules follow the life of a payment:
//!
//! | module | what it holds |
//! |---|---|
//! | [`ids`] | who and what: members, agreements, products, trades, references, users |
//! | [`day`] | business days from a UTC offset, and times of day |
//! | [`calendar`] | on which days members have to act |
//! | [`day_of_moment`] | which business day a moment belongs to |
//! | `stand_in_times` | when parties stand in for a reconciler that does not report |
//! | `late_proof_time` | until when a side that defaulted may be proven late |
//! | [`days_due_together`] | which days come due together, where days are closed |
//! | [`calendar_runs_out`] | when the known dates of a calendar run out |
//! | [`day_times`] | when a day begins, and its cut-off, preset time and deadline come |
//! | [`terms`] | how a credit and a debit amount follow from a gross amount |
//! | [`refund_amounts`] | the amounts of a refund, and what refunds leave of a payment's |
//! | [`rounding`] | the share of a gross amount, and which way its fraction goes |
//! | [`side`] | the two sides of a day, and the id of a side |
//! | [`rounds_and_replacements`] | how often a party may commit for a side |
//! | [`kind`] | the two kinds of trades: payments and refunds |
//! | [`trade`] | the trade on chain and the entry that each side keeps of it |
//! | [`refund`] | a refund as its client forms it |
//! | [`refund_check`] | why a refund is refused, by what is on the place of its payment |
//! | [`found_trade`] | a trade as it is found by its place, and what is left of it |
//! | [`link`] | what is kept of a trade whose amounts follow from a payment's |
//! | [`relation`] | what a trade is to the payment from which its amounts follow |
//! | [`amendment`] | what puts a false record right: proposals, their sets, their answers |
//! | [`totals`] | sums by kind: of a book, of a side, of a day |
//! | [`window`] | the anti-replay window over a client's sequences |
//! | [`hashing`] | the hash of the trees, within the sandbox |
//! | [`text`] | bounded text, which clients show and take as text |
//! | [`tree`] | pages, and the Merkle tree over a side of a day |
//! | [`commitment`] | what a party puts on chain for its book |
//! | [`ledger_entry`] | a line of a party's core ledger |
//! | [`ledger_import_hash`] | the hash of a ledger import |
//! | [`align`] | a ledger aligned to the positions of the chain |
//! | [`matching`] | which line of a ledger stands for which position, for ledgers longer than memory |
//! | [`compare`] | the difference between chain and book, and the check of a reported one |
//! | [`report`] | a report as a whole: header, parts, witnesses, total |
//! | [`cause`] | why a break happened |
//! | [`witness`] | where an extra of a book is on chain, and the search for it |
//! | [`search_days`] | on which days the trade that an extra repeats is looked for |
//! | [`timing`] | timing differences: what the chain has on one day and a ledger on another |
//! | [`proof`] | inclusion proofs that anybody can check offline |
//! | [`settlement`] | how what is owed for days becomes payments: periods, rails, limits, declarations |
//! | [`agreement`] | an agreement, as the pallets see it |
//! | `agreement_end` | what an agreement takes after its end, and until when |
//! | `agreement_who_may` | who may report, record and propose under an agreement |
//! | [`caps_on_breaks`] | how much of a book may be wrong before it is rejected |
//! | [`conditions`] | the conditions of an agreement, by version |
//! | [`member`] | what a member does, and what the chain holds of it |
//! | [`booking_day`] | which business day takes a trade |
//! | [`operator`] | the operator key |
//! | [`institution`] | the accounts of institutions |
//! | [`council`] | what staff reads of the council, and when a motion is carried |
//! | [`validator`] | what staff reads of the validators |
//! | [`envelope`] | what a transaction without a nonce looks like |
//! | [`refusal`] | how the transaction pool names a refusal |
//! | [`runtime_versions`] | the versions by which a client knows whether a runtime fits it |
//! | [`ports`] | how the pallets see each other |
//! | [`book_exchange`] | how one member asks another for a book, and what it believes |
//! | `fuzzing` | what fuzzers call |
//! | [`book_storage`] | how a book is stored in a node's off-chain database |
//! | [`summary`] | what staff reads about a day |
//! | [`awaited_of_day`] | what a day waits for, from whom, and until when |
//! | [`written`] | what people write and read: amounts, dates, times, payers, references |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod agreement;
mod agreement_end;
mod agreement_who_may;
pub mod align;
pub mod amendment;
pub mod awaited_of_day;
pub mod book_exchange;
pub mod book_storage;
pub mod booking_day;
pub mod calendar;
pub mod calendar_runs_out;
pub mod caps_on_breaks;
pub mod cause;
pub mod commitment;
pub mod compare;
pub mod conditions;
pub mod council;
pub mod day;
pub mod day_of_moment;
pub mod day_times;
pub mod days_due_together;
pub mod envelope;
pub mod found_trade;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod hashing;
pub mod ids;
pub mod institution;
pub mod kind;
mod late_proof_time;
pub mod ledger_entry;
pub mod ledger_import_hash;
pub mod link;
pub mod matching;
pub mod member;
pub mod operator;
pub mod ports;
pub mod proof;
pub mod refund;
pub mod refund_amounts;
pub mod refund_check;
pub mod refusal;
pub mod relation;
pub mod report;
pub mod rounding;
pub mod rounds_and_replacements;
pub mod runtime_versions;
pub mod search_days;
pub mod settlement;
pub mod side;
mod stand_in_times;
pub mod summary;
pub mod terms;
pub mod text;
pub mod timing;
pub mod totals;
pub mod trade;
pub mod tree;
pub mod validator;
pub mod window;
pub mod witness;
pub mod written;

pub use agreement::AgreementView;
pub use calendar::{Calendar, CalendarName, CalendarNames, WorkingDays};
pub use caps_on_breaks::Caps;
pub use cause::Cause;
pub use commitment::Commitment;
pub use conditions::{Conditions, Source};
pub use day::{BusinessDay, Moment, TimeOfDay, UtcOffset};
pub use ids::{AgreementId, MemberId, ProductId, Reference, Sequence, TradeId, UserId};
pub use institution::institution_account;
pub use kind::Kind;
pub use ledger_entry::LedgerEntry;
pub use link::Link;
pub use member::{MemberView, Role};
pub use operator::{OperatorId, OperatorSignature};
pub use refund::{Original, RefundRequest};
pub use relation::Relation;
pub use rounds_and_replacements::{Replacement, Round, MAX_REPLACEMENTS, MAX_ROUNDS};
pub use side::{Side, SideId};
pub use terms::{Amounts, DebitRule, RefundFee, Rounding, Rule, Terms};
pub use text::Text;
pub use totals::{DayTotals, KindTotals, SideTotals};
pub use trade::{Entry, Trade, TradeRequest};
pub use witness::Witness;

/// An amount of money in minor units of the agreement's currency.
pub type Amount = u128;

/// An amount of money that may be below zero, in minor units of the agreement's currency.
pub type SignedAmount = i128;

/// The largest gross amount of a trade, in minor units: the sums of the longest day of such trades stay
/// within a [`SignedAmount`].
pub const MAX_GROSS: Amount = 1 << 100;

/// An ISO 4217 alphabetic code.
pub type Currency = Text<3>;
