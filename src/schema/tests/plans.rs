//! Lists under an ownership rule are read by an index, in both databases: seen in their plans, over many rows.

use super::*;
use crate::diagnostic::Sink;
use crate::source::read_project;
use std::path::Path;

fn helpdesk() -> Schema {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/helpdesk");
    let mut sink = Sink::default();
    let sources = read_project(&specs, &mut sink);
    let (_, service) = crate::compile::analyse(&sources, &mut sink).unwrap();
    Schema::of(&service)
}

/// As `list_tickets` asks for a page of somebody's tickets in a company, by each of its orders.
fn lists(company: &str, owner: &str) -> Vec<(&'static str, String)> {
    let orders = [
        ("tickets_company_id_requester_id_id_idx", "tickets.id"),
        (
            "tickets_company_id_requester_id_created_at_id_idx",
            "tickets.created_at desc, tickets.id desc",
        ),
        (
            "tickets_company_id_requester_id_title_id_idx",
            "tickets.title, tickets.id",
        ),
    ];
    let list = |(index, order)| {
        let list = format!(
            "select * from tickets where true and tickets.company_id = {company} and tickets.requester_id = {owner} order by {order} limit 21"
        );
        (index, list)
    };
    orders.into_iter().map(list).collect()
}

#[test]
fn sqlite_reads_an_owners_page_by_an_index() {
    let connection = sqlite(&helpdesk());
    for (index, list) in lists("x'00'", "x'00'") {
        let mut plan = connection
            .prepare(&format!("explain query plan {list}"))
            .unwrap();
        let lines = plan.query_map([], |row| row.get::<_, String>("detail"));
        let lines: Vec<String> = lines.unwrap().map(Result::unwrap).collect();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains(index), "{lines:?}");
    }
}

#[test]
fn postgres_reads_an_owners_page_by_an_index() {
    let Some(server) = postgres::Server::find() else {
        eprintln!("skipped: there is neither TEST_DATABASE_URL nor a PostgreSQL to start");
        return;
    };
    let mut script =
        "begin;\ncreate schema backgen_plans;\nset local search_path = backgen_plans;\n".to_owned();
    for step in ddl(&helpdesk(), Database::Postgres) {
        script += &format!("{}\n", step.sql);
    }
    script += ROWS;
    for (_, list) in lists(COMPANY, "'00000000-0000-7000-8000-000000000007'") {
        script += &format!("explain (costs off) {list};\n");
    }
    let plans = server.query(&format!("{script}rollback;\n"));
    let found: Vec<&str> = plans.lines().filter(|line| line.contains("Scan")).collect();
    let wanted = lists("", "").into_iter().map(|(index, _)| index);
    for (line, index) in found.iter().zip(wanted.clone()) {
        assert!(line.contains(index), "{plans}");
    }
    assert_eq!(found.len(), wanted.count(), "{plans}");
    assert!(!plans.contains("Sort"), "{plans}");
}

const COMPANY: &str = "'00000000-0000-7000-8000-000000000001'";

/// 100 people with 1,000 tickets each, half of them in either of two companies.
const ROWS: &str = "
insert into companies (id, name, created_at, updated_at)
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n::text, now(), now() from generate_series(0, 1) n;
insert into topics (id, company_id, name, created_at, updated_at) select id, id, 'x', now(), now() from companies;
insert into people (id, subject, joined, language, created_at, updated_at)
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n::text, now(), 'en', now(), now()
    from generate_series(0, 99) n;
insert into tickets (id, company_id, requester_id, topic_id, title, body, status, urgent, cost, weight, created_at, updated_at)
    select ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
        ('00000000-0000-7000-8000-' || lpad((n / 100 % 2)::text, 12, '0'))::uuid,
        ('00000000-0000-7000-8000-' || lpad((n % 100)::text, 12, '0'))::uuid,
        ('00000000-0000-7000-8000-' || lpad((n / 100 % 2)::text, 12, '0'))::uuid, md5(n::text), 'x', 'open', false, 0, 0, now() - n * interval '1 second', now()
    from generate_series(1, 100000) n;
analyze;
";
