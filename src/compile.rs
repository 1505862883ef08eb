//! The stages in their order: from a project's specs to the plan of its tree.
//!
//! Enters: a folder, or specs in memory, and what the last run recorded. Leaves: the meaning, or the plan, with every
//! fault of the stage that failed in the sink. Deliberately absent: the disk beside `source`, and printing.

use std::collections::BTreeMap;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ast::{self, Spec};
use crate::diagnostic::Sink;
use crate::ir::{Database, FeatureId, Service};
use crate::parallel::in_parallel;
use crate::plan::{Contents, Owner, Plan, PlanError, PlannedFile, RelPath};
use crate::render::{RenderError, Renderer};
use crate::schema::{self, Change, Schema, Table};
use crate::source::Sources;
use crate::view::{self, Body, Draft, World};
use crate::{openapi, parse, resolve};

/// Where editors find the JSON Schema of the language; scaffolded specs name it.
pub const SPEC_SCHEMA: &str = ".backgen/spec.schema.json";

/// Why a plan could not be made although the specs are right.
#[derive(Debug)]
pub enum Failure {
    /// Tables that exist would have to change, which is not supported yet.
    Changes(Vec<Change>),
    /// A defect of backgen.
    Render(RenderError),
    /// A defect of backgen.
    Plan(PlanError),
}

/// What the record keeps of one feature.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Recorded {
    migrations: Vec<RecordedMigration>,
    tables: Vec<Table>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct RecordedMigration {
    version: u32,
    name: String,
    file: String,
}

/// The meaning of a project's specs; `None` where they have faults.
pub fn analyse(sources: &Sources, sink: &mut Sink) -> Option<(Spec, Service)> {
    let spec = parse::parse_spec(sources, sink);
    if sink.has_errors() {
        return None;
    }
    let service = resolve::resolve(&spec, sink)?;
    (!sink.has_errors()).then_some((spec, service))
}

/// The tree that a service asks for. `recorded` is the snapshot of the last run, `Null` for none.
pub fn plan(service: &Service, recorded: &Value) -> Result<Plan, Failure> {
    let new = Schema::of(service);
    let History {
        schema: old,
        migrations: known,
        folder,
    } = History::read(recorded, service.database);
    let steps = schema::diff(&old, &new, service.database).map_err(Failure::Changes)?;
    let next = known
        .iter()
        .map(|(_, it)| it.version)
        .max()
        .unwrap_or_default()
        + 1;
    let added = schema::migrations(service, &old, &steps, next);

    let world = World::new(service, &new);
    let mut drafts = view::of_project(&world);
    let mut migrations = known;
    for migration in &added {
        let file = format!("{folder}{}", migration.file_name());
        let draft = Draft::text(
            format!("migrations/{file}"),
            Owner::AppendOnly,
            migration.sql.clone(),
        );
        drafts.push(draft.of(&migration.feature));
        let recorded = RecordedMigration {
            version: migration.version,
            name: migration.name.clone(),
            file,
        };
        migrations.push((migration.feature.clone(), recorded));
    }
    migrations.sort_by_key(|(_, it)| it.version);
    let lines = migrations
        .iter()
        .map(|(_, it)| view::project::MigrationLine {
            version: it.version,
            name: it.name.clone(),
            file: it.file.clone(),
        });
    drafts.push(view::project::migrations(&lines.collect::<Vec<_>>()));
    drafts.push(Draft::text(
        SPEC_SCHEMA,
        Owner::Generated,
        pretty(&ast::schema()),
    ));

    let files = files(&world, drafts)?;
    Plan::new(
        files,
        snapshot(recorded, service.database, &new, &migrations),
        env!("CARGO_PKG_VERSION"),
    )
    .map_err(Failure::Plan)
}

/// `drafts`, the features and openapi.json, on all processors. The drafts of a feature are gone when its texts are
/// there: all at once they would be most of the memory.
fn files(world: &World<'_>, drafts: Vec<Draft>) -> Result<Vec<PlannedFile>, Failure> {
    let renderer = Renderer::new();
    let features: Vec<FeatureId> = (0..world.service.features.len()).map(FeatureId).collect();
    let (api, parts) = thread::scope(|scope| {
        let api = scope.spawn(|| pretty(&openapi::document(world.service)));
        let parts = in_parallel(&features, 1, |id| {
            render(&renderer, view::of_feature(world, *id))
        });
        (api.join().expect("BUG: the document panicked"), parts)
    });
    let api = Draft::text("openapi.json", Owner::Generated, api);
    let mut files = render(&renderer, drafts.into_iter().chain([api]).collect())?;
    for part in parts {
        files.extend(part?);
    }
    Ok(files)
}

fn render(renderer: &Renderer, drafts: Vec<Draft>) -> Result<Vec<PlannedFile>, Failure> {
    let mut files = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let text = match draft.body {
            Body::Template(template, view) => {
                renderer.render(template, &view).map_err(Failure::Render)?
            }
            Body::Text(text) => text,
        };
        files.push(PlannedFile {
            path: RelPath::new(&draft.path).expect("BUG: a path made of checked names"),
            owner: draft.owner,
            feature: draft.feature,
            contents: Contents::Text(text),
        });
    }
    Ok(files)
}

fn pretty(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("BUG: a value that is no JSON");
    text.push('\n');
    text
}

/// What earlier runs made for one database. A project that changes its database starts another history, since no
/// statement of the old one fits; the old files stay, and so does the way back.
struct History {
    schema: Schema,
    migrations: Vec<(String, RecordedMigration)>,
    /// Below `migrations/`: empty for the first database of a project, `postgres/` for a second one.
    folder: String,
}

impl History {
    fn read(recorded: &Value, database: Database) -> Self {
        let mut schema = Schema::default();
        let mut migrations = Vec::new();
        let mut others = false;
        for (feature, of_feature) in recorded.as_object().into_iter().flatten() {
            for (word, value) in of_feature.as_object().into_iter().flatten() {
                if word != database_word(database) {
                    others = true;
                    continue;
                }
                let found = Recorded::deserialize(value).unwrap_or_default();
                schema.tables.extend(found.tables);
                migrations.extend(found.migrations.into_iter().map(|it| (feature.clone(), it)));
            }
        }
        let second = match migrations.first() {
            Some((_, first)) => first.file.contains('/'),
            None => others,
        };
        let folder = if second {
            format!("{}/", database_word(database))
        } else {
            String::new()
        };
        Self {
            schema,
            migrations,
            folder,
        }
    }
}

fn database_word(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "sqlite",
        Database::Postgres => "postgres",
    }
}

/// One entry a feature, so that branches that touch different features do not meet; in it, one for each database.
fn snapshot(
    recorded: &Value,
    database: Database,
    schema: &Schema,
    migrations: &[(String, RecordedMigration)],
) -> Value {
    let mut features: BTreeMap<&str, Recorded> = BTreeMap::new();
    for table in &schema.tables {
        let feature = features.entry(&table.feature).or_default();
        feature.tables.push(table.clone());
    }
    for (feature, migration) in migrations {
        let feature = features.entry(feature).or_default();
        feature.migrations.push(migration.clone());
    }
    let word = database_word(database);
    let mut entries = recorded.as_object().cloned().unwrap_or_default();
    for of_feature in entries.values_mut().filter_map(Value::as_object_mut) {
        of_feature.shift_remove(word);
    }
    for (feature, recorded) in features {
        let value = serde_json::to_value(recorded).expect("BUG: a schema that is no JSON");
        let of_feature = entries
            .entry(feature)
            .or_insert_with(|| Value::Object(Map::new()));
        of_feature[word] = value;
    }
    entries.retain(|_, of_feature| of_feature.as_object().is_none_or(|it| !it.is_empty()));
    // In one order, whichever database came first.
    entries.sort_keys();
    for of_feature in entries.values_mut().filter_map(Value::as_object_mut) {
        of_feature.sort_keys();
    }
    Value::Object(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Auth, Case, Envelope, Tokens, fixture};
    use crate::render::gate;

    fn auth_of(case: Case) -> Option<Auth> {
        (case == Case::Camel).then(|| Auth {
            tokens: Tokens::Paseto,
            roles: vec!["staff".into()],
            actor: None,
        })
    }

    /// Every file of a service that uses everything is well-formed, whatever the database, envelope and case.
    #[test]
    fn all_that_is_rendered_parses() {
        for (envelope, case) in [
            (Envelope::Bare, Case::Camel),
            (Envelope::Data, Case::Snake),
            (Envelope::Named, Case::Camel),
        ] {
            for database in [Database::Sqlite, Database::Postgres] {
                let mut service = fixture::with(envelope, case);
                service.database = database;
                service.auth = auth_of(case);
                let plan = plan(&service, &Value::Null).expect("a plan");
                for file in plan.files().values() {
                    gate(&file.path.extension(), file.contents.text()).expect("a well-formed file");
                }
            }
        }
    }
}
