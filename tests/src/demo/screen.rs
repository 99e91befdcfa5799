//! Progress that a person can follow, and the last line.

use super::Format;
use comfy_table::{presets::UTF8_FULL_CONDENSED, Table};
use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Where the demo tells what it does: standard output, or standard error where standard output
/// is for a program.
#[derive(Clone, Debug)]
pub struct Screen {
    start: Instant,
    format: Format,
}

impl Screen {
    /// A screen whose clock starts now.
    pub fn new(format: Format) -> Self {
        Self {
            start: Instant::now(),
            format,
        }
    }

    /// How long the demo has run.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn line(&self, text: &str) {
        match self.format {
            Format::Text => println!("{text}"),
            Format::Json => eprintln!("{text}"),
        }
    }

    /// A step of the day, with the time since the start.
    pub fn step(&self, text: impl AsRef<str>) {
        let seconds = self.elapsed().as_secs();
        self.line(&format!(
            "\n[{:02}:{:02}] {}",
            seconds / 60,
            seconds % 60,
            text.as_ref()
        ));
    }

    /// A detail of a step.
    pub fn detail(&self, text: impl AsRef<str>) {
        self.line(&format!("        {}", text.as_ref()));
    }

    /// What a command printed.
    pub fn output(&self, text: &str) {
        for line in text.trim_end().lines() {
            self.detail(line);
        }
    }

    /// A table.
    pub fn table(&self, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let mut table = Table::new();
        table.load_preset(UTF8_FULL_CONDENSED).set_header(header);
        for row in rows {
            table.add_row(row);
        }
        self.output(&table.to_string());
    }

    /// Counts down until `left` is over, on one line of a terminal.
    pub async fn count_down(&self, what: &str, left: Duration) {
        let end = Instant::now() + left;
        if !std::io::stderr().is_terminal() {
            self.detail(format!("{what} in {} s", left.as_secs()));
            tokio::time::sleep(left).await;
            return;
        }
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            eprint!("\r        {what} in {:3} s ", left.as_secs());
            std::io::stderr().flush().ok();
            tokio::time::sleep(left.min(Duration::from_secs(1))).await;
        }
        eprint!("\r{:60}\r", "");
    }

    /// The last line on standard output.
    pub fn last(&self, text: &str, json: &serde_json::Value) {
        match self.format {
            Format::Text => println!("\n{text}"),
            Format::Json => {
                eprintln!("\n{text}");
                println!("{json}");
            }
        }
    }
}

/// What the company owes the bank, for people; below zero, the bank owes the company.
pub fn owes(owed: i128) -> String {
    let [debtor, creditor] = match owed < 0 {
        false => ["company", "bank"],
        true => ["bank", "company"],
    };
    format!(
        "the {debtor} owes the {creditor} {}",
        money(owed.unsigned_abs())
    )
}

/// An amount of minor units as people write it: `1234.56`.
pub fn money(amount: u128) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_owes_is_named_with_an_amount_without_a_sign() {
        assert_eq!(owes(1_234), "the company owes the bank 12.34");
        assert_eq!(owes(-1_234), "the bank owes the company 12.34");
        assert_eq!(owes(0), "the company owes the bank 0.00");
    }

    #[test]
    fn amounts_have_two_decimals() {
        assert_eq!(money(5), "0.05");
        assert_eq!(money(123_456), "1234.56");
        assert_eq!(money(123_456_789_012), "1234567890.12");
    }
}
