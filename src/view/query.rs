//! What a feature reads in batches: the rows that its lists include, and those that other features ask it for.

use serde::Serialize;

use super::by_id::{self, ById};
use super::imports::Imports;
use super::sight::{self, Narrow, Sight, narrow};
use super::{Draft, World, included, naming, sql, types};
use crate::ir::{Back, Column, Entity, EntityId, FeatureId, Hop, Include, Link};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    feature: String,
    imports: String,
    sights: Vec<Sight>,
    includes: Vec<EntityIncludes>,
    by_id: Vec<ById>,
}

/// `include_in_books`
#[derive(Debug, Serialize)]
struct EntityIncludes {
    function: String,
    view: String,
    flags: String,
    plural: String,
    row: String,
    parts: Vec<Part>,
    /// Whether some of it is not for every caller to see.
    in_part: bool,
}

/// One relation that may be included.
#[derive(Debug, Serialize)]
struct Part {
    name: String,
    /// `one`, `back`, `back_one`, `keys` or `rows`.
    kind: &'static str,
    /// The function that loads the far side of a reference, or nothing.
    function: String,
    /// Of its statement: `BOOK_TAGS`.
    constant: String,
    /// The member that holds the reference, of this row or of the child.
    member: String,
    optional: bool,
    /// The far row's type, or the natural key's.
    item: String,
    near: String,
    statement: String,
    column: String,
    order: String,
    /// The column that says whose rows the far ones are; empty where they are shared.
    tenant: String,
    /// The position of the near id behind the columns.
    position: usize,
    /// Whether not every caller sees all of it.
    in_part: bool,
    narrow: Option<Narrow>,
}

/// The most children of one row that an include carries.
const MOST_INCLUDED: usize = 100;

/// `query.rs` of a feature, where it has anything to read in batches.
pub fn draft(world: &World<'_>, feature: FeatureId) -> Option<Draft> {
    let mut imports = Imports::default();
    let service = world.service;
    let entities = service[feature]
        .entities
        .iter()
        .filter(|id| !included::includes_of_entity(world, **id).is_empty());
    let includes: Vec<_> = entities
        .map(|id| entity_includes(world, *id, &mut imports))
        .collect();
    let by_id = included::loaded_by_id(world, feature).into_iter();
    let by_id: Vec<_> = by_id
        .map(|(id, public)| by_id::view(world, id, public, &mut imports))
        .collect();
    if includes.is_empty() && by_id.is_empty() {
        return None;
    }
    imports.all(&[
        "kernel::db::Connection",
        "kernel::db::Failure",
        "std::collections::BTreeMap",
    ]);
    let name = &service[feature].name;
    let view = View {
        feature: name.clone(),
        sights: sight::sights(world, feature, &mut imports),
        imports: imports.print(),
        includes,
        by_id,
    };
    let path = format!("src/features/{name}/query.rs");
    Some(Draft::new(
        path,
        Owner::Generated,
        "src/features/__feature__/query.rs.j2",
        &view,
    ))
}

fn entity_includes(world: &World<'_>, id: EntityId, imports: &mut Imports) -> EntityIncludes {
    let service = world.service;
    let entity = &service[id];
    let model = types::model_path(service, entity.feature, entity.feature);
    let parts = included::includes_of_entity(world, id);
    EntityIncludes {
        function: format!("include_in_{}", entity.plural),
        view: imports.name(&format!("{model}::{}View", entity.name)),
        flags: imports.name(&format!("{model}::{}Include", entity.name)),
        plural: entity.plural.replace('_', " "),
        row: naming::ident(&entity.snake()),
        in_part: included::in_part(world, id),
        parts: parts
            .iter()
            .map(|include| part(world, id, include, imports))
            .collect(),
    }
}

fn part(world: &World<'_>, id: EntityId, include: &Include, imports: &mut Imports) -> Part {
    let service = world.service;
    let entity = &service[id];
    let mut part = Part {
        name: naming::ident(&include.name),
        kind: "one",
        function: String::new(),
        constant: naming::shouty(&format!("{}_{}", entity.snake(), include.name)),
        member: String::new(),
        optional: false,
        item: String::new(),
        near: match include.hop {
            Hop::One(_) => String::new(),
            Hop::Back(_) | Hop::Many(_) => types::entity_id(service, id, entity.feature, imports),
        },
        statement: String::new(),
        column: String::new(),
        order: String::new(),
        tenant: tenant(&service[include.target], include.hop),
        position: 0,
        in_part: include.sight(service, id).is_some() || service[include.target].tenant.is_some(),
        narrow: None,
    };
    if !part.tenant.is_empty() {
        imports.all(&["kernel::auth::Reach"]);
    }
    match include.hop {
        Hop::One(field) => one(world, entity, include.target, field, &mut part, imports),
        Hop::Back(index) => back(
            world,
            entity,
            &entity.referenced_by[index],
            &mut part,
            imports,
        ),
        Hop::Many(index) => many(world, id, index, include, &mut part, imports),
    }
    part
}

/// `t.company_id`, as the statement of a hop knows it; empty where the rows are shared.
fn tenant(target: &Entity, hop: Hop) -> String {
    let column = target.tenant.as_deref().map(sql::name).unwrap_or_default();
    match hop {
        Hop::Many(_) if !column.is_empty() => format!("t.{column}"),
        _ => column,
    }
}

fn one(
    world: &World<'_>,
    entity: &Entity,
    target: EntityId,
    field: usize,
    part: &mut Part,
    imports: &mut Imports,
) {
    let service = world.service;
    let found = &service[target];
    let function = format!("{}_by_id", found.plural);
    part.function = if found.feature == entity.feature {
        function
    } else {
        let feature = naming::ident(&service[found.feature].name);
        imports.name(&format!("crate::features::{feature}::{function}"))
    };
    part.member = world.member(&entity.fields[field]);
    part.optional = entity.fields[field].optional;
}

fn back(world: &World<'_>, entity: &Entity, back: &Back, part: &mut Part, imports: &mut Imports) {
    let service = world.service;
    let child = &service[back.entity];
    let field = &child.fields[back.field];
    imports.all(&["kernel::db", "kernel::db::QueryBuilder"]);
    part.item = types::entity(service, back.entity, entity.feature, imports);
    part.member = world.member(field);
    part.optional = field.optional;
    part.narrow = narrow(world, back.entity, entity.feature, None, imports);
    part.kind = if back.single { "back_one" } else { "back" };
    let column = sql::column(child, Column::Field(back.field));
    if back.single {
        let statement = format!(
            "{}\nfrom {}\nwhere true",
            sql::list("select", &sql::columns(world, back.entity), ""),
            sql::table(child)
        );
        part.statement = sql::constant(&part.constant, &statement);
        part.column = column;
    } else {
        part.statement = sql::constant(&part.constant, &numbered(world, back.entity, &column));
        part.column = column;
        part.order = format!(") t where t.place <= {MOST_INCLUDED} order by t.id");
    }
}

/// Children numbered within their parent, so that no parent brings more than its share.
fn numbered(world: &World<'_>, child: EntityId, column: &str) -> String {
    format!(
        "{}\nfrom (\n    select *, row_number() over (partition by {column} order by id) as place\n    from {}\n    where true",
        sql::list("select", &sql::columns_of(world, child, "t"), ""),
        sql::table(&world.service[child]),
    )
}

fn many(
    world: &World<'_>,
    id: EntityId,
    index: usize,
    include: &Include,
    part: &mut Part,
    imports: &mut Imports,
) {
    let service = world.service;
    let entity = &service[id];
    let relation = &entity.many[index];
    let target = &service[relation.target];
    let link = sql::link_table(world, id, index);
    imports.all(&["kernel::db", "kernel::db::QueryBuilder"]);
    part.column = format!("l.{}", link.near);
    let join = format!(
        "\nfrom {} l\njoin {} t on t.id = l.{}\nwhere true",
        link.table,
        sql::table(target),
        link.far
    );
    if service.embeds_rows(id, include) {
        part.kind = "rows";
        part.item = types::entity(service, relation.target, entity.feature, imports);
        let mut columns = sql::columns_of(world, relation.target, "t");
        part.position = columns.len();
        columns.push(format!("l.{}", link.near));
        part.statement = sql::constant(
            &part.constant,
            &format!("{}{join}", sql::list("select", &columns, "")),
        );
        part.order = " order by t.id".into();
        part.narrow = narrow(world, relation.target, entity.feature, Some("t"), imports);
        imports.all(&["kernel::db::FromRow", "sqlx::Row"]);
    } else if let Link::Plain {
        by: by @ Column::Field(field),
        ..
    } = relation.link
    {
        part.kind = "keys";
        part.item = types::plain(service, &target.fields[field].ty, entity.feature, imports);
        let key = sql::column(target, by);
        part.statement = sql::constant(
            &part.constant,
            &format!("select l.{}, t.{key}{join}", link.near),
        );
        part.order = format!(" order by t.{key}");
    }
}
