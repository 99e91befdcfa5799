//! What commands print of the council.

use crate::output::{names_and_values, table, with, Rendered};
use counterfoil_client::council::{call_in_words::CallWords, Closed, Standing, Voted};
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    MemberId,
};
use serde_json::{json, Value as Json};
use sp_core::H256;

/// A motion that was proposed and waits for votes.
pub(super) struct Opened {
    pub motion: H256,
    pub index: u32,
    pub ayes: usize,
    pub majority: u32,
    /// The members whose seats have not voted.
    pub waiting: Vec<MemberId>,
}

/// What became of a motion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It waits for votes.
    Open,
    /// It was carried, and its call ran.
    Carried,
    /// It ran nothing.
    Dropped,
    /// Another seat closed it.
    ClosedByAnother,
}

impl Outcome {
    /// What became of a motion by a vote.
    pub const fn of(voted: &Voted) -> Self {
        match voted {
            Voted::Open(_) => Self::Open,
            Voted::Closed(Closed::Carried(_)) => Self::Carried,
            Voted::Closed(Closed::Dropped(_)) => Self::Dropped,
            Voted::ClosedByAnother => Self::ClosedByAnother,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Carried => "carried",
            Self::Dropped => "dropped",
            Self::ClosedByAnother => "closed_by_another",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Open => "waits for votes",
            Self::Carried => "is carried; this was done:",
            Self::Dropped => "is dropped; this was not done:",
            Self::ClosedByAnother => {
                "was closed by another seat, whose command reports what became of this:"
            }
        }
    }
}

/// Members with commas, or `-`.
fn members(members: &[MemberId]) -> String {
    if members.is_empty() {
        return "-".into();
    }
    let texts: Vec<_> = members.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

fn hash(hash: H256) -> String {
    format!("{hash:?}")
}

/// What a call does, for people: indented lines.
fn does(words: &CallWords) -> String {
    let lines = words.lines().into_iter().map(|line| format!("  {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A call that ran as soon as it was proposed.
pub(super) fn ran(words: &CallWords) -> Rendered {
    let json = json!({ "carried": words.json() });
    Rendered::new(json, format!("done:\n{}", does(words)))
}

/// A motion that was proposed and waits for votes.
pub(super) fn opened(opened: &Opened, words: &CallWords) -> Rendered {
    let Opened {
        motion,
        index,
        ayes,
        majority,
        waiting,
    } = opened;
    let json = json!({
        "proposed": words.json(),
        "motion": hash(*motion),
        "index": index,
        "ayes": ayes,
        "majority": majority,
        "waiting": waiting,
    });
    let text = format!(
        "motion {index} is proposed; it has {ayes} of the {majority} ayes that it needs\n{}\n\
         still to vote, by `council vote {index} --aye` or `--nay`: {}",
        does(words),
        members(waiting)
    );
    Rendered::new(json, text)
}

/// A motion for programs.
fn motion_json(standing: &Standing, words: &CallWords) -> Json {
    let MotionView {
        motion,
        index,
        proposer,
        ayes,
        nays,
        threshold,
        ends_at_block,
        ..
    } = &standing.motion;
    json!({
        "motion": hash(*motion),
        "index": index,
        "proposer": proposer,
        "does": words.json(),
        "ayes": ayes,
        "nays": nays,
        "majority": threshold,
        "waiting": standing.waiting(),
        "carried": standing.is_carried(),
        "rejected": standing.is_rejected(),
        "ends_at_block": ends_at_block,
    })
}

/// How a motion stands, in a word or two.
fn state(standing: &Standing) -> String {
    let index = standing.motion.index;
    if standing.is_carried() {
        let ends_at = standing.motion.ends_at_block;
        format!("carried; `council close {index}` runs it before block {ends_at}")
    } else if standing.is_rejected() {
        format!("rejected; `council close {index}` drops it")
    } else {
        format!("undecided, missing ayes: {}", standing.missing())
    }
}

/// An open motion.
pub(super) fn motion(standing: &Standing, words: &CallWords) -> Rendered {
    let view = &standing.motion;
    let head = names_and_values([
        ("motion", format!("{}, {}", view.index, hash(view.motion))),
        ("state", state(standing)),
        ("proposed by", view.proposer.to_string()),
        ("ayes", members(&view.ayes)),
        ("nays", members(&view.nays)),
        ("still to vote", members(&standing.waiting())),
        ("majority", view.threshold.to_string()),
        (
            "time",
            format!(
                "over from block {} on; it runs nothing then",
                view.ends_at_block
            ),
        ),
    ]);
    let text = format!("{head}\nwhat it would run:\n{}", does(words));
    Rendered::new(motion_json(standing, words), text)
}

/// Seats, majority and open motions, and the hash of a runtime that was authorised and waits for its code.
pub(super) fn list(
    council: &CouncilView,
    upgrade: Option<H256>,
    in_words: &dyn Fn(&MotionView) -> CallWords,
) -> Rendered {
    let (mut motions, mut rows) = (Vec::new(), Vec::new());
    for motion in &council.motions {
        let standing = Standing {
            motion: motion.clone(),
            seats: council.seats.clone(),
        };
        let words = in_words(motion);
        rows.push(vec![
            motion.index.to_string(),
            title(&words),
            motion.proposer.to_string(),
            members(&motion.ayes),
            members(&motion.nays),
            members(&standing.waiting()),
            state(&standing),
        ]);
        motions.push(motion_json(&standing, &words));
    }
    let json = json!({
        "seats": council.seats,
        "majority": council.majority,
        "motions": motions,
        "authorized_upgrade": upgrade.map(hash),
    });
    let mut facts = vec![
        ("seats", members(&council.seats)),
        ("majority", council.majority.to_string()),
    ];
    facts.extend(upgrade.map(|code| ("upgrade", waits_for_code(code))));
    let head = names_and_values(facts);
    let text = if rows.is_empty() {
        format!("{head}\nno motion is open")
    } else {
        let header = [
            "motion",
            "what it would run",
            "proposed by",
            "ayes",
            "nays",
            "still to vote",
            "state",
        ];
        format!("{head}\n{}", table(&header, rows))
    };
    Rendered::new(json, text)
}

/// What is said of an upgrade that was carried and is not on chain yet.
fn waits_for_code(code: H256) -> String {
    format!(
        "the runtime of hash {} is authorised, and waits for its code; anybody submits that by `council \
         apply-upgrade --code FILE`",
        hash(code)
    )
}

/// A call's name, and those of the calls within it.
fn title(words: &CallWords) -> String {
    let inner: Vec<_> = words.calls.iter().map(title).collect();
    if inner.is_empty() {
        words.title()
    } else {
        format!("{} of {}", words.title(), inner.join(", "))
    }
}

/// What became of a motion after a vote or a close. The votes on a motion that is closed are left
/// out, since the chain forgets them.
pub(super) fn voted(outcome: Outcome, standing: &Standing, words: &CallWords) -> Rendered {
    let MotionView { motion, index, .. } = &standing.motion;
    let json = json!({
        "motion": hash(*motion),
        "index": index,
        "outcome": outcome.name(),
        "does": words.json(),
    });
    if outcome != Outcome::Open {
        let text = format!("motion {index} {}\n{}", outcome.words(), does(words));
        return Rendered::new(json, text);
    }
    let view = &standing.motion;
    let votes = json!({
        "ayes": view.ayes,
        "nays": view.nays,
        "majority": view.threshold,
        "waiting": standing.waiting(),
    });
    let text = format!(
        "motion {index} {}: {}\nayes: {}; nays: {}; still to vote: {}\n{}",
        outcome.words(),
        state(standing),
        members(&view.ayes),
        members(&view.nays),
        members(&standing.waiting()),
        does(words)
    );
    Rendered::new(with(json, votes), text)
}

/// A runtime whose code was brought.
pub(super) fn upgraded(code: H256, block: H256) -> Rendered {
    let (code, block) = (hash(code), hash(block));
    let text = format!("the runtime of hash {code} is on chain since block {block}");
    Rendered::new(json!({ "code": code, "block": block }), text)
}

#[cfg(test)]
mod tests;
