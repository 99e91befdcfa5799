//! What a check found, and what helps.

use serde::Serialize;

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All is in order.
    Ok,
    /// Somebody has to look at it, or it cannot be told from here.
    Warning,
    /// It does not work.
    Fault,
}

impl State {
    /// The state's name in tables and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check's name.
    pub check: &'static str,
    /// How it came out.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What helps; `None` where nothing needs help.
    pub remedy: Option<String>,
}

impl Finding {
    /// All is in order.
    pub fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            found: found.into(),
            remedy: None,
        }
    }

    /// Somebody has to look at it.
    pub fn warning(
        check: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Warning,
            remedy: Some(remedy.into()),
            ..Self::ok(check, found)
        }
    }

    /// It does not work.
    pub fn fault(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            state: State::Fault,
            ..Self::warning(check, found, remedy)
        }
    }
}

/// The findings of a check that names what waits: an item each, or that nothing does.
pub(super) fn each_or_nothing(
    check: &'static str,
    waiting: Vec<Finding>,
    nothing: &str,
) -> Vec<Finding> {
    if waiting.is_empty() {
        return vec![Finding::ok(check, nothing)];
    }
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_in_order_has_no_remedy_and_any_other_has_one() {
        assert_eq!(Finding::ok("peers", "2 peers").remedy, None);
        let warning = Finding::warning("peers", "none", "name one");
        let fault = Finding::fault("peers", "none", "name one");
        assert_eq!((warning.state, fault.state), (State::Warning, State::Fault));
        assert!(warning.remedy.is_some() && fault.remedy.is_some());
    }

    #[test]
    fn programs_read_the_four_fields() {
        let fault = Finding::fault("peers", "none", "name one");
        let json = serde_json::to_value(fault).unwrap();
        let expected = serde_json::json!({
            "check": "peers", "state": "fault", "found": "none", "remedy": "name one",
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn tables_name_a_state_as_json_does() {
        for state in [State::Ok, State::Warning, State::Fault] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }

    #[test]
    fn where_nothing_waits_a_check_says_so() {
        let quiet = each_or_nothing("days", vec![], "no day waits");
        assert_eq!(quiet, [Finding::ok("days", "no day waits")]);
        let item = Finding::warning("days", "one waits", "import");
        assert_eq!(
            each_or_nothing("days", vec![item.clone()], "no day waits"),
            [item]
        );
    }
}
