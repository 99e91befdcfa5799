//! What is said while payments wait for room on the chain.

use counterfoil_client::import::HeldUp;

/// Why an import stands still, and what its user can do.
pub fn message(held_up: &HeldUp) -> String {
    match held_up {
        HeldUp::ByThePool { reason } => {
            format!("held up: {reason}. The import tries again by itself")
        }
        HeldUp::InThePool { blocks } => format!(
            "held up: the pool took the payments, and {blocks} blocks came without one of them. Blocks \
             are shared out among members, and calls of those that used less of the last blocks come \
             first. Nothing is lost: the payments go in as others leave room. If the blocks are empty, \
             see that the node of the import is connected to the validators"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_pool_is_told_with_its_reason() {
        let reason = "the pool is full".to_owned();
        let text = message(&HeldUp::ByThePool { reason });
        assert!(text.contains("held up: the pool is full."), "{text}");
    }

    #[test]
    fn a_wait_in_the_pool_is_told_with_its_blocks() {
        let text = message(&HeldUp::InThePool { blocks: 12 });
        assert!(text.contains("12 blocks"), "{text}");
        assert!(text.contains("Nothing is lost"), "{text}");
    }
}
