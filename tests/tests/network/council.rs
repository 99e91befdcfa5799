//! A council of several seats.

use anyhow::{ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    council::{CouncilView, MotionView},
    MemberId, Role,
};
use counterfoil_runtime::{Runtime, RuntimeCall};
use counterfoil_tests::world::{same, SharedWorld, STEP};
use counterfoil_tests::{
    agreement::{fresh_member, register},
    chain::{to_hex, Chain},
    cli::Shell,
    member::{Member, BANK, CLIENT, COMPANY},
    node::{Kind, Node, Settings},
    submit::{apply, as_member, next_nonce, signed},
    validators::{end_session, set_list},
    wait,
};
use pallet_council::Call;
use serde_json::json;

/// The members with a seat. The last one means harm.
const SEATS: [MemberId; 3] = [CLIENT, COMPANY, BANK];

/// A chain with a council of three, which a council of one has set.
struct Council {
    chain: Chain,
    seats: [Member; 3],
}

/// Two of three seats act for the chain, whatever the third one does: it has two motions open and no third,
/// closes none that is undecided, and votes in vain. What two approve runs, once: what one alone wants does
/// not. A vote that was counted cannot be sent again, for a later motion of the same call either.
pub async fn two_of_three_seats_act_for_the_chain_and_the_third_one_can_do_nothing(
    _: SharedWorld,
) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("counterfoil-council-")
        .tempdir()?;
    let mut node = Node::start(folder.path(), Settings::new("council", Kind::Dev)?)?;
    let chain = node.connect().await?;
    let result = of_three(chain).await;
    result.with_context(|| format!("the node's last lines:\n{}", node.last_words()))
}

async fn of_three(chain: Chain) -> Result<()> {
    let council = Council::set_by_one(chain).await?;
    let hostile = council.hostile_motions().await?;
    let member = council.a_motion_passes_against_a_vote().await?;
    council.a_vote_counts_for_one_motion(&member).await?;
    council.a_vote_that_decides_closes_the_motion().await?;
    council.a_minority_changes_nothing(hostile).await
}

impl Council {
    async fn set_by_one(chain: Chain) -> Result<Self> {
        wait::until("the first finalised block", STEP, || async {
            Ok((chain.finalized_number().await? > 0).then_some(()))
        })
        .await?;
        let council = Self {
            chain,
            seats: SEATS.map(Member::genesis),
        };
        let before = council.view().await?;
        same("seats", (before.seats, before.majority), (vec![CLIENT], 1))?;
        let seats = SEATS.map(|seat| seat.to_string());
        let words = ["council", "propose", "seats"]
            .into_iter()
            .chain(seats.iter().map(String::as_str))
            .chain(["--majority", "2"]);
        council.shell(0).must(words).await?;
        council.has_its_seats().await?;
        Ok(council)
    }

    /// The shell of a seat.
    fn shell(&self, seat: usize) -> Shell {
        Shell::new(self.chain.url(), &self.seats[seat])
    }

    /// The council as the chain shows it.
    async fn view(&self) -> Result<CouncilView> {
        self.chain.runtime_api("CounterfoilApi_council", &()).await
    }

    async fn has_its_seats(&self) -> Result<()> {
        let view = self.view().await?;
        same("seats", (view.seats, view.majority), (SEATS.to_vec(), 2))
    }

    /// The open motion for a call.
    async fn motion(&self, call: &RuntimeCall) -> Result<Option<MotionView>> {
        let call = call.encode();
        let motions = self.view().await?.motions;
        Ok(motions.into_iter().find(|motion| motion.call == call))
    }

    /// A seat proposes a call from its shell. Returns the open motion, which runs nothing yet.
    async fn propose(&self, seat: usize, call: &RuntimeCall) -> Result<MotionView> {
        let hex = to_hex(&call.encode());
        let shell = self.shell(seat);
        let answer = shell.json(["council", "propose", "call", &hex]).await?;
        same("ayes", answer["ayes"].clone(), json!(1))?;
        same("majority", answer["majority"].clone(), json!(2))?;
        let motion = self.motion(call).await?.context("no motion is open")?;
        let ayes = vec![self.seats[seat].id];
        same("votes", (&motion.ayes, motion.nays.len()), (&ayes, 0))?;
        Ok(motion)
    }

    /// A seat's vote, from its shell.
    async fn vote(&self, seat: usize, motion: &MotionView, vote: &str) -> Result<()> {
        let index = motion.index.to_string();
        let shell = self.shell(seat);
        shell.must(["council", "vote", &index, vote]).await?;
        Ok(())
    }

    /// A command of a seat that must fail, with these words.
    async fn refused(&self, seat: usize, words: &[&str], why: &str) -> Result<()> {
        let output = self.shell(seat).run(words).await?;
        ensure!(
            !output.success && output.stderr.contains(why),
            "{words:?} is not refused for {why}: {}{}",
            output.stdout,
            output.stderr
        );
        Ok(())
    }

    /// Makes sure that a member is registered, or is not.
    async fn is_member(&self, member: &Member, expected: bool) -> Result<()> {
        let id = member.id.to_string();
        let shown = self.shell(0).run(["member", "show", "--id", &id]).await?;
        same("registered", shown.success, expected)
    }

    /// The third seat proposes two motions. A third one is refused by its command line, and by the chain.
    async fn hostile_motions(&self) -> Result<[MotionView; 2]> {
        let takeover = RuntimeCall::Council(Call::<Runtime>::set_seats {
            seats: vec![SEATS[2]],
            majority: 1,
        });
        let first = self.propose(2, &takeover).await?;
        let second = self.propose(2, &end_session()).await?;
        let third = set_list(&[CLIENT]);
        let hex = to_hex(&third.encode());
        let words = ["council", "propose", "call", &hex];
        self.refused(2, &words, "as many open motions as").await?;
        let call = RuntimeCall::Council(Call::<Runtime>::propose {
            call: Box::new(third),
        });
        let by_hand = as_member(&self.chain, &self.seats[2], call).await;
        ensure!(by_hand.is_err(), "a seat has a third motion");
        same("motions", self.view().await?.motions.len(), 2)?;
        Ok([first, second])
    }

    /// What two seats approve runs once one of them closes it, though the third one is against it.
    async fn a_motion_passes_against_a_vote(&self) -> Result<Member> {
        let member = fresh_member();
        let call = register(&member, Role::Client, "")?;
        let motion = self.propose(0, &call).await?;
        let index = motion.index.to_string();
        self.vote(2, &motion, "--nay").await?;
        self.refused(0, &["council", "close", &index], "is not decided")
            .await?;
        let vote = RuntimeCall::Council(vote_for(&motion));
        as_member(&self.chain, &self.seats[1], vote).await?;
        let decided = self.motion(&call).await?.context("the motion is gone")?;
        let votes = (decided.ayes, decided.nays);
        same("votes", votes, (vec![CLIENT, COMPANY], vec![BANK]))?;
        self.is_member(&member, false).await?;
        self.shell(1).must(["council", "close", &index]).await?;
        same("motion", self.motion(&call).await?, None)?;
        self.is_member(&member, true).await?;
        Ok(member)
    }

    /// A vote of before is taken neither for its own motion nor for a later one of the same call. Where
    /// what was carried fails, whoever closes it reads why.
    async fn a_vote_counts_for_one_motion(&self, member: &Member) -> Result<()> {
        let chain = &self.chain;
        // To take the member's keys fails, since it has none, and the same call can be proposed again.
        let call = RuntimeCall::Validators(pallet_validators::Call::<Runtime>::purge_keys {
            member: member.id,
        });
        let motion = self.propose(0, &call).await?;
        let (genesis, second) = (chain.genesis(), self.seats[1].pair());
        let nonce = next_nonce(chain, second).await?;
        let vote = RuntimeCall::Council(vote_for(&motion));
        let vote = signed(genesis, second, nonce, vote);
        apply(chain, &vote).await?;
        let again = chain.submit(&vote.encode()).await;
        ensure!(again.is_err(), "a vote that was counted is taken again");
        let index = motion.index.to_string();
        let close = ["council", "close", &index];
        self.refused(0, &close, "Validators.NoKeys").await?;

        let later = self.propose(0, &call).await?;
        same("hash", later.motion, motion.motion)?;
        ensure!(later.index > motion.index, "two motions have one index");
        let again = chain.submit(&vote.encode()).await;
        ensure!(again.is_err(), "a vote is taken for a later motion");
        // Nor with a nonce that would do: it names the motion that is closed.
        let vote = RuntimeCall::Council(vote_for(&motion));
        let anew = as_member(chain, &self.seats[1], vote).await;
        ensure!(anew.is_err(), "a vote for a closed motion is taken");
        let open = self.motion(&call).await?.context("the motion is gone")?;
        same("ayes", open.ayes, vec![CLIENT])
    }

    /// Staff's vote closes the motion that it decides.
    async fn a_vote_that_decides_closes_the_motion(&self) -> Result<()> {
        let member = fresh_member();
        let call = register(&member, Role::Client, "")?;
        let motion = self.propose(0, &call).await?;
        self.vote(1, &motion, "--aye").await?;
        same("motion", self.motion(&call).await?, None)?;
        self.is_member(&member, true).await
    }

    /// What one seat wants and two reject runs nothing, and leaves the seat as it was.
    async fn a_minority_changes_nothing(&self, hostile: [MotionView; 2]) -> Result<()> {
        for motion in hostile {
            let index = motion.index.to_string();
            self.refused(2, &["council", "close", &index], "is not decided")
                .await?;
            self.vote(0, &motion, "--nay").await?;
            self.vote(1, &motion, "--nay").await?;
        }
        let view = self.view().await?;
        let is_hostile = |motion: &MotionView| motion.proposer == SEATS[2];
        ensure!(
            !view.motions.iter().any(is_hostile),
            "a rejected motion is open"
        );
        self.has_its_seats().await
    }
}

/// The call that approves a motion.
fn vote_for(motion: &MotionView) -> Call<Runtime> {
    Call::vote {
        motion: motion.motion,
        index: motion.index,
        approve: true,
    }
}
