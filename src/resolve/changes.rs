//! What commands do by themselves: `moves`, `guard` and `set`.

use super::conditions::{self, Place};
use super::errors;
use super::literals;
use super::scope::{Cx, Member};
use crate::ast::{self, Entry, Map, Name};
use crate::diagnostic::{endpoints as endpoint_report, moves as report, support};
use crate::ir::{
    Access, Assigned, Assignment, Change, Column, Comparison, Constant, EntityId, ErrorId, Expr,
    FeatureId, Field, Filled, Guard, Node, Output, Scalar, Type,
};

/// The command that changes a row.
pub(super) struct Command<'a, 'c> {
    pub feature: FeatureId,
    pub entity: EntityId,
    pub ast: &'a ast::Endpoint,
    pub input: &'c [Field],
    pub access: &'c Access,
    pub output: Option<Output>,
}

impl Command<'_, '_> {
    fn place(&self, what: &'static str) -> Place<'_> {
        Place::Request {
            what,
            input: self.input,
            access: self.access,
        }
    }
}

/// What the command does; `None` where its logic does it. What guards answer is added to the errors.
pub(super) fn change<'a>(
    cx: &mut Cx<'a>,
    command: &Command<'a, '_>,
    errors: &mut Vec<ErrorId>,
) -> Option<Change> {
    let ast = command.ast;
    let by_itself = !ast.moves.is_absent() || !ast.set.is_absent();
    if !by_itself {
        if let Some(span) = ast.guard.span() {
            cx.report(support::guard_alone(span));
        }
        return None;
    }
    if let Some(span) = ast.query.span() {
        let help = "use `input`, whose fields `guard` and `set` can name";
        let what = "a command that changes its row by itself";
        cx.report(endpoint_report::not_for_this_endpoint(
            "query", what, span, help,
        ));
    }
    if let (Some(output), Some(span)) = (command.output, ast.output.span())
        && ![Output::Empty, Output::Entity(command.entity)].contains(&output)
    {
        let name = cx.entity(command.entity).name.clone();
        cx.report(report::another_output(&name, span));
    }
    let moves = ast
        .moves
        .get()
        .and_then(|name| moved(cx, command.entity, name));
    let mut guards = Vec::new();
    for entry in ast.guard.get().into_iter().flat_map(Map::iter) {
        guards.extend(guard(cx, command, entry));
    }
    let mut set = Vec::new();
    for entry in ast.set.get().into_iter().flat_map(Map::iter) {
        let assignment = assignment(cx, command, entry, &set);
        set.extend(assignment);
    }
    for guard in &guards {
        if !errors.contains(&guard.error) {
            errors.push(guard.error);
        }
    }
    for it in &mut set {
        it.within = it
            .within
            .take()
            .and_then(|within| unproven(within, &guards));
    }
    let change = Change { moves, guards, set };
    if !cx.has_errors() {
        unread(cx, command, &change);
    }
    Some(change)
}

fn moved(cx: &mut Cx<'_>, id: EntityId, name: &Name) -> Option<usize> {
    let draft = cx.draft(id);
    let transitions = &draft.entity.transitions;
    let found = transitions.iter().position(|it| it.name == name.value);
    let written = draft.ast.transitions.get().into_iter().flat_map(Map::good);
    let mut written = written.flat_map(|(_, moves)| moves.iter());
    // A bad one was reported where it stands.
    let is_bad = draft.ast.transitions.is_bad() || written.any(|it| it.name.value == name.value);
    if found.is_none() && !is_bad {
        let names = transitions.iter().map(|it| it.name.as_str());
        let entity = &draft.entity.name;
        let diagnostic = report::unknown_transition(&name.value, entity, name.span, names);
        cx.report(diagnostic);
    }
    found
}

fn guard<'a>(
    cx: &mut Cx<'a>,
    command: &Command<'a, '_>,
    entry: &'a Entry<ast::Expression>,
) -> Option<Guard> {
    let error = errors::named(cx, command.feature, &entry.name);
    let (expression, span) = entry.value.given()?;
    let place = command.place("a guard");
    let condition = conditions::condition(cx, place, command.entity, expression, span);
    let (error, condition) = (error?, condition?);
    let fields = cx.errors[error.0].fields.clone();
    let filled = fields.iter().map(|field| {
        let row = cx.entity(command.entity).fields.iter();
        let found = row.enumerate().find(|(_, it)| it.name == field.name);
        let from_row = found.filter(|(_, it)| fills(it, field));
        let filled = match from_row {
            Some((index, _)) => Some(Filled::FromRow(index)),
            None if field.optional => Some(Filled::Null),
            None => None,
        };
        if filled.is_none() {
            let entity = cx.entity(command.entity).name.clone();
            let name = &entry.name;
            cx.report(report::unfilled(
                &name.value,
                &field.name,
                &entity,
                name.span,
            ));
        }
        filled
    });
    let filled: Vec<Option<Filled>> = filled.collect();
    Some(Guard {
        error,
        filled: filled.into_iter().collect::<Option<_>>()?,
        text: expression
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        condition,
    })
}

/// Whether a field of the row is of the type that a field of an error has.
fn fills(row: &Field, error: &Field) -> bool {
    let same = match (&row.ty, &error.ty) {
        (Type::Scalar(Scalar::Decimal(a)), Type::Scalar(Scalar::Decimal(b))) => a.scale == b.scale,
        (Type::Scalar(a), Type::Scalar(b)) => {
            std::mem::discriminant(a) == std::mem::discriminant(b)
        }
        (Type::Reference(a), Type::Reference(b)) => a.target == b.target,
        (a, b) => a == b,
    };
    // An error is told to whoever may call.
    same && row.readers.is_none() && (error.optional || !row.optional)
}

fn assignment(
    cx: &mut Cx<'_>,
    command: &Command<'_, '_>,
    entry: &Entry<ast::Value>,
    before: &[Assignment],
) -> Option<Assignment> {
    let name = &entry.name;
    let member = cx.member(command.entity, name)?;
    let Member::Column(Column::Field(index)) = member else {
        cx.report(report::not_settable(
            &name.value,
            "the service keeps it itself",
            name.span,
        ));
        return None;
    };
    if before.iter().any(|it| it.field == index) {
        cx.report(report::not_settable(
            &name.value,
            "it is set twice",
            name.span,
        ));
        return None;
    }
    let entity = cx.entity(command.entity);
    if entity.transitions.iter().any(|it| it.field == index) {
        cx.report(report::sets_a_state(&name.value, name.span));
        return None;
    }
    let field = entity.fields[index].clone();
    let (value, span) = entry.value.given()?;
    let place = command.place("a value");
    let (value_of, within) =
        conditions::assigned(cx, place, command.entity, (&value.0, span), &field)?;
    if let Assigned::Value(expr) = &value_of {
        if let Node::Constant(Constant::Text(text)) = &expr.node {
            let text = ast::Literal::Text(text.clone());
            literals::literal(cx, "value", &text, span, &field.ty)?;
        }
        let foreign = matches!(field.ty, Type::Reference(_))
            && !matches!(expr.node, Node::ActorId | Node::Input(_) | Node::Column(_));
        if foreign {
            let why = "it refers to a row, which may be gone";
            cx.report(report::not_settable(&name.value, why, span));
            return None;
        }
    }
    Some(Assignment {
        field: index,
        value: value_of,
        within,
    })
}

/// What of a condition on bounds no guard implies.
fn unproven(within: Expr, guards: &[Guard]) -> Option<Expr> {
    let guards = guards.iter().flat_map(|guard| match &guard.condition.node {
        Node::All(parts) => parts.as_slice(),
        _ => std::slice::from_ref(&guard.condition),
    });
    let proven = |side: &Expr| guards.clone().any(|guard| implies(guard, side));
    match within.node {
        Node::All(sides) if !within.nullable => {
            let mut sides: Vec<Expr> = sides.into_iter().filter(|it| !proven(it)).collect();
            match sides.len() {
                0 => None,
                1 => Some(sides.remove(0)),
                _ => Some(Expr {
                    node: Node::All(sides),
                    kind: within.kind,
                    nullable: false,
                }),
            }
        }
        _ => (!proven(&within)).then_some(within),
    }
}

/// Of two comparisons with constants: whether the other holds wherever one does.
fn implies(one: &Expr, other: &Expr) -> bool {
    use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
    let parts = |expr: &Expr| match &expr.node {
        Node::Compare { op, left, right } => match right.node {
            Node::Constant(Constant::Number(units)) => Some((*op, left.clone(), units)),
            _ => None,
        },
        _ => None,
    };
    let (Some((has, value, held)), Some((wants, of, bound))) = (parts(one), parts(other)) else {
        return false;
    };
    value == of
        && match (has, wants) {
            (LessOrEqual | Less, LessOrEqual) => held <= bound,
            (GreaterOrEqual | Greater, GreaterOrEqual) => held >= bound,
            _ => false,
        }
}

/// What a client sends and nothing reads.
fn unread(cx: &mut Cx<'_>, command: &Command<'_, '_>, change: &Change) {
    for (index, field) in command.input.iter().enumerate() {
        let mut written = command.ast.input.get().into_iter().flat_map(Map::iter);
        let entry = written.find(|entry| entry.name.value == field.name);
        if let (Some(entry), false) = (entry, change.reads_input(index)) {
            cx.report(report::unread_input(&field.name, entry.name.span));
        }
    }
}
