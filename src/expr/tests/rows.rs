//! Random rows: what Rust knows of them, and the statements that put them into a database.

use std::collections::BTreeMap;

use super::random::Random;
use super::support::World;
use crate::expr::check::timestamp;
use crate::expr::sql::constants::literal;
use crate::expr::value::{truth, value};
use crate::ir::{Column, Constant, Database, EntityId, Kind, Node, Relation};

pub const SPEC: &str = r"
enums:
  Format: [hardcover, paperback, ebook]
types:
  Size: { width: int }
entities:
  Book:
    fields:
      nr: { type: int, min: 0, max: 1000, unique: true }
      stock: { type: int, min: -1000000, max: 1000000 }
      least: int?
      huge: bigint?
      price: { type: decimal, precision: 10, scale: 2 }
      rate: { type: decimal, precision: 6, scale: 4, optional: true }
      total: money?
      title: { type: string, max: 200 }
      blurb: text?
      format: Format
      mode: Format?
      day: date?
      at: timestamp?
      clock: time?
      span: duration?
      flag: bool
      maybe: bool?
      ratio: float?
      token: uuid?
      size: Size?
      parent: { ref: Book, as: children, optional: true }
    many:
      tags: Tag
  Chapter:
    fields:
      book: { ref: Book, as: chapters }
      pages: { type: int, min: -1000, max: 1000 }
      cost: decimal(8,2)?
      title: { type: string, max: 200 }
  Tag:
    fields:
      name: { type: string, max: 200 }
endpoints:
  list_books: { list: Book, access: public }
  list_chapters: { list: Chapter, access: public }
  list_tags: { list: Tag, access: public }
";

const BOOKS: usize = 40;
const CHAPTERS: usize = 60;
const TAGS: usize = 6;

pub const INTS: [i64; 9] = [
    0,
    1,
    -1,
    2,
    100,
    -100,
    999_999,
    9_007_199_254_740_991,
    -9_007_199_254_740_991,
];
pub const TEXTS: [&str; 14] = [
    "",
    "a",
    "A",
    "b",
    "B",
    "ab",
    "a b",
    "é",
    "e\u{301}",
    "ß",
    "z",
    "\u{1F600}",
    "\u{FFFD}",
    "O'Hara \\ \"x\"",
];
pub const WORDS: [&str; 3] = ["hardcover", "paperback", "ebook"];
pub const DATES: [&str; 5] = [
    "0001-01-01",
    "2024-02-29",
    "2026-11-20",
    "2026-11-21",
    "9999-12-31",
];
pub const MOMENTS: [&str; 6] = [
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "2026-11-20T08:30:00Z",
    "2026-11-20T08:30:00+01:00",
    "2026-11-20T03:30:00-05:00",
    "9999-12-31T23:59:59.999999Z",
];
pub const TIMES: [&str; 5] = [
    "00:00:00",
    "08:30",
    "08:30:00.5",
    "08:30:00.500001",
    "23:59:59.999999",
];
pub const DURATIONS: [&str; 5] = ["PT0S", "-PT1S", "P1D", "PT24H", "PT0.000001S"];
pub const FLOATS: [&str; 6] = [
    "0",
    "0.1",
    "-0.1",
    "3",
    "100000000000000000",
    "0.30000000000000004",
];
pub const UUIDS: [&str; 3] = [
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-0000-0000-000000000003",
    "FFFFFFFF-0000-0000-0000-000000000001",
];

type Row = BTreeMap<Column, Constant>;

pub struct Data {
    random: Random,
    rows: BTreeMap<EntityId, Vec<Row>>,
    /// Which book has which tag.
    tags: Vec<(usize, usize)>,
    book: EntityId,
}

impl Data {
    pub fn random(world: &World, seed: u64) -> Self {
        let [book, chapter, tag] = ["Book", "Chapter", "Tag"].map(|name| world.entity(name));
        let mut data = Self {
            random: Random::new(seed ^ 0x5eed),
            rows: BTreeMap::new(),
            tags: Vec::new(),
            book,
        };
        for (entity, count) in [(book, BOOKS), (chapter, CHAPTERS), (tag, TAGS)] {
            let rows = (0..count)
                .map(|index| data.row(world, entity, index))
                .collect();
            data.rows.insert(entity, rows);
        }
        for book in 0..BOOKS {
            for tag in 0..TAGS {
                if data.random.one_in(4) {
                    data.tags.push((book, tag));
                }
            }
        }
        data
    }

    pub fn books(&self) -> usize {
        BOOKS
    }

    fn row(&mut self, world: &World, entity: EntityId, index: usize) -> Row {
        let it = &world.service[entity];
        let mut row = Row::from([(Column::Id, id(index))]);
        for column in it.columns() {
            let name = it.column_name(column);
            let missing = it.is_optional(column) && self.random.one_in(3);
            if column != Column::Id && !missing {
                row.insert(column, self.value(&name, index));
            }
        }
        row
    }

    fn value(&mut self, name: &str, index: usize) -> Constant {
        let random = &mut self.random;
        let number = |value: i64| Constant::Number(value);
        match name {
            "nr" => number(i64::try_from(index).unwrap()),
            "version" => number(1),
            "stock" => number(random.of(&[0, 1, -1, 2, 100, 1_000_000, -1_000_000])),
            "pages" => number(random.of(&[0, 1, -1, 10, 1_000])),
            "least" => number(random.of(&INTS)),
            "huge" => number(random.of(&[i64::MAX, i64::MIN, 0, 1, 9_007_199_254_740_993])),
            "price" | "cost" => number(random.of(&[0, 1, -1, 50, 1_050, 10_000, 99_999_999])),
            "rate" => number(random.of(&[0, 1, 5_000, 12_500, 105_000, -999_999, 999_999])),
            "total" => {
                number(random.of(&[0, 1_050, 999_999_999_999_999_999, -999_999_999_999_999_999]))
            }
            "title" | "blurb" | "name" => Constant::Text((random.of(&TEXTS)).into()),
            "format" | "mode" => Constant::Word((random.of(&WORDS)).into()),
            "day" => Constant::Date((random.of(&DATES)).into()),
            "at" | "created_at" | "updated_at" => timestamp(random.of(&MOMENTS)).unwrap(),
            "clock" => Constant::Time(random.of(&[
                0,
                30_600_000_000,
                30_600_500_000,
                30_600_500_001,
                86_399_999_999,
            ])),
            "span" => Constant::Duration(random.of(&[0, -1_000_000, 86_400_000_000, 1, i64::MAX])),
            "flag" | "maybe" => Constant::Bool(random.one_in(2)),
            "ratio" => Constant::Float(random.of(&[
                0.0,
                0.1,
                -0.1,
                0.1 + 0.2,
                3.0,
                1e17,
                5e-324,
                f64::MAX,
            ])),
            "token" => Constant::Uuid(random.of(&UUIDS).to_ascii_lowercase()),
            "size" => Constant::Text("{\"width\": 1}".into()),
            "parent_id" | "book_id" => id(random.below(BOOKS)),
            other => panic!("no values for {other}"),
        }
    }

    /// What a node of an expression over a book stands for.
    pub fn known(&self, world: &World, book: usize, node: &Node) -> Option<Constant> {
        self.of(world, (self.book, book), node)
    }

    fn of(&self, world: &World, at: (EntityId, usize), node: &Node) -> Option<Constant> {
        let row = &self.rows[&at.0][at.1];
        let number = |value: usize| Constant::Number(i64::try_from(value).unwrap());
        match node {
            Node::Column(column) => row.get(column).cloned(),
            Node::Trail(trail) => {
                let mut row = row;
                for (index, (_, field)) in trail.via.iter().enumerate() {
                    let to = trail.via.get(index + 1).map_or(trail.entity, |next| next.0);
                    let id = row.get(&Column::Field(*field))?;
                    row = self.rows[&to]
                        .iter()
                        .find(|row| row.get(&Column::Id) == Some(id))
                        .unwrap();
                }
                row.get(&trail.column).cloned()
            }
            Node::Count {
                relation,
                condition,
            } => {
                let rows = self.related(world, at, *relation);
                let meets = |row: &&(EntityId, usize)| match condition {
                    None => true,
                    Some(it) => truth(it, &|node| self.of(world, **row, node)) == Some(true),
                };
                Some(number(rows.iter().filter(meets).count()))
            }
            Node::Sum(sum) => {
                let rows = self.related(world, at, sum.relation);
                let known = |row| value(&sum.value, &|node| self.of(world, row, node));
                let total: i128 = rows
                    .into_iter()
                    .filter_map(|row| match known(row) {
                        Some(Constant::Number(units)) => Some(i128::from(units)),
                        _ => None,
                    })
                    .sum();
                let (least, greatest) = sum.range;
                let total = total.clamp(i128::from(least), i128::from(greatest));
                Some(Constant::Number(i64::try_from(total).unwrap()))
            }
            Node::Exists {
                relation,
                condition,
            } => {
                let rows = self.related(world, at, *relation);
                let meets = |row: &(EntityId, usize)| match condition {
                    None => true,
                    Some(it) => truth(it, &|node| self.of(world, *row, node)) == Some(true),
                };
                Some(Constant::Bool(rows.iter().any(meets)))
            }
            other => panic!("nothing is known of {other:?}"),
        }
    }

    fn related(
        &self,
        world: &World,
        at: (EntityId, usize),
        relation: Relation,
    ) -> Vec<(EntityId, usize)> {
        let target = relation.target(&world.service, at.0);
        match relation {
            Relation::Many(_) => {
                let tags = self.tags.iter().filter(|(book, _)| *book == at.1);
                tags.map(|(_, tag)| (target, *tag)).collect()
            }
            Relation::One(_) => unreachable!("no expression has it"),
            Relation::Back(index) => {
                let back = &world.service[at.0].referenced_by[index];
                let refers = |row: &Row| row.get(&Column::Field(back.field)) == Some(&id(at.1));
                let rows = self.rows[&target].iter().enumerate();
                rows.filter(|(_, row)| refers(row))
                    .map(|(index, _)| (target, index))
                    .collect()
            }
        }
    }

    /// One statement a table, since books refer to books.
    pub fn inserts(&self, world: &World, database: Database) -> String {
        let mut sql = String::new();
        for (entity, rows) in &self.rows {
            let it = &world.service[*entity];
            let value = |row: &Row, column: Column| {
                let kind = match it.column_name(column).as_str() {
                    "price" | "total" | "cost" => Kind::Number { scale: 2 },
                    "rate" => Kind::Number { scale: 4 },
                    _ => Kind::Number { scale: 0 },
                };
                row.get(&column)
                    .map_or("null".into(), |it| literal(it, kind, database))
            };
            let tuple = |row: &Row| {
                let values: Vec<String> = it
                    .columns()
                    .into_iter()
                    .map(|column| value(row, column))
                    .collect();
                format!("({})", values.join(", "))
            };
            let tuples: Vec<String> = rows.iter().map(tuple).collect();
            sql += &format!("insert into {} values {};\n", it.plural, tuples.join(",\n"));
        }
        let pair = |(book, tag): &(usize, usize)| {
            let [book, tag] = [*book, *tag].map(|it| literal(&id(it), Kind::Uuid, database));
            format!("({book}, {tag})")
        };
        let pairs: Vec<String> = self.tags.iter().map(pair).collect();
        sql + &format!("insert into book_tags values {};\n", pairs.join(", "))
    }
}

fn id(index: usize) -> Constant {
    Constant::Uuid(format!("00000000-0000-0000-0000-{index:012x}"))
}
