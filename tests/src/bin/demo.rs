//! Runs one whole day of Counterfoil on a network of four nodes. Started by `scripts/demo`.

use anyhow::Result;
use clap::Parser;
use counterfoil_tests::{
    demo::{
        check, day, numbers,
        screen::{money, Screen},
        setup::Setup,
        Options,
    },
    suite::interrupted,
};
use std::{process::ExitCode, time::Duration};

/// What a day takes at most on a machine of its own, from the start of the nodes.
const LIMIT: Duration = Duration::from_secs(6 * 60);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let options = Options::parse();
    let screen = Screen::new(options.output);
    let result = tokio::select! {
        result = run(&options, &screen) => result,
        () = interrupted() => Err(anyhow::anyhow!("interrupted")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ndemo failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options, screen: &Screen) -> Result<()> {
    let mut setup = Setup::start(screen, options.files()?, options.clean).await?;
    let played = play(&setup, screen, options.clean).await;
    if played.is_err() {
        setup.keep_files();
    }
    played
}

async fn play(setup: &Setup, screen: &Screen, clean: bool) -> Result<()> {
    let facts = day::play(setup, screen, clean).await?;
    screen.step("Checking the day against a computation of its own from the file");
    let findings = check::check(setup, &facts, clean);
    findings.verdict()?;
    screen.detail(format!("{} values agree", findings.compared));
    if screen.elapsed() > LIMIT {
        screen.detail(format!(
            "it took longer than {} minutes: the machine is busy or slow",
            LIMIT.as_secs() / 60
        ));
    }
    let numbers = numbers::of(&facts, setup.plan.preset_at());
    screen.last(
        &format!(
            "The day is settled: {} payments, {} refunds, {} paid, in {} s.",
            facts.summary.payments.count,
            facts.summary.refunds.count,
            money(facts.paid.iter().map(|paid| paid.amount).sum()),
            screen.elapsed().as_secs()
        ),
        &numbers,
    );
    Ok(())
}
