//! A document that shows commands and what they print: its blocks, and whether an output is as shown.
//!
//! A block `sh` has commands. A block `text` has what the block `sh` before it prints; without one it prints
//! nothing. `…` stands for what differs between runs: within a line for any text, and as a line by itself for
//! any lines.

/// What stands for what differs between runs.
const VARIES: &str = "…";
/// What begins and ends a block.
const FENCE: &str = "```";

/// Commands of a document, and what they print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The line of the document on which the commands begin, from 1.
    pub line: usize,
    /// The commands.
    pub commands: String,
    /// What they print, as the document shows it.
    pub shown: String,
}

/// The steps of a document, in its order.
pub fn steps(document: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = (1..).zip(document.lines());
    while let Some((number, line)) = lines.next() {
        let Some(language) = line.strip_prefix(FENCE) else {
            continue;
        };
        let block: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != FENCE)
            .collect();
        match (language, steps.last_mut()) {
            ("sh", _) => steps.push(Step {
                line: number + 1,
                commands: block.join("\n"),
                shown: String::new(),
            }),
            ("text", Some(step)) => step.shown = block.join("\n"),
            _ => {}
        }
    }
    steps
}

/// Whether what was printed is what a document shows.
pub fn is_as_shown(shown: &str, printed: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.trim_end().lines();
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    are_as_shown(&lines(shown), &lines(printed))
}

fn are_as_shown(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == VARIES => {
            (0..=printed.len()).any(|skipped| are_as_shown(rest, &printed[skipped..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, others)| fits(first, line) && are_as_shown(rest, others)),
    }
}

/// Whether a line is as shown.
fn fits(shown: &str, line: &str) -> bool {
    let Some((start, rest)) = shown.split_once(VARIES) else {
        return shown == line;
    };
    let Some(line) = line.strip_prefix(start) else {
        return false;
    };
    let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    ends.any(|at| fits(rest, &line[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_text_is_what_the_commands_before_it_print() {
        let document =
            "# Title\n```sh\na\nb\n```\nProse.\n```text\nc\n```\n```toml\nd\n```\n```sh\ne\n```\n";
        let step = |line, commands: &str, shown: &str| Step {
            line,
            commands: commands.into(),
            shown: shown.into(),
        };
        assert_eq!(steps(document), [step(3, "a\nb", "c"), step(14, "e", "")]);
    }

    #[test]
    fn what_is_printed_otherwise_is_not_as_shown() {
        assert!(is_as_shown("a\nb", "a\nb\n"));
        assert!(!is_as_shown("a\nb", "a\nc"));
        assert!(!is_as_shown("a\nb", "a"));
        assert!(!is_as_shown("a", "a\nb"));
        assert!(!is_as_shown("", "a"));
    }

    #[test]
    fn a_part_of_a_line_varies_where_the_document_says_so() {
        assert!(is_as_shown("day  …, open", "day  2026-11-28, open"));
        assert!(is_as_shown("┌…", "┌──┐"));
        assert!(is_as_shown("a…b…c", "a1bb2c"));
        assert!(!is_as_shown("day  …, open", "day  2026-11-28, sealed"));
        assert!(!is_as_shown("a…b", "ab1"));
    }

    #[test]
    fn whole_lines_vary_where_the_document_has_a_line_for_them() {
        assert!(is_as_shown("a\n…\nd", "a\nb\nc\nd"));
        assert!(is_as_shown("a\n…\nd", "a\nd"));
        assert!(!is_as_shown("a\n…\nd", "a\nb"));
        assert!(!is_as_shown("a…\nd", "a\nb\nd"));
    }
}
