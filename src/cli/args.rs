//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::{Format, feature::Column, new};

/// Compiles declarative feature specs into complete axum and sqlx services
#[derive(Debug, Parser)]
#[command(name = "backgen", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Globals {
    /// The project [default: this folder, or the nearest above it with a backgen.yaml or backgen.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// For people, or one JSON document on standard output
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Whether output has colours
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
}

/// Whether output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Start a project that builds, tests and runs at once
    New(New),
    /// Add to a project
    #[command(subcommand)]
    Add(Add),
    /// Bring the project in line with its specs
    #[command(visible_alias = "gen")]
    Generate(Generate),
    /// Say whether the specs are right and the project is in line with them; change nothing
    Check,
    /// The long text for a finding's code
    Explain {
        /// As in error[BG0201]
        code: String,
    },
    /// The JSON Schema of the spec language, for editors
    Schema {
        /// Of one kind of file only
        which: Option<Kind>,
    },
    /// Print a stage of the compiler
    Inspect {
        stage: Stage,
        /// The version that `openapi` is printed in: 3.0 is for tools that read no other
        #[arg(long, value_name = "VERSION", default_value = "3.1")]
        openapi: OpenApi,
    },
    /// Print a script that completes commands in your shell
    Completions { shell: Shell },
}

impl Verb {
    /// As it is written.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Add(_) => "add",
            Self::Generate(_) => "generate",
            Self::Check => "check",
            Self::Explain { .. } => "explain",
            Self::Schema { .. } => "schema",
            Self::Inspect { .. } => "inspect",
            Self::Completions { .. } => "completions",
        }
    }
}

#[derive(Debug, Args)]
pub struct New {
    /// The service's name in small letters, as in bookshop or book_shop
    #[arg(value_parser = new::service_name)]
    pub name: String,
    /// The database [default: what the specs say, else sqlite]
    #[arg(long, value_enum)]
    pub db: Option<Db>,
    /// Specs to start from: a file, or a folder with backgen.yaml and specs/ [default: an example]
    #[arg(long, value_name = "FILE_OR_DIR")]
    pub spec: Vec<PathBuf>,
    /// Build the service and run it
    #[arg(long)]
    pub serve: bool,
    /// Where the project goes [default: a folder of its name]
    #[arg(long, value_name = "DIR")]
    pub path: Option<PathBuf>,
    /// List every file
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Db {
    /// One file; nothing to install
    Sqlite,
    /// For more than one machine
    Postgres,
}

impl Db {
    /// As specs write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Add {
    /// Write specs/NAME and generate its slice of the service
    Feature(AddFeature),
}

#[derive(Debug, Args)]
pub struct AddFeature {
    /// The feature's name in small letters, as in catalog
    #[arg(value_parser = super::feature::feature_name)]
    pub name: String,
    /// An entity with the five usual endpoints, as in Book
    #[arg(value_parser = super::feature::entity_name)]
    pub entity: Option<String>,
    /// The entity's fields, as in title:string 'price:decimal(10,2)' born:date? author:Author
    #[arg(value_name = "FIELD:TYPE", value_parser = super::feature::column)]
    pub fields: Vec<Column>,
    /// List every file
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Debug, Args)]
pub struct Generate {
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// List every file
    #[arg(long, short)]
    pub verbose: bool,
}

/// A kind of spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Project,
    Feature,
}

/// A stage of the compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// The specs as written
    Ast,
    /// What they mean
    Ir,
    /// The files that they ask for
    Plan,
    /// The description of the API, as the service serves it
    Openapi,
    /// Who may do what
    Access,
}

/// A version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OpenApi {
    #[value(name = "3.1")]
    Current,
    #[value(name = "3.0")]
    Older,
}
