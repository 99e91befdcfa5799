//! What a file says to people: Markdown, and comments.

use crate::{markdown, tree::File};
use regex::{Captures, Regex};

/// A paragraph, a heading, an item of a list or a row of a table.
pub struct Paragraph {
    /// The line that it begins on.
    pub line: usize,
    /// Its words as written, with an end of line between the lines.
    pub text: String,
}

impl Paragraph {
    /// The line of a place in the text, in bytes.
    pub fn line_of(&self, place: usize) -> usize {
        self.line + self.text[..place].matches('\n').count()
    }
}

/// The paragraphs of Markdown, and of comments in Rust, TOML and scripts, as written.
pub fn written(file: &File) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    // The line on which the last paragraph would go on.
    let mut next = 0;
    for line in markdown::lines(commented(file)) {
        if line.text.is_empty() {
            continue;
        }
        let words = line.text.trim_start_matches(['#', '|', '-', '*', '>', ' ']);
        match paragraphs.last_mut() {
            Some(last) if next == line.number && words == line.text => {
                last.text.push('\n');
                last.text.push_str(words);
            }
            _ => paragraphs.push(Paragraph {
                line: line.number,
                text: words.to_owned(),
            }),
        }
        let closes = line.text.starts_with(['#', '|']);
        next = if closes { 0 } else { line.number + 1 };
    }
    paragraphs
}

/// The paragraphs with code and addresses struck out: each of their letters is `·`.
pub fn paragraphs(file: &File) -> Vec<Paragraph> {
    let code = Regex::new(r"`[^`]*`|\]\([^)]*\)|https?://\S+").unwrap();
    let mut paragraphs = written(file);
    for paragraph in &mut paragraphs {
        paragraph.text = code.replace_all(&paragraph.text, struck).into_owned();
    }
    paragraphs
}

/// As many marks as the match has letters, with its ends of lines.
fn struck(found: &Captures) -> String {
    let mark = |c| if c == '\n' { c } else { '·' };
    found[0].chars().map(mark).collect()
}

/// The numbered lines that are for people.
fn commented(file: &File) -> Vec<(usize, &str)> {
    if let Some(rust) = &file.rust {
        let lines = rust.comments.iter();
        lines.map(|line| (line.line, line.text.as_str())).collect()
    } else if file.is_markdown() {
        file.lines().collect()
    } else if file.path.ends_with(".toml") || file.path.starts_with("scripts/") {
        file.lines()
            .filter_map(|(line, text)| Some((line, text.trim_start().strip_prefix('#')?)))
            .collect()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Tree;

    fn of(path: &str, text: &str) -> Vec<(usize, String)> {
        let tree = Tree::of(&[(path, text)]);
        paragraphs(tree.get(path).unwrap())
            .into_iter()
            .map(|paragraph| (paragraph.line, paragraph.text))
            .collect()
    }

    #[test]
    fn a_paragraph_goes_over_lines_and_ends_at_an_item_or_a_blank_line() {
        let paragraphs = of("a.md", "# Day\nOne\ntwo.\n- three\n\nFour.\n");
        let expected = [(1, "Day"), (2, "One\ntwo."), (4, "three"), (6, "Four.")];
        assert_eq!(
            paragraphs,
            expected.map(|(line, text)| (line, text.to_owned()))
        );
    }

    #[test]
    fn code_is_struck_out() {
        let text = "Say `a` and\n[this](there).\n```\nno prose\n```\n";
        assert_eq!(
            of("a.md", text),
            [(1, "Say ··· and\n[this········.".to_owned())]
        );
    }

    #[test]
    fn comments_of_rust_and_scripts_are_prose() {
        let paragraphs = of(
            "a.rs",
            "/// One\n/// two.\n///\n/// Three.\nfn four() {} // Five.\n",
        );
        let expected = [(1, "One\ntwo."), (4, "Three.\nFive.")];
        assert_eq!(
            paragraphs,
            expected.map(|(line, text)| (line, text.to_owned()))
        );
        assert_eq!(of("scripts/a", "# One.\ntwo\n"), [(1, "One.".to_owned())]);
    }
}
