//! What an import says while it waits, and of other programs.

use crate::import::Doubt;
use counterfoil_primitives::MemberId;
use std::path::Path;

/// Why an import waits, and for how many blocks still.
pub(super) fn waiting(doubt: Option<Doubt>, left: u64) -> String {
    let blocks = if left == 1 { "block is" } else { "blocks are" };
    match doubt {
        Some(Doubt::New) => format!(
            "the journal is new and the client is not: waiting until {left} more {blocks} final, so that nothing sent before can land"
        ),
        Some(Doubt::Others { .. }) => format!(
            "another program has used sequences of this client: waiting until {left} more {blocks} final, so that nothing that it sent can land"
        ),
        None => format!("waiting until {left} more {blocks} final, so that nothing sent before can land"),
    }
}

/// What there is to say once sequences of a client were used that its journal, which is not new,
/// never gave.
pub(super) fn others(doubt: Doubt, client: MemberId, journal: &Path) -> Option<String> {
    let Doubt::Others { given, highest } = doubt else {
        return None;
    };
    Some(format!(
        "another program has used sequences of client {client}: the chain has them up to {highest}, the journal {} gave them up to {given} (or it is an older copy of the client's journal). \
         From now on this journal looks on chain for what it does not know. Let all programs of a client use one journal, one after the other; or have a client registered for each",
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
