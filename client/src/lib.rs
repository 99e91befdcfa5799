//! A member's connection to Counterfoil, for programs.
//!
//! A client records a payment, follows it to finality, reads its day, and proves to anybody that the
//! chain has it:
//!
//! ```no_run
//! use counterfoil_client::{
//!     chain::Chain,
//!     import::{
//!         self,
//!         on_chain::ClientChain,
//!         prepare::{prepare, ProductTerms, Unprepared},
//!         Settings, Verdict,
//!     },
//!     journal::Journal,
//!     mapping::reference_of,
//!     operator::Operator,
//!     primitives::{Side, TradeId, UserId},
//!     proof::EntryProof,
//! };
//!
//! #[tokio::main]
//! async fn main() -> anyhow::Result<()> {
//!     // Connect to a node, with the client's operator key.
//!     let chain = Chain::connect("ws://127.0.0.1:9944").await?;
//!     let operator = Operator::from_file("till.key".as_ref())?;
//!     let at = chain.finalized().await?;
//!     let client = at.member_of(&operator).await?;
//!     let agreement = at.agreement(1).await?;
//!
//!     // The terms of the product give each party its part of the payment.
//!     let terms = ProductTerms::load(&at, agreement.id, [1]).await?;
//!     let payment = Unprepared {
//!         id: "2026-0001",
//!         reference: reference_of(client, "2026-0001"),
//!         user: UserId::from_text("C-1042").expect("a payer"),
//!         product: 1,
//!         gross: 125_050, // minor units: 1250.50 CZK
//!         occurred_at: 1_795_864_562_745, // its own time, ms since 1970: the same at each start
//!     };
//!     let prepared = [prepare(&agreement, &terms, &payment)?];
//!
//!     // Record it, and follow it to finality. By the journal it is recorded once, wherever this
//!     // program is stopped and started again.
//!     let journal = Journal::open("till.journal".as_ref(), chain.genesis(), client)?;
//!     let settings = Settings::of(agreement.id);
//!     let mut seen = ClientChain::new(chain.clone(), agreement.clone(), client, operator).await?;
//!     let verdicts = import::run(&mut seen, &journal, &prepared, &settings, &mut |_| ()).await?;
//!     let (Verdict::Recorded { sequence, day } | Verdict::Known { sequence, day }) = verdicts[0]
//!     else {
//!         anyhow::bail!("the payment is not recorded: {verdicts:?}");
//!     };
//!
//!     // Read the day to which it is booked.
//!     let at = chain.finalized().await?;
//!     let summary = at.day(agreement.id, day).await?;
//!     let gross = agreement.money.show(summary.payments.gross);
//!     println!("{} trades, {gross}", summary.trades);
//!
//!     // Once the day is sealed, prove that the chain has the payment. Whoever has the proof and
//!     // trusts the root verifies it without a node.
//!     let id = TradeId { client, sequence };
//!     let debit = agreement.side_id(day, Side::Debit);
//!     let proof = EntryProof::of_trade(&at, debit, id).await?;
//!     let entry = proof.verify(proof.root)?;
//!     assert_eq!(entry.map(|entry| entry.id), Some(id));
//!     Ok(())
//! }
//! ```
//!
//! Three programs under `client/examples` each do a part of this: `record`, `day`, `verify_proof`.
//!
//! Errors of the connection are of one type, [`error::Error`], and say what helps. Functions that also
//! read files or journals return `anyhow` errors, from which `downcast_ref` recovers that type.
//!
//! | module | what it holds |
//! |---|---|
//! | [`chain`] | a connection to a node: reads, calls, events, books |
//! | [`amendments`] | proposals that put false records right: drafting, showing, answering |
//! | [`obligations`] | what is owed, in words, and what parties say of it: declarations, acknowledgements |
//! | [`statement`] | the settlement account's statement beside what was declared |
//! | [`suspension`] | suspending clients of an agreement |
//! | [`doctor`] | what is wrong with a member's node, and what waits for the member |
//! | [`council`] | motions of the council: proposing, voting, closing, and a call in words |
//! | [`error`] | what can fail between a client and the chain, and what helps |
//! | [`operator`] | a member's operator key |
//! | [`mapping`] | how the columns of a CSV file become payments or ledger lines |
//! | [`money`], [`time`] | amounts, days and moments between text and the chain's counts |
//! | [`calendar`] | calendars between files and the chain |
//! | [`local_time`] | local times: as files write them, and by an agreement, where clocks change too |
//! | [`text`] | what the chain and files hold, as text for people |
//! | [`printable_text`] | texts from outside, as a terminal may have them |
//! | [`formula_injection`] | cells of CSV files that a spreadsheet would take for a formula |
//! | [`refused_payer_or_reference`] | what is wrong with a payer or a reference, and what helps |
//! | `invisible_characters` | marks in a text that nobody sees |
//! | [`journal`] | the client's journal: which sequence each payment and refund has |
//! | [`import`] | recording payments and refunds, each once |
//! | [`ledger`] | a party's ledger against the chain |
//! | [`report`] | a party's own report of a side |
//! | [`proof`] | proofs that the chain holds an entry |
//! | `testing` | what tests of this crate and of the command line begin from |
//! | `fuzzing` | what fuzzers call |

pub mod amendments;
pub mod calendar;
pub mod chain;
pub mod council;
pub mod doctor;
pub mod error;
pub mod formula_injection;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod import;
mod invisible_characters;
pub mod journal;
pub mod ledger;
pub mod local_time;
pub mod mapping;
pub mod money;
pub mod obligations;
pub mod operator;
pub mod printable_text;
pub mod proof;
pub mod refused_payer_or_reference;
pub mod report;
pub mod statement;
pub mod suspension;
#[cfg(any(test, feature = "test-utils"))]
pub mod testing;
pub mod text;
pub mod time;

/// The chain's own types, which calls and reads speak in.
pub use counterfoil_primitives as primitives;
