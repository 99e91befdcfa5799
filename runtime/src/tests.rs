//! Tests of the chain as a whole.
