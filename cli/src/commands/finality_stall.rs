//! The note to whoever waits for finality while no block becomes final.

use counterfoil_client::doctor::blocks::LAG;

/// What whoever waits for finality should know where the newest final block is far behind the best.
pub(super) fn stall_note(finalized: u64, best: u64) -> Option<String> {
    (best.saturating_sub(finalized) > LAG).then(|| {
        format!(
            "note: the newest final block is {finalized}, the best {best}. If no block becomes final, \
             --best works on the best blocks, which other blocks may still replace."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stall_of_finality_is_noted_with_what_helps() {
        assert_eq!(stall_note(100, 140), None);
        assert_eq!(stall_note(140, 100), None);
        let note = stall_note(100, 141).unwrap();
        assert!(note.contains("newest final block is 100"), "{note}");
        assert!(note.contains("--best"), "{note}");
    }
}
