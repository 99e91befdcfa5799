//! Runs scenarios side by side, and counts, in the words of the standard test harness.
//!
//! Scenarios wait for the clock most of the time, so that many of them run at once, whatever the
//! number of cores.

use anyhow::{anyhow, Result};
use futures::future::BoxFuture;
use std::{
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{signal::unix, sync::Semaphore, task::JoinSet};

/// The longest that a scenario may take.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// A scenario: a name that says what is expected, and what to do in a world.
pub struct Scenario<World> {
    /// What is expected.
    pub name: String,
    /// Does it.
    pub run: Run<World>,
}

/// Does a scenario in a world.
pub type Run<World> = Box<dyn FnOnce(Arc<World>) -> BoxFuture<'static, Result<()>> + Send>;

/// What the command line asks for, of what the standard harness understands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    filters: Vec<String>,
    skipped: Vec<String>,
    exact: bool,
    list: bool,
}

impl Options {
    /// Reads the command line; what has no meaning here is passed over.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Self {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--list" => options.list = true,
                "--exact" => options.exact = true,
                "--skip" => options.skipped.extend(arguments.next()),
                "--test-threads" | "--format" | "--color" | "-Z" => {
                    arguments.next();
                }
                other if other.starts_with('-') => {}
                filter => options.filters.push(filter.into()),
            }
        }
        options
    }

    fn takes(&self, name: &str) -> bool {
        let matches = |pattern: &String| match self.exact {
            true => name == pattern,
            false => name.contains(pattern.as_str()),
        };
        (self.filters.is_empty() || self.filters.iter().any(matches))
            && !self.skipped.iter().any(matches)
    }
}

/// Runs the scenarios that the options take, and reports. The world is told whether all passed
/// before it goes. `at_once` scenarios run side by side.
pub async fn run<World: Send + Sync + 'static>(
    options: Options,
    scenarios: Vec<Scenario<World>>,
    world: World,
    at_once: usize,
    at_end: impl FnOnce(World, bool),
) -> ExitCode {
    let all = scenarios.len();
    let chosen: Vec<_> = scenarios
        .into_iter()
        .filter(|scenario| options.takes(&scenario.name))
        .collect();
    if options.list {
        for scenario in &chosen {
            println!("{}: test", scenario.name);
        }
        return ExitCode::SUCCESS;
    }
    let start = Instant::now();
    println!("\nrunning {} tests", chosen.len());
    let (count, filtered) = (chosen.len(), all - chosen.len());
    let world = Arc::new(world);
    let mut failures = Vec::new();
    let finished = tokio::select! {
        () = run_all(chosen, &world, at_once, &mut failures) => true,
        () = interrupted() => false,
    };
    let passed = count - failures.len();
    let good = finished && failures.is_empty();
    if !failures.is_empty() {
        println!("\nfailures:");
        for (name, error) in &failures {
            println!("\n---- {name} ----\n{error:#}");
        }
    }
    if let Some(world) = Arc::into_inner(world) {
        at_end(world, good);
    }
    if !finished {
        println!("\ninterrupted");
        return ExitCode::FAILURE;
    }
    println!(
        "\ntest result: {}. {passed} passed; {} failed; 0 ignored; 0 measured; {filtered} filtered out; finished in {:.2}s\n",
        if good { "ok" } else { "FAILED" },
        failures.len(),
        start.elapsed().as_secs_f32(),
    );
    match good {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

async fn run_all<World: Send + Sync + 'static>(
    scenarios: Vec<Scenario<World>>,
    world: &Arc<World>,
    at_once: usize,
    failures: &mut Vec<(String, anyhow::Error)>,
) {
    let turns = Arc::new(Semaphore::new(at_once));
    let mut running = JoinSet::new();
    for scenario in scenarios {
        let (world, turns) = (world.clone(), turns.clone());
        running.spawn(async move {
            let _turn = turns.acquire().await.expect("nobody closes it");
            let start = Instant::now();
            let work = tokio::spawn((scenario.run)(world));
            let stop = work.abort_handle();
            let result = match tokio::time::timeout(LIMIT, work).await {
                Ok(Ok(result)) => result,
                Ok(Err(panic)) => Err(anyhow!("{panic}")),
                Err(_) => {
                    stop.abort();
                    Err(anyhow!("not done after {LIMIT:?}"))
                }
            };
            (scenario.name, result, start.elapsed())
        });
    }
    while let Some(done) = running.join_next().await {
        let Ok((name, result, time)) = done else {
            continue;
        };
        let word = if result.is_ok() { "ok" } else { "FAILED" };
        println!("test {name} ... {word} ({:.0} s)", time.as_secs_f32());
        if let Err(error) = result {
            failures.push((name, error));
        }
    }
}

/// Waits for somebody who wants this program to end: the nodes must not outlive it.
pub async fn interrupted() {
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = received(unix::SignalKind::terminate()) => {}
        () = received(unix::SignalKind::hangup()) => {}
    }
}

async fn received(kind: unix::SignalKind) {
    match unix::signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        // A signal that cannot be listened for never comes.
        Err(_) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Options {
        Options::read(line.split_whitespace().map(String::from))
    }

    #[test]
    fn without_a_filter_all_run() {
        assert!(read("--nocapture").takes("clean_day"));
    }

    #[test]
    fn a_filter_takes_what_contains_it() {
        assert!(read("clean").takes("clean_day"));
        assert!(!read("clean").takes("bank_stopped"));
        assert!(!read("clean --exact").takes("clean_day"));
    }

    #[test]
    fn what_is_skipped_does_not_run() {
        assert!(!read("--skip clean").takes("clean_day"));
        assert!(read("--test-threads 1 --skip clean").takes("bank_stopped"));
    }
}
