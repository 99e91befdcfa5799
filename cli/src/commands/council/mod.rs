//! `council`: members with a seat administer the chain by majority.
//!
//! | module | what it holds |
//! |---|---|
//! | `propose` | what may be proposed, and proposing it |
//! | `printed_motions` | what commands print of the council |

mod printed_motions;
mod propose;

use super::Context;
use crate::output::Rendered;
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    chain::{call::Call, Chain},
    council::{upgrade::code_hash, Closed, MotionName, Proposed, Standing, Voted},
    operator::Operator,
};
use counterfoil_primitives::council::MotionView;
use propose::Propose;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Council {
    /// Shows who has a seat, how many have to approve, the open motions, and the upgrade of the runtime that
    /// was authorised and waits for its code.
    List,
    /// Shows an open motion: what it would run, in words, and who has voted.
    Show(Named),
    /// Proposes something to the council, which counts as a vote for it. Where one seat is the majority, it
    /// is done at once. Needs the key of a seat.
    #[command(subcommand)]
    Propose(Propose),
    /// Votes on a motion, and closes it where it is decided then. A first vote is free, and so is taking back
    /// an aye; approving after a nay costs a fee. Needs the key of a seat.
    Vote(Vote),
    /// Closes a motion that is decided, or whose time is over. What was carried in time runs. Needs the key
    /// of a seat.
    Close(Named),
    /// Submits the code of a runtime that the council authorised. Needs no key.
    ApplyUpgrade(Code),
}

#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The motion: its number, or its hash.
    motion: MotionName,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("side").required(true))]
pub(crate) struct Vote {
    /// The motion: its number, or its hash.
    motion: MotionName,
    /// Approves it.
    #[arg(long, group = "side")]
    aye: bool,
    /// Rejects it.
    #[arg(long, group = "side")]
    nay: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Code {
    /// The file of the runtime's code, compressed or not: the same file for proposing and for submitting it.
    #[arg(long)]
    code: PathBuf,
}

impl Code {
    fn read(&self) -> Result<Vec<u8>> {
        let file = self.code.display();
        let code = std::fs::read(&self.code).with_context(|| format!("cannot read {file}"))?;
        if code.is_empty() {
            bail!("{file} is empty. Remedy: name the file of a runtime's code");
        }
        Ok(code)
    }
}

/// Has the council make a call. `None` where it ran; else what is said of the motion that waits for votes.
pub(crate) async fn administer(
    context: &Context,
    chain: &Chain,
    operator: &Operator,
    call: &Call,
) -> Result<Option<Rendered>> {
    put_forward(context, chain, operator, &chain.encode_call(call)?).await
}

/// As [`administer`], for a call in SCALE.
async fn put_forward(
    context: &Context,
    chain: &Chain,
    operator: &Operator,
    call: &[u8],
) -> Result<Option<Rendered>> {
    let until = context.until();
    let Proposed::Open {
        motion,
        index,
        ayes,
        majority,
    } = chain.propose_encoded(call, operator, until).await?
    else {
        return Ok(None);
    };
    let council = chain.newest(until).await?.council().await?;
    let named = council
        .motions
        .into_iter()
        .find(|motion| motion.index == index);
    let opened = printed_motions::Opened {
        motion,
        index,
        ayes,
        majority,
        // Votes may have come meanwhile.
        waiting: named.map_or_else(Vec::new, |motion| {
            let seats = council.seats;
            Standing { motion, seats }.waiting()
        }),
    };
    Ok(Some(printed_motions::opened(
        &opened,
        &chain.call_in_words(call)?,
    )))
}

impl Council {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::List => {
                let chain = context.chain().await?;
                let at = context.state(&chain).await?;
                let (council, upgrade) = (at.council().await?, at.authorized_code().await?);
                let in_words = |motion: &MotionView| chain.motion_in_words(motion);
                Ok(printed_motions::list(&council, upgrade, &in_words))
            }
            Self::Show(Named { motion }) => {
                let chain = context.chain().await?;
                let standing = context.state(&chain).await?.motion(motion).await?;
                let words = chain.motion_in_words(&standing.motion);
                Ok(printed_motions::motion(&standing, &words))
            }
            Self::Propose(propose) => propose.run(context).await,
            Self::Vote(vote) => vote.run(context).await,
            Self::Close(Named { motion }) => close(context, motion).await,
            Self::ApplyUpgrade(code) => apply_upgrade(context, &code).await,
        }
    }
}

impl Vote {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let standing = chain.best().await?.motion(self.motion).await?;
        let words = chain.motion_in_words(&standing.motion);
        let name = MotionName::Index(standing.motion.index);
        let voted = chain
            .vote(name, self.aye && !self.nay, &operator, context.until())
            .await?;
        Ok(printed_motions::voted(
            printed_motions::Outcome::of(&voted),
            match &voted {
                Voted::Open(after) => after,
                Voted::Closed(_) | Voted::ClosedByAnother => &standing,
            },
            &words,
        ))
    }
}

async fn close(context: &Context, name: MotionName) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain_to_wait_on().await?;
    let standing = chain.best().await?.motion(name).await?;
    let words = chain.motion_in_words(&standing.motion);
    let name = MotionName::Index(standing.motion.index);
    let outcome = match chain.close(name, &operator, context.until()).await? {
        Closed::Carried(_) => printed_motions::Outcome::Carried,
        Closed::Dropped(_) => printed_motions::Outcome::Dropped,
    };
    Ok(printed_motions::voted(outcome, &standing, &words))
}

async fn apply_upgrade(context: &Context, code: &Code) -> Result<Rendered> {
    let code = code.read()?;
    let chain = context.chain_to_wait_on().await?;
    let included = chain.apply_upgrade(&code, context.until()).await?;
    Ok(printed_motions::upgraded(code_hash(&code), included.block))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        command: Council,
    }

    fn read(line: &str) -> Result<Council, clap::Error> {
        let words = format!("council {line}");
        Line::try_parse_from(words.split_whitespace()).map(|line| line.command)
    }

    #[test]
    fn a_vote_is_aye_or_nay_and_not_both() {
        let Ok(Council::Vote(vote)) = read("vote 3 --aye") else {
            panic!("a vote")
        };
        assert!(vote.aye && vote.motion == MotionName::Index(3));
        let Ok(Council::Vote(vote)) = read("vote 3 --nay") else {
            panic!("a vote")
        };
        assert!(!vote.aye && vote.nay);
        assert!(read("vote 3").is_err());
        assert!(read("vote 3 --aye --nay").is_err());
    }

    #[test]
    fn a_motion_is_named_by_number_or_hash() {
        let hash = format!("0x{}", "07".repeat(32));
        for line in ["show 3", "close 3", &format!("show {hash}")] {
            assert!(read(line).is_ok(), "{line}");
        }
        let error = read("show upgrade").unwrap_err().to_string();
        assert!(error.contains("its number, or its hash"), "{error}");
    }

    #[test]
    fn code_that_is_not_there_is_refused_by_its_name() {
        let code = Code {
            code: "/there/is/no/such.wasm".into(),
        };
        let error = code.read().unwrap_err().to_string();
        assert!(error.contains("/there/is/no/such.wasm"), "{error}");
        let empty = tempfile::NamedTempFile::new().unwrap();
        let code = Code {
            code: empty.path().into(),
        };
        assert!(code.read().unwrap_err().to_string().contains("is empty"));
    }
}
