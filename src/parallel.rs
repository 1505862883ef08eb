//! The same work for many items, on all processors.
//!
//! Enters: items. Leaves: results in the order of the items. Absent on purpose: what the work is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// `work` for every item. A thread that is done takes the next item, so that it does not matter which are the heavy
/// ones. With fewer than `least` items a processor, all stays on this thread.
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    if items.len().div_ceil(workers) < least {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let mine = || {
        let mut done = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(index)
        {
            done.push((index, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(mine)).collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().expect("BUG: a worker panicked"))
            .collect()
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn every_result_stands_where_its_item_stood() {
        for count in [0, 1, 7, 1000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(in_parallel(&items, 1, |it| *it), items);
        }
    }
}
