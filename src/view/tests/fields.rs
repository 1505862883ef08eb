//! The tests of who may read and write which field.

use super::super::slice::{Slice, pieces};
use super::super::text;
use super::endpoint::Plan;
use super::names::File;
use crate::expr::sql::{Bind, Target, print};
use crate::ir::{Access, Action, EntityId, Field, Output, Rule};

/// `.readers(&[Rule::Owner, Rule::Role("agent")])`, of a field in a table.
pub fn rules(file: &mut File<'_>, id: EntityId, field: &Field) -> String {
    let mut printed = String::new();
    for (method, access) in [("readers", &field.readers), ("writers", &field.writers)] {
        if let Some(access) = access {
            let rules = list(file, id, access);
            printed.push_str(&format!(".{method}({rules})"));
        }
    }
    printed
}

/// `&[Rule::Owner, Rule::When(&[…])]`, all conditions on rows in one.
fn list(file: &mut File<'_>, id: EntityId, access: &Access) -> String {
    file.imports.all(&["support::access::Rule"]);
    let rules = access.rules.iter().filter_map(simple);
    let mut rules: Vec<String> = rules.collect();
    let conditions: Vec<_> = access.rules.iter().filter_map(Rule::condition).collect();
    if !conditions.is_empty() {
        file.imports.all(&["support::access::Piece"]);
        let mut found = Vec::new();
        for (place, condition) in conditions.iter().enumerate() {
            let world = file.world;
            let target = Target {
                service: world.service,
                schema: world.schema,
                database: world.service.database,
            };
            let table = super::super::sql::table(&world.service[id]);
            if place > 0 {
                pieces::append(&mut found, " or ");
            }
            pieces::split(&print(&target, condition, id, &table, 1), &mut found);
        }
        let found = pieces::joined(found);
        let found: Vec<String> = found.iter().map(piece).collect();
        let rule = if access.asks_anyone() { "When" } else { "Row" };
        rules.push(format!("Rule::{rule}(&[{}])", found.join(", ")));
    }
    format!("&[{}]", rules.join(", "))
}

/// A rule without a condition.
pub fn simple(rule: &Rule) -> Option<String> {
    Some(match rule {
        Rule::Public => "Rule::Public".into(),
        Rule::Authenticated => "Rule::Authenticated".into(),
        Rule::Role(role) => format!("Rule::Role({})", text::string(role)),
        Rule::Owner => "Rule::Owner".into(),
        Rule::When { .. } | Rule::Member { .. } => return None,
    })
}

/// `Piece::Id`
pub fn piece(piece: &pieces::Piece) -> String {
    match piece {
        pieces::Piece::Sql(sql) => format!("Piece::Sql({})", text::string(sql)),
        pieces::Piece::Bound(Bind::ActorId) => "Piece::Id".into(),
        pieces::Piece::Bound(Bind::ActorSubject) => "Piece::Subject".into(),
        pieces::Piece::Bound(Bind::HasRole(role)) => {
            format!("Piece::HasRole({})", text::string(role))
        }
        pieces::Piece::Bound(Bind::Now | Bind::Input(_)) => {
            unreachable!("BUG: a rule about what it cannot know")
        }
    }
}

/// Adds the tests of the fields that an endpoint tells of or takes.
pub fn plan(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) {
    let rules = "RULES".to_owned();
    if slice.is_shown_in_part() {
        let mut arguments = vec![rules.clone()];
        if let Some(Output::Entity(id) | Output::Entities(id)) = slice.output() {
            arguments.push(file.entity(*id));
            let api = &slice.world.service.api;
            let entity = &slice.world.service[*id];
            let key = match slice.output() {
                Some(Output::Entities(_)) => api.many_key(entity),
                _ => api.one_key(entity),
            };
            arguments.push(text::string(&key.unwrap_or_default()));
        }
        plan.test_of("shows_what_one_may_read", "withholds", &arguments);
    }
    let written = slice.endpoint.body_fields(slice.world.service);
    let restricted = written.iter().any(|field| field.writers.is_some());
    if slice.endpoint.writes_rows() && restricted {
        let rules = [rules.clone()];
        plan.test_of("takes_what_one_may_write", "refuses_forbidden", &rules);
    }
    if let Action::List(list) = &slice.endpoint.action {
        for filter in &list.filters {
            let gates = slice.world.service.gates(list.entity, &filter.path);
            let closed: Vec<String> = gates
                .iter()
                .filter(|gate| gate.is_closed_to_some(slice.endpoint))
                .map(|gate| by_caller(file, gate.rule))
                .collect();
            if !closed.is_empty() {
                let name = text::string(&slice.world.json(&filter.name));
                let gates = format!("&[{}]", closed.join(", "));
                let test = format!("keeps_{}_from_those_who_may_not_read_it", filter.name);
                plan.test_of(&test, "keeps_filter", &[rules.clone(), name, gates]);
            }
        }
        for key in &list.sort {
            let gate = slice.world.service.gate(list.entity, key.column);
            let Some(gate) = gate.filter(|gate| gate.is_closed_to_some(slice.endpoint)) else {
                continue;
            };
            let name = slice.entity().column_name(key.column);
            let word = text::string(&slice.world.json(&name));
            let gates = format!("&[{}]", by_caller(file, gate.rule));
            let test = format!("keeps_the_order_by_{name}");
            plan.test_of(&test, "keeps_sort", &[rules.clone(), word, gates]);
        }
    }
}

/// The rules that are met in every row.
fn by_caller(file: &mut File<'_>, access: &Access) -> String {
    file.imports.all(&["support::access::Rule"]);
    let rules = access.rules.iter().filter(|rule| rule.is_about_callers());
    let rules: Vec<String> = rules.filter_map(simple).collect();
    format!("&[{}]", rules.join(", "))
}
