//! What is logged while something runs.

use log::{LevelFilter, Log, Metadata, Record};
use std::{cell::RefCell, sync::Once};

thread_local! {
    /// The warnings of the test that runs on this thread.
    static WARNINGS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps warnings apart by the thread that logs them, since tests run side by side.
struct ByThread;

impl Log for ByThread {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.level() <= LevelFilter::Warn
    }

    fn log(&self, record: &Record) {
        if self.enabled(record.metadata()) {
            WARNINGS.with_borrow_mut(|warnings| warnings.push(record.args().to_string()));
        }
    }

    fn flush(&self) {}
}

/// Runs something. Returns the warnings that it logs.
pub(super) fn warnings_of(run: impl FnOnce()) -> Vec<String> {
    static SET: Once = Once::new();
    SET.call_once(|| {
        log::set_logger(&ByThread).expect("no other logger is set");
        log::set_max_level(LevelFilter::Warn);
    });
    WARNINGS.take();
    run();
    WARNINGS.take()
}
