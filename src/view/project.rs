//! The files of the project as a whole.

use serde::Serialize;

use super::{Draft, World, callers, naming, slice, tenants, text};
use crate::ir::{Endpoint, Service, Tokens};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct Project {
    /// `bookshop`, as Cargo, Rust and Docker take it.
    name: String,
    /// `BOOKSHOP`
    prefix: String,
    description: String,
    /// The same as a TOML or a Rust string.
    description_literal: String,
    doc: String,
    postgres: bool,
    /// Whether it knows its callers.
    auth: bool,
    /// Whether spans go to a collector.
    otlp: bool,
    /// Whether it calls `https` addresses.
    calls_out: bool,
    uses: Uses,
    callers: Option<callers::Hooks>,
    /// The module that has the tenants.
    tenants: Option<String>,
    features: Vec<FeatureLine>,
    /// The version of backgen.
    version: &'static str,
}

/// Crates that generated code names itself.
#[derive(Debug, Serialize)]
struct Uses {
    serde_json: bool,
}

#[derive(Debug, Serialize)]
struct FeatureLine {
    name: String,
    module: String,
    description: String,
    endpoints: Vec<EndpointLine>,
}

#[derive(Debug, Serialize)]
struct EndpointLine {
    name: String,
    heading: String,
    summary: String,
}

/// Path in the project, owner, template.
const FILES: &[(&str, Owner, &str)] = &[
    (".dockerignore", Owner::Yours, "dockerignore.j2"),
    (".env.example", Owner::Yours, "env.example.j2"),
    (".github/workflows/ci.yml", Owner::CoOwned, "ci.yml.j2"),
    (".gitignore", Owner::Yours, "gitignore.j2"),
    ("Cargo.toml", Owner::CoOwned, "Cargo.toml.j2"),
    ("Dockerfile", Owner::Yours, "Dockerfile.j2"),
    ("README.md", Owner::Yours, "README.md.j2"),
    ("compose.yaml", Owner::CoOwned, "compose.yaml.j2"),
    (
        "config/development.toml",
        Owner::CoOwned,
        "config/development.toml.j2",
    ),
    (
        "config/production.toml",
        Owner::CoOwned,
        "config/production.toml.j2",
    ),
    ("deny.toml", Owner::CoOwned, "deny.toml.j2"),
    (
        "rust-toolchain.toml",
        Owner::CoOwned,
        "rust-toolchain.toml.j2",
    ),
    ("src/app.rs", Owner::Yours, "src/app.rs.j2"),
    (
        "src/features/README.md",
        Owner::Generated,
        "src/features/README.md.j2",
    ),
    (
        "src/features/mod.rs",
        Owner::Generated,
        "src/features/mod.rs.j2",
    ),
    ("src/lib.rs", Owner::Generated, "src/lib.rs.j2"),
    ("src/main.rs", Owner::Yours, "src/main.rs.j2"),
];

pub fn drafts(world: &World<'_>) -> Vec<Draft> {
    let view = project(world);
    FILES
        .iter()
        .map(|(path, owner, template)| Draft::new(*path, *owner, template, &view))
        .collect()
}

fn project(world: &World<'_>) -> Project {
    let service = world.service;
    let description = if service.description.is_empty() {
        format!("The {} service", service.name.replace('_', " "))
    } else {
        service
            .description
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    Project {
        name: service.name.clone(),
        prefix: naming::shouty(&service.name),
        doc: text::doc("//!", &description),
        description_literal: toml_edit::Value::from(description.clone()).to_string(),
        description: text::inert(&description),
        postgres: world.postgres(),
        otlp: service.traces.is_some(),
        calls_out: service.traces.is_some() || fetches_keys(service),
        uses: Uses { serde_json: true },
        auth: service.auth.is_some(),
        callers: callers::hooks(world),
        tenants: tenants::module(world),
        features: service
            .features
            .iter()
            .map(|feature| feature_line(world, feature))
            .collect(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The keys of JWTs may lie behind a URL.
fn fetches_keys(service: &Service) -> bool {
    let auth = service.auth.as_ref();
    auth.is_some_and(|auth| auth.tokens == Tokens::Jwt)
}

fn feature_line(world: &World<'_>, feature: &crate::ir::Feature) -> FeatureLine {
    let endpoints = feature
        .endpoints
        .iter()
        .map(|id| endpoint_line(world, &world.service[*id]));
    FeatureLine {
        name: feature.name.clone(),
        module: naming::ident(&feature.name),
        description: text::inert(&feature.description),
        endpoints: endpoints.collect(),
    }
}

fn endpoint_line(world: &World<'_>, endpoint: &Endpoint) -> EndpointLine {
    EndpointLine {
        name: endpoint.name.clone(),
        heading: slice::Slice { world, endpoint }.heading(),
        summary: text::inert(&endpoint.summary),
    }
}

/// One migration as `src/migrations.rs` embeds it.
#[derive(Debug, Serialize)]
pub struct MigrationLine {
    pub version: u32,
    pub name: String,
    pub file: String,
}

#[derive(Debug, Serialize)]
struct Migrations<'m> {
    migrations: &'m [MigrationLine],
}

/// `src/migrations.rs`.
pub fn migrations(lines: &[MigrationLine]) -> Draft {
    Draft::new(
        "src/migrations.rs",
        Owner::Generated,
        "src/migrations.rs.j2",
        &Migrations { migrations: lines },
    )
}
