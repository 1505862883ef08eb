//! The list of a slice: filters, order and page, as read from the query and as SQL.

use serde::Serialize;

use super::super::imports::Imports;
use super::super::{naming, sql, text};
use super::{Slice, command, statements, tenants};
use crate::ir::{Column, EntityId, FieldPath, Filter, Hop, ListAction, PageBy};

#[derive(Debug, Serialize)]
pub struct ListView {
    /// `select … from books where true`, as a constant; with the parent's key bound first where there is one.
    pub select: String,
    pub count: Option<String>,
    pub filters: Vec<FilterView>,
    /// `&["books.title"]`
    pub search: Option<String>,
    pub sorts: Vec<SortView>,
    /// `books.id`
    pub id: String,
    pub keyset: bool,
    /// Which rows the caller reaches, as a statement of its own.
    pub narrow: Option<String>,
    /// Whether the command has a say in which rows are listed.
    pub asked: bool,
    /// Whether anything but the page cuts the list down.
    pub narrowed: bool,
    pub parent: Option<ParentView>,
}

#[derive(Debug, Serialize)]
pub struct FilterView {
    /// `const BY_TAG: &str = "exists (…";`, where it leads along relations.
    pub constant: Option<String>,
    /// The whole statement: `command.format.push(sql, "books.format");`
    pub push: String,
}

#[derive(Debug, Serialize)]
pub struct SortView {
    pub variant: String,
    pub column: String,
    /// `Cursor::new(&book.price, book.id)`
    pub cursor: String,
}

/// The parents that the path names.
#[derive(Debug, Serialize)]
pub struct ParentView {
    /// Each pushes ` and books.author_id = ` with the value and what follows.
    pub terms: Vec<String>,
    /// Asks whether they are there, once a page came back empty.
    pub exists: String,
    pub exists_binds: String,
}

pub fn view(slice: &Slice<'_>, list: &ListAction, imports: &mut Imports) -> ListView {
    let entity = slice.entity();
    imports.all(&["kernel::db::QueryBuilder"]);
    if list.paging.by == PageBy::Keyset {
        imports.all(&["kernel::page::Cursor"]);
    }
    if !list.sort.is_empty() {
        imports.all(&["super::super::Sort"]);
    }
    if !list.search.is_empty() {
        imports.all(&["kernel::db"]);
    }
    let table = sql::table(entity);
    let columns = sql::list("select", &sql::columns(slice.world, list.entity), "");
    let search = list
        .search
        .iter()
        .map(|column| text::string(&sql::qualified(entity, *column, None)));
    let parent = parent(slice);
    let reached = slice.reached();
    let narrow = reached.map(|reached| reached.narrow(slice, imports));
    let narrow: Vec<String> = slice.tenant_push().into_iter().chain(narrow).collect();
    let narrow = (!narrow.is_empty()).then(|| narrow.join("\n    "));
    let asked = !list.filters.is_empty() || !list.search.is_empty() || parent.is_some();
    ListView {
        narrowed: asked || narrow.is_some(),
        asked,
        narrow,
        select: sql::constant("SELECT", &format!("{columns}\nfrom {table}\nwhere true")),
        count: list
            .paging
            .total
            .then(|| sql::constant("COUNT", &format!("select count(*) from {table} where true"))),
        filters: list
            .filters
            .iter()
            .map(|filter| filter_view(slice, filter))
            .collect(),
        search: (!list.search.is_empty()).then(|| search.collect::<Vec<_>>().join(", ")),
        sorts: sorts(slice, list),
        id: text::string(&sql::qualified(entity, Column::Id, None)),
        keyset: list.paging.by == PageBy::Keyset,
        parent,
    }
}

fn filter_view(slice: &Slice<'_>, filter: &Filter) -> FilterView {
    let name = command::filter_name(filter);
    let target = &slice.world.service[filter.path.entity];
    let Some((before, alias)) = within(slice, &filter.path) else {
        let column = text::string(&sql::qualified(target, filter.path.column, None));
        return FilterView {
            constant: None,
            push: format!("command.{name}.push(sql, {column});"),
        };
    };
    let column = text::string(&sql::qualified(target, filter.path.column, Some(&alias)));
    let constant = format!("BY_{}", naming::shouty(&filter.name));
    FilterView {
        push: format!("command.{name}.push_within(sql, {constant}, {column}, \")\");"),
        constant: Some(sql::constant(&constant, &before)),
    }
}

/// The subquery that leads along relations, open at its end, and the alias of the last table.
fn within(slice: &Slice<'_>, path: &FieldPath) -> Option<(String, String)> {
    let mut joins = Joins {
        from: Vec::new(),
        on: String::new(),
    };
    let mut at = slice.entity_id()?;
    let mut alias = sql::table(slice.entity());
    for hop in &path.hops {
        (at, alias) = step(slice, at, &alias, *hop, &mut joins);
    }
    if path.hops.is_empty() {
        return None;
    }
    let mut clauses = joins.from;
    clauses.push(joins.on);
    Some((sql::clauses(&clauses, "    "), alias))
}

/// The clauses of a subquery.
struct Joins {
    /// `exists (select 1 from book_tags t1`, then `join tags t2 on t2.id = t1.tag_id`.
    from: Vec<String>,
    /// `where t1.book_id = books.id`
    on: String,
}

impl Joins {
    /// Adds a table; the first is tied to the outer query, the others are joined.
    fn add(&mut self, table: &str, condition: impl Fn(&str) -> String) -> String {
        let alias = format!("t{}", self.from.len() + 1);
        let condition = condition(&alias);
        if self.from.is_empty() {
            self.from
                .push(format!("exists (select 1 from {table} {alias}"));
            self.on = format!("where {condition}");
        } else {
            self.from
                .push(format!("join {table} {alias} on {condition}"));
        }
        alias
    }
}

fn step(
    slice: &Slice<'_>,
    at: EntityId,
    alias: &str,
    hop: Hop,
    joins: &mut Joins,
) -> (EntityId, String) {
    let service = slice.world.service;
    let entity = &service[at];
    match hop {
        Hop::One(field) => {
            let crate::ir::Type::Reference(reference) = &entity.fields[field].ty else {
                unreachable!("BUG: a hop along what is no reference");
            };
            let column = sql::column(entity, Column::Field(field));
            let target = &service[reference.target];
            let next = joins.add(&sql::table(target), |next| {
                format!("{next}.id = {alias}.{column}")
            });
            (reference.target, next)
        }
        Hop::Back(index) => {
            let back = &entity.referenced_by[index];
            let child = &service[back.entity];
            let column = sql::column(child, Column::Field(back.field));
            let next = joins.add(&sql::table(child), |next| {
                format!("{next}.{column} = {alias}.id")
            });
            (back.entity, next)
        }
        Hop::Many(index) => {
            let link = sql::link_table(slice.world, at, index);
            let target = entity.many[index].target;
            let middle = joins.add(&link.table, |next| {
                format!("{next}.{} = {alias}.id", link.near)
            });
            let next = joins.add(&sql::table(&service[target]), |next| {
                format!("{next}.id = {middle}.{}", link.far)
            });
            (target, next)
        }
    }
}

fn sorts(slice: &Slice<'_>, list: &ListAction) -> Vec<SortView> {
    if list.sort.is_empty() {
        return Vec::new();
    }
    let entity = slice.entity();
    let row = slice.variable();
    let id = SortView {
        variant: "Id".into(),
        column: text::string(&sql::qualified(entity, Column::Id, None)),
        cursor: format!("Cursor::id({row}.id)"),
    };
    let named = list
        .sort
        .iter()
        .filter(|key| key.column != Column::Id)
        .map(|key| {
            let name = entity.column_name(key.column);
            SortView {
                variant: naming::pascal(&name),
                column: text::string(&sql::qualified(entity, key.column, None)),
                cursor: format!("Cursor::new(&{row}.{}, {row}.id)", naming::ident(&name)),
            }
        });
    std::iter::once(id).chain(named).collect()
}

fn parent(slice: &Slice<'_>) -> Option<ParentView> {
    let service = slice.world.service;
    let (mut terms, mut asked) = (Vec::new(), Vec::new());
    let mut binds = statements::Binds::default();
    for (parameter, field, key) in slice.parents() {
        let target = &service[slice.parent(field)];
        let bind = statements::path_value(slice, parameter, "command");
        let owned = if bind.starts_with('&') {
            format!("{}.clone()", bind.trim_start_matches('&'))
        } else {
            bind.clone()
        };
        let column = sql::qualified(slice.entity(), Column::Field(field), None);
        let (table, key_column) = (sql::table(target), sql::column(target, key));
        terms.push(match key {
            Column::Id => format!("sql.push(\" and {column} = \").push_bind({owned});"),
            _ => {
                let before =
                    format!(" and {column} = (select id from {table} where {key_column} = ");
                let mut push = format!("sql.push({}).push_bind({owned})", text::string(&before));
                if let Some(of) = &target.tenant {
                    let before = format!(" and {} = ", sql::name(of));
                    let value = tenants::value("reach");
                    push += &format!(".push({}).push_bind({value})", text::string(&before));
                }
                format!("{push}.push(\")\");")
            }
        });
        let mut found = format!("{key_column} = {}", binds.add(bind));
        if let Some(term) = slice.tenant_term(target, &mut binds, "self.") {
            found += &format!(" and {term}");
        }
        asked.push(format!("exists (select 1 from {table} where {found})"));
    }
    if terms.is_empty() {
        return None;
    }
    let exists = sql::constant("PARENT_EXISTS", &format!("select {}", asked.join(" and ")));
    Some(ParentView {
        terms,
        exists,
        exists_binds: binds.print(),
    })
}
