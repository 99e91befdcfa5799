//! A local network of real nodes, driven from outside, and the demo that runs a whole day on it.
//!
//! | module | what it holds |
//! |---|---|
//! | [`binary`] | where the built programs are |
//! | [`node`] | one node: its process, ports, files |
//! | [`link`] | the ways between nodes, which a scenario slows down, stalls and cuts |
//! | `line` | a line to a node that breaks off |
//! | [`network`] | four nodes that finalise together, and further ones |
//! | [`chain`] | a connection to a node: typed reads of state, events and runtime APIs |
//! | [`submit`] | transactions: signed with a nonce or without one, and by the administrator |
//! | [`member`] | members and their keys |
//! | [`clock`] | agreements whose local time is noon, whatever the hour |
//! | [`agreement`] | members, agreements and products of a scenario, set up by the administrator |
//! | [`two_days`] | an agreement of two days that end within minutes |
//! | [`calendar`] | a day that is closed in a calendar of an agreement |
//! | [`obligations`] | what is owed for settlement periods, and what staff says of it |
//! | [`sums_of_obligations`] | that what is owed for settlement periods is the sum of their days |
//! | [`trades`] | payments made up for a scenario, and recorded |
//! | [`amendments`] | proposals to put a record right, and what they booked |
//! | [`ledger`] | a party's ledger: what it should say, and its import |
//! | [`ledger_desk`] | files of a party's ledger, and the commands that read them |
//! | [`book`] | a party's book as its node shows it |
//! | [`money`] | what accounts hold, and what is issued to them |
//! | [`planted`] | a ledger that is wrong in known places |
//! | [`seeded_kills`] | when which nodes are killed, by a seed |
//! | [`flood`] | floods of members' calls, and what they leave to others |
//! | [`cli`] | the `counterfoil` command |
//! | [`bash`] | a shell in which commands run one after the other |
//! | [`transcript`] | a document that shows commands and what they print |
//! | [`json_schema`] | whether a JSON value is as a JSON Schema says |
//! | [`validators`] | who makes and finalises blocks, and how that is changed |
//! | [`wait`] | waiting with a limit, and saying for what |
//! | [`world`] | a running network, and what scenarios do on it over and over |
//! | [`suite`] | runs scenarios side by side, and counts |
//! | [`demo`] | one whole day, checked against a computation of its own |

pub mod agreement;
pub mod amendments;
pub mod bash;
pub mod binary;
pub mod book;
pub mod calendar;
pub mod chain;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod flood;
pub mod json_schema;
pub mod ledger;
pub mod ledger_desk;
pub mod line;
pub mod link;
pub mod member;
pub mod money;
pub mod network;
pub mod node;
pub mod obligations;
pub mod planted;
pub mod seeded_kills;
pub mod submit;
pub mod suite;
pub mod sums_of_obligations;
pub mod trades;
pub mod transcript;
pub mod two_days;
pub mod validators;
pub mod wait;
pub mod world;
