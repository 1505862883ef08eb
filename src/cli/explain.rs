//! `backgen explain CODE`: the page of a finding.

use serde_json::json;

use super::paint::Paint;
use super::report::{Report, Stop};
use crate::diagnostic::{Code, call};

pub fn run(code: &str, paint: Paint) -> Result<Report, Stop> {
    let found: Code = code.parse().map_err(|_| call::no_such_code(code))?;
    Ok(Report {
        text: plain(found.page(), paint),
        document: Some(json!({
            "code": found.id(),
            "title": found.title(),
            "page": found.page(),
        })),
        ..Report::default()
    })
}

/// Markdown for a terminal: headings in bold, code indented and without its fences.
fn plain(page: &str, paint: Paint) -> String {
    let mut text = String::with_capacity(page.len());
    let mut code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        let line = if code {
            paint.cyan(format!("    {line}").trim_end())
        } else if let Some(heading) = line.strip_prefix("# ") {
            paint.bold(heading)
        } else {
            words(line, paint)
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// What stands in backticks has a colour instead, where there are colours.
fn words(line: &str, paint: Paint) -> String {
    if !paint.on || !line.matches('`').count().is_multiple_of(2) {
        return line.to_owned();
    }
    let parts = line.split('`').enumerate();
    parts
        .map(|(index, part)| {
            if index % 2 == 1 {
                paint.cyan(part)
            } else {
                part.to_owned()
            }
        })
        .collect()
}
