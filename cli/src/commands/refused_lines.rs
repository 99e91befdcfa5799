//! Refused lines of a file, for programs and for people.

use counterfoil_client::mapping::{LineError, Refused};
use serde_json::{json, Value as Json};
use std::path::Path;

/// Refused lines that are shown; the file has all.
const SHOWN: usize = 20;

/// A refused line for programs.
pub(crate) fn refusal_json(error: &LineError) -> Json {
    json!({
        "line": error.line,
        "column": error.column,
        "problem": error.problem,
        "remedy": error.remedy,
    })
}

/// The first refused lines for people, and the file that has all of them.
pub(crate) fn refusals_text(refused: &[Refused], file: Option<&Path>) -> String {
    let mut text = String::new();
    for refused in refused.iter().take(SHOWN) {
        text += &format!("\n  {}", refused.error);
    }
    if refused.len() > SHOWN {
        text += &format!("\n  and {} more", refused.len() - SHOWN);
    }
    if let Some(file) = file {
        text += &format!(
            "\nrefused lines are in {}; correct them and import that file",
            file.display()
        );
    }
    text
}
