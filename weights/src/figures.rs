//! What the runs come to: a base and, for each component, a slope.

use crate::chain::{Benchmark, Measured};
use anyhow::{ensure, Result};
use frame_benchmarking::{Analysis, BenchmarkResult, BenchmarkSelector};

/// A function of `WeightInfo`.
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it costs with all components at zero.
    pub base: Cost,
    /// Its components.
    pub components: Vec<Component>,
}

/// A component of a function.
pub struct Component {
    /// Its name, a letter.
    pub name: String,
    /// The least value that was measured.
    pub least: u32,
    /// The most.
    pub most: u32,
    /// What each one adds.
    pub slope: Cost,
}

/// A cost, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Picoseconds.
    pub time: u128,
    /// Database reads.
    pub reads: u128,
    /// Database writes.
    pub writes: u128,
}

impl Cost {
    /// Whether it costs nothing.
    pub const fn is_nothing(&self) -> bool {
        self.time == 0 && self.reads == 0 && self.writes == 0
    }
}

impl Function {
    /// The function that a benchmark measures.
    pub fn of(benchmark: &Benchmark, measured: &Measured) -> Result<Self> {
        let time = fit(&measured.times, BenchmarkSelector::ExtrinsicTime)?;
        let reads = fit(&measured.accesses, BenchmarkSelector::Reads)?;
        let writes = fit(&measured.accesses, BenchmarkSelector::Writes)?;
        let at = |index: usize| Cost {
            time: time[index],
            reads: reads[index],
            writes: writes[index],
        };
        let components = benchmark
            .components
            .iter()
            .enumerate()
            .map(|(index, (name, least, most))| Component {
                name: name.to_string(),
                least: *least,
                most: *most,
                slope: at(index + 1),
            })
            .collect();
        Ok(Self {
            name: benchmark.name.clone(),
            base: at(0),
            components,
        })
    }
}

/// The base and the slopes, in the order of the components, by least squares over the inner
/// quartiles of the runs for each value. Without components, the median. None is negative.
fn fit(results: &[BenchmarkResult], selector: BenchmarkSelector) -> Result<Vec<u128>> {
    ensure!(!results.is_empty(), "the runtime skipped the benchmark");
    let analysis = Analysis::min_squares_iqr(&results.to_vec(), selector)?;
    Ok([vec![analysis.base], analysis.slopes].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use frame_benchmarking::BenchmarkParameter;

    fn result(component: u32, nanoseconds: u128) -> BenchmarkResult {
        BenchmarkResult {
            components: vec![(BenchmarkParameter::n, component)],
            extrinsic_time: nanoseconds,
            reads: 2 + component,
            ..Default::default()
        }
    }

    fn function(nanoseconds: impl Fn(u32) -> u128) -> Function {
        let results: Vec<_> = (0..8).map(|n| result(n, nanoseconds(n))).collect();
        let benchmark = Benchmark {
            name: "call".into(),
            components: vec![(BenchmarkParameter::n, 0, 7)],
        };
        let measured = Measured {
            times: results.clone(),
            accesses: results,
        };
        Function::of(&benchmark, &measured).unwrap()
    }

    #[test]
    fn a_line_gives_its_base_and_its_slope() {
        let function = function(|n| 500 + 30 * u128::from(n));
        assert_eq!(function.base.reads, 2);
        assert_eq!(function.components[0].slope.reads, 1);
        assert!(function.base.time.abs_diff(500_000) <= 1);
        assert!(function.components[0].slope.time.abs_diff(30_000) <= 1);
    }

    #[test]
    fn what_gets_cheaper_with_a_component_is_not_paid_back() {
        let function = function(|n| 500 - 30 * u128::from(n));
        assert_eq!(function.components[0].slope.time, 0);
    }
}
