//! `backgen.yaml` or `backgen.toml`.

use super::{Auth, Name, Tenancy};

block! {
    /// The project file, `backgen.yaml` or `backgen.toml`: what the service is called and how its API looks.
    pub struct Project("the project file") {
        /// The name of the service, in small letters: `bookshop`. The crate, the binary and the metrics carry it.
        service: Name,
        /// One or more sentences for the API's description.
        description: String,
        /// The database that the service is made for; `sqlite` when absent.
        database: Database,
        /// How the HTTP API looks.
        api: Api,
        /// Who calls, and with which roles.
        auth: Auth,
        /// What the service tells of itself beside its logs and Prometheus metrics.
        telemetry: Telemetry,
        /// Whose rows callers work on, where several parties share the service.
        tenancy: Tenancy,
    }
    required ["service"]
    later ["renamed_from"]
}

block! {
    /// How the HTTP API looks.
    pub struct Api("the `api` block") {
        /// The path before every endpoint's own: `/api/v1`. Empty when absent.
        #[schemars(extend("pattern" = "^(/[^/]+)*$"))]
        prefix: String,
        /// What surrounds the data of an answer; `bare` when absent.
        envelope: Envelope,
        /// The case of JSON keys and query parameters; `snake` when absent.
        case: Case,
    }
    required []
    later ["cors", "docs"]
}

block! {
    /// What the service tells of itself beside its logs and Prometheus metrics, which it always has.
    pub struct Telemetry("the `telemetry` block") {
        /// Where the spans of requests go; nowhere when absent.
        traces: Traces,
    }
    required []
    later []
}

words! {
    /// Where the spans of requests go.
    pub enum Traces("an exporter of traces") {
        /// To an OpenTelemetry collector, by OTLP over HTTP; `[telemetry.otlp]` of the service's configuration says which.
        Otlp = "otlp",
    }
}

words! {
    /// The database of the service.
    pub enum Database("a database") {
        /// One file; nothing to install.
        Sqlite = "sqlite",
        /// For more than one machine.
        Postgres = "postgres",
    }
}

words! {
    /// What surrounds the data of an answer.
    pub enum Envelope("an envelope") {
        /// Nothing: `{...}` for one row, `[...]` for a list.
        Bare = "bare",
        /// `{"data": ...}`.
        Data = "data",
        /// The name of the entity: `{"book": {...}}`, `{"books": [...]}`.
        Named = "named",
    }
}

words! {
    /// The case of JSON keys and query parameters.
    pub enum Case("a case") {
        /// `books_count`.
        Snake = "snake",
        /// `booksCount`.
        Camel = "camel",
    }
}
