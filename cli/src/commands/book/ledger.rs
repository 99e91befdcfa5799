//! `book check`: a party's ledger beside the chain.

use super::side_or_own;
use crate::{
    chain::{books::side_name, read::At, views::Agreement},
    commands::{
        refused::check_apart,
        trade_import::{notes_text, refusal_json, refusals_text},
        Context, Place, SideName,
    },
    ledger::{compare, Comparison},
    mapping::{self, LedgerMapping, LedgerReading, Refused, Sheet},
    money::Money,
    output::{
        booked_on, cause_and_day, cause_text, entry_json, list, minor, place_json, reference_text,
        table, user_text, with, Rendered,
    },
};
use anyhow::{Context as _, Result};
use clap::Args;
use counterfoil_primitives::{summary::DayStatus, Entry, Side};
use serde_json::{json, Value as Json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Differences that are shown; JSON has all.
const SHOWN: usize = 40;

#[derive(Debug, Args)]
pub(crate) struct Ledger {
    #[command(flatten)]
    pub(super) place: Place,
    /// The side; one's own unless named.
    #[arg(long, value_enum)]
    side: Option<SideName>,
    /// The CSV file.
    #[arg(long)]
    file: PathBuf,
    /// The mapping file that names the columns.
    #[arg(long)]
    mapping: PathBuf,
    /// Where refused lines go, to be looked at. They are corrected in the ledger itself.
    #[arg(long)]
    pub(super) refused: Option<PathBuf>,
}

/// A ledger as its files have it, and whose it is.
pub(super) struct Opened {
    mapping: LedgerMapping,
    sheet: Sheet,
    at: At,
    pub(super) deal: Agreement,
    pub(super) side: Side,
}

/// A ledger, read and compared.
pub(super) struct Checked {
    deal: Agreement,
    pub(super) side: Side,
    pub(super) reading: LedgerReading,
    comparison: Comparison,
    pub(super) trades: usize,
    is_open: bool,
}

impl Ledger {
    /// Reads the files, and finds out whose book they are for.
    pub(super) async fn open(&self, context: &Context) -> Result<Opened> {
        self.check_refused(context)?;
        let mapping: LedgerMapping = mapping::load(&self.mapping)?;
        let sheet = Sheet::load(&self.file, &mapping)?;
        let at = context.chain().await?.finalised().await?;
        let deal = at.agreement(self.place.agreement).await?;
        let side = side_or_own(context, &at, &deal, self.side).await?;
        Ok(Opened {
            mapping,
            sheet,
            at,
            deal,
            side,
        })
    }

    /// The refused lines must not go to a file that the command line names for something else.
    fn check_refused(&self, context: &Context) -> Result<()> {
        let Some(refused) = &self.refused else {
            return Ok(());
        };
        let mut named = vec![self.file.as_path(), &self.mapping];
        named.extend(context.global.key_file.as_deref());
        check_apart(refused, &named)
    }

    /// Reads the lines, and compares them with the chain.
    pub(super) async fn compare(&self, opened: Opened) -> Result<Checked> {
        let Place { agreement, day } = self.place;
        let Opened {
            mapping,
            sheet,
            at,
            deal,
            side,
        } = opened;
        let reading = mapping.read(&sheet, deal.money, &|day| deal.offset_minutes(day))?;
        if let Some(path) = &self.refused {
            keep_refused(&sheet, path, &reading.refused)?;
        }
        let summary = at.day(agreement, day).await?;
        let comparison = compare(&at, &deal, day, side, &reading.lines).await?;
        Ok(Checked {
            deal,
            side,
            reading,
            trades: comparison.book.slots.len(),
            comparison,
            is_open: summary.status == DayStatus::Open,
        })
    }

    pub(super) async fn check(&self, context: &Context) -> Result<Rendered> {
        let opened = self.open(context).await?;
        let checked = self.compare(opened).await?;
        Ok(Rendered {
            json: self.to_json(&checked),
            text: self.to_text(&checked),
            partial: !checked.reading.refused.is_empty(),
            differs: !checked.comparison.differences.is_empty(),
        })
    }

    pub(super) fn to_json(&self, checked: &Checked) -> Json {
        let Place { agreement, day } = self.place;
        let comparison = &checked.comparison;
        let differences = comparison.differences.iter().map(|difference| {
            json!({
                "position": difference.position,
                "cause": cause_text(difference.cause),
                "found": difference.found.as_ref().map(entry_json),
                "right": difference.right.as_ref().map(entry_json),
                "booked_on": booked_on(difference.witness.as_ref()),
            })
        });
        with(
            place_json(agreement, day, Some(checked.side)),
            json!({
                "lines": checked.reading.lines.len(),
                "refused": checked.reading.refused.len(),
                "refusals": checked.reading.refused.iter().map(|r| refusal_json(&r.error)).collect::<Vec<_>>(),
                "notes": checked.reading.notes,
                "trades": checked.trades,
                "matched": comparison.matched,
                "total": minor(comparison.total),
                "differences_by_cause": by_cause(comparison),
                "differences": differences.collect::<Vec<_>>(),
                "sealed": !checked.is_open,
            }),
        )
    }

    pub(super) fn to_text(&self, checked: &Checked) -> String {
        let comparison = &checked.comparison;
        let money = &checked.deal.money;
        let mut text = list([
            ("side", side_name(checked.side).into()),
            (
                "lines of the ledger",
                checked.reading.lines.len().to_string(),
            ),
            ("refused lines", checked.reading.refused.len().to_string()),
            ("trades on chain", checked.trades.to_string()),
            ("agree", comparison.matched.to_string()),
            ("differ", comparison.differences.len().to_string()),
            ("ledger's total", money.show(comparison.total)),
        ]);
        if checked.is_open {
            text += "\nthe day still takes trades: compare again after its cut-off";
        }
        if !comparison.differences.is_empty() {
            text += &format!("\n{}", differences_text(comparison, money));
        }
        text += &notes_text(&checked.reading.notes);
        text + &refused_text(&checked.reading.refused, self.refused.as_deref())
    }
}

/// Writes refused lines to a file. Where there are none, an old file would look like this ledger's.
fn keep_refused(sheet: &Sheet, path: &Path, refused: &[Refused]) -> Result<()> {
    if !refused.is_empty() {
        return sheet.write_refused(path, refused);
    }
    if path.is_file() {
        fs::remove_file(path)
            .with_context(|| format!("cannot remove the old {}", path.display()))?;
    }
    Ok(())
}

/// Refused lines for people, where all are, and what to do. By themselves they are no ledger.
pub(super) fn refused_text(refused: &[Refused], file: Option<&Path>) -> String {
    if refused.is_empty() {
        return String::new();
    }
    let shown = refusals_text(refused, None);
    let all = file.map_or_else(String::new, |file| {
        format!("\nall refused lines are in {}", file.display())
    });
    format!("{shown}{all}\ncorrect them in the ledger itself, and give the whole ledger again")
}

/// A user for people: both, where the ledger has another than the chain.
fn users_text(found: Option<&Entry>, right: Option<&Entry>) -> String {
    match (found, right) {
        (Some(found), Some(right)) if found.user != right.user => format!(
            "{} (on chain {})",
            user_text(&found.user),
            user_text(&right.user)
        ),
        _ => right
            .or(found)
            .map_or_else(String::new, |entry| user_text(&entry.user)),
    }
}

fn by_cause(comparison: &Comparison) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for difference in &comparison.differences {
        *counts.entry(cause_text(difference.cause)).or_default() += 1;
    }
    counts
}

fn differences_text(comparison: &Comparison, money: &Money) -> String {
    let rows = comparison.differences.iter().take(SHOWN).map(|difference| {
        let either = difference.right.or(difference.found).unwrap_or_default();
        let amount =
            |entry: Option<Entry>| entry.map_or("-".into(), |entry| money.show(entry.amount));
        vec![
            difference
                .position
                .map_or("none".into(), |position| position.to_string()),
            cause_and_day(difference.cause, difference.witness.as_ref()),
            reference_text(&either.reference),
            users_text(difference.found.as_ref(), difference.right.as_ref()),
            amount(difference.found),
            amount(difference.right),
        ]
    });
    let header = [
        "position",
        "cause",
        "reference",
        "user",
        "in the ledger",
        "on chain",
    ];
    let mut text = table(&header, rows);
    let more = comparison.differences.len().saturating_sub(SHOWN);
    if more > 0 {
        text += &format!("\nand {more} more; --output json shows all");
    }
    let counts: Vec<String> = by_cause(comparison)
        .iter()
        .map(|(cause, count)| format!("{count} {cause}"))
        .collect();
    format!("{text}\n{}", counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Cli;
    use clap::Parser;
    use counterfoil_primitives::UserId;

    const MAPPING: &str = r#"
reference = "reference"
user = "user"
time = { column = "time", format = "%s" }
amount = { column = "amount" }
product = { id = 1 }
"#;

    /// A ledger of which the second line has no user, and what it holds.
    fn ledger() -> (Sheet, LedgerReading) {
        let mapping: LedgerMapping = toml::from_str(MAPPING).unwrap();
        let text = "reference,user,time,amount\n\
                    6b29fc40-ca47-1067-b31d-00dd010662da,C-1,60,1.00\n\
                    c56a4180-65aa-42ec-a945-5fd21dec0538,,60,2.00\n";
        let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
        let money = Money::of("CZK").unwrap();
        let reading = mapping.read(&sheet, money, &|_| 0).unwrap();
        (sheet, reading)
    }

    #[test]
    fn refused_lines_are_written_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("refused.csv");
        let (sheet, reading) = ledger();
        keep_refused(&sheet, &file, &reading.refused).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
        let said = refused_text(&reading.refused, Some(&file));
        assert!(said.contains("line 3, user: is empty"), "{said}");
        assert!(said.contains("refused.csv"), "{said}");
        assert!(said.contains("give the whole ledger again"), "{said}");
    }

    #[test]
    fn a_file_of_refused_lines_is_no_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("refused.csv");
        let (sheet, reading) = ledger();
        keep_refused(&sheet, &file, &reading.refused).unwrap();
        let corrected = fs::read_to_string(&file)
            .unwrap()
            .replace(",,60", ",C-2,60");
        let mapping: LedgerMapping = toml::from_str(MAPPING).unwrap();
        let sheet = Sheet::parse(corrected.as_bytes(), &mapping).unwrap();
        let money = Money::of("CZK").unwrap();
        let error = mapping.read(&sheet, money, &|_| 0).unwrap_err().to_string();
        assert!(error.contains("not the whole ledger"), "{error}");
    }

    #[test]
    fn without_refused_lines_nothing_is_said_of_their_file_and_none_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("refused.csv");
        fs::write(&file, "of an earlier check").unwrap();
        let (sheet, _) = ledger();
        keep_refused(&sheet, &file, &[]).unwrap();
        assert!(!file.exists());
        keep_refused(&sheet, &file, &[]).unwrap();
        assert_eq!(refused_text(&[], Some(&file)), "");
    }

    fn entry(user: &str) -> Entry {
        Entry {
            user: UserId::from_text(user).unwrap(),
            ..Entry::default()
        }
    }

    #[test]
    fn users_that_differ_are_both_shown() {
        let (ours, theirs) = (entry("Dvoøák"), entry("Dvořák"));
        assert_eq!(
            users_text(Some(&ours), Some(&theirs)),
            "Dvoøák (on chain Dvořák)"
        );
        assert_eq!(users_text(Some(&theirs), Some(&theirs)), "Dvořák");
        assert_eq!(users_text(Some(&ours), None), "Dvoøák");
        assert_eq!(users_text(None, Some(&theirs)), "Dvořák");
    }

    /// What a ledger's command says that sends its refused lines to `refused`. No node is there.
    fn refusing_to(command: &str, refused: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        fs::write(path("ledger.csv"), "reference\n").unwrap();
        fs::write(path("ledger.toml"), "").unwrap();
        let words = format!("counterfoil --url ws://127.0.0.1:9 book {command} --agreement 1");
        let named = [
            ("--day", "2026-11-23".to_owned()),
            ("--file", path("ledger.csv")),
            ("--mapping", path("ledger.toml")),
            ("--refused", path(refused)),
        ];
        let mut line: Vec<&str> = words.split(' ').collect();
        line.extend(
            named
                .iter()
                .flat_map(|(name, value)| [*name, value.as_str()]),
        );
        let cli = Cli::try_parse_from(line).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let error = runtime.block_on(cli.run()).unwrap_err();
        format!("{error:#}")
    }

    #[test]
    fn a_check_writes_no_refused_lines_over_its_ledger() {
        let error = refusing_to("check", "ledger.csv");
        assert!(error.contains("name another file"), "{error}");
    }

    #[test]
    fn an_import_writes_no_refused_lines_over_its_mapping() {
        let error = refusing_to("import", "ledger.toml");
        assert!(error.contains("name another file"), "{error}");
    }
}
