//! When which nodes are killed on a day: chosen by a seed, and by nothing else.

use anyhow::{Context, Result};
use rand::{seq::index, Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// Names the seed of a run; a fresh one is drawn where it is not set.
pub const SEED_VARIABLE: &str = "COUNTERFOIL_SEED";

/// The four validators.
const NODES: usize = 4;
/// The longest that a node stays away.
const LONGEST_PAUSE: u64 = 12_000;

/// A part of a day that nodes are killed in, in the order of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// While trades come in.
    Recording,
    /// About the cut-off, when the day is sealed.
    Sealing,
    /// Between the commitments and the preset time.
    Committed,
    /// From the preset time on, while books are fetched.
    Fetching,
    /// Once a part of a report is on chain.
    Reporting,
    /// Once a day is reconciled, while its payment is on its way.
    Paying,
    /// Once a payment outside the chain is declared, before it is acknowledged.
    Declared,
}

impl Phase {
    /// All of a day. A further phase goes to the end: so a seed keeps the faults of the others.
    pub const ALL: [Self; 7] = [
        Self::Recording,
        Self::Sealing,
        Self::Committed,
        Self::Fetching,
        Self::Reporting,
        Self::Paying,
        Self::Declared,
    ];

    /// The latest that a kill comes after the phase began, in milliseconds.
    const fn span(self) -> u64 {
        match self {
            Self::Recording => 25_000,
            Self::Sealing => 14_000,
            Self::Committed => 20_000,
            Self::Fetching => 12_000,
            Self::Reporting => 6_000,
            Self::Paying => 12_000,
            Self::Declared => 4_000,
        }
    }
}

/// Nodes that are killed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which part of the day.
    pub phase: Phase,
    /// How long after it began.
    pub after: Duration,
    /// The nodes, as the network numbers them.
    pub victims: Vec<usize>,
    /// How long they stay away.
    pub pause: Duration,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} + {:.1} s: kill {:?} for {:.1} s",
            self.phase,
            self.after.as_secs_f32(),
            self.victims,
            self.pause.as_secs_f32()
        )
    }
}

/// The faults of the day with this seed: one in each phase, of one node or of two at once.
pub fn of_a_day(seed: u64) -> Vec<Fault> {
    // The algorithm is part of what a seed means, so it is named.
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    Phase::ALL
        .into_iter()
        .map(|phase| {
            let after = Duration::from_millis(random.random_range(0..=phase.span()));
            let count = if random.random_ratio(1, 3) { 2 } else { 1 };
            let mut victims = index::sample(&mut random, NODES, count).into_vec();
            victims.sort_unstable();
            Fault {
                phase,
                after,
                victims,
                pause: Duration::from_millis(random.random_range(0..=LONGEST_PAUSE)),
            }
        })
        .collect()
}

/// The seed that the environment names, or a fresh one.
pub fn seed() -> Result<u64> {
    match std::env::var(SEED_VARIABLE) {
        Ok(text) => text
            .parse()
            .with_context(|| format!("{SEED_VARIABLE} is {text:?}, not a whole number")),
        Err(_) => {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
            // Short, for whoever has to type it.
            Ok(now.as_millis() as u64 % 1_000_000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_seed_means_the_same_faults_for_ever() {
        let fault = &of_a_day(7)[0];
        assert_eq!(of_a_day(7), of_a_day(7));
        assert_eq!(
            fault.to_string(),
            "Recording + 3.9 s: kill [0, 2] for 8.7 s"
        );
    }

    #[test]
    fn each_phase_has_its_faults_in_the_order_of_the_day() {
        for seed in 0..100 {
            let phases: Vec<Phase> = of_a_day(seed).iter().map(|fault| fault.phase).collect();
            assert_eq!(phases, Phase::ALL);
        }
    }

    #[test]
    fn one_or_two_different_nodes_are_killed_and_every_node_has_its_turn() {
        let mut seen = BTreeSet::new();
        for fault in (0..100).flat_map(of_a_day) {
            let victims: BTreeSet<_> = fault.victims.iter().copied().collect();
            assert_eq!(victims.len(), fault.victims.len());
            assert!((1..=2).contains(&victims.len()));
            seen.extend(
                fault
                    .victims
                    .into_iter()
                    .map(|victim| (fault.phase, victim)),
            );
        }
        assert_eq!(seen.len(), Phase::ALL.len() * NODES);
    }
}
