//! Lays out Rust text as `rustfmt --edition 2024` does, many files per child process.
//!
//! Enters: texts that parse. Leaves: the formatted texts, in order, and a note where rustfmt could not be used.
//! A process start costs as much as dozens of files, and rustfmt given file names follows `mod x;`. So texts go to
//! standard input joined, with an item between them: rustfmt moves imports and modules only within a run of their kind.
//! Absent on purpose: disk, and the user's rustfmt.toml (formatting by it is not drift, see `emit`).

use std::thread;

use super::rustfmt::{Failure, run};

const MARK: &str = "const BACKGEN_FILE_BOUNDARY_";

/// Result of formatting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Formatted {
    /// One per input, in order.
    pub texts: Vec<String>,
    /// Why some texts are as they came in, as a clause.
    pub note: Option<String>,
}

/// Formats every text, which must parse. Never fails: what rustfmt cannot do comes back as it was, with a note.
pub fn format_rust(texts: Vec<String>) -> Formatted {
    format_with("rustfmt", texts)
}

fn format_with(program: &str, texts: Vec<String>) -> Formatted {
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    let total: usize = texts.iter().map(String::len).sum();
    let chunks = chunks(&texts, total.div_ceil(workers).max(32 * 1024));
    let results: Vec<Formatted> = thread::scope(|scope| {
        let start = |chunk| scope.spawn(move || format_or_halve(program, chunk));
        let handles: Vec<_> = chunks.into_iter().map(start).collect();
        handles
            .into_iter()
            .map(|handle| handle.join().expect("BUG: formatting panicked"))
            .collect()
    });
    results
        .into_iter()
        .fold(Formatted::default(), Formatted::followed_by)
}

/// One text that rustfmt refuses must not keep the others from being formatted: the chunk is halved until it is alone.
fn format_or_halve(program: &str, chunk: &[String]) -> Formatted {
    match format_chunk(program, chunk) {
        Ok(texts) => Formatted { texts, note: None },
        Err(Failure {
            text_is_at_fault: true,
            ..
        }) if chunk.len() > 1 => {
            let (left, right) = chunk.split_at(chunk.len() / 2);
            format_or_halve(program, left).followed_by(format_or_halve(program, right))
        }
        Err(failure) => Formatted {
            texts: chunk.to_vec(),
            note: Some(failure.reason),
        },
    }
}

impl Formatted {
    fn followed_by(mut self, other: Self) -> Self {
        self.texts.extend(other.texts);
        Self {
            texts: self.texts,
            note: self.note.or(other.note),
        }
    }
}

/// Neighbouring texts of about `size` bytes together.
fn chunks(texts: &[String], size: usize) -> Vec<&[String]> {
    let mut chunks = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, text) in texts.iter().enumerate() {
        bytes += text.len();
        if bytes >= size {
            chunks.push(&texts[start..=index]);
            (start, bytes) = (index + 1, 0);
        }
    }
    if start < texts.len() {
        chunks.push(&texts[start..]);
    }
    chunks
}

fn format_chunk(program: &str, chunk: &[String]) -> Result<Vec<String>, Failure> {
    let parts: Vec<(&str, &str)> = chunk.iter().map(|text| split_header(text)).collect();
    let joinable = |body: &str| {
        !body.contains("#![")
            && !body.contains("//!")
            && !body.contains("/*!")
            && !body.contains(MARK)
    };
    let mut joined = String::new();
    for (index, (_, body)) in parts.iter().enumerate() {
        joined.push_str(&format!("{MARK}{index}: () = ();\n\n"));
        if joinable(body) {
            joined.push_str(body);
            joined.push('\n');
        }
    }
    let formatted = run(program, &joined)?;
    let bodies = split(&formatted, parts.len())
        .ok_or_else(|| Failure::of_text("its output could not be taken apart"))?;
    let mut out = Vec::with_capacity(parts.len());
    for ((text, (header, body)), formatted) in chunk.iter().zip(&parts).zip(bodies) {
        out.push(if joinable(body) {
            join(header, body, formatted)
        } else {
            run(program, text)?
        });
    }
    Ok(out)
}

/// Splits off what may stand only at the top of a file, as long as rustfmt would leave it as it is: `//!` lines, plain
/// inner attributes, single blank lines between them.
fn split_header(text: &str) -> (&str, &str) {
    let (mut end, mut at, mut blank) = (0, 0, true);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line.starts_with("//!") || plain_attribute(line) {
            end = at;
        } else if !line.is_empty() || blank {
            break;
        }
        blank = line.is_empty();
    }
    text.split_at(end)
}

/// `#![allow(a, b::c)]` with rustfmt's own spacing, and short enough that it stays on one line.
fn plain_attribute(line: &str) -> bool {
    let Some(inner) = line
        .strip_prefix("#![")
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return false;
    };
    let spaced = inner.matches(", ").count();
    line.len() <= 60
        && inner
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_:(), ".contains(&b))
        && inner.matches(',').count() == spaced
        && inner.matches(' ').count() == spaced
        && !inner.contains(", )")
}

/// Puts a file together again: a blank line after the header only if there was one, as rustfmt does.
fn join(header: &str, source: &str, formatted: &str) -> String {
    let mut text: String = header
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect();
    let body = formatted.trim_matches('\n');
    if !header.is_empty() && !body.is_empty() && source.starts_with(['\n', '\r']) {
        text.push('\n');
    }
    text.push_str(body);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The texts between the boundary items, or None if they are not all there in order.
fn split(formatted: &str, count: usize) -> Option<Vec<&str>> {
    let mut parts = formatted.split(MARK);
    if !parts.next()?.trim().is_empty() {
        return None;
    }
    let bodies: Vec<&str> = parts
        .enumerate()
        .map(|(index, part)| part.strip_prefix(&format!("{index}: () = ();")))
        .collect::<Option<_>>()?;
    (bodies.len() == count).then_some(bodies)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<String> {
        [
            "//! Doc.\n\nuse b::c;\nuse a::{z,y};\nmod q;\nmod p;\n\nfn f(){ let x=1; }\n",
            "//! Doc.\n//!\n//! More.\nuse z::a;\n// about b\nuse b::c;\n\n\n\nfn g() {}\n// the end",
            "//! Doc.\n\n#![allow(clippy::x, dead_code)]\n#![forbid(unsafe_code)]\n\nuse b::c;\nuse a::b;\n",
            "//! Doc.\n\n\n#![allow(a,b)]\n#![forbid(unsafe_code)]\nuse b::c;use a::b;\nfn main(){}\n",
            "// Only a note.\n",
            "",
            "//! Only a doc.\n",
            "\n\nmod z;\npub mod a;\n#[cfg(test)] mod tests;\n",
            "pub mod inner { //! Inner doc.\n use b::c; use a::d; }\n",
            "macro_rules! m { ($x:expr) => { $x } }\nm!{1}\nstatic S: &str = \"const BACKGEN_FILE_BOUNDARY_0\";\n",
            "use a::b;\r\nfn crlf(){}\r\n",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    #[test]
    fn joined_files_come_out_as_if_formatted_one_by_one() {
        let alone: Vec<String> = texts()
            .iter()
            .map(|text| {
                run("rustfmt", text)
                    .map_err(|failure| failure.reason)
                    .unwrap()
            })
            .collect();
        let many: Vec<String> = (0..30).flat_map(|_| texts()).collect();
        let joined = format_rust(many);
        assert_eq!(joined.note, None);
        for (index, formatted) in joined.texts.iter().enumerate() {
            let which = index % alone.len();
            assert_eq!(*formatted, alone[which], "from {:?}", texts()[which]);
        }
        assert_eq!(format_rust(joined.texts.clone()).texts, joined.texts);
    }

    #[test]
    fn without_rustfmt_the_text_stays_and_a_note_says_so() {
        let done = format_with("rustfmt-that-is-not-installed", texts());
        assert_eq!(done.texts, texts());
        assert!(done.note.unwrap().contains("rustup component add rustfmt"));
    }

    #[test]
    fn a_text_that_rustfmt_refuses_stays_and_the_others_are_formatted() {
        let mut texts = vec!["fn a(){}".to_owned(); 5];
        texts[3] = "fn f( {".to_owned();
        let done = format_rust(texts);
        let good = "fn a() {}\n";
        assert_eq!(done.texts, [good, good, good, "fn f( {", good]);
        assert!(done.note.unwrap().starts_with("it failed"));
    }

    #[test]
    fn chunks_keep_every_text_in_order() {
        let texts: Vec<String> = (0..7).map(|n| n.to_string().repeat(3)).collect();
        for size in 1..30 {
            assert_eq!(chunks(&texts, size).concat(), texts);
        }
    }
}
