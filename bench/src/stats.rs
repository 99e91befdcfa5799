//! Medians.

use std::time::{Duration, Instant};

/// The middle of some measurements; the lower of the two middle ones where their number is even.
pub fn median<T: Copy + PartialOrd>(mut values: Vec<T>) -> Option<T> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let middle = values.len().checked_sub(1)? / 2;
    values.get(middle).copied()
}

/// The median time of `runs` runs, after one that warms caches.
pub fn time<E>(runs: usize, mut run: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    run()?;
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    Ok(median(times).unwrap_or_default())
}

/// How many of `count` are done in a second at this pace.
pub fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![3, 1, 2]), Some(2));
        assert_eq!(median(vec![4, 1, 3, 2]), Some(2));
        assert_eq!(median(Vec::<u32>::new()), None);
    }

    #[test]
    fn a_pace_counts_by_the_second() {
        assert_eq!(per_second(50, Duration::from_millis(500)), 100.0);
    }

    #[test]
    fn an_error_of_a_run_ends_the_measurement() {
        let mut runs = 0;
        let outcome = time(5, || {
            runs += 1;
            if runs == 3 {
                Err("no")
            } else {
                Ok(())
            }
        });
        assert_eq!((outcome, runs), (Err("no"), 3));
    }
}
