//! The tests of commands that change their row by themselves: what they do, and each condition on both sides of its edge.

use super::super::slice::{Slice, command};
use super::super::text;
use super::calls;
use super::checked::json;
use super::endpoint::Plan;
use super::names::File;
use crate::expr::samples::acts::{Acts, Example};
use crate::ir::{Assigned, Assignment, Change, Constant, Field, Filled, Node, Refusal, Type};

/// Whom tests call as.
const ACTOR: &str = "01900000-0000-7000-8000-00005e1f0000";

pub fn plan(slice: &Slice<'_>, change: &Change, file: &mut File<'_>) -> Plan {
    let entity = slice.entity();
    let input = command::inputs(slice);
    let acts = Acts::new(entity, &slice.world.service.enums, input, change, ACTOR);
    let example = acts.example();
    file.imports.all(&["support::act::Act"]);
    let status = match example {
        Some(_) => format!("Some({})", slice.endpoint.status),
        None => "None".into(),
    };
    let (held, sent) = example.as_ref().map_or_else(
        || ("&[]".into(), "&[]".into()),
        |example| (held(slice, &acts, example), sent(slice, example)),
    );
    let call = calls::literal(slice, file, (&held, &sent, &status));
    let value = format!(
        "Act {{ call: {call}, status: {}, one: {}, moves: {}, sets: &[{}] }}",
        slice.endpoint.status,
        one(slice),
        moves(slice, file),
        sets(slice, change, &acts, example.as_ref(), file),
    );
    let mut plan = Plan {
        constant: "ACT",
        ty: "Act",
        value,
        tests: Vec::new(),
    };
    calls::tests(slice, &mut plan);
    if example.is_some() {
        plan.test("succeeds");
    }
    transition(slice, &acts, example.is_some(), &mut plan);
    edges(slice, change, &acts, file, &mut plan);
    plan
}

/// `Some("ticket")`, where the row is answered.
fn one(slice: &Slice<'_>) -> String {
    match slice.output() {
        Some(crate::ir::Output::Entity(_)) => {
            let key = slice.world.service.api.one_key(slice.entity());
            format!("Some({})", text::string(&key.unwrap_or_default()))
        }
        _ => "None".into(),
    }
}

fn moves(slice: &Slice<'_>, file: &mut File<'_>) -> String {
    let service = slice.world.service;
    let Some(it) = slice.endpoint.transition(service) else {
        return "None".into();
    };
    let field = &slice.entity().fields[it.field];
    let Type::Enum(of) = field.ty else {
        return "None".into();
    };
    let word = |index: usize| text::string(&service[of].values[index].word);
    let from: Vec<String> = it.from.iter().map(|index| word(*index)).collect();
    let entity = slice.entity_id().expect("BUG: a move without a row");
    let refusal = Refusal::WrongState {
        entity,
        field: it.field,
    };
    file.imports.all(&["support::act::Moves"]);
    format!(
        "Some(Moves {{ column: {}, from: &[{}], to: {}, code: {} }})",
        text::string(&field.column_name()),
        from.join(", "),
        word(it.to),
        text::string(&service.problem_kind(&refusal).code),
    )
}

/// Each move from each state, and many of them at once.
fn transition(slice: &Slice<'_>, acts: &Acts<'_>, succeeds: bool, plan: &mut Plan) {
    let Some(it) = slice.endpoint.transition(slice.world.service) else {
        return;
    };
    if succeeds && !acts.asks_for(it.field) {
        plan.test("moves_from_each_state");
    }
    plan.test("refuses_other_states");
    if succeeds {
        plan.test("lets_one_of_many_move");
    }
}

fn sets(
    slice: &Slice<'_>,
    change: &Change,
    acts: &Acts<'_>,
    example: Option<&Example>,
    file: &mut File<'_>,
) -> String {
    let Some(example) = example else {
        return String::new();
    };
    let sets = change.set.iter().map(|it| {
        let field = &slice.entity().fields[it.field];
        let becomes = becomes(slice, it, acts.value(example, &it.value));
        file.imports.all(&["support::act::Becomes"]);
        format!("({}, {becomes})", text::string(&field.column_name()))
    });
    sets.collect::<Vec<_>>().join(", ")
}

fn becomes(slice: &Slice<'_>, it: &Assignment, known: Option<Constant>) -> String {
    let Assigned::Value(value) = &it.value else {
        return r#"Becomes::Is("null")"#.into();
    };
    match (&value.node, known) {
        (Node::Input(index), _) => {
            let sent = &command::inputs(slice)[*index];
            let key = slice.world.json(&sent.column_name());
            format!("Becomes::Sent({})", text::string(&key))
        }
        (Node::ActorId, _) => "Becomes::Caller".into(),
        (Node::Now, _) => "Becomes::Now".into(),
        (_, Some(known)) => {
            let ty = &slice.entity().fields[it.field].ty;
            format!("Becomes::Is({})", json(&known, ty))
        }
        _ => "Becomes::Anything".into(),
    }
}

/// The condition of each guard, and of bounds that the row may leave.
fn edges(
    slice: &Slice<'_>,
    change: &Change,
    acts: &Acts<'_>,
    file: &mut File<'_>,
    plan: &mut Plan,
) {
    let service = slice.world.service;
    let guards = change.guards.iter().map(|it| Refusal::Declared(it.error));
    let ranges = slice.endpoint.refusals(service).into_iter();
    let ranges = ranges.filter(|it| matches!(it, Refusal::OutOfRange { .. }));
    let refusals: Vec<Refusal> = guards.chain(ranges).collect();
    for (condition, refusal) in refusals.iter().enumerate() {
        let Some(edge) = acts.edge(condition) else {
            continue;
        };
        let kind = service.problem_kind(refusal);
        let told = told(slice, change, condition);
        file.imports
            .all(&["support::act::Case", "support::act::Stop"]);
        let stop = format!(
            "Stop {{ status: {}, code: {}, told: &[{told}] }}",
            kind.status,
            text::string(&kind.code)
        );
        let arguments = [
            case(slice, acts, &edge.at),
            case(slice, acts, &edge.over),
            stop.clone(),
        ];
        let name = format!("stops_before_{}", kind.code);
        plan.test_of(&name, "stops_beyond", &arguments);
        if let Some((from, times)) = acts.limited(&edge) {
            let arguments = [case(slice, acts, &from), times.to_string(), stop];
            let name = format!("lets_as_many_through_as_fit_before_{}", kind.code);
            plan.test_of(&name, "lets_through", &arguments);
        }
    }
}

/// Members of the problem and the columns that they show.
fn told(slice: &Slice<'_>, change: &Change, condition: usize) -> String {
    let Some(guard) = change.guards.get(condition) else {
        return String::new();
    };
    let fields = slice.world.service[guard.error].fields.iter();
    let told = fields.zip(&guard.filled).filter_map(|(field, filled)| {
        let Filled::FromRow(index) = filled else {
            return None;
        };
        let key = text::string(&slice.world.json(&field.column_name()));
        let column = text::string(&slice.entity().fields[*index].column_name());
        Some(format!("({key}, {column})"))
    });
    told.collect::<Vec<_>>().join(", ")
}

fn case(slice: &Slice<'_>, acts: &Acts<'_>, example: &Example) -> String {
    format!(
        "Case {{ held: {}, sent: {} }}",
        held(slice, acts, example),
        sent(slice, example)
    )
}

/// Columns of a row; a reference that leads to a row is `true`, one that leads nowhere `null`.
fn held(slice: &Slice<'_>, acts: &Acts<'_>, example: &Example) -> String {
    let fields = &slice.entity().fields;
    let values = example.row.iter().map(|(index, value)| {
        let field = &fields[*index];
        (field.column_name(), one_value(field, value))
    });
    let empty = acts.references();
    let empty = empty.filter(|index| fields[*index].optional && !example.row.contains_key(index));
    let empty = empty.map(|index| (fields[index].column_name(), text::string("null")));
    pairs(values.chain(empty))
}

fn sent(slice: &Slice<'_>, example: &Example) -> String {
    let fields = command::inputs(slice);
    let values = example.input.iter().map(|(index, value)| {
        let field = &fields[*index];
        (
            slice.world.json(&field.column_name()),
            one_value(field, value),
        )
    });
    pairs(values)
}

fn one_value(field: &Field, value: &Constant) -> String {
    match field.ty {
        Type::Reference(_) => text::string("true"),
        _ => json(value, &field.ty),
    }
}

fn pairs(values: impl Iterator<Item = (String, String)>) -> String {
    let pairs = values.map(|(name, value)| format!("({}, {value})", text::string(&name)));
    format!("&[{}]", pairs.collect::<Vec<_>>().join(", "))
}
