//! `council propose`: what may be proposed, and proposing it.

use super::{printed_motions, put_forward, Code};
use crate::{
    commands::{member::account, Context},
    output::Rendered,
};
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use codec::Compact;
use counterfoil_client::{
    chain::{call::Call, Chain},
    council::upgrade,
    money::Money,
};
use counterfoil_primitives::{validator::MAX_DELAY, MemberId};
use sp_core::crypto::AccountId32;

/// The least balance of an asset: one minor unit.
const LEAST_BALANCE: u128 = 1;

#[derive(Debug, Subcommand)]
pub(crate) enum Propose {
    /// Authorises a runtime by the hash of its code. After that, anybody can submit the code:
    /// `council apply-upgrade`.
    Upgrade(Code),
    /// Sets the validators: all their members, each of which has session keys. Takes effect two sessions
    /// later.
    Validators(Members),
    /// Ends the session with the next block.
    EndSession,
    /// Has GRANDPA change its voters without the votes of those that are lost. First propose validators
    /// that run, and end the session; propose this in the next session, which it ends.
    NoteStalled(NoteStalled),
    /// Sets the seats: all their members, and how many of them have to approve.
    Seats(Seats),
    /// Creates an asset to settle in.
    CreateAsset(CreateAsset),
    /// Any call of the runtime, in SCALE.
    Call(RawCall),
}

#[derive(Debug, Args)]
pub(crate) struct Members {
    /// The members' numbers.
    #[arg(required = true)]
    members: Vec<MemberId>,
}

#[derive(Debug, Args)]
pub(crate) struct NoteStalled {
    /// Blocks after the session's beginning in which the change is enacted, at most 600. All nodes that run
    /// should agree by then on the block in which the session begins.
    #[arg(
        long,
        default_value_t = 100,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_DELAY))
    )]
    delay: u32,
    /// The newest final block that any of the new validators has. It must be that of the node that is asked:
    /// ask the one that has it. It need not be named.
    #[arg(long)]
    best_finalized: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Seats {
    /// The members' numbers.
    #[arg(required = true)]
    members: Vec<MemberId>,
    /// How many seats have to approve: more than half of them.
    #[arg(long)]
    majority: u32,
}

#[derive(Debug, Args)]
pub(crate) struct CreateAsset {
    /// The asset's number.
    #[arg(long)]
    id: u32,
    /// The account that issues it: an address, or a development path like //Alice.
    #[arg(long, value_parser = account)]
    owner: AccountId32,
    /// The code of its currency, like CZK.
    #[arg(long)]
    symbol: String,
    /// What people call it, like "Czech crown".
    #[arg(long)]
    name: String,
    /// Its decimal places; those of ISO 4217 for its symbol unless named.
    #[arg(long)]
    decimals: Option<u8>,
}

#[derive(Debug, Args)]
pub(crate) struct RawCall {
    /// The call: 0x and hexadecimal digits.
    #[arg(value_parser = bytes)]
    call: Bytes,
}

/// Bytes of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bytes(Vec<u8>);

/// Reads bytes in hexadecimal.
fn bytes(text: &str) -> Result<Bytes> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let pair = |at: usize| {
        let pair = digits.get(at..at + 2)?;
        // A sign would pass for a digit.
        let is_hex = pair.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u8::from_str_radix(pair, 16).ok())?
    };
    let read: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(pair).collect();
    match read.filter(|read| !read.is_empty()) {
        Some(read) => Ok(Bytes(read)),
        None => bail!("{text:?} is not a call; write its bytes as 0x and hexadecimal digits"),
    }
}

impl Propose {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let call = self.encoded(&chain).await?;
        match put_forward(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => Ok(printed_motions::ran(&chain.call_in_words(&call)?)),
        }
    }

    /// The call in SCALE.
    async fn encoded(&self, chain: &Chain) -> Result<Vec<u8>> {
        let call = match self {
            Self::Upgrade(code) => upgrade::authorize(&code.read()?),
            Self::Validators(Members { members }) => {
                Call::new("Validators", "set_validators", &ascending(members))
            }
            Self::EndSession => Call::new("Validators", "end_session", &()),
            Self::NoteStalled(stalled) => stalled.call(chain).await?,
            Self::Seats(Seats { members, majority }) => {
                Call::new("Council", "set_seats", &(ascending(members), *majority))
            }
            Self::CreateAsset(asset) => chain.batch(&asset.calls()?)?,
            Self::Call(RawCall { call }) => return Ok(call.0.clone()),
        };
        Ok(chain.encode_call(&call)?)
    }
}

impl NoteStalled {
    async fn call(&self, chain: &Chain) -> Result<Call> {
        let finalized = chain.finalized().await?.number().await?.try_into()?;
        self.check(finalized)?;
        Ok(self.of(finalized))
    }

    /// Whether the block that was named is the final one of the node. A number that is too high can stop the
    /// chain for good.
    fn check(&self, finalized: u32) -> Result<()> {
        match self.best_finalized {
            Some(named) if named != finalized => bail!(
                "block {named} is not the newest final one of this node, which is {finalized}; ask the node \
                 that has it, by --url"
            ),
            _ => Ok(()),
        }
    }

    fn of(&self, finalized: u32) -> Call {
        Call::new("Validators", "note_stalled", &(self.delay, finalized))
    }
}

impl CreateAsset {
    /// The calls that create the asset, and say what it is.
    fn calls(&self) -> Result<[Call; 2]> {
        let decimals = match self.decimals {
            Some(decimals) => decimals,
            None => Money::of(&self.symbol)
                .with_context(|| {
                    format!("{:?} has no known decimals; give --decimals", self.symbol)
                })?
                .exponent() as u8,
        };
        // Before an account, what says that an account follows.
        let owner = (0u8, &self.owner);
        let is_sufficient = true;
        let created = (self.id, owner, is_sufficient, Compact(LEAST_BALANCE));
        let is_frozen = false;
        let (name, symbol) = (self.name.as_bytes(), self.symbol.as_bytes());
        let described = (self.id, name, symbol, decimals, is_frozen);
        Ok([
            Call::new("Assets", "force_create", &created),
            Call::new("Assets", "force_set_metadata", &described),
        ])
    }
}

/// Members as the chain takes them.
fn ascending(members: &[MemberId]) -> Vec<MemberId> {
    let mut members = members.to_vec();
    members.sort_unstable();
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, Parser};
    use codec::Encode;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        command: Propose,
    }

    fn read(line: &str) -> Result<Propose, clap::Error> {
        let words = format!("propose {line}");
        Line::try_parse_from(words.split_whitespace()).map(|line| line.command)
    }

    #[test]
    fn members_are_named_one_by_one_and_ascend_on_chain() {
        let Ok(Propose::Validators(Members { members })) = read("validators 3 1 2") else {
            panic!("validators")
        };
        assert_eq!(ascending(&members), vec![1, 2, 3]);
        assert!(read("validators").is_err());
    }

    #[test]
    fn seats_have_a_majority() {
        let Ok(Propose::Seats(seats)) = read("seats 1 2 4 --majority 2") else {
            panic!("seats")
        };
        assert_eq!((seats.members, seats.majority), (vec![1, 2, 4], 2));
        assert!(read("seats 1 2").is_err());
    }

    #[test]
    fn a_stall_has_a_delay_and_a_block_that_may_be_named() {
        let stalled = |line: &str| match read(line) {
            Ok(Propose::NoteStalled(stalled)) => (stalled.delay, stalled.best_finalized),
            other => panic!("another command: {other:?}"),
        };
        assert_eq!(stalled("note-stalled"), (100, None));
        let named = "note-stalled --delay 5 --best-finalized 77";
        assert_eq!(stalled(named), (5, Some(77)));
        assert_eq!(
            stalled(&format!("note-stalled --delay {MAX_DELAY}")),
            (MAX_DELAY, None)
        );
        for delay in [0, MAX_DELAY + 1] {
            assert!(read(&format!("note-stalled --delay {delay}")).is_err());
        }
    }

    #[test]
    fn the_help_names_the_maximum_of_a_delay() {
        let line = Line::command();
        let command = line.find_subcommand("note-stalled").unwrap();
        let mut arguments = command.get_arguments();
        let delay = arguments.find(|one| one.get_id() == "delay").unwrap();
        let help = delay.get_help().unwrap().to_string();
        assert!(help.contains(&format!("at most {MAX_DELAY}.")), "{help}");
    }

    #[test]
    fn the_final_block_of_a_stall_is_the_one_of_the_node() {
        let stalled = |best_finalized| NoteStalled {
            delay: 5,
            best_finalized,
        };
        for agreed in [None, Some(77)] {
            let stalled = stalled(agreed);
            stalled.check(77).unwrap();
            let call = stalled.of(77);
            assert_eq!(call.title(), "Validators.note_stalled");
            assert_eq!(call.arguments(), (5u32, 77u32).encode());
        }
        for other in [76, 78] {
            let error = stalled(Some(other)).check(77).unwrap_err().to_string();
            assert!(error.contains("--url"), "{error}");
        }
    }

    #[test]
    fn a_call_is_given_in_hexadecimal() {
        assert_eq!(bytes("0x0001ff").unwrap(), Bytes(vec![0, 1, 255]));
        assert_eq!(bytes("0A").unwrap(), Bytes(vec![10]));
        for text in ["", "0x", "0x0", "0xzz", "0x+1", "é"] {
            let error = bytes(text).unwrap_err().to_string();
            assert!(error.contains("hexadecimal digits"), "{error}");
        }
    }

    fn asset(line: &str) -> Result<[Call; 2]> {
        let line = format!("create-asset --id 5 --owner //Alice --name Crown {line}");
        match read(&line) {
            Ok(Propose::CreateAsset(asset)) => asset.calls(),
            other => panic!("another command: {other:?}"),
        }
    }

    #[test]
    fn an_asset_has_its_owner_and_the_least_balance_of_a_minor_unit() {
        let [create, _] = asset("--symbol CZK").unwrap();
        assert_eq!(create.title(), "Assets.force_create");
        let owner = account("//Alice").unwrap();
        let expected = (5u32, 0u8, owner, true, Compact(1u128)).encode();
        assert_eq!(create.arguments(), expected);
    }

    #[test]
    fn decimals_of_an_asset_follow_from_its_currency() {
        let described = |line: &str, decimals: u8| {
            let [_, describe] = asset(line).unwrap();
            let symbol = line.split(' ').nth(1).unwrap();
            let expected = (5u32, "Crown", symbol, decimals, false).encode();
            assert_eq!(describe.arguments(), expected, "{line}");
        };
        described("--symbol CZK", 2);
        described("--symbol JPY", 0);
        described("--symbol XCFL --decimals 4", 4);
        let error = asset("--symbol XCFL").unwrap_err().to_string();
        assert!(error.contains("--decimals"), "{error}");
    }
}
