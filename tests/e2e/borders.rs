//! The layer rules of a generated service: every forbidden line is refused by the compiler, by its error code.

use std::fs;
use std::path::Path;

use super::project::{Database, Project};
use super::workshop::{Workshop, text, timed};

struct Border {
    /// What would be crossed.
    rule: &'static str,
    file: &'static str,
    code: &'static str,
    insert: Insert,
}

enum Insert {
    /// A line at the file's end.
    Line(&'static str),
    /// A line before the first one that has this text.
    Before(&'static str, &'static str),
}

const CATALOG: &str = "src/features/catalog";

fn borders() -> Vec<Border> {
    use Insert::{Before, Line};
    let border = |rule, file, code, insert| Border {
        rule,
        file,
        code,
        insert,
    };
    vec![
        border(
            "handler -> db",
            "create_book/handler.rs",
            "E0603",
            Line("use super::logic::db;"),
        ),
        border(
            "handler -> the store's methods",
            "create_book/handler.rs",
            "E0603",
            Line("use super::logic::db::Store;"),
        ),
        border(
            "logic -> wire types",
            "create_book/logic.rs",
            "E0603",
            Line("use super::handler::schema;"),
        ),
        border(
            "logic -> the store's connection",
            "create_book/logic.rs",
            "E0609",
            Before("store.insert", "    let _ = &store.0;"),
        ),
        border(
            "logic -> a pool",
            "create_book/logic.rs",
            "E0609",
            Before("store.insert", "    let _ = &ctx.pool;"),
        ),
        border(
            "db -> handler",
            "create_book/db.rs",
            "E0603",
            Line("use super::super::handler::handle;"),
        ),
        border(
            "db -> wire types",
            "create_book/db.rs",
            "E0603",
            Line("use super::super::handler::schema;"),
        ),
        border(
            "a slice -> the logic of another",
            "get_book/handler.rs",
            "E0603",
            Line("use super::super::create_book::logic;"),
        ),
        border(
            "a slice -> the SQL of another",
            "get_book/logic.rs",
            "E0603",
            Line("use super::super::create_book::logic::db;"),
        ),
        border(
            "a feature -> a slice of another",
            "../orders/create_order/logic.rs",
            "E0603",
            Line("use crate::features::catalog::create_book;"),
        ),
        border(
            "a feature -> the model of another",
            "../orders/create_order/db.rs",
            "E0603",
            Line("use crate::features::catalog::model::Book;"),
        ),
        border(
            "a feature -> the queries of another",
            "../orders/create_order/logic.rs",
            "E0603",
            Line("use crate::features::catalog::query;"),
        ),
        border(
            "main -> a feature",
            "../../main.rs",
            "E0603",
            Line("use bookshop::features::catalog;"),
        ),
        border(
            "the kernel -> a feature",
            "../../../kernel/src/lib.rs",
            "E0432",
            Line("use bookshop::app;"),
        ),
        border(
            "a second statement without `transaction`",
            "create_tag/logic.rs",
            "E0382",
            Before(
                "store.insert",
                "    store.insert(ctx.new_id(), ctx.now(), &command).await?;",
            ),
        ),
        border(
            "an error that is not declared",
            "create_tag/logic.rs",
            "E0599",
            Before("store.insert", "    return Err(Error::IsbnTaken);"),
        ),
        border(
            "a problem of another making",
            "create_tag/logic.rs",
            "E0308",
            Before(
                "store.insert",
                "    return Err(kernel::problem::Problem::new(crate::features::catalog::problems::BOOK_ISBN_TAKEN));",
            ),
        ),
    ]
}

/// The error codes that cargo reports for a file, as `--message-format short` prints them.
fn codes(output: &str, file: &Path) -> Vec<String> {
    let name = format!("{}:", file.display());
    let errors = output.lines().filter_map(|line| {
        let rest = line.strip_prefix(&name)?;
        let (_, code) = rest.split_once(" error[")?;
        Some(code.split_once(']')?.0.to_owned())
    });
    errors.collect()
}

/// `a/b/../c` as `a/c`, which is how the compiler names files.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
#[ignore = "builds a service"]
fn the_compiler_refuses_every_forbidden_line() {
    let workshop = Workshop::enter();
    let project = Project::shared("borders", "bookshop", Database::Sqlite);
    let check = || workshop.cargo(&project.folder, &["check", "--message-format", "short"]);
    let before = timed("borders: cargo check of the untouched service", check);
    assert!(before.status.success(), "{}", text(&before));

    let mut open = Vec::new();
    for border in borders() {
        let name = plain(&format!("{CATALOG}/{}", border.file));
        let path = project.folder.join(&name);
        let original = fs::read_to_string(&path).expect("a generated file");
        fs::write(&path, inserted(&original, &border.insert)).expect("a generated file");
        let what = format!("borders: {:<42} {}", border.rule, border.code);
        let output = timed(&what, check);
        fs::write(&path, original).expect("a generated file");
        let text = text(&output);
        let found = codes(&text, Path::new(&name));
        if output.status.success() || !found.iter().any(|code| code == border.code) {
            open.push(format!(
                "{} in {name}: {found:?}, not {}\n{text}",
                border.rule, border.code
            ));
        }
    }
    assert!(open.is_empty(), "{}", open.join("\n"));
    let after = check();
    assert!(after.status.success(), "{}", text(&after));
}

fn inserted(original: &str, insert: &Insert) -> String {
    match insert {
        Insert::Line(line) => format!("{original}{line}\n"),
        Insert::Before(text, line) => {
            let at = original.lines().position(|it| it.contains(text));
            let at = at.expect("the line that the rule is about");
            let mut lines: Vec<&str> = original.lines().collect();
            lines.insert(at, line);
            lines.join("\n") + "\n"
        }
    }
}
