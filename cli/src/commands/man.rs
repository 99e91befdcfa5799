//! `man`: the manual pages of these commands, from the commands' own definition.

use super::{write, Cli};
use crate::output::Rendered;
use anyhow::{Context as _, Result};
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man as Page;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder that they are written to; it is made where it is missing.
    #[arg(long)]
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(self) -> Result<Rendered> {
        let folder = self.folder;
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let pages = pages()?;
        for (name, page) in &pages {
            write(&folder.join(name), page)?;
        }
        let text = format!("{} pages are in {}", pages.len(), folder.display());
        let names: Vec<String> = pages.into_iter().map(|(name, _)| name).collect();
        Ok(Rendered::new(json!({ "pages": names }), text))
    }
}

/// The pages of all commands, each with the name of its file.
fn pages() -> Result<Vec<(String, String)>> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages)?;
    Ok(pages)
}

/// Adds the page of a command, and those of the commands below it.
fn collect(command: &Command, pages: &mut Vec<(String, String)>) -> Result<()> {
    let page = Page::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)?;
    pages.push((page.get_filename(), String::from_utf8(text)?));
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        collect(below, pages)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// How many commands there are, with this one.
    fn count(command: &Command) -> usize {
        1 + command.get_subcommands().map(count).sum::<usize>()
    }

    /// What stands under a heading of a page.
    fn section<'a>(page: &'a str, heading: &str) -> &'a str {
        let (_, rest) = page
            .split_once(&format!(".SH {heading}\n"))
            .unwrap_or_default();
        rest.split(".SH ").next().unwrap_or_default()
    }

    #[test]
    fn each_command_has_a_page_of_its_own() {
        let pages = pages().unwrap();
        let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), count(&Cli::command()));
        for name in [
            "counterfoil.1",
            "counterfoil-doctor.1",
            "counterfoil-council-propose-upgrade.1",
        ] {
            assert!(names.contains(name), "{name}");
        }
    }

    #[test]
    fn each_page_says_what_its_command_does() {
        for (name, page) in pages().unwrap() {
            let described = section(&page, "DESCRIPTION");
            assert!(described.trim().len() > 10, "{name}: {described:?}");
        }
    }

    #[test]
    fn a_page_has_the_options_of_its_command() {
        let pages = pages().unwrap();
        let (_, page) = pages
            .iter()
            .find(|(name, _)| name == "counterfoil-day-list.1")
            .unwrap();
        assert!(section(page, "OPTIONS").contains("pending"), "{page}");
    }

    #[test]
    fn pages_are_written_to_a_folder_that_is_made_for_them() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("man1");
        let said = Man {
            folder: folder.clone(),
        }
        .run()
        .unwrap();
        let written = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(said.json["pages"].as_array().unwrap().len(), written);
        assert!(folder.join("counterfoil-trade-import.1").exists());
    }
}
