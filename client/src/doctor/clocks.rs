//! Whether three clocks agree: the chain's, this machine's, and the node's.
//!
//! No method of a node tells its time. But a node refuses a request for a book that is over by its clock, or
//! that reaches too far ahead of it, before it looks at who signed. So two requests that nobody signed,
//! which end just within both limits by this machine's clock, show whether the node's clock is near it.

use super::{
    asking::{found_of, Asked},
    finding::Finding,
};
use counterfoil_primitives::{
    book_exchange::{refusal, MAX_LIFETIME},
    Moment,
};

/// How old the newest block may be, in milliseconds: as long as finality may lag.
const STANDSTILL: Moment = 120_000;

/// What helps where clocks differ.
const REMEDY: &str =
    "Set the clocks of this machine and of the node's by NTP, and restart the node if its clock was wrong.";

/// When the newest block was made, and when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockTime {
    /// The best block's own time.
    pub block: Moment,
    /// This machine's time when the block was read.
    pub read_at: Moment,
    /// How far ahead of the chain's clock a payment's time may lie, in milliseconds.
    pub tolerance: Moment,
}

/// What a node's clock shows beside this machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeClock {
    /// The same, within the tolerance.
    Equal,
    /// It is behind.
    Behind,
    /// It is ahead.
    Ahead,
    /// The node's refusals do not show it, as those of a node that words them otherwise.
    Unknown,
}

/// What is known of clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The chain's beside this machine's.
    pub block: Asked<BlockTime>,
    /// The node's beside this machine's.
    pub node: Asked<NodeClock>,
}

/// When two requests end, by a clock that shows `now`: the latest that a node takes whose clock is at most
/// `tolerance` behind, and the earliest that one takes which is at most `tolerance` ahead.
pub(super) const fn probes(now: Moment, tolerance: Moment) -> (Moment, Moment) {
    let latest = now.saturating_add(MAX_LIFETIME).saturating_sub(tolerance);
    (latest, now.saturating_add(tolerance))
}

/// What follows of a node's clock from its refusals of the late and of the early one of [`probes`].
pub(super) fn node_clock(late: Option<&str>, early: Option<&str>) -> NodeClock {
    // A node looks at the end of a request before it looks at who signed.
    let is_past_the_clock =
        |why: Option<&str>| matches!(why, Some(refusal::NO_MEMBER | refusal::NOT_SIGNED));
    match (late, early) {
        (Some(refusal::TOO_FAR_AHEAD), _) => NodeClock::Behind,
        (_, Some(refusal::EXPIRED)) => NodeClock::Ahead,
        _ if is_past_the_clock(late) && is_past_the_clock(early) => NodeClock::Equal,
        _ => NodeClock::Unknown,
    }
}

/// What is found of clocks.
pub(super) fn findings(clocks: &Clocks) -> Vec<Finding> {
    [
        found_of("block_time", &clocks.block, |time| vec![block(time)]),
        found_of("node_clock", &clocks.node, |clock| vec![node(*clock)]),
    ]
    .concat()
}

fn block(time: &BlockTime) -> Finding {
    const CHECK: &str = "block_time";
    let seconds = |span: Moment| span / 1_000;
    let ahead = time.block.saturating_sub(time.read_at);
    if ahead > time.tolerance {
        return Finding::fault(
            CHECK,
            format!(
                "the newest block is {} s ahead of this machine's clock",
                seconds(ahead)
            ),
            REMEDY,
        );
    }
    let age = time.read_at.saturating_sub(time.block);
    if age > STANDSTILL {
        return Finding::fault(
            CHECK,
            format!(
                "the newest block is {} s old by this machine's clock",
                seconds(age)
            ),
            format!(
                "If the node fetches blocks, wait. Otherwise see that the chain's validators run and that \
                 the node reaches them. {REMEDY}"
            ),
        );
    }
    Finding::ok(CHECK, format!("the newest block is {} s old", seconds(age)))
}

fn node(clock: NodeClock) -> Finding {
    const CHECK: &str = "node_clock";
    let wrong = |how: &str| {
        Finding::fault(
            CHECK,
            format!("the node's clock is {how} this machine's"),
            REMEDY,
        )
    };
    match clock {
        NodeClock::Equal => Finding::ok(CHECK, "near this machine's"),
        NodeClock::Behind => wrong("behind"),
        NodeClock::Ahead => wrong("ahead of"),
        NodeClock::Unknown => Finding::warning(
            CHECK,
            "the node refuses requests for books in words that this release does not know",
            "Use the release of `counterfoil` that is the node's.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    const NOW: Moment = 1_800_000_000_000;
    const TOLERANCE: Moment = 60_000;

    fn state(block: Moment) -> State {
        let time = BlockTime {
            block,
            read_at: NOW,
            tolerance: TOLERANCE,
        };
        super::block(&time).state
    }

    /// What a node refuses of a request that nobody signed, by a clock that shows `now`.
    fn refused(now: Moment, ends_at: Moment) -> &'static str {
        if ends_at < now {
            refusal::EXPIRED
        } else if ends_at > now + MAX_LIFETIME {
            refusal::TOO_FAR_AHEAD
        } else {
            refusal::NOT_SIGNED
        }
    }

    /// What the probes show of a node whose clock shows `its`.
    fn shown(its: Moment) -> NodeClock {
        let (late, early) = probes(NOW, TOLERANCE);
        node_clock(Some(refused(its, late)), Some(refused(its, early)))
    }

    #[test]
    fn a_block_of_the_last_two_minutes_is_in_order() {
        assert_eq!(state(NOW), State::Ok);
        assert_eq!(state(NOW - STANDSTILL), State::Ok);
        assert_eq!(state(NOW - STANDSTILL - 1), State::Fault);
    }

    #[test]
    fn a_block_may_be_ahead_by_the_chains_tolerance() {
        assert_eq!(state(NOW + TOLERANCE), State::Ok);
        assert_eq!(state(NOW + TOLERANCE + 1), State::Fault);
    }

    #[test]
    fn two_refusals_show_where_a_nodes_clock_is() {
        assert_eq!(shown(NOW), NodeClock::Equal);
        assert_eq!(shown(NOW - TOLERANCE), NodeClock::Equal);
        assert_eq!(shown(NOW + TOLERANCE), NodeClock::Equal);
        assert_eq!(shown(NOW - TOLERANCE - 1), NodeClock::Behind);
        assert_eq!(shown(NOW + TOLERANCE + 1), NodeClock::Ahead);
    }

    #[test]
    fn an_answer_in_unknown_words_shows_no_clock() {
        let unsigned = Some(refusal::NOT_SIGNED);
        let (old, new) = (
            Some("the request is too old"),
            Some("the request is too new"),
        );
        assert_eq!(node_clock(unsigned, old), NodeClock::Unknown);
        assert_eq!(node_clock(new, unsigned), NodeClock::Unknown);
        assert_eq!(node_clock(None, None), NodeClock::Unknown);
        assert_eq!(
            node_clock(unsigned, Some(refusal::NO_MEMBER)),
            NodeClock::Equal
        );
        assert_eq!(node(NodeClock::Unknown).state, State::Warning);
    }

    #[test]
    fn a_wrong_clock_of_the_node_is_a_fault() {
        assert_eq!(node(NodeClock::Equal).state, State::Ok);
        for wrong in [NodeClock::Behind, NodeClock::Ahead] {
            let found = node(wrong);
            assert_eq!(found.state, State::Fault);
            assert!(found.remedy.unwrap().contains("NTP"));
        }
    }
}
