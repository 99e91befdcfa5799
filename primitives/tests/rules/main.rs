//! The pure rules, tested without a chain: by example where a case defines the rule, by property
//! where the rule holds for everything.

mod align;
mod align_kinds;
mod align_order;
mod align_plainly;
mod align_refunds;
mod align_refunds_as_payments;
mod book_exchange;
mod cause;
mod commitment;
mod council;
mod days;
mod ids;
mod institution;
mod kind;
mod names;
mod payloads;
mod ports;
mod proof;
mod refund;
mod refund_amounts;
mod refusals;
mod report;
mod samples;
mod side;
mod soundness;
mod summary;
mod terms;
mod text;
mod timing;
mod timing_pairs;
mod totals;
mod tree;
mod window;
mod witnesses;
mod written;
