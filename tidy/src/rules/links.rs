//! Links between documents: the file is there, and so is the heading.

use super::Rule;
use crate::{
    markdown,
    tree::{File, Finding, Tree},
};
use regex::Regex;

/// This rule.
pub const RULE: Rule = Rule {
    name: "links",
    says: "Links in Markdown lead to files and headings that there are",
    find,
};

fn find(tree: &Tree) -> Vec<Finding> {
    let code = Regex::new(r"`[^`]*`").unwrap();
    let link = Regex::new(r"\]\(<?([^)\s>]+)|^\[[^\]]+\]:\s*<?([^\s>]+)").unwrap();
    let mut findings = Vec::new();
    for file in tree.markdown() {
        for line in markdown::lines(file.lines()) {
            let text = code.replace_all(line.text, "");
            for found in link.captures_iter(&text) {
                let target = found.get(1).or(found.get(2)).map_or("", |to| to.as_str());
                let broken = broken(tree, file, target);
                findings
                    .extend(broken.map(|(wrong, remedy)| file.finding(line.number, wrong, remedy)));
            }
        }
    }
    findings
}

/// What is wrong with a link in a file, and what helps.
fn broken(tree: &Tree, file: &File, target: &str) -> Option<(String, &'static str)> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    let to = match path {
        "" => file.path.clone(),
        path => resolve(file.folder(), path),
    };
    let Some(linked) = tree.get(&to) else {
        let is_folder = tree.under(&format!("{to}/")).next().is_some();
        return (!is_folder).then(|| {
            let wrong = format!("the link leads to {to}, which is not there");
            (wrong, "link to where it is")
        });
    };
    let anchor = anchor?;
    (!markdown::anchors(linked)
        .iter()
        .any(|there| there == anchor))
    .then(|| {
        let wrong = format!("{to} has no heading for #{anchor}");
        (wrong, "link to a heading that it has")
    })
}

/// A path from a folder, from the root of the repository.
fn resolve(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    fn links(text: &str) -> Vec<String> {
        printed(find(&Tree::of(&[
            ("docs/a.md", text),
            ("docs/b.md", "# One day's end\n"),
            ("src/c.rs", ""),
        ])))
    }

    #[test]
    fn links_to_what_is_there_pass() {
        let text = "[b](b.md) [end](b.md#one-days-end) [c](../src/c.rs) [src](../src) [up](#top)\n\
            # Top\n[web](https://example.org/#x) `[code](no.md)`\n[r]: ../docs/b.md\n";
        assert_eq!(links(text), [""; 0]);
    }

    #[test]
    fn a_link_to_a_missing_file_is_found() {
        let wrong = "the link leads to docs/d.md, which is not there: link to where it is";
        assert_eq!(links("\n[d](d.md)"), [format!("docs/a.md:2: {wrong}")]);
        assert_eq!(links("[d]: d.md#e"), [format!("docs/a.md:1: {wrong}")]);
    }

    #[test]
    fn a_link_to_a_missing_heading_is_found() {
        assert_eq!(
            links("[b](b.md#one-day)"),
            ["docs/a.md:1: docs/b.md has no heading for #one-day: link to a heading that it has"]
        );
    }
}
