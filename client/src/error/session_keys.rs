//! Why a node makes no session keys.

/// Why a node that answers made no session keys. [`Self::remedy`] says what helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionKeysRefusal {
    /// The node answers no unsafe methods over this connection.
    #[error("the node makes no session keys: it answers no unsafe methods over this connection")]
    Denied,
    /// The node has no such method.
    #[error("the node makes no session keys: it has no method {method}")]
    UnknownMethod {
        /// The method's name.
        method: String,
    },
    /// The node tried, and failed.
    #[error("the node makes no session keys: {said}")]
    Failed {
        /// The node's words.
        said: String,
    },
}

impl SessionKeysRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Denied => {
                "Connect to your own validator, at an address where it answers unsafe methods: \
                 \"What must be reachable\" in docs/network.md."
            }
            Self::UnknownMethod { .. } => {
                "Connect to a node of Counterfoil; where it is one, upgrade it to this release."
            }
            Self::Failed { .. } => {
                "See the node's log, and that the node may write to its keystore; then do the same again."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_to_make_keys_has_a_remedy_of_its_own() {
        let method = "author_rotateKeysWithOwner".to_owned();
        let said = "The key store is unavailable".to_owned();
        for (refusal, helps) in [
            (SessionKeysRefusal::Denied, "unsafe methods"),
            (SessionKeysRefusal::UnknownMethod { method }, "upgrade it"),
            (SessionKeysRefusal::Failed { said }, "keystore"),
        ] {
            assert!(refusal.remedy().contains(helps), "{refusal}");
        }
    }
}
