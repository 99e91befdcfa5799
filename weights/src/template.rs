//! The file that holds a pallet's weights.

use crate::figures::{Cost, Function};
use std::fmt::Write;

/// How the figures came about.
pub struct Provenance {
    date: String,
    machine: String,
    commit: String,
    steps: u32,
    repeats: u32,
}

impl Provenance {
    /// A measurement of `commit` on this machine, today.
    pub fn here(commit: &str, steps: u32, repeats: u32) -> Self {
        let cores = std::thread::available_parallelism().map_or(0, |count| count.get());
        Self {
            date: jiff::Zoned::now().date().to_string(),
            machine: format!("{cores} cores, {}", processor()),
            commit: commit.to_owned(),
            steps,
            repeats,
        }
    }
}

/// What the processor calls itself.
fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("an unknown processor", |(_, name)| name.trim())
        .to_owned()
}

/// The text of the file, to be formatted.
pub fn file(pallet: &str, functions: &[Function], provenance: &Provenance) -> String {
    let mut text = head(pallet, provenance);
    push(&mut text, "/// Call weights.\npub trait WeightInfo {");
    for function in functions {
        push(&mut text, &doc(function));
        push(&mut text, &format!("{};", signature(function)));
    }
    push(&mut text, "}\n");
    push(
        &mut text,
        "/// The figures with the runtime's database weights.\n\
         pub struct SubstrateWeight<T>(PhantomData<T>);\n",
    );
    implementation(
        &mut text,
        "impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T>",
        "T::DbWeight::get()",
        functions,
    );
    push(
        &mut text,
        "/// For tests: the figures with ParityDB's weights.",
    );
    implementation(
        &mut text,
        "impl WeightInfo for ()",
        "ParityDbWeight::get()",
        functions,
    );
    push(&mut text, "mod measured {\nuse super::*;\n");
    for function in functions {
        push(&mut text, &body(function));
    }
    push(&mut text, "}");
    text
}

fn head(pallet: &str, provenance: &Provenance) -> String {
    let Provenance {
        date,
        machine,
        commit,
        steps,
        repeats,
    } = provenance;
    format!(
        "//! Call weights, measured by the pallet's benchmarks, not estimated.\n\
         //!\n\
         //! Written by `scripts/weights {pallet}`; a change by hand is lost with the next measurement.\n\
         //!\n\
         //! | | |\n\
         //! |---|---|\n\
         //! | date | {date} |\n\
         //! | machine | {machine} |\n\
         //! | commit | {commit} |\n\
         //! | values of a component | {steps} |\n\
         //! | runs for a value | {repeats} |\n\
         //!\n\
         //! Times are picoseconds of the runtime in WebAssembly, on a state in memory. Database\n\
         //! accesses come on top, by the runtime's own weights. The proof size is zero: every\n\
         //! validator holds the state, no parachain proves it, and the runtime sets no limit.\n\n\
         use core::marker::PhantomData;\n\
         use frame_support::{{\n\
         traits::Get,\n\
         weights::{{constants::ParityDbWeight, RuntimeDbWeight, Weight}},\n\
         }};\n\n"
    )
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn doc(function: &Function) -> String {
    let name = &function.name;
    let mut doc = match name.strip_prefix("validate_") {
        Some(call) => format!("/// What the pool checks of `{call}`."),
        None => format!("/// `{name}`, as its benchmark says."),
    };
    let ranges: Vec<_> = function
        .components
        .iter()
        .map(|part| format!("`{}` from {} to {}", part.name, part.least, part.most))
        .collect();
    if !ranges.is_empty() {
        let lines: Vec<_> = ranges.chunks(4).map(|line| line.join(", ")).collect();
        let _ = write!(doc, "\n///\n/// Measured for {}.", lines.join(",\n/// "));
    }
    doc
}

fn signature(function: &Function) -> String {
    let parameters: Vec<_> = names(function).map(|name| format!("{name}: u32")).collect();
    format!("fn {}({}) -> Weight", function.name, parameters.join(", "))
}

fn names(function: &Function) -> impl Iterator<Item = &str> {
    function.components.iter().map(|part| part.name.as_str())
}

fn implementation(text: &mut String, head: &str, database: &str, functions: &[Function]) {
    push(text, &format!("{head} {{"));
    for function in functions {
        let arguments: Vec<_> = [database].into_iter().chain(names(function)).collect();
        let call = format!("measured::{}({})", function.name, arguments.join(", "));
        push(text, &format!("{} {{ {call} }}", signature(function)));
    }
    push(text, "}\n");
}

fn body(function: &Function) -> String {
    let parameters: String = names(function)
        .map(|name| format!(", {name}: u32"))
        .collect();
    let mut body = format!(
        "pub fn {}(db: RuntimeDbWeight{parameters}) -> Weight {{\n{}",
        function.name,
        cost(&function.base)
    );
    for part in &function.components {
        if !part.slope.is_nothing() {
            let times = format!("saturating_mul({}.into())", part.name);
            let _ = write!(body, ".saturating_add({}.{times})", cost(&part.slope));
        }
    }
    let unused: Vec<_> = function
        .components
        .iter()
        .filter(|part| part.slope.is_nothing())
        .map(|part| part.name.as_str())
        .collect();
    if !unused.is_empty() {
        // It is part of the function all the same: another machine may find a cost.
        let unused = unused.join(", ");
        body = body.replacen("{\n", &format!("{{\nlet _ = [{unused}];\n"), 1);
    }
    body.push_str("\n}\n");
    body
}

/// A cost as an expression.
fn cost(cost: &Cost) -> String {
    let Cost {
        time,
        reads,
        writes,
    } = cost;
    let time = format!("Weight::from_parts({}, 0)", grouped(*time));
    match (reads, writes) {
        (0, 0) => time,
        _ => format!("{time}.saturating_add(db.reads_writes({reads}, {writes}))"),
    }
}

/// A number with its thousands apart.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Component;

    #[test]
    fn thousands_stand_apart() {
        let texts = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(texts, ["0", "999", "1_000", "1_234_567"]);
    }

    #[test]
    fn ranges_are_documented_in_lines_of_four() {
        let nothing = || Cost {
            time: 0,
            reads: 0,
            writes: 0,
        };
        let components = ["a", "b", "c", "d", "e"].map(|name| Component {
            name: name.into(),
            least: 0,
            most: 7,
            slope: nothing(),
        });
        let function = Function {
            name: "call".into(),
            base: nothing(),
            components: components.into(),
        };
        let expected = "/// `call`, as its benchmark says.\n///\n\
             /// Measured for `a` from 0 to 7, `b` from 0 to 7, `c` from 0 to 7, `d` from 0 to 7,\n\
             /// `e` from 0 to 7.";
        assert_eq!(doc(&function), expected);
    }

    #[test]
    fn a_slope_is_charged_for_each() {
        let function = Function {
            name: "call".into(),
            base: Cost {
                time: 5,
                reads: 1,
                writes: 0,
            },
            components: vec![Component {
                name: "n".into(),
                least: 0,
                most: 7,
                slope: Cost {
                    time: 2,
                    reads: 0,
                    writes: 0,
                },
            }],
        };
        let expected = "pub fn call(db: RuntimeDbWeight, n: u32) -> Weight {\n\
             Weight::from_parts(5, 0).saturating_add(db.reads_writes(1, 0))\
             .saturating_add(Weight::from_parts(2, 0).saturating_mul(n.into()))\n}\n";
        assert_eq!(body(&function), expected);
    }
}
