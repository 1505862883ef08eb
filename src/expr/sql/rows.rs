//! Other rows: along references, and the rows that a relation leads to. Each is a subquery of the same statement.

use super::{Level, Printer, Row};
use crate::ir::{Column, Constant, Database, Entity, Expr, Kind, Link, Relation, Sum, Trail};
use crate::schema::quote_ident;

/// The rows of a relation: what stands behind `from`, and the row in it.
struct Rows {
    from: String,
    on: String,
    row: Row,
}

impl Printer<'_> {
    /// `(select r2.name from authors r1 join … where r1.id = books.author_id)`.
    pub(super) fn trail(&mut self, trail: &Trail, row: &Row) -> String {
        let service = self.target.service;
        let mut from = String::new();
        let mut first = String::new();
        let mut last = String::new();
        for (index, (_, field)) in trail.via.iter().enumerate() {
            let target = trail.via.get(index + 1).map_or(trail.entity, |next| next.0);
            let alias = self.alias();
            let table = quote_ident(&service[target].plural);
            if index == 0 {
                let column = self.column(row, Column::Field(*field));
                from = format!("{table} {alias}");
                first = format!("{alias}.id = {column}");
            } else {
                let (before, _) = trail.via[index];
                let column = name(&service[before], Column::Field(*field));
                from += &format!(" join {table} {alias} on {alias}.id = {last}.{column}");
            }
            last = alias;
        }
        let column = name(&service[trail.entity], trail.column);
        format!("(select {last}.{column} from {from} where {first})")
    }

    pub(super) fn count(
        &mut self,
        relation: Relation,
        condition: Option<&Expr>,
        row: &Row,
    ) -> String {
        let rows = self.such_rows(relation, condition, row);
        format!("(select count(*) from {rows})")
    }

    pub(super) fn sum(&mut self, sum: &Sum, kind: Kind, row: &Row) -> String {
        let Rows { from, on, row } = self.rows(sum.relation, row, true);
        match self.target.database {
            Database::Postgres => {
                let value = self.operand(&sum.value, &row, Level::Or);
                let mut total = format!("coalesce(sum({value}), 0)");
                if !sum.fits {
                    let (least, greatest) = sum.range;
                    let [least, greatest] =
                        [least, greatest].map(|end| self.literal(&Constant::Number(end), kind));
                    total = format!("least(greatest({total}, {least}), {greatest})");
                }
                // There the sum of whole numbers is a decimal.
                let whole = kind == Kind::Number { scale: 0 };
                let cast = if whole { "::bigint" } else { "" };
                format!("(select {total}{cast} from {from} where {on})")
            }
            Database::Sqlite if sum.fits => {
                let value = self.operand(&sum.value, &row, Level::Or);
                format!("(select coalesce(sum({value}), 0) from {from} where {on})")
            }
            Database::Sqlite => {
                // Its `sum` fails beyond 64 bits. That of the upper bits and that of the lower 30 never get there.
                let value = self.operand(&sum.value, &row, Level::Atom);
                let totals = self.alias();
                let low = format!("coalesce(sum({value} & 1073741823), 0)");
                let (least, greatest) = sum.range;
                format!(
                    "(select case
        when {totals}.high > 8589934591 then {greatest}
        when {totals}.high < -8589934592 then {least}
        else min(max({totals}.high * 1073741824 + {totals}.low, {least}), {greatest})
    end
    from (
        select coalesce(sum({value} >> 30), 0) + ({low} >> 30) as high,
            {low} & 1073741823 as low
        from {from}
        where {on}
    ) {totals})"
                )
            }
        }
    }

    pub(super) fn exists(
        &mut self,
        relation: Relation,
        condition: Option<&Expr>,
        row: &Row,
    ) -> String {
        let whole = condition.is_some_and(Expr::reads_beyond_id);
        if let (Relation::One(field), Some(condition), false) = (relation, condition, whole) {
            // All that is asked of the other row is known here.
            let row = Row {
                entity: relation.target(self.target.service, row.entity),
                table: String::new(),
                id: Some(self.column(row, Column::Field(field))),
            };
            return self.operand(condition, &row, Level::Atom);
        }
        let rows = self.such_rows(relation, condition, row);
        format!("exists (select 1 from {rows})")
    }

    /// `reviews r1 where r1.book_id = books.id and …`
    fn such_rows(&mut self, relation: Relation, condition: Option<&Expr>, row: &Row) -> String {
        let whole = condition.is_some_and(Expr::reads_beyond_id);
        let Rows { from, on, row } = self.rows(relation, row, whole);
        let condition = condition.map(|it| self.operand(it, &row, Level::Not));
        let and = condition.map_or_else(String::new, |it| format!(" and {it}"));
        format!("{from} where {on}{and}")
    }

    /// `whole`: whether more than the ids of the rows is needed.
    fn rows(&mut self, relation: Relation, row: &Row, whole: bool) -> Rows {
        let target = self.target;
        let entity = relation.target(target.service, row.entity);
        let id = self.column(row, Column::Id);
        let alias = self.alias();
        let (table, near, far) = match relation {
            Relation::Back(index) => {
                let back = &target.service[row.entity].referenced_by[index];
                let other = &target.service[back.entity];
                let near = name(other, Column::Field(back.field));
                let from = format!("{} {alias}", quote_ident(&other.plural));
                let row = Row {
                    entity,
                    table: alias.clone(),
                    id: None,
                };
                return Rows {
                    from,
                    on: format!("{alias}.{near} = {id}"),
                    row,
                };
            }
            Relation::One(field) => {
                let from = format!("{} {alias}", quote_ident(&target.service[entity].plural));
                let on = format!("{alias}.id = {}", self.column(row, Column::Field(field)));
                let row = Row {
                    entity,
                    table: alias,
                    id: None,
                };
                return Rows { from, on, row };
            }
            Relation::Many(index) => match target.service[row.entity].many[index].link {
                Link::Plain { .. } => {
                    let join = target.schema.of_many(row.entity, index);
                    let column = |at: usize| quote_ident(&join.columns[at].name).into_owned();
                    (join.name.as_str(), column(0), column(1))
                }
                Link::Through { entity, near, far } => {
                    let through = &target.service[entity];
                    let column = |field| name(through, Column::Field(field));
                    (through.plural.as_str(), column(near), column(far))
                }
            },
        };
        let mut from = format!("{} {alias}", quote_ident(table));
        let on = format!("{alias}.{near} = {id}");
        let far = format!("{alias}.{far}");
        if !whole {
            let row = Row {
                entity,
                table: String::new(),
                id: Some(far),
            };
            return Rows { from, on, row };
        }
        let other = self.alias();
        let table = quote_ident(&target.service[entity].plural);
        from += &format!(" join {table} {other} on {other}.id = {far}");
        let row = Row {
            entity,
            table: other,
            id: None,
        };
        Rows { from, on, row }
    }
}

fn name(entity: &Entity, column: Column) -> String {
    quote_ident(&entity.column_name(column)).into_owned()
}
