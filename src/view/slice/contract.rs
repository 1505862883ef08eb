//! `mod.rs` of a slice: the contract.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{Draft, naming, text, types};
use super::command::{self, Member};
use super::problems::{self, Variant};
use super::{Slice, Unit, parts};
use crate::ir::{Action, Endpoint, Object, ObjectId, Output, Rule, Type};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    doc: String,
    imports: String,
    id: String,
    method: &'static str,
    path: String,
    status: u16,
    unit: &'static str,
    /// `Access::Public`
    access: String,
    /// Whether it works for the tenant of its caller.
    tenant: bool,
    command_doc: String,
    /// Of the command: those of a list cannot be compared.
    derives: &'static str,
    members: Vec<Member>,
    sort: Vec<String>,
    outcome: String,
    structs: Vec<Struct>,
    variants: Vec<Variant>,
}

/// An anonymous object of the output or the input.
#[derive(Debug, Serialize)]
struct Struct {
    name: String,
    doc: String,
    derives: &'static str,
    camel: bool,
    members: Vec<Member>,
}

pub fn draft(slice: &Slice<'_>, path: String) -> Draft {
    let mut imports = Imports::default();
    imports.all(&[
        "kernel::contract::Access",
        "kernel::contract::Contract",
        "kernel::contract::Method",
    ]);
    imports.all(&[
        "kernel::contract::Unit",
        "kernel::db::Failure",
        "kernel::problem::Problem",
    ]);
    let members = command::members(slice, &mut imports);
    let structs = structs(slice, &mut imports);
    let outcome = outcome(slice, &mut imports);
    let variants = problems::variants(slice, &mut imports);
    let view = View {
        doc: doc(slice),
        id: text::string(&format!(
            "{}.{}",
            slice.world.service[slice.endpoint.feature].name, slice.endpoint.name
        )),
        method: method(slice),
        path: text::string(&slice.world.route(slice.endpoint)),
        status: slice.endpoint.status,
        unit: match slice.unit() {
            Unit::Read => "Read",
            Unit::Statement => "Statement",
            Unit::Transaction => "Transaction",
        },
        access: access(slice, &mut imports),
        tenant: slice.endpoint.access.tenant,
        command_doc: command_doc(slice),
        derives: match slice.endpoint.action {
            Action::List(_) => "Debug, Clone",
            _ => "Debug, Clone, PartialEq",
        },
        members,
        sort: command::sort_variants(slice),
        outcome,
        structs,
        variants,
        imports: imports.print(),
    };
    Draft::new(
        path,
        Owner::Generated,
        "src/features/__feature__/__endpoint__/mod.rs.j2",
        &view,
    )
}

fn doc(slice: &Slice<'_>) -> String {
    let Endpoint {
        summary,
        description,
        ..
    } = slice.endpoint;
    let said = if description.is_empty() {
        summary
    } else {
        description
    };
    format!("//! `{}`\n//!\n{}", slice.heading(), text::doc("//!", said))
}

/// `Access::Any(&[Rule::Row("owner"), Rule::Role("support")])`
fn access(slice: &Slice<'_>, imports: &mut Imports) -> String {
    let access = &slice.endpoint.access;
    if !slice.world.service.asks_who(slice.endpoint) {
        return "Access::Public".into();
    }
    format!("Access::Any({})", rules(access, imports))
}

/// `&[Rule::Row("owner"), Rule::Role("support")]`
pub fn rules(access: &crate::ir::Access, imports: &mut Imports) -> String {
    imports.all(&["kernel::contract::Rule"]);
    let rules = access.rules.iter().map(|rule| match rule {
        Rule::Public => "Rule::Public".into(),
        Rule::Authenticated => "Rule::Authenticated".into(),
        Rule::Role(role) => format!("Rule::Role({})", text::string(role)),
        Rule::Owner => r#"Rule::Row("owner")"#.into(),
        Rule::When { text, .. } => format!("Rule::When({})", text::string(text)),
        Rule::Member { text, .. } => {
            format!("Rule::Row({})", text::string(&format!("member of {text}")))
        }
    });
    let rules: Vec<String> = rules.collect();
    format!("&[{}]", rules.join(", "))
}

fn method(slice: &Slice<'_>) -> &'static str {
    match slice.endpoint.method {
        crate::ir::Method::Get => "Get",
        crate::ir::Method::Post => "Post",
        crate::ir::Method::Put => "Put",
        crate::ir::Method::Patch => "Patch",
        crate::ir::Method::Delete => "Delete",
    }
}

fn command_doc(slice: &Slice<'_>) -> String {
    let what = match slice.endpoint.action {
        Action::List(_) => "What the caller wants listed, and how.",
        Action::Get(_) => "What the caller wants to see.",
        Action::Update(_) => "What changes; what is absent stays as it is.",
        Action::Create(_) | Action::Delete(_) | Action::Command(_) | Action::Free(_) => {
            "A request that passed validation."
        }
    };
    what.into()
}

/// The type behind `Outcome`.
fn outcome(slice: &Slice<'_>, imports: &mut Imports) -> String {
    match &slice.endpoint.action {
        Action::List(_) => {
            let item = slice.representation(imports);
            format!("{}<{item}>", imports.name("kernel::page::Page"))
        }
        Action::Get(_) | Action::Create(_) | Action::Update(_) => slice.representation(imports),
        Action::Delete(_) => "()".into(),
        Action::Command(it) => output(slice, &it.output, imports),
        Action::Free(it) => output(slice, &it.output, imports),
    }
}

fn output(slice: &Slice<'_>, output: &Output, imports: &mut Imports) -> String {
    let entity = |id, imports: &mut Imports| {
        types::entity(slice.world.service, id, slice.endpoint.feature, imports)
    };
    match output {
        Output::Empty => "()".into(),
        Output::Entity(id) => entity(*id, imports),
        Output::Entities(id) => format!("Vec<{}>", entity(*id, imports)),
        Output::Object(id) => {
            types::object(slice.world.service, *id, slice.endpoint.feature, imports)
        }
    }
}

/// The anonymous objects that the output and the input hold, outermost first.
fn structs(slice: &Slice<'_>, imports: &mut Imports) -> Vec<Struct> {
    let mut found = Vec::new();
    if let Some(Output::Object(id)) = slice.output() {
        collect(slice, *id, true, imports, &mut found);
    }
    for field in command::inputs(slice) {
        nested(slice, &field.ty, false, imports, &mut found);
    }
    for part in slice.parts() {
        let words = part.include.name.replace('_', " ");
        found.push(Struct {
            name: parts::struct_name(slice, part),
            doc: format!("/// Of the {words} that are made with the row."),
            derives: "Debug, Clone, PartialEq",
            camel: false,
            members: parts::part_members(slice, part, imports),
        });
        for (_, field) in part.fields(slice.world.service) {
            nested(slice, &field.ty, false, imports, &mut found);
        }
    }
    found
}

fn collect(
    slice: &Slice<'_>,
    id: ObjectId,
    output: bool,
    imports: &mut Imports,
    found: &mut Vec<Struct>,
) {
    let object: &Object = &slice.world.service[id];
    let name = naming::pascal(&object.name);
    if object.named || found.iter().any(|known| known.name == name) {
        return;
    }
    let members = object
        .fields
        .iter()
        .map(|field| command::member(slice, field, imports));
    let members = members.collect();
    let derives = if output {
        imports.all(&["serde::Serialize"]);
        "Debug, Clone, PartialEq, Serialize"
    } else {
        "Debug, Clone, PartialEq"
    };
    let camel = output && slice.world.camel();
    found.push(Struct {
        doc: text::doc("///", &object.description),
        name,
        derives,
        camel,
        members,
    });
    for field in &object.fields {
        nested(slice, &field.ty, output, imports, found);
    }
}

fn nested(
    slice: &Slice<'_>,
    ty: &Type,
    output: bool,
    imports: &mut Imports,
    found: &mut Vec<Struct>,
) {
    match ty {
        Type::Object(id) => collect(slice, *id, output, imports, found),
        Type::List(list) => nested(slice, &list.item, output, imports, found),
        _ => {}
    }
}
