//! What the council promises.

mod closing_motions;
mod execution;
mod free;
mod genesis;
mod hostile;
mod model;
mod motions;
mod seats;
mod view;
mod votes;
mod weights;
