//! The tests of who may do what.

use serde::Serialize;

use super::super::rows::Rows;
use super::super::slice::Slice;
use super::super::slice::pieces::Piece;
use super::super::{Draft, World, callers, naming, sql, text};
use super::endpoint::{self, Plan};
use super::fields;
use super::names::File;
use crate::ir::{Access, Action, EntityId, Hop, Reach, Rule};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Callers {
    imports: String,
    /// `&["admin", "agent"]`
    roles: String,
    /// `Some(Rows { … })`
    rows: String,
    /// `tenants: Tenants { … },`, where there are any.
    tenants: String,
}

/// What the tests know of callers; `None` where nobody is asked.
pub fn callers(world: &World<'_>) -> Option<Draft> {
    let auth = world.service.auth.as_ref()?;
    let mut imports = super::super::imports::Imports::default();
    imports.all(&["support::Callers"]);
    let roles: Vec<String> = auth.roles.iter().map(|role| text::string(role)).collect();
    let rows = callers::feature(world).map(|(feature, actor)| {
        let entity = &world.service[actor.entity];
        imports.all(&["support::Rows"]);
        let make = if actor.provision {
            format!("Some({}::make_caller)", world.service.name)
        } else {
            "None".into()
        };
        format!(
            "Some(Rows {{ entity: &crate::{}::entity_tables::{}, by: {}, find: {}::find_caller, make: {make} }})",
            naming::ident(&world.service[feature].name),
            naming::shouty(&entity.name),
            text::string(&entity.column_name(actor.by)),
            world.service.name,
        )
    });
    let tenants = super::tenants::known(world);
    if !tenants.is_empty() {
        imports.all(&["support::Tenants"]);
    }
    let view = Callers {
        tenants,
        imports: imports.print(),
        roles: format!("&[{}]", roles.join(", ")),
        rows: rows.unwrap_or_else(|| "None".into()),
    };
    let template = "tests/api/callers.rs.j2";
    Some(Draft::new(
        "tests/api/callers.rs",
        Owner::Generated,
        template,
        &view,
    ))
}

/// The contracts of endpoints that anyone may call.
pub fn unguarded(world: &World<'_>) -> String {
    let service = world.service;
    let open = service.endpoints.iter();
    let open = open.filter(|endpoint| endpoint.access.rules.contains(&Rule::Public));
    let ids = open.map(|it| text::string(&format!("{}.{}", service[it.feature].name, it.name)));
    format!("[{}]", ids.collect::<Vec<_>>().join(", "))
}

/// What the tests know of an endpoint's rules.
#[derive(Debug, Serialize)]
pub struct Rules {
    /// `&[Rule::Owner]`
    all: String,
    /// `&[Along { … }]`; empty where everything that comes along is there for all.
    along: String,
    /// `&[Granted { … }]`, or nothing.
    granted: String,
}

/// Adds the tests of an endpoint's rules, which it returns.
pub fn rules(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) -> Option<Rules> {
    let access = &slice.endpoint.access;
    if !slice.world.service.asks_who(slice.endpoint) {
        if slice.world.service.auth.is_some() {
            plan.test_of("lets_in_whom_it_should", "lets_in", &["&[]".into()]);
        }
        return None;
    }
    fields::plan(slice, file, plan);
    joining(slice, file, plan);
    let granted = super::granted::granted(slice, file);
    if !granted.is_empty() {
        begin_with(plan, "granting(GRANTED)");
    }
    let rules = ["RULES".to_owned()];
    plan.test_of("lets_in_whom_it_should", "lets_in", &rules);
    if access.reach() != Reach::All {
        match slice.endpoint.action {
            Action::List(_) => plan.test_of("shows_what_one_may_see_alone", "narrows", &rules),
            _ => plan.test_of("hides_what_one_may_not_see", "hides", &rules),
        }
    }
    let along = along(slice, file);
    if !along.is_empty() {
        let arguments = ["RULES".to_owned(), "ALONG".to_owned()];
        plan.test_of("shows_along_what_one_may_see", "shows_along", &arguments);
    }
    if let Some(owner) = slice.filled_owner() {
        let column = text::string(&slice.entity().fields[owner].column_name());
        plan.test_of("belongs_to_its_maker", "belongs_to_its_maker", &[column]);
    }
    let pieces = slice.reached().map(|reached| reached.pieces(slice));
    let at = slice.entity_id();
    let mut all = literal(access, at, &pieces.unwrap_or_default(), file);
    if slice.endpoint.tells {
        all = all.replacen("&[", "&[Rule::Told, ", 1);
    }
    Some(Rules {
        all,
        along,
        granted,
    })
}

/// Where nobody sees rows but their members, the tester is one in all tests but those of the rules.
fn joining(slice: &Slice<'_>, file: &mut File<'_>, plan: &mut Plan) {
    let rules = &slice.endpoint.access.rules;
    let asked = rules.iter().any(|rule| matches!(rule, Rule::Member { .. }));
    let alone = rules.iter().all(|rule| rule.condition().is_some());
    let (true, true, Some(id)) = (asked, alone, slice.entity_id()) else {
        return;
    };
    let entity = file.entity(id);
    begin_with(plan, &format!("joining({entity}, RULES)"));
}

/// Has the tests so far begin with a service of which this is asked.
fn begin_with(plan: &mut Plan, call: &str) {
    for test in &mut plan.tests {
        let plain = "&service().await";
        test.call = test.call.replacen(plain, &format!("{plain}.{call}"), 1);
    }
}

/// `Along { … }` for each include of a read of which not every caller sees all.
fn along(slice: &Slice<'_>, file: &mut File<'_>) -> String {
    let reads = match &slice.endpoint.action {
        Action::List(_) => true,
        Action::Get(get) => !get.by_actor,
        _ => false,
    };
    let Some(id) = slice.entity_id().filter(|_| reads) else {
        return String::new();
    };
    let world = slice.world;
    let each = slice.includes().iter().filter_map(|include| {
        let sight = include.sight(world.service, id)?;
        let rows = Rows {
            world,
            entity: include.target,
            table: sql::table(&world.service[include.target]),
            from: slice.endpoint.feature,
        };
        let pieces = rows.any(&rows.conditions(sight));
        file.imports.all(&["support::along::Along"]);
        Some(format!(
            "Along {{ include: {}, readers: {} }}",
            endpoint::includes(slice, id, std::slice::from_ref(include), file),
            literal(sight, Some(include.target), &pieces, file)
        ))
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() {
        return String::new();
    }
    format!("&[{}]", each.join(", "))
}

/// `&[Rule::Owner, Rule::Role("agent")]`; what is in `pieces` is any of the conditions on rows.
fn literal(access: &Access, at: Option<EntityId>, pieces: &[Piece], file: &mut File<'_>) -> String {
    file.imports.all(&["support::access::Rule"]);
    let rules = access.rules.iter().filter_map(|rule| match rule {
        Rule::Member { way, .. } => Some(member(at, way, file)),
        other => fields::simple(other),
    });
    let mut rules: Vec<String> = rules.collect();
    if access.rules.iter().any(|rule| rule.condition().is_some()) {
        rules.push(condition(access, pieces, file));
    }
    format!("&[{}]", rules.join(", "))
}

/// `Rule::Member(&[many("ticket_watchers", …)])`: where a test puts members.
fn member(at: Option<EntityId>, way: &[Hop], file: &mut File<'_>) -> String {
    format!("Rule::Member(&[{}])", hops(at, way, file))
}

/// `many("ticket_watchers", …)`, one after the other.
fn hops(at: Option<EntityId>, way: &[Hop], file: &mut File<'_>) -> String {
    let mut at = at.expect("BUG: a rule about no row");
    let service = file.world.service;
    let hops = way.iter().map(|hop| {
        let printed = file.hop(at, *hop);
        at = super::reach::target(service, at, *hop);
        printed
    });
    hops.collect::<Vec<_>>().join(", ")
}

/// `Rule::When(&[Piece::Sql("tickets.open and …"), Piece::Id])`: all conditions on rows in one; `Rule::Row(…)` where they
/// hold for nobody who has not signed in.
fn condition(access: &Access, pieces: &[Piece], file: &mut File<'_>) -> String {
    file.imports.all(&["support::access::Piece"]);
    let pieces: Vec<String> = pieces.iter().map(fields::piece).collect();
    let rule = if access.asks_anyone() { "When" } else { "Row" };
    format!("Rule::{rule}(&[{}])", pieces.join(", "))
}
