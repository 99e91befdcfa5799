//! The runtime under measurement, and the states that it runs on.

use anyhow::{anyhow, Context, Result};
use codec::{Decode, Encode};
use frame_benchmarking::{BenchmarkBatch, BenchmarkList, BenchmarkParameter, BenchmarkResult};
use frame_support::traits::StorageInfo;
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_client_db::BenchmarkingState;
use sc_executor::WasmExecutor;
use sp_core::{storage::well_known_keys::CODE, traits::CallContext};
use sp_externalities::Extensions;
use sp_io::SubstrateHostFunctions;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{
    backend::{BackendRuntimeCode, TryPendingCode},
    StateMachine,
};

type HostFunctions = (
    SubstrateHostFunctions,
    frame_benchmarking::benchmarking::HostFunctions,
);
type State = BenchmarkingState<BlakeTwo256>;

/// The preset that the states begin with.
const PRESET: &str = "development";

/// A value of each component of a benchmark.
type Components = Vec<(BenchmarkParameter, u32)>;

/// A pallet, as the runtime lists it.
pub struct Pallet {
    /// Its name in the workspace, such as `trades`.
    pub name: String,
    crate_name: Vec<u8>,
    instance: Vec<u8>,
    /// Its benchmarks, in the order in which the runtime lists them.
    pub benchmarks: Vec<Benchmark>,
}

/// A benchmark of a pallet.
pub struct Benchmark {
    /// Its name, that of its function in `WeightInfo`.
    pub name: String,
    /// Its components with the least and the most value of each.
    pub components: Vec<(BenchmarkParameter, u32, u32)>,
}

/// What runs of a benchmark gave.
pub struct Measured {
    /// Runs with the clock.
    pub times: Vec<BenchmarkResult>,
    /// Runs with counted database accesses, one for each value.
    pub accesses: Vec<BenchmarkResult>,
}

/// The chain under measurement.
pub struct Chain {
    executor: WasmExecutor<HostFunctions>,
    /// Counts accesses, which takes time.
    counting: State,
    /// Counts nothing, and records no proof: what a node of this chain does.
    timing: State,
}

impl Chain {
    /// The chain of this runtime at genesis.
    pub fn new(runtime: &[u8]) -> Result<Self> {
        let builder = GenesisConfigBuilderRuntimeCaller::<
            frame_benchmarking::benchmarking::HostFunctions,
        >::new(runtime);
        let mut genesis = builder
            .get_storage_for_named_preset(Some(&PRESET.to_owned()))
            .map_err(|error| anyhow!("the runtime builds no genesis `{PRESET}`: {error}"))?;
        genesis.top.insert(CODE.to_vec(), runtime.to_vec());
        let state = |counting| {
            State::new(genesis.clone(), None, false, counting)
                .map_err(|error| anyhow!("cannot make a state: {error}"))
        };
        Ok(Self {
            executor: WasmExecutor::builder().build(),
            counting: state(true)?,
            timing: state(false)?,
        })
    }

    /// The pallets with benchmarks.
    pub fn pallets(&self) -> Result<Vec<Pallet>> {
        let (lists, _): (Vec<BenchmarkList>, Vec<StorageInfo>) =
            self.call(&self.timing, "Benchmark_benchmark_metadata", &false)?;
        lists.into_iter().map(Pallet::of).collect()
    }

    /// Runs a benchmark for a number of values of each component.
    pub fn measure(
        &self,
        pallet: &Pallet,
        benchmark: &Benchmark,
        steps: u32,
        repeats: u32,
    ) -> Result<Measured> {
        let mut measured = Measured {
            times: Vec::new(),
            accesses: Vec::new(),
        };
        let run = |state: &State, values: &Components, verify: bool| {
            self.run(state, pallet, benchmark, values, verify)
        };
        let sweep = sweep(&benchmark.components, steps);
        for values in &sweep {
            run(&self.timing, values, true).context("its verification failed")?;
            measured
                .accesses
                .extend(run(&self.counting, values, false)?);
        }
        // A machine gets slower and faster by the second. Taken round by round, that strikes all
        // values alike, and no slope.
        for _ in 0..repeats {
            for values in &sweep {
                measured.times.extend(run(&self.timing, values, false)?);
            }
        }
        Ok(measured)
    }

    fn run(
        &self,
        state: &State,
        pallet: &Pallet,
        benchmark: &Benchmark,
        values: &Components,
        verify: bool,
    ) -> Result<Vec<BenchmarkResult>> {
        let config = (
            &pallet.crate_name,
            &pallet.instance,
            benchmark.name.as_bytes(),
            values,
            verify,
            1_u32,
        );
        let answer: Result<Vec<BenchmarkBatch>, String> =
            self.call(state, "Benchmark_dispatch_benchmark", &config)?;
        let batches = answer.map_err(|error| anyhow!("at {values:?}: {error}"))?;
        Ok(batches
            .into_iter()
            .flat_map(|batch| batch.results)
            .collect())
    }

    /// Calls the runtime, in a node that has an empty keystore.
    fn call<R: Decode>(&self, state: &State, method: &str, arguments: &impl Encode) -> Result<R> {
        let code = BackendRuntimeCode::new(state, TryPendingCode::No);
        let code = code
            .runtime_code()
            .map_err(|error| anyhow!("the state holds no runtime: {error}"))?;
        let mut overlay = Default::default();
        let mut extensions = Extensions::default();
        extensions.register(KeystoreExt::new(MemoryKeystore::new()));
        let arguments = arguments.encode();
        let answer = StateMachine::new(
            state,
            &mut overlay,
            &self.executor,
            method,
            &arguments,
            &mut extensions,
            &code,
            CallContext::Offchain,
        )
        .execute()
        .map_err(|error| anyhow!("{method}: {error}"))?;
        R::decode(&mut &answer[..]).with_context(|| format!("{method} answers something else"))
    }
}

impl Pallet {
    fn of(list: BenchmarkList) -> Result<Self> {
        let crate_name = String::from_utf8(list.pallet.clone())?;
        let name = crate_name.strip_prefix("pallet_").unwrap_or(&crate_name);
        let benchmarks = list
            .benchmarks
            .into_iter()
            .map(|benchmark| {
                Ok(Benchmark {
                    name: String::from_utf8(benchmark.name)?,
                    components: benchmark.components,
                })
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            name: name.to_owned(),
            crate_name: list.pallet,
            instance: list.instance,
            benchmarks,
        })
    }
}

/// The values to run for: each component from its least to its most in even steps, the others at
/// their most, and again at their least. The runs near the least of all are what tell the base from
/// the slopes: with the others at their most alone, the base is extrapolated from far away.
fn sweep(components: &[(BenchmarkParameter, u32, u32)], steps: u32) -> Vec<Components> {
    if components.is_empty() {
        return vec![Vec::new()];
    }
    let most: Components = components
        .iter()
        .map(|(name, _, most)| (*name, *most))
        .collect();
    let least: Components = components
        .iter()
        .map(|(name, least, _)| (*name, *least))
        .collect();
    // Of one component there are no others.
    let others = match components.len() {
        1 => vec![most],
        _ => vec![most, least],
    };
    let mut all = Vec::new();
    for (index, (_, least, most)) in components.iter().enumerate() {
        let width = u64::from(most - least);
        let last = u64::from(steps - 1).min(width).max(1);
        for others in &others {
            for step in 0..=last {
                let mut values = others.clone();
                values[index].1 = least + (width * step / last) as u32;
                all.push(values);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use BenchmarkParameter::{a, b};

    #[test]
    fn without_components_there_is_one_run() {
        assert_eq!(sweep(&[], 10), vec![Vec::new()]);
    }

    #[test]
    fn each_component_goes_from_its_least_to_its_most() {
        let values = sweep(&[(a, 0, 10), (b, 3, 5)], 3);
        let of_a = |b_at| [0, 5, 10].map(|value| vec![(a, value), (b, b_at)]);
        let of_b = |a_at| [3, 4, 5].map(|value| vec![(a, a_at), (b, value)]);
        assert_eq!(values, [of_a(5), of_a(3), of_b(10), of_b(0)].concat());
    }

    #[test]
    fn a_narrow_component_is_not_run_twice_for_a_value() {
        assert_eq!(sweep(&[(a, 0, 1)], 50).len(), 2);
    }
}
