//! The workspace's dependencies: each version is stated once, in the root's `Cargo.toml`, and used;
//! and each member takes the workspace's lints.

use super::Rule;
use crate::tree::{File, Finding, Tree};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// This rule.
pub const RULE: Rule = Rule {
    name: "dependencies",
    says: "Versions are stated once, in [workspace.dependencies], and used; members take its lints",
    find,
};

/// The file that names the members.
const ROOT: &str = "Cargo.toml";

/// The tables of a member's dependencies.
const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn find(tree: &Tree) -> Vec<Finding> {
    let manifest = |path: &str| tree.get(path).and_then(|file| Some((file, read(file)?)));
    let Some((root, workspace)) = manifest(ROOT) else {
        let remedy = "write it, with the members in [workspace]";
        return vec![Finding::new(ROOT, 1, "there is no workspace", remedy)];
    };
    let workspace = workspace.get("workspace");
    let members = workspace.and_then(|of| of.get("members")?.as_array());
    let stated: Vec<&String> = workspace
        .and_then(|of| of.get("dependencies")?.as_table())
        .map_or_else(Vec::new, |table| table.keys().collect());
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for member in members.into_iter().flatten().filter_map(Value::as_str) {
        if let Some((file, manifest)) = manifest(&format!("{member}/{ROOT}")) {
            findings.extend(in_member(file, &manifest, &stated, &mut used));
        } else {
            let wrong = format!("the member {member} has no {ROOT} that can be read");
            let line = line_of(root, &format!("\"{member}\""));
            findings.push(root.finding(line, wrong, "add it, or remove the member"));
        }
    }
    for name in stated.into_iter().filter(|name| !used.contains(*name)) {
        let remedy = "remove it from [workspace.dependencies]";
        findings.push(root.finding(
            line_of(root, name),
            format!("no member uses {name}"),
            remedy,
        ));
    }
    findings
}

/// What is wrong with a member's manifest. Adds what it uses of the stated dependencies.
fn in_member(
    file: &File,
    manifest: &Table,
    stated: &[&String],
    used: &mut BTreeSet<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lints = manifest
        .get("lints")
        .and_then(|lints| lints.get("workspace"));
    if lints != Some(&Value::Boolean(true)) {
        findings.push(file.finding(
            1,
            "the member does not take the workspace's lints",
            "add `workspace = true` under [lints]",
        ));
    }
    for (name, dependency) in dependencies(manifest) {
        if dependency.get("workspace").is_some() {
            used.insert(name.clone());
        } else if dependency.is_str() || dependency.get("version").is_some() {
            let remedy = if stated.contains(&name) {
                format!("write {name}.workspace = true")
            } else {
                format!("state it in the root's {ROOT}, and write {name}.workspace = true")
            };
            let wrong = format!("the member states a version of {name} of its own");
            findings.push(file.finding(line_of(file, name), wrong, remedy));
        }
    }
    findings
}

fn read(file: &File) -> Option<Table> {
    file.text.parse().ok()
}

/// The entries of a table within a table; none if there is no such table.
fn tables<'a>(of: &'a Table, name: &str) -> Vec<(&'a String, &'a Value)> {
    let table = of.get(name).and_then(Value::as_table);
    table.into_iter().flatten().collect()
}

/// All dependencies of a member, those of single platforms too.
fn dependencies(manifest: &Table) -> Vec<(&String, &Value)> {
    let platforms = tables(manifest, "target")
        .into_iter()
        .filter_map(|(_, platform)| platform.as_table());
    std::iter::once(manifest)
        .chain(platforms)
        .flat_map(|of| KINDS.into_iter().flat_map(move |kind| tables(of, kind)))
        .collect()
}

/// The first line that begins with a text, blanks aside.
fn line_of(file: &File, text: &str) -> usize {
    file.lines()
        .find(|(_, line)| {
            let rest = line.trim_start().strip_prefix(text);
            rest.is_some_and(|rest| {
                !rest.starts_with(|c: char| c.is_alphanumeric() || "-_".contains(c))
            })
        })
        .map_or(1, |(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    const WORKSPACE: &str = "\
[workspace]
members = [\"a\"]

[workspace.dependencies]
hex-conservative = \"1\"
hex = { version = \"0.4\" }
";

    fn with(member: &str) -> Vec<String> {
        let files = [("Cargo.toml", WORKSPACE), ("a/Cargo.toml", member)];
        printed(find(&Tree::of(&files)))
    }

    #[test]
    fn dependencies_of_the_workspace_pass() {
        let member = "[lints]\nworkspace = true\n\
            [dependencies]\nhex.workspace = true\nb = { path = \"../b\" }\n\
            [target.'cfg(unix)'.dev-dependencies]\nhex-conservative = { workspace = true }\n";
        assert_eq!(with(member), [""; 0]);
    }

    #[test]
    fn a_version_of_a_members_own_is_found() {
        let member = "[lints]\nworkspace = true\n\
            [dependencies]\nhex = \"0.4\"\nhex-conservative.workspace = true\n\
            [build-dependencies]\ncc = { version = \"1\" }\n";
        assert_eq!(
            with(member),
            [
                "a/Cargo.toml:4: the member states a version of hex of its own: \
                 write hex.workspace = true",
                "a/Cargo.toml:7: the member states a version of cc of its own: \
                 state it in the root's Cargo.toml, and write cc.workspace = true",
                "Cargo.toml:6: no member uses hex: remove it from [workspace.dependencies]",
            ]
        );
    }

    #[test]
    fn a_member_without_the_lints_is_found() {
        let member = "[dependencies]\nhex.workspace = true\nhex-conservative.workspace = true\n";
        assert_eq!(
            with(member),
            [
                "a/Cargo.toml:1: the member does not take the workspace's lints: \
              add `workspace = true` under [lints]"
            ]
        );
    }

    #[test]
    fn a_member_that_is_not_there_is_found() {
        let found = printed(find(&Tree::of(&[("Cargo.toml", WORKSPACE)])));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("the member a has no Cargo.toml"));
    }
}
