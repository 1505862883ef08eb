//! The rows behind callers: how the service finds them, and makes them where the spec says so.

use serde::Serialize;

use super::imports::Imports;
use super::slice::{inserts, statements::Binds};
use super::{Draft, World, sql};
use crate::ir::{ActorSource, Column, Entity, FeatureId, Literal, Versioning};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    imports: String,
    find: String,
    make: Option<Make>,
}

#[derive(Debug, Serialize)]
struct Make {
    insert: String,
    binds: String,
    /// Whether the statement needs the time.
    timed: bool,
}

/// The feature whose rows are callers.
pub fn feature(world: &World<'_>) -> Option<(FeatureId, ActorSource)> {
    let actor = world.service.auth.as_ref()?.actor?;
    Some((world.service[actor.entity].feature, actor))
}

/// The file, where this feature has the callers.
pub fn draft(world: &World<'_>, id: FeatureId, path: String) -> Option<Draft> {
    let (_, actor) = feature(world).filter(|(feature, _)| *feature == id)?;
    let entity = &world.service[actor.entity];
    let mut imports = Imports::default();
    imports.all(&["kernel::auth::Found", "kernel::db::Connection"]);
    let by = sql::column(entity, actor.by);
    let find = format!("select id from {} where {by} = $1", sql::table(entity));
    let make = actor
        .provision
        .then(|| make(world, id, entity, actor.by, &mut imports));
    let view = View {
        find: sql::constant("FIND", &find),
        make,
        imports: imports.print(),
    };
    let template = "src/features/__feature__/callers.rs.j2";
    Some(Draft::new(path, Owner::Generated, template, &view))
}

fn make(
    world: &World<'_>,
    from: FeatureId,
    entity: &Entity,
    by: Column,
    imports: &mut Imports,
) -> Make {
    imports.all(&[
        "kernel::app::Clock",
        "kernel::app::SystemClock",
        "kernel::db",
    ]);
    let mut binds = Binds::default();
    let mut names = vec!["id".to_owned(), sql::column(entity, by)];
    let mut values = vec![binds.add("SystemClock.new_id()"), binds.add("subject")];
    let mut timed = entity.timestamps;
    for (index, field) in entity.fields.iter().enumerate() {
        let default = field.default.as_ref().filter(|it| **it != Literal::Null);
        let (Some(literal), true) = (default, by != Column::Field(index)) else {
            continue;
        };
        timed |= *literal == Literal::Now;
        names.push(sql::column(entity, Column::Field(index)));
        values.push(inserts::constant_value(
            world.service,
            (field, literal),
            from,
            &mut binds,
            imports,
        ));
    }
    if entity.timestamps {
        let now = binds.add("now");
        names.extend(["created_at".into(), "updated_at".into()]);
        values.extend([now.clone(), now]);
    }
    if entity.versioning != Versioning::None {
        names.push("version".into());
        values.push("1".into());
    }
    let by = sql::column(entity, by);
    let into = format!("insert into {} (", sql::table(entity));
    // Two first requests at once find the same row.
    let insert = format!(
        "{}\n{}\non conflict ({by}) do update set {by} = excluded.{by}\nreturning id",
        sql::list(&into, &names, ")"),
        sql::list("values (", &values, ")"),
    );
    Make {
        insert: sql::constant("MAKE", &insert),
        binds: binds.print(),
        timed,
    }
}

/// What the whole service needs to know of it.
#[derive(Debug, Serialize)]
pub struct Hooks {
    /// The module that has them.
    module: String,
    provision: bool,
}

pub fn hooks(world: &World<'_>) -> Option<Hooks> {
    let (id, actor) = feature(world)?;
    Some(Hooks {
        module: super::naming::ident(&world.service[id].name),
        provision: actor.provision,
    })
}
