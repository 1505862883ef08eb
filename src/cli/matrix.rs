//! `backgen inspect access`: who may do what, as a table for people who review it.

use serde_json::{Value, json};

use super::report::Report;
use crate::ir::{Action, Endpoint, Granted, Service};

pub fn report(service: &Service) -> Report {
    let roles = service.auth.as_ref().map(|auth| auth.roles.as_slice());
    let roles = roles.unwrap_or_default();
    let lines: Vec<Line> = service
        .endpoints
        .iter()
        .map(|endpoint| Line::of(service, endpoint, roles))
        .collect();
    let endpoints: Vec<Value> = lines.iter().map(Line::json).collect();
    Report {
        text: text(&lines, roles),
        document: Some(json!({ "roles": roles, "endpoints": endpoints })),
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

fn text(lines: &[Line<'_>], roles: &[String]) -> String {
    let columns = ["anonymous", "signed in"]
        .into_iter()
        .chain(roles.iter().map(String::as_str));
    let columns: Vec<&str> = columns.collect();
    let width = lines
        .iter()
        .map(|line| line.heading().chars().count())
        .max();
    let width = width.unwrap_or_default();
    let mut text = format!("{:width$}", "");
    for column in &columns {
        text.push_str(&format!("  {column}"));
    }
    text.push('\n');
    for line in lines {
        let mut row = format!("{:width$}", line.heading());
        for (column, granted) in columns.iter().zip(line.granted()) {
            row.push_str(&format!("  {:1$}", word(granted), column.chars().count()));
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text.push_str(
        "\nall: every row; own: the caller's rows; some: those that meet a condition (the others are 404); 401, 403: nothing\n",
    );
    text
}
