//! Everything that is computed per planned file before the table decides: gate, layout, normal form.
//!
//! Enters: planned files that differ from what is recorded. Leaves: final texts with their hashes. The work is spread
//! over the processors; the order of the results is that of the input.

use std::thread;

use super::EmitError;
use super::normal;
use crate::parallel::in_parallel;
use crate::plan::{Owner, PlannedFile};
use crate::render;

/// Fewer files than this do not pay for a thread.
pub(super) const WORTH_A_THREAD: usize = 32;

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
    let rust: Vec<usize> = (0..files.len())
        .filter(|&index| is_rust(files[index]))
        .collect();
    let unformatted = rust
        .iter()
        .map(|&index| files[index].contents.text().to_owned())
        .collect();
    // rustfmt works while we do: the normal form is the same before and after it.
    let (hashes, formatted) = thread::scope(|scope| {
        let formatting = scope.spawn(|| render::format_rust(unformatted));
        let hashes = in_parallel(files, WORTH_A_THREAD, |file| checked(file));
        let formatted = formatting.join().expect("BUG: formatting panicked");
        (hashes, formatted)
    });
    let hashes = hashes.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut texts: Vec<Option<String>> = vec![None; files.len()];
    rust.iter()
        .zip(formatted.texts)
        .for_each(|(&index, text)| texts[index] = Some(text));
    let wanted = files.iter().zip(texts).zip(hashes);
    let wanted = wanted.map(|((file, text), hash)| {
        let text = text.unwrap_or_else(|| file.contents.text().to_owned());
        Wanted {
            hash,
            bytes: normal::digest(text.as_bytes()),
            text,
        }
    });
    Ok((wanted.collect(), formatted.note))
}

/// The hash of a file that parses as what its name says.
fn checked(file: &PlannedFile) -> Result<String, EmitError> {
    let (extension, text) = (file.path.extension(), file.contents.text());
    let refused = |error| EmitError::Gate {
        path: file.path.clone(),
        error,
    };
    if is_rust(file) && !text.contains('\r') {
        let tree = render::rust(text).map_err(refused)?;
        return Ok(normal::hash_of_rust(tree, text));
    }
    render::gate(&extension, text).map_err(refused)?;
    Ok(hash(file.owner, &extension, text))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile, ir::fixture};

    /// What is recorded is computed before rustfmt, what is compared with it after.
    #[test]
    fn the_normal_form_outlives_rustfmt() {
        let plan = compile::plan(&fixture::service(), &serde_json::Value::Null).unwrap();
        let files: Vec<&PlannedFile> = plan.files().values().collect();
        let (wanted, note) = prepare(&files).unwrap();
        assert_eq!(note, None);
        for (file, wanted) in files.into_iter().zip(wanted) {
            let after = hash(file.owner, &file.path.extension(), &wanted.text);
            assert_eq!(wanted.hash, after, "{:?}", file.path);
        }
    }
}
