//! Chains whose runtime is not the one that this release was built for.

/// How the chain's runtime and this release do not fit each other. [`Self::remedy`] says what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// What this release signs could mean another call there.
    #[error(
        "the chain's runtime has transaction version {chain}, and this release signs for version {own}"
    )]
    Calls {
        /// The runtime's version.
        chain: u32,
        /// The version for which this release signs.
        own: u32,
    },
    /// What this release reads could be another answer there.
    #[error(
        "the chain's runtime has version {chain} of its API, and this release reads by version {own}"
    )]
    Api {
        /// The runtime's version.
        chain: u32,
        /// The version by which this release reads.
        own: u32,
    },
    /// The runtime has no API of Counterfoil.
    #[error(
        "the chain's runtime has no API of Counterfoil, of which this release reads by version {own}"
    )]
    NoApi {
        /// The version by which this release reads.
        own: u32,
    },
}

impl Unfit {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Calls { .. } | Self::Api { .. } => {
                "Install the release that fits the chain's runtime, and run this again with it; an import \
                 continues where it stopped."
            }
            Self::NoApi { .. } => "Name a node of Counterfoil.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_told_with_both_versions_and_the_remedy_is_the_release() {
        for (unfit, what) in [
            (Unfit::Calls { chain: 71, own: 5 }, "transaction version 71"),
            (Unfit::Api { chain: 71, own: 5 }, "version 71 of its API"),
        ] {
            let said = unfit.to_string();
            assert!(said.contains(what) && said.contains("version 5"), "{said}");
            assert!(unfit.remedy().contains("release that fits"), "{unfit:?}");
        }
    }

    #[test]
    fn a_chain_without_the_api_is_none_of_counterfoil() {
        let unfit = Unfit::NoApi { own: 5 };
        assert!(unfit.to_string().contains("no API of Counterfoil"));
        assert!(unfit.remedy().contains("a node of Counterfoil"));
    }
}
