//! Random expressions on random rows: the value in Rust, in SQLite and in PostgreSQL is the same.

use super::rows::{Data, SPEC};
use super::support::World;
use super::texts::Texts;
use crate::expr::sql::{Target, print};
use crate::expr::value::truth;
use crate::ir::{Database, Expr};
use crate::schema::tests::postgres::Server;
use crate::schema::{Schema, ddl};
use rusqlite::Connection;

const SEED: u64 = 20_261_120;
const EXPRESSIONS: usize = 1_500;

struct Case {
    text: String,
    expr: Expr,
    /// By row of the table.
    rust: Vec<Option<bool>>,
}

#[test]
fn rust_and_both_databases_agree() {
    let world = World::new(SPEC);
    let schema = Schema::of(&world.service);
    let data = Data::random(&world, SEED);
    let cases = cases(&world, &data);
    let [yes, no, unknown] = [Some(true), Some(false), None].map(|verdict| {
        let all = cases.iter().flat_map(|case| &case.rust);
        all.filter(|it| **it == verdict).count()
    });
    assert!(
        [yes, no, unknown].iter().all(|count| *count > 1_000),
        "{yes} {no} {unknown}"
    );

    compare("SQLite", &cases, &in_sqlite(&world, &schema, &data, &cases));
    let Some(server) = Server::find() else {
        eprintln!("skipped: there is neither TEST_DATABASE_URL nor a PostgreSQL to start");
        return;
    };
    compare(
        "PostgreSQL",
        &cases,
        &in_postgres(&server, &world, &schema, &data, &cases),
    );
}

/// Those of the random texts that are expressions: some cannot be bounded.
fn cases(world: &World, data: &Data) -> Vec<Case> {
    let mut texts = Texts::new(SEED);
    let mut cases = Vec::new();
    let mut tries = 0;
    while cases.len() < EXPRESSIONS {
        tries += 1;
        assert!(tries < 40 * EXPRESSIONS, "too few texts are expressions");
        let text = texts.condition(4);
        let Ok(expr) = world.check("Book", &text) else {
            continue;
        };
        let rust =
            (0..data.books()).map(|book| truth(&expr, &|node| data.known(world, book, node)));
        let rust = rust.collect();
        cases.push(Case { text, expr, rust });
    }
    cases
}

fn compare(database: &str, cases: &[Case], found: &[Vec<Option<bool>>]) {
    assert_eq!(cases.len(), found.len());
    for (case, found) in cases.iter().zip(found) {
        assert_eq!(&case.rust, found, "{database}: {}", case.text);
    }
}

fn query(world: &World, schema: &Schema, case: &Case, database: Database) -> String {
    let target = Target {
        service: &world.service,
        schema,
        database,
    };
    let sql = print(&target, &case.expr, world.entity("Book"), "b", 1);
    assert!(sql.binds.is_empty(), "{}", case.text);
    sql.text
}

fn in_sqlite(
    world: &World,
    schema: &Schema,
    data: &Data,
    cases: &[Case],
) -> Vec<Vec<Option<bool>>> {
    let connection = Connection::open_in_memory().unwrap();
    for step in ddl(schema, Database::Sqlite) {
        connection.execute_batch(&step.sql).unwrap();
    }
    connection
        .execute_batch(&data.inserts(world, Database::Sqlite))
        .unwrap();
    let answer = |case: &Case| {
        let condition = query(world, schema, case, Database::Sqlite);
        let sql = format!("select {condition} from books b order by nr");
        let mut statement = connection
            .prepare(&sql)
            .unwrap_or_else(|it| panic!("{it}: {sql}"));
        let rows = statement
            .query_map([], |row| row.get::<_, Option<bool>>(0))
            .unwrap();
        rows.map(|it| it.unwrap()).collect()
    };
    cases.iter().map(answer).collect()
}

fn in_postgres(
    server: &Server,
    world: &World,
    schema: &Schema,
    data: &Data,
    cases: &[Case],
) -> Vec<Vec<Option<bool>>> {
    let mut script =
        "begin;\ncreate schema backgen_expr;\nset local search_path = backgen_expr;\n".to_owned();
    for step in ddl(schema, Database::Postgres) {
        // As in a database that sorts by the rules of a language, which nothing may depend on.
        let sql = step.sql.replace(" text ", " text collate \"en-x-icu\" ");
        script += &format!("{sql}\n");
    }
    script += &data.inserts(world, Database::Postgres);
    for case in cases {
        let condition = query(world, schema, case, Database::Postgres);
        script += &format!(
            "select coalesce(string_agg(coalesce(left(({condition})::text, 1), '-'), '' order by nr), '') from books b;\n"
        );
    }
    script += "rollback;\n";
    let answer = server.query(&script);
    let verdict = |letter| match letter {
        't' => Some(true),
        'f' => Some(false),
        _ => None,
    };
    answer
        .lines()
        .map(|line| line.chars().map(verdict).collect())
        .collect()
}
