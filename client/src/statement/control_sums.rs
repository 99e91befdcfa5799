//! Control sums of a statement: by them people see that no line is lost.

use super::{Matching, Outcome, StatementLine};
use counterfoil_primitives::Amount;

/// A number of lines, and what moved by them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many lines.
    pub lines: usize,
    /// How much, in minor units.
    pub amount: Amount,
}

impl Sum {
    fn add(&mut self, line: &StatementLine) {
        self.lines += 1;
        self.amount = self.amount.saturating_add(line.amount);
    }
}

/// What came in by a statement, and what was made of it. What came in is the sum of the four that follow
/// it; what was paid out stands apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ControlSums {
    /// What came in.
    pub received: Sum,
    /// Of that, what is to be acknowledged.
    pub to_acknowledge: Sum,
    /// Of that, what was acknowledged before.
    pub acknowledged_before: Sum,
    /// Of that, what is left to people.
    pub differing: Sum,
    /// Of that, what is of no declaration.
    pub unmatched: Sum,
    /// What was paid out.
    pub paid_out: Sum,
}

impl ControlSums {
    /// The control sums of these lines, by what was made of them.
    pub fn of(lines: &[StatementLine], matching: &Matching) -> Self {
        let mut sums = Self::default();
        for (line, outcome) in lines.iter().zip(&matching.outcomes) {
            if !line.is_received {
                sums.paid_out.add(line);
                continue;
            }
            sums.received.add(line);
            let part = match outcome {
                Outcome::Acknowledge(_) => &mut sums.to_acknowledge,
                Outcome::Before(_) => &mut sums.acknowledged_before,
                Outcome::Differs { .. } => &mut sums.differing,
                Outcome::Unmatched(_) => &mut sums.unmatched,
            };
            part.add(line);
        }
        sums
    }
}
