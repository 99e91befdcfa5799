//! The comparison alone: the same code over the same books, in native code and in WebAssembly.

use crate::{results::Table, stats};
use anyhow::{anyhow, bail, ensure, Context, Result};
use codec::{Decode, Encode};
use counterfoil_bench_comparison::{sample::Sample, work::Work, Order, ENTRY_POINT, WASM};
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_io::SubstrateHostFunctions;
use sp_state_machine::BasicExternalities;
use std::time::{Duration, Instant};

/// Slots: as many as one allocation in a runtime may hold, in whole pages.
const SLOTS: u32 = 1 << 18;
/// Slots that differ.
const BREAKS: u32 = 256;
/// How many times as long as the making of the books the work takes in a call that is timed: so
/// what that varies by hardly shows in the difference.
const LONGER: u32 = 10;
/// Most times that the work is done in a call.
const MAX_TIMES: u32 = 1 << 20;

/// Measures what a comparison does.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let (slots, runs) = sizes(short);
    let mut table = Table::new(
        "comparison",
        [
            "what",
            "slots",
            "native, ms",
            "million slots a second, native",
            "WebAssembly, ms",
            "million slots a second, WebAssembly",
            "WebAssembly ÷ native",
        ],
    );
    for times in times(&Work::OF_A_COMPARISON, slots, runs)? {
        let Times {
            work,
            native,
            in_wasm,
        } = times;
        let pace = |time| format!("{:.1}", stats::per_second(slots as usize, time) / 1e6);
        let millis = |time: Duration| format!("{:.3}", time.as_secs_f64() * 1e3);
        table.row([
            name(work).to_owned(),
            slots.to_string(),
            millis(native),
            pace(native),
            millis(in_wasm),
            pace(in_wasm),
            format!("{:.1}", in_wasm.as_secs_f64() / native.as_secs_f64()),
        ]);
    }
    Ok(vec![table])
}

/// How many slots are measured, and how often.
pub(crate) const fn sizes(short: bool) -> (u32, usize) {
    if short {
        (SLOTS / 16, 3)
    } else {
        (SLOTS, 9)
    }
}

/// What a work over all slots takes.
pub(crate) struct Times {
    pub(crate) work: Work,
    pub(crate) native: Duration,
    pub(crate) in_wasm: Duration,
}

/// The median times of these works over the same books, in their order.
pub(crate) fn times(works: &[Work], slots: u32, runs: usize) -> Result<Vec<Times>> {
    let sample = Sample::new(slots, BREAKS);
    let wasm = Wasm::new()?;
    let order = |work, times| Order {
        work,
        slots,
        breaks: BREAKS,
        times,
    };
    let mut turns = Vec::with_capacity(works.len());
    for work in works {
        let found = (work.of(&sample), wasm.run(order(*work, 1))?.0);
        ensure!(
            found.0 == found.1,
            "{work:?}: native code finds {}, and WebAssembly {}",
            found.0,
            found.1
        );
        let often = wasm.times(|times| order(*work, times))?;
        turns.push((*work, often, Vec::new(), Vec::new()));
    }
    // They take turns: the machine gets slower and faster as it goes.
    for _ in 0..runs {
        for (work, often, native, in_wasm) in &mut turns {
            native.push(native_time(*work, &sample, *often));
            in_wasm.push(wasm.time(|times| order(*work, times), *often)?);
        }
    }
    let medians = turns.into_iter().map(|(work, _, native, in_wasm)| Times {
        work,
        native: stats::median(native).unwrap_or_default(),
        in_wasm: stats::median(in_wasm).unwrap_or_default(),
    });
    Ok(medians.collect())
}

/// What a table calls the work.
pub(crate) const fn name(work: Work) -> &'static str {
    match work {
        Work::SlotBySlot => "slot by slot, all pages",
        Work::PageRoots => "page roots of a book, hashed again",
        Work::DirtyPages => "page roots compared, pages that differ slot by slot",
        Work::TreePageRoots => "page roots of a book, as binary trees over the same leaves",
    }
}

/// The time of the work in native code, done a number of times.
fn native_time(work: Work, sample: &Sample, times: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        work.of(sample);
    }
    start.elapsed() / times
}

/// The comparison as a node runs WebAssembly.
struct Wasm {
    executor: WasmExecutor<SubstrateHostFunctions>,
    code: &'static [u8],
}

impl Wasm {
    fn new() -> Result<Self> {
        Ok(Self {
            executor: WasmExecutor::builder().build(),
            code: WASM.context(
                "the comparison was built without its wasm; build without SKIP_WASM_BUILD",
            )?,
        })
    }

    /// How many times the work is done in a call that is timed.
    fn times(&self, order: impl Fn(u32) -> Order) -> Result<u32> {
        let mut times = 1;
        while times < MAX_TIMES {
            let (once, often) = (self.run(order(1))?.1, self.run(order(1 + times))?.1);
            if often.saturating_sub(once) >= once * LONGER {
                return Ok(times);
            }
            times *= 2;
        }
        bail!("{MAX_TIMES} times the work take no longer than the making of the books")
    }

    /// The time of the work alone: a call that does it more often, less one that does it once, so
    /// that neither the making of the books nor the call counts.
    fn time(&self, order: impl Fn(u32) -> Order, times: u32) -> Result<Duration> {
        let (once, often) = (self.run(order(1))?.1, self.run(order(1 + times))?.1);
        let work = often.checked_sub(once).with_context(|| {
            format!("the work, done {times} times more often, takes no longer: measure again")
        })?;
        Ok(work / times)
    }

    /// What an order returns, and how long the call takes.
    fn run(&self, order: Order) -> Result<(u32, Duration)> {
        let fetcher = WrappedRuntimeCode(self.code.into());
        let code = RuntimeCode {
            code_fetcher: &fetcher,
            heap_pages: None,
            hash: b"comparison".to_vec(),
        };
        let mut externalities = BasicExternalities::default();
        let input = order.encode();
        let start = Instant::now();
        let (answer, _) = self.executor.call(
            &mut externalities,
            &code,
            ENTRY_POINT,
            &input,
            CallContext::Offchain,
        );
        let time = start.elapsed();
        let answer = answer.map_err(|error| anyhow!("the WebAssembly fails: {error}"))?;
        let found = u32::decode(&mut &answer[..]).context("the WebAssembly answers no number")?;
        Ok((found, time))
    }
}
