//! What an import says while it waits, and of other programs.

use counterfoil_client::import::Doubt;
use counterfoil_primitives::MemberId;
use std::path::Path;

/// Why an import waits, and for how many blocks still.
pub(super) fn waiting(doubt: Option<Doubt>, left: u64) -> String {
    let blocks = if left == 1 { "block is" } else { "blocks are" };
    match doubt {
        Some(Doubt::New) => format!(
            "the journal is new, but the client is not: waiting until {left} more {blocks} final, so that nothing sent before can still be recorded"
        ),
        Some(Doubt::Others { .. }) => format!(
            "another program has used sequences of this client: waiting until {left} more {blocks} final, so that nothing that it sent can still be recorded"
        ),
        None => format!("waiting until {left} more {blocks} final, so that nothing sent before can still be recorded"),
    }
}

/// What a dry run reports of the wait that an import would have.
pub(super) fn foreseen(doubt: Option<Doubt>, wait: u64) -> Option<String> {
    let blocks = match wait {
        0 => return None,
        1 => "a block is".to_owned(),
        blocks => format!("{blocks} more blocks are"),
    };
    let why = match doubt {
        Some(Doubt::New) => "the journal is new, but the client is not",
        Some(Doubt::Others { .. }) => "another program has used sequences of this client",
        None => "an earlier import could not rely on its journal",
    };
    Some(format!(
        "{why}: before it sends new payments, an import waits until {blocks} final, so that nothing sent before can still be recorded; \
         if nothing was sent in the last minutes, --trust-new-journal states that"
    ))
}

/// The note for a client whose journal is not new, if the chain has sequences that it never gave.
pub(super) fn others(doubt: Doubt, client: MemberId, journal: &Path) -> Option<String> {
    let Doubt::Others { given, highest } = doubt else {
        return None;
    };
    Some(format!(
        "another program has used sequences of client {client}: the chain has them up to {highest}, the journal {} gave them up to {given} (or the journal is an older copy of the client's journal). \
         What the journal does not have is looked up on chain. Let all programs of a client use one journal, one after the other; or have the council register a client for each program",
        journal.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHERS: Doubt = Doubt::Others {
        given: 40,
        highest: 57,
    };

    #[test]
    fn only_a_new_journal_is_called_new() {
        assert!(waiting(Some(Doubt::New), 2).contains("the journal is new"));
        assert!(waiting(Some(Doubt::New), 2).contains("until 2 more blocks are final"));
        for doubt in [Some(OTHERS), None] {
            let text = waiting(doubt, 1);
            assert!(
                !text.contains("is new") && text.contains("until 1 more block is final"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_wait_that_an_import_would_have_is_told_with_its_cause() {
        let new = foreseen(Some(Doubt::New), 136).unwrap();
        assert!(new.contains("the journal is new"), "{new}");
        assert!(new.contains("136 more blocks are final"), "{new}");
        let others = foreseen(Some(OTHERS), 136).unwrap();
        assert!(others.contains("another program"), "{others}");
        let noted = foreseen(None, 1).unwrap();
        assert!(noted.contains("an earlier import"), "{noted}");
        assert!(noted.contains("until a block is final"), "{noted}");
        assert_eq!(foreseen(Some(Doubt::New), 0), None);
    }

    #[test]
    fn sequences_that_another_program_used_are_told_with_what_to_do() {
        let note = others(OTHERS, 1, Path::new("till.journal")).unwrap();
        for part in [
            "client 1",
            "up to 57",
            "up to 40",
            "till.journal",
            "one journal",
        ] {
            assert!(note.contains(part), "{part}: {note}");
        }
        assert_eq!(others(Doubt::New, 1, Path::new("till.journal")), None);
    }
}
