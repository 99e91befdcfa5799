//! Faults on real nodes: what is lost or doubled where machines, disks, clocks and networks fail.
//!
//! Each scenario has a network of its own, since it kills, cuts off or damages nodes. Those of the
//! short form run side by side with every test run; `scripts/faults` runs the rest too.

mod amended;
mod business;
mod check;
mod clocks;
mod disks;
mod floods;
mod imported_files;
mod kills;
mod outside;
mod parted;
mod stopped;
mod table_of_kill_days;
mod together;
mod upgrade;
mod validators;

use counterfoil_tests::{
    seeded_kills,
    suite::{run, Options, Scenario},
};
use std::process::ExitCode;
use table_of_kill_days::KilledDays;

/// Asks for the long form: `all`.
const FORM_VARIABLE: &str = "COUNTERFOIL_FAULTS";
/// Days with kills, of successive seeds, in the long form.
const DAYS_VARIABLE: &str = "COUNTERFOIL_FAULT_DAYS";
const DAYS: u64 = 5;
/// Networks at once in the long form, as many as in the short one: twelve nodes are what two slow
/// cores keep in time with their slots.
const AT_ONCE: usize = 3;

macro_rules! scenarios {
    ($($module:ident::$name:ident),* $(,)?) => {
        vec![$(Scenario {
            name: concat!(stringify!($module), "::", stringify!($name)).into(),
            run: Box::new(|_| Box::pin($module::$name())),
        }),*]
    };
}

fn day_with_kills(seed: u64) -> Scenario<KilledDays> {
    Scenario {
        name: format!("kills::no_kill_loses_or_doubles_anything_seed_{seed}"),
        run: Box::new(move |world| Box::pin(kills::no_kill_loses_or_doubles_anything(world, seed))),
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> ExitCode {
    let options = Options::read(std::env::args().skip(1));
    let all = std::env::var_os(FORM_VARIABLE).is_some_and(|form| form == "all");
    let days = match (all, std::env::var(DAYS_VARIABLE)) {
        (false, _) => Ok(1),
        (true, Ok(days)) => days.parse(),
        (true, Err(_)) => Ok(DAYS),
    };
    let (seed, days) = match (seeded_kills::seed(), days) {
        (Ok(seed), Ok(days)) => (seed, days),
        (Err(error), _) => return refuse(&error),
        (_, Err(error)) => return refuse(&format!("{DAYS_VARIABLE}: {error}")),
    };
    let mut scenarios: Vec<Scenario<KilledDays>> = scenarios![
        parted::what_both_halves_of_a_parted_network_took_is_recorded_once,
        stopped::days_go_on_with_one_validator_of_four_stopped,
    ];
    if all {
        scenarios.extend(scenarios![
            disks::a_damaged_database_is_refused_and_after_a_purge_the_book_is_right,
            disks::a_full_disk_stops_a_node_and_with_room_its_book_is_right,
            floods::a_members_flood_of_free_calls_holds_nobody_up,
            floods::short_lived_floods_leave_others_nine_tenths_of_their_trades,
            floods::endless_floods_leave_others_nine_tenths_of_their_trades,
            floods::trades_reach_their_day_though_a_flood_goes_on_at_its_cut_off,
            floods::garbage_at_the_rpc_ports_holds_nobody_up,
            clocks::a_day_completes_while_the_banks_clock_is_ahead,
            clocks::a_node_whose_clock_is_behind_stands_still_alone_and_catches_up_set_right,
            parted::a_day_completes_over_a_slow_link,
            validators::days_complete_while_validators_come_go_and_are_lost,
            upgrade::a_network_is_upgraded_amid_an_import_and_a_day,
        ]);
    }
    scenarios.extend((seed..seed + days).map(day_with_kills));
    let at_once = if all { AT_ONCE } else { scenarios.len() };
    run(
        options,
        scenarios,
        KilledDays::default(),
        at_once,
        KilledDays::close,
    )
    .await
}

fn refuse(reason: &impl std::fmt::Display) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::FAILURE
}
