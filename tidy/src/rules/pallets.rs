//! The shape of a pallet: the same file names for the same jobs, types apart from `lib.rs`, and
//! calls that only name their steps.

use super::Rule;
use crate::tree::{File, Finding, Tree};
use std::collections::BTreeSet;
use syn::{Attribute, ImplItem, ImplItemFn, Item, Meta};

/// This rule.
pub const RULE: Rule = Rule {
    name: "pallets",
    says:
        "Pallets have the same file names for the same jobs, and calls of at most four statements",
    find,
};

/// The crate in `pallets/` that is not a pallet.
const SUPPORT: &str = "support";

/// The files that a pallet has, and what each is for.
const FILES: &[(&str, &str)] = &[
    ("lib.rs", "configuration, storage, events, errors, calls"),
    ("weights.rs", "the measured weights"),
    ("benchmarking.rs", "the benchmarks that measure them"),
    ("mock.rs", "a chain to test on"),
    ("tests.rs", "tests"),
];

/// The file of storage invariants, which each pallet with storage has.
const INVARIANTS: &str = "try_state.rs";

/// The module for weights that are put together from several measured ones.
const WEIGHING: &str = "weighing";

/// Names for jobs that have another name, or another place.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("checks.rs", "rename it to try_state.rs"),
    ("invariants.rs", "rename it to try_state.rs"),
    ("shape.rs", "rename it to weighing.rs"),
    ("cost.rs", "rename it to weighing.rs"),
    ("largest.rs", "rename it to largest_calls_fit.rs"),
    ("authorise.rs", "rename it to validate.rs"),
    ("authorize.rs", "rename it to validate.rs"),
    ("stage.rs", "rename it to benchmarking/setup.rs"),
    ("lock.rs", "use counterfoil_support::worker_lock"),
    (
        "limits.rs",
        "move it to pallets/support where all need it, else to largest_calls_fit.rs",
    ),
    ("constants.rs", "state each constant where it is used"),
];

/// The most statements of a call.
const STATEMENTS: usize = 4;

fn find(tree: &Tree) -> Vec<Finding> {
    let pallets: BTreeSet<&str> = tree
        .under("pallets/")
        .filter_map(|file| file.path.split('/').nth(1))
        .filter(|pallet| *pallet != SUPPORT)
        .collect();
    let mut findings = Vec::new();
    for pallet in pallets {
        let source = format!("pallets/{pallet}/src");
        for (name, job) in FILES {
            if tree.get(&format!("{source}/{name}")).is_none() {
                let wrong = format!("the pallet has no {name}");
                findings.push(Finding::new(&source, 1, wrong, format!("add it: {job}")));
            }
        }
        // Tests are named by what they test.
        let tests = format!("{source}/tests/");
        for file in tree.under(&format!("{source}/")) {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
            if let Some((name, remedy)) = other.filter(|_| !file.path.starts_with(&tests)) {
                let wrong = format!("{name} is another name for a job of every pallet");
                findings.push(file.finding(1, wrong, *remedy));
            }
        }
        let Some(lib) = tree.get(&format!("{source}/lib.rs")) else {
            continue;
        };
        let keeps_state = lib.text.contains("#[pallet::storage]");
        if keeps_state && tree.get(&format!("{source}/{INVARIANTS}")).is_none() {
            findings.push(Finding::new(
                &source,
                1,
                format!("the pallet has storage and no {INVARIANTS}"),
                "add it, with the storage invariants",
            ));
        }
        if let Some(rust) = &lib.rust {
            items(lib, &rust.syntax.items, &mut findings);
        }
    }
    findings
}

/// What is wrong with items of a pallet's `lib.rs`, those of inline modules too.
fn items(lib: &File, of: &[Item], findings: &mut Vec<Finding>) {
    for item in of {
        match item {
            Item::Mod(module) => {
                let inner = module.content.as_ref().map(|(_, items)| items.as_slice());
                items(lib, inner.unwrap_or_default(), findings);
            }
            Item::Impl(block) if block.attrs.iter().any(|of| is_pallets(of, "call")) => {
                for item in &block.items {
                    if let ImplItem::Fn(call) = item {
                        check_call(lib, call, findings);
                    }
                }
            }
            Item::Struct(item) if !item.attrs.iter().any(is_any_pallets) => {
                check_type(lib, &item.ident, findings);
            }
            Item::Enum(item) if !item.attrs.iter().any(is_any_pallets) => {
                check_type(lib, &item.ident, findings);
            }
            _ => {}
        }
    }
}

/// A type in `lib.rs` that FRAME does not ask for.
fn check_type(lib: &File, name: &syn::Ident, findings: &mut Vec<Finding>) {
    findings.push(lib.finding(
        name.span().start().line,
        format!("`{name}` is a type of the pallet's own in lib.rs"),
        "move it to types.rs",
    ));
}

fn check_call(lib: &File, call: &ImplItemFn, findings: &mut Vec<Finding>) {
    let name = &call.sig.ident;
    let line = name.span().start().line;
    let statements = call.block.stmts.len();
    if statements > STATEMENTS {
        findings.push(lib.finding(
            line,
            format!("the call `{name}` has {statements} statements, more than {STATEMENTS}"),
            "move its steps to a function of the file that they belong to",
        ));
    }
    let weights = call.attrs.iter().filter(|of| is_pallets(of, "weight"));
    for weight in weights {
        let Meta::List(list) = &weight.meta else {
            continue;
        };
        let expression = list.tokens.to_string().replace(' ', "");
        if !expression.starts_with("T::WeightInfo::")
            && !expression.starts_with(&format!("{WEIGHING}::"))
        {
            findings.push(lib.finding(
                weight.pound_token.span.start().line,
                format!("the weight of the call `{name}` is neither measured nor in {WEIGHING}.rs"),
                format!("move it to {WEIGHING}.rs"),
            ));
        }
    }
}

/// Whether an attribute is `#[pallet::NAME]`, with arguments or without.
fn is_pallets(attribute: &Attribute, name: &str) -> bool {
    is_any_pallets(attribute)
        && attribute
            .path()
            .segments
            .last()
            .is_some_and(|last| last.ident == name)
}

/// Whether an attribute is one of FRAME's: `#[pallet::…]`.
fn is_any_pallets(attribute: &Attribute) -> bool {
    let segments = &attribute.path().segments;
    segments.len() > 1 && segments[0].ident == "pallet"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::printed;

    const LIB: &str = "\
#[frame_support::pallet]
pub mod pallet {
    #[pallet::pallet]
    pub struct Pallet<T>(_);
    #[pallet::storage]
    pub type Members<T> = StorageValue<_, u32>;
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        #[pallet::weight(T::WeightInfo::join())]
        pub fn join(origin: OriginFor<T>) -> DispatchResult {
            let member = ensure_signed(origin)?;
            members::join::<T>(member)
        }
    }
}
";

    fn pallet_with(lib: &str, more: &[&str]) -> Vec<String> {
        let mut paths: Vec<String> = FILES
            .iter()
            .map(|(name, _)| format!("pallets/members/src/{name}"))
            .collect();
        paths.extend(
            more.iter()
                .map(|name| format!("pallets/members/src/{name}")),
        );
        let files: Vec<(&str, &str)> = paths
            .iter()
            .map(|path| {
                (
                    path.as_str(),
                    if path.ends_with("lib.rs") { lib } else { "" },
                )
            })
            .collect();
        printed(find(&Tree::of(&files)))
    }

    #[test]
    fn a_pallet_of_the_shape_passes() {
        assert!(pallet_with(LIB, &["try_state.rs", "tests/checks.rs"]).is_empty());
    }

    #[test]
    fn support_has_a_shape_of_its_own() {
        assert!(find(&Tree::of(&[("pallets/support/src/limits.rs", "")])).is_empty());
    }

    #[test]
    fn another_name_for_a_job_is_found() {
        assert_eq!(
            pallet_with(LIB, &["try_state.rs", "benchmarking/stage.rs"]),
            ["pallets/members/src/benchmarking/stage.rs:1: \
              stage.rs is another name for a job of every pallet: \
              rename it to benchmarking/setup.rs"]
        );
    }

    #[test]
    fn missing_files_are_found() {
        assert_eq!(
            pallet_with(LIB, &[]),
            [
                "pallets/members/src:1: the pallet has storage and no try_state.rs: \
              add it, with the storage invariants"
            ]
        );
        let tree = Tree::of(&[("pallets/members/src/lib.rs", "")]);
        assert_eq!(find(&tree).len(), FILES.len() - 1);
    }

    #[test]
    fn a_long_call_is_found() {
        let long = LIB.replace("let member", "a();\nb();\nc();\nlet member");
        assert_eq!(
            pallet_with(&long, &["try_state.rs"]),
            [
                "pallets/members/src/lib.rs:10: the call `join` has 5 statements, more than 4: \
              move its steps to a function of the file that they belong to"
            ]
        );
    }

    #[test]
    fn a_weight_that_is_put_together_elsewhere_is_found() {
        let with = |weight| LIB.replace("T::WeightInfo::join()", weight);
        assert!(pallet_with(&with("weighing::join::<T>()"), &["try_state.rs"]).is_empty());
        assert_eq!(
            pallet_with(&with("cost::join::<T>()"), &["try_state.rs"]),
            ["pallets/members/src/lib.rs:9: \
              the weight of the call `join` is neither measured nor in weighing.rs: \
              move it to weighing.rs"]
        );
    }

    #[test]
    fn a_type_in_lib_is_found() {
        let lib = format!("{LIB}pub struct Member;\n");
        assert_eq!(
            pallet_with(&lib, &["try_state.rs"]),
            [
                "pallets/members/src/lib.rs:16: `Member` is a type of the pallet's own in lib.rs: \
              move it to types.rs"
            ]
        );
    }
}
