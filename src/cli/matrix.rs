//! `backgen inspect access`: who may do what, as a table for people who review it.

use serde_json::{Value, json};

use super::report::Report;
use crate::ir::{Access, Action, Endpoint, Entity, Field, Granted, Service};

pub fn report(service: &Service) -> Report {
    let roles = service.auth.as_ref().map(|auth| auth.roles.as_slice());
    let roles = roles.unwrap_or_default();
    let lines: Vec<Line> = service
        .endpoints
        .iter()
        .map(|endpoint| Line::of(service, endpoint, roles))
        .collect();
    let endpoints: Vec<Value> = lines.iter().map(Line::json).collect();
    let fields: Vec<FieldLine> = service
        .entities
        .iter()
        .flat_map(|entity| of_entity(service, entity, roles))
        .collect();
    let mut document = json!({ "roles": roles, "endpoints": endpoints });
    if !fields.is_empty() {
        document["fields"] = fields.iter().map(FieldLine::json).collect();
    }
    Report {
        text: text(&lines, roles) + &of_fields(&fields, roles),
        document: Some(document),
        ..Report::default()
    }
}

/// One endpoint.
struct Line<'s> {
    id: String,
    method: &'static str,
    path: String,
    anonymous: Granted,
    signed_in: Granted,
    roles: Vec<(&'s str, Granted)>,
}

impl<'s> Line<'s> {
    fn of(service: &Service, endpoint: &Endpoint, roles: &'s [String]) -> Self {
        let access = &endpoint.access;
        let by_actor = matches!(&endpoint.action, Action::Get(get) if get.by_actor);
        let to_actor = |role| match access.to_actor(role) {
            Granted::All if by_actor => Granted::Own,
            granted => granted,
        };
        let roles = roles
            .iter()
            .map(|role| (role.as_str(), to_actor(Some(role))));
        Self {
            id: format!("{}.{}", service[endpoint.feature].name, endpoint.name),
            method: endpoint.method.name(),
            path: format!("{}{}", service.api.prefix, endpoint.path),
            anonymous: access.to_anonymous(),
            signed_in: to_actor(None),
            roles: roles.collect(),
        }
    }

    fn heading(&self) -> String {
        format!("{:6} {}", self.method, self.path)
    }

    fn granted(&self) -> impl Iterator<Item = Granted> {
        [self.anonymous, self.signed_in]
            .into_iter()
            .chain(self.roles.iter().map(|(_, granted)| *granted))
    }

    fn json(&self) -> Value {
        let roles: serde_json::Map<String, Value> = self
            .roles
            .iter()
            .map(|(role, granted)| ((*role).to_owned(), json!(granted)))
            .collect();
        json!({
            "id": self.id,
            "method": self.method,
            "path": self.path,
            "anonymous": self.anonymous,
            "signed_in": self.signed_in,
            "roles": roles,
        })
    }
}

fn word(granted: Granted) -> &'static str {
    match granted {
        Granted::All => "all",
        Granted::Own => "own",
        Granted::Some => "some",
        Granted::Forbidden => "403",
        Granted::Unauthenticated => "401",
    }
}

/// One rule of one field.
struct FieldLine<'s> {
    /// "read" or "write".
    does: &'static str,
    id: String,
    granted: Vec<(&'s str, Granted)>,
}

impl FieldLine<'_> {
    fn json(&self) -> Value {
        let granted = self.granted.iter();
        let granted: serde_json::Map<String, Value> = granted
            .map(|(who, granted)| ((*who).to_owned(), json!(granted)))
            .collect();
        json!({ "does": self.does, "id": self.id, "granted": granted })
    }
}

fn of_entity<'s>(
    service: &'s Service,
    entity: &'s Entity,
    roles: &'s [String],
) -> Vec<FieldLine<'s>> {
    let line = |does, field: &Field, access: &Access| {
        let mut granted = vec![
            ("anonymous", access.to_anonymous()),
            ("signed in", access.to_actor(None)),
        ];
        let roles = roles.iter().map(String::as_str);
        granted.extend(roles.map(|role| (role, access.to_actor(Some(role)))));
        let feature = &service[entity.feature].name;
        FieldLine {
            does,
            id: format!("{feature}.{}.{}", entity.name, field.name),
            granted,
        }
    };
    let mut lines = Vec::new();
    for field in &entity.fields {
        lines.extend(field.readers.iter().map(|it| line("read", field, it)));
        lines.extend(field.writers.iter().map(|it| line("write", field, it)));
    }
    lines
}

fn of_fields(lines: &[FieldLine<'_>], roles: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let rows = lines.iter().map(|line| {
        let granted = line.granted.iter().map(|(_, granted)| match granted {
            Granted::Forbidden | Granted::Unauthenticated => "no",
            other => word(*other),
        });
        (format!("{:5} {}", line.does, line.id), granted.collect())
    });
    let mut text = table(rows.collect(), roles);
    text.insert(0, '\n');
    text.push_str("\nno: the field is not there, or must not be named (422)\n");
    text
}

fn text(lines: &[Line<'_>], roles: &[String]) -> String {
    let rows = lines.iter().map(|line| {
        let granted = line.granted().map(word);
        (line.heading(), granted.collect())
    });
    let mut text = table(rows.collect(), roles);
    text.push_str(
        "\nall: every row; own: the caller's rows; some: those that meet a condition (the others are 404); 401, 403: nothing\n",
    );
    text
}

/// A heading and a word for each kind of caller, a line.
fn table(rows: Vec<(String, Vec<&'static str>)>, roles: &[String]) -> String {
    let columns = ["anonymous", "signed in"]
        .into_iter()
        .chain(roles.iter().map(String::as_str));
    let columns: Vec<&str> = columns.collect();
    let width = rows.iter().map(|(heading, _)| heading.chars().count());
    let width = width.max().unwrap_or_default();
    let mut text = format!("{:width$}", "");
    for column in &columns {
        text.push_str(&format!("  {column}"));
    }
    text.push('\n');
    for (heading, granted) in rows {
        let mut row = format!("{heading:width$}");
        for (column, word) in columns.iter().zip(granted) {
            row.push_str(&format!("  {word:0$}", column.chars().count()));
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
