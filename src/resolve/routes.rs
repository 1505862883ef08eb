//! Method and path of every endpoint, of which no two may be the same once the names of parameters are erased.

use std::collections::BTreeMap;

use super::scope::Cx;
use crate::diagnostic::endpoints as report;
use crate::ir::{Method, Path, Segment};
use crate::source::Span;

/// First parts of paths that the service answers itself, where the API has no prefix.
const OWN: [&str; 5] = ["health", "metrics", "docs", "openapi.json", "problems"];

/// Endpoints by method and erased path.
#[derive(Default)]
pub(super) struct Routes(BTreeMap<(Method, String), (String, Span)>);

pub(super) fn claim(
    cx: &mut Cx<'_>,
    routes: &mut Routes,
    method: Method,
    path: &Path,
    name: &str,
    span: Span,
) {
    let prefix = cx.spec.project.api.get().and_then(|api| api.prefix.get());
    if let (Some(Segment::Literal(first)), None | Some("" | "/")) =
        (path.segments.first(), prefix.map(String::as_str))
        && OWN.contains(&first.as_str())
    {
        cx.report(report::reserved_path(&format!("/{first}"), span));
    }
    let erased: String = path
        .segments
        .iter()
        .map(|segment| format!("/{}", part(segment)))
        .collect();
    let key = (method, erased);
    if let Some((other, first)) = routes.0.get(&key) {
        let route = format!("{} {}", method.name(), key.1);
        cx.report(report::path_taken(name, &route, span, other, *first));
        return;
    }
    routes.0.insert(key, (name.to_owned(), span));
}

fn part(segment: &Segment) -> &str {
    match segment {
        Segment::Literal(word) => word,
        Segment::Parameter(_) => "{}",
    }
}
