//! What a spec means: from names to ids, with every default filled in and every rule of the language checked.
//!
//! Enters: the AST, whose bad parts are marked and already reported. Leaves: an [`ir::Service`], or nothing and a reason
//! in the sink. All faults are found in one run, each once: what was reported, or cannot be judged because of what was
//! reported, is passed over in silence.
//! Deliberately absent: Rust and SQL text; only the names that they are made of are judged here.

mod access;
mod callers;
mod changes;
mod checks;
mod clashes;
mod columns;
mod computed;
mod conditions;
mod crud;
mod cycles;
mod declare;
mod endpoints;
mod entities;
mod enums;
mod errors;
mod field_names;
mod field_rules;
mod field_uses;
mod fields;
mod items;
mod keys;
mod lists;
mod literals;
mod lookup;
mod names;
mod numbers;
mod objects;
mod operations;
mod outputs;
mod parts;
mod paths;
mod relations;
mod routes;
mod scalars;
mod scope;
mod summary;
mod tables;
mod tenancy;
mod transitions;
mod types;
mod unused;

pub mod plural;
pub mod reserved;

use crate::ast;
use crate::diagnostic::{Sink, names as report};
use crate::ir;
use scope::Cx;

/// The meaning of a project.
///
/// `sink` is the one that parsing filled; `None` where it holds an error, found there or here.
pub fn resolve(spec: &ast::Spec, sink: &mut Sink) -> Option<ir::Service> {
    let mut cx = Cx::new(spec, sink);
    let (name, api) = project(&mut cx);
    declare::declare(&mut cx);
    entities::entities(&mut cx);
    columns::columns(&mut cx);
    relations::relations(&mut cx);
    tables::tables(&mut cx);
    checks::checks(&mut cx);
    computed::computed(&mut cx);
    cycles::cycles(&mut cx);
    callers::auth(&mut cx);
    callers::owners(&mut cx);
    tenancy::tenancy(&mut cx);
    field_rules::rules(&mut cx);
    transitions::transitions(&mut cx);
    access::private(&mut cx);
    endpoints::endpoints(&mut cx);
    unused::unused(&mut cx);
    let mut service = cx.finish(name, api)?;
    access::sights(&mut service);
    clashes::clashes(&service, spec, sink);
    field_uses::uses(&service, spec, sink);
    (!sink.has_errors()).then_some(service)
}

fn project(cx: &mut Cx<'_>) -> (String, ir::Api) {
    let project = &cx.spec.project;
    let mut name = String::new();
    if let Some(service) = project.service.get() {
        names::service(cx, service);
        name.clone_from(&service.value);
    }
    let api = project.api.get();
    let mut prefix = String::new();
    if let Some((text, span)) = api.and_then(|api| api.prefix.given()) {
        // `/` for none is what people mean by it.
        text.trim_end_matches('/').clone_into(&mut prefix);
        if !(text == "/" || prefix == *text && paths::is_prefix(text)) {
            cx.report(report::wrong_prefix(text, span));
        }
    }
    let envelope = match api.and_then(|api| api.envelope.get()) {
        Some(ast::Envelope::Data) => ir::Envelope::Data,
        Some(ast::Envelope::Named) => ir::Envelope::Named,
        Some(ast::Envelope::Bare) | None => ir::Envelope::Bare,
    };
    let case = match api.and_then(|api| api.case.get()) {
        Some(ast::Case::Camel) => ir::Case::Camel,
        Some(ast::Case::Snake) | None => ir::Case::Snake,
    };
    cx.case = case;
    (
        name,
        ir::Api {
            prefix,
            envelope,
            case,
        },
    )
}
