//! What a verb has to say, for people and for tools.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::paint::Paint;
use crate::compile::Failure;
use crate::diagnostic::{Code, Diagnostic, Renderer, Severity, Sink, Stage, change, emit};
use crate::emit::{EmitError, Finding, Outcome};
use crate::source::SourceMap;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Well = 0,
    /// The specs are wrong, or the tree differs from them.
    Findings = 1,
    /// backgen was called wrongly, or could not read or write.
    Failed = 2,
}

/// The most lines of one difference that people are shown.
const DIFF_LINES: usize = 60;

/// Everything that a run tells.
#[derive(Debug, Default)]
pub struct Report {
    /// Empty where the call could not be understood.
    pub verb: &'static str,
    /// About specs and calls, with the texts that they point into.
    pub diagnostics: Vec<Diagnostic>,
    pub map: SourceMap,
    /// What became of the tree.
    pub outcome: Option<Outcome>,
    /// Lines for people that are no finding.
    pub remarks: Vec<String>,
    /// The result for people.
    pub text: String,
    /// More members of the JSON document.
    pub members: Map<String, Value>,
    /// Takes the place of the JSON document.
    pub document: Option<Value>,
}

/// Why a verb came to no result.
#[derive(Debug)]
pub struct Stop(Box<Report>);

impl Stop {
    /// The faults of the specs.
    pub fn specs(sink: Sink, map: SourceMap) -> Self {
        Self(Box::new(Report {
            diagnostics: sink.sorted(),
            map,
            ..Report::default()
        }))
    }
}

impl From<Stop> for Report {
    fn from(stop: Stop) -> Self {
        *stop.0
    }
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(Box::new(Report {
            diagnostics: vec![diagnostic],
            ..Report::default()
        }))
    }
}

impl From<EmitError> for Stop {
    fn from(error: EmitError) -> Self {
        error.diagnostic().into()
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        let diagnostics = match failure {
            Failure::Changes(changes) => changes.iter().map(change::table_change).collect(),
            Failure::Render(error) => vec![emit::defect(&error.to_string())],
            Failure::Plan(error) => vec![emit::defect(&error.to_string())],
        };
        Self(Box::new(Report {
            diagnostics,
            ..Report::default()
        }))
    }
}

impl Report {
    /// Only a text.
    pub fn text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The same for people and for tools.
    pub fn document(document: Value) -> Self {
        Self {
            text: pretty(&document),
            document: Some(document),
            ..Self::default()
        }
    }

    pub fn exit(&self) -> Exit {
        let found = self.all().filter(|it| it.severity() == Severity::Error);
        found
            .map(|it| exit_of(it.code()))
            .max()
            .unwrap_or(Exit::Well)
    }

    fn findings(&self) -> &[Finding] {
        self.outcome.as_ref().map_or(&[], |it| &it.findings)
    }

    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        let tree = self.findings().iter().map(|it| &it.diagnostic);
        self.diagnostics.iter().chain(tree)
    }

    /// Findings with their differences, then remarks.
    pub(super) fn notes(&self, paint: Paint) -> String {
        let renderer = Renderer::new(paint.on);
        let mut text = renderer.report(&self.diagnostics, &self.map);
        for finding in self.findings() {
            text.push_str(&renderer.one(&finding.diagnostic, &self.map));
            text.push('\n');
            if let Some(diff) = &finding.diff {
                write_diff(&mut text, diff, paint);
            }
            text.push('\n');
        }
        for remark in &self.remarks {
            text.push_str(remark);
            text.push('\n');
        }
        text
    }

    /// The one JSON document of the run.
    pub(super) fn json(&self) -> String {
        let exit = self.exit();
        if let (Some(document), Exit::Well) = (&self.document, exit) {
            return pretty(document);
        }
        let of_specs = self.diagnostics.iter().map(|it| it.to_json(&self.map));
        let of_tree = self.findings().iter().map(|it| json!(it));
        let diagnostics: Vec<Value> = of_specs.chain(of_tree).collect();
        let mut object = Map::new();
        let command = Some(self.verb).filter(|verb| !verb.is_empty());
        object.insert("command".into(), json!(command));
        object.insert("exit".into(), json!(exit as u8));
        object.insert("diagnostics".into(), json!(diagnostics));
        if let Some(outcome) = &self.outcome {
            object.insert("mode".into(), json!(outcome.mode));
            object.insert("written".into(), json!(outcome.written));
            object.insert("actions".into(), json!(outcome.actions));
        }
        object.extend(self.members.clone());
        pretty(&Value::Object(object))
    }
}

/// What an error of this kind means for the run.
fn exit_of(code: Code) -> Exit {
    match code {
        Code::NoProjectFile
        | Code::Unreadable
        | Code::DiskRefused
        | Code::PathBlocked
        | Code::TreeLocked
        | Code::RecordUnreadable
        | Code::RecordNewer
        | Code::DefectInBackgen => Exit::Failed,
        _ if code.stage() == Stage::Call => Exit::Failed,
        _ => Exit::Findings,
    }
}

fn write_diff(text: &mut String, diff: &str, paint: Paint) {
    let lines: Vec<&str> = diff.lines().collect();
    for line in lines.iter().take(DIFF_LINES) {
        let line = match line.as_bytes().first() {
            Some(b'+') => paint.green(line),
            Some(b'-') => paint.red(line),
            Some(b'@') => paint.cyan(line),
            _ => (*line).to_owned(),
        };
        let _ = writeln!(text, "  {line}");
    }
    if lines.len() > DIFF_LINES {
        let rest = lines.len() - DIFF_LINES;
        let _ = writeln!(text, "  ... {rest} more lines (`--format json` has all)");
    }
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("BUG: a value that is no JSON");
    text.push('\n');
    text
}
