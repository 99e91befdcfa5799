//! What the days with kills came to.

use comfy_table::Table;
use counterfoil_tests::seeded_kills::{Fault, Phase};
use std::sync::Mutex;

/// Days that are over.
#[derive(Default)]
pub struct KilledDays {
    days: Mutex<Vec<Day>>,
}

struct Day {
    seed: u64,
    faults: Vec<Fault>,
    /// What was checked, or what failed.
    result: Result<String, String>,
}

impl KilledDays {
    /// Takes a day in.
    pub fn note(&self, seed: u64, faults: &[Fault], result: &anyhow::Result<String>) {
        let result = match result {
            Ok(checked) => Ok(checked.clone()),
            Err(error) => Err(error.root_cause().to_string()),
        };
        let day = Day {
            seed,
            faults: faults.to_vec(),
            result,
        };
        self.days.lock().expect("nobody panics with it").push(day);
    }

    /// Shows the days with kills.
    pub fn close(self, _: bool) {
        let mut days = self.days.into_inner().expect("nobody panics with it");
        if days.is_empty() {
            return;
        }
        days.sort_by_key(|day| day.seed);
        let mut table = Table::new();
        let phases = Phase::ALL.map(|phase| format!("{phase:?}"));
        let head = ["seed".into()].into_iter().chain(phases);
        table.set_header(head.chain(["checked".into(), "result".into()]));
        for day in &days {
            let kills = Phase::ALL.map(|phase| kills(day, phase));
            let (checked, result) = match &day.result {
                Ok(checked) => (checked.as_str(), "passed"),
                Err(error) => (error.as_str(), "FAILED"),
            };
            let row = [day.seed.to_string()].into_iter().chain(kills);
            table.add_row(row.chain([checked.into(), result.into()]));
        }
        println!("\nnodes killed (0 client, 1 company, 2 bank, 3 reconciler), by phase:\n{table}");
    }
}

/// The nodes that were killed in a phase.
fn kills(day: &Day, phase: Phase) -> String {
    let victims = day
        .faults
        .iter()
        .filter(|fault| fault.phase == phase)
        .flat_map(|fault| fault.victims.iter().map(ToString::to_string));
    victims.collect::<Vec<_>>().join(" ")
}
