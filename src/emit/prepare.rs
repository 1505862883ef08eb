//! Everything that is computed per planned file before the table decides: gate, layout, normal form.
//!
//! Enters: planned files that differ from what is recorded. Leaves: final texts with their hashes. The work is spread
//! over the processors; the order of the results is that of the input.

use std::thread;

use super::EmitError;
use super::normal;
use crate::plan::{Owner, PlannedFile};
use crate::render;

/// A planned file, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) text: String,
    /// SHA-256 of the normal form.
    pub(super) hash: String,
    /// Digest of `text`.
    pub(super) bytes: String,
}

/// Checks, formats and hashes. Errors: the first file, by path, that does not parse. The second result says why Rust
/// files are not formatted, if so.
pub(super) fn prepare(files: &[&PlannedFile]) -> Result<(Vec<Wanted>, Option<String>), EmitError> {
    let checked = in_parallel(files, |file| {
        render::gate(&file.path.extension(), file.contents.text()).map_err(|error| {
            EmitError::Gate {
                path: file.path.clone(),
                error,
            }
        })
    });
    checked.into_iter().collect::<Result<Vec<()>, _>>()?;
    let mut texts: Vec<String> = files
        .iter()
        .map(|file| file.contents.text().to_owned())
        .collect();
    let rust: Vec<usize> = (0..files.len())
        .filter(|&index| is_rust(files[index]))
        .collect();
    let mut note = None;
    if !rust.is_empty() {
        let formatted = render::format_rust(
            rust.iter()
                .map(|&index| std::mem::take(&mut texts[index]))
                .collect(),
        );
        rust.iter()
            .zip(formatted.texts)
            .for_each(|(&index, text)| texts[index] = text);
        note = formatted.note;
    }
    let pairs: Vec<(&PlannedFile, String)> = files.iter().copied().zip(texts).collect();
    let wanted = in_parallel(&pairs, |(file, text)| Wanted {
        hash: hash(file.owner, &file.path.extension(), text),
        bytes: normal::digest(text.as_bytes()),
        text: text.clone(),
    });
    Ok((wanted, note))
}

fn is_rust(file: &PlannedFile) -> bool {
    file.path.extension() == "rs" && file.owner != Owner::AppendOnly
}

/// The hash that tells an edit. Of what is append-only every byte counts, but for CRLF, which git may write.
pub(super) fn hash(owner: Owner, extension: &str, text: &str) -> String {
    match owner {
        Owner::AppendOnly => normal::hex(normal::unix(text).as_bytes()),
        _ => normal::hash(extension, text),
    }
}

/// `work` for every item, on all processors. Small jobs stay on this thread.
pub(super) fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    const WORTH_A_THREAD: usize = 32;
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    let size = items.len().div_ceil(workers);
    if size < WORTH_A_THREAD {
        return items.iter().map(work).collect();
    }
    thread::scope(|scope| {
        let handles: Vec<_> = items
            .chunks(size)
            .map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Vec<R>>()))
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().expect("BUG: a worker panicked"))
            .collect()
    })
}
