//! SQL text of the generated statements. Both databases read `$1`, `returning` and `on conflict` alike.

use super::{World, text};
use crate::expr::sql::{Target, value};
use crate::ir::{Column, Entity, EntityId, Link};
use crate::schema::quote_ident;

/// A name, quoted where it must be.
pub fn name(text: &str) -> String {
    quote_ident(text).into_owned()
}

pub fn table(entity: &Entity) -> String {
    name(&entity.plural)
}

pub fn column(entity: &Entity, column: Column) -> String {
    name(&entity.column_name(column))
}

/// `books.price`, or `a1.price` under an alias.
pub fn qualified(entity: &Entity, of: Column, alias: Option<&str>) -> String {
    let table = alias.map_or_else(|| table(entity), str::to_owned);
    format!("{table}.{}", column(entity, of))
}

/// `company_id, slug`: the columns in which no two rows are the same, where one column says so.
pub fn unique(entity: &Entity, of: Column) -> String {
    let column = column(entity, of);
    match &entity.tenant {
        None => column,
        Some(tenant) => format!("{}, {column}", name(tenant)),
    }
}

/// All that a row is read from, in order, as `select` and `returning` name it: every column, then what is computed.
pub fn columns(world: &World<'_>, id: EntityId) -> Vec<String> {
    let entity = &world.service[id];
    let all = entity.columns().into_iter();
    let mut all: Vec<String> = all.map(|it| column(entity, it)).collect();
    all.extend(computed(world, id, &table(entity)));
    all
}

/// The same, each with an alias before it.
pub fn columns_of(world: &World<'_>, id: EntityId, alias: &str) -> Vec<String> {
    let entity = &world.service[id];
    let all = entity.columns().into_iter();
    let mut all: Vec<String> = all
        .map(|it| format!("{alias}.{}", column(entity, it)))
        .collect();
    all.extend(computed(world, id, alias));
    all
}

/// The computed fields of the row that a statement knows by this name.
fn computed(world: &World<'_>, id: EntityId, name: &str) -> Vec<String> {
    let target = Target {
        service: world.service,
        schema: world.schema,
        database: world.service.database,
    };
    let computed = world.service[id].computed.iter();
    computed
        .map(|it| value(&target, &it.value, id, name))
        .collect()
}

/// Items joined by commas in lines of at most 100 characters, behind `first`; following lines are indented.
pub fn list(first: &str, items: &[String], last: &str) -> String {
    let mut lines = vec![first.to_owned()];
    for (index, item) in items.iter().enumerate() {
        let comma = if index + 1 < items.len() { "," } else { last };
        let line = lines.last_mut().expect("BUG: starts with one line");
        if line.len() + item.len() + 2 > 100 {
            lines.push(format!("    {item}{comma}"));
        } else {
            let space = if line.ends_with('(') || line.trim().is_empty() {
                ""
            } else {
                " "
            };
            line.push_str(&format!("{space}{item}{comma}"));
        }
    }
    lines.join("\n")
}

/// Clauses in one line where it has at most 100 characters, else each in a line of its own.
pub fn clauses(clauses: &[String], margin: &str) -> String {
    let line = clauses.join(" ");
    if line.len() > 100 {
        clauses.join(&format!("\n{margin}"))
    } else {
        line
    }
}

/// `const NAME: &str = "…";`
pub fn constant(constant: &str, sql: &str) -> String {
    if sql.contains('\n') || sql.len() > 80 {
        format!("const {constant}: &str = {};", text::lines(sql))
    } else {
        format!("const {constant}: &str = {};", text::string(sql))
    }
}

/// An n:m relation in the database, as one side sees it.
#[derive(Debug, Clone)]
pub struct LinkTable {
    pub table: String,
    /// The column that refers to this side.
    pub near: String,
    /// The column that refers to the target.
    pub far: String,
}

/// Where the pairs of an n:m relation are: its join table, or the table of the entity between.
pub fn link_table(world: &World<'_>, near: EntityId, many: usize) -> LinkTable {
    match world.service[near].many[many].link {
        Link::Plain { .. } => {
            let join = world.schema.of_many(near, many);
            LinkTable {
                table: name(&join.name),
                near: name(&join.columns[0].name),
                far: name(&join.columns[1].name),
            }
        }
        Link::Through { entity, near, far } => {
            let through = &world.service[entity];
            LinkTable {
                table: table(through),
                near: column(through, Column::Field(near)),
                far: column(through, Column::Field(far)),
            }
        }
    }
}
