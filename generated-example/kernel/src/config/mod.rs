//! What may be set from outside, typed.
//!
//! Defaults, then `config/{environment}.toml`, then environment variables: `{SERVICE}__SERVER__PORT` is `server.port`,
//! and `DATABASE_URL` is `database.url`. A key that is unknown, missing or bad stops the start; all of them are
//! named at once, with where they were found, and no value is printed.

mod layers;
mod value;

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

pub use layers::{Faults, Layers};
pub use value::{Secret, Setting};

use crate::auth;
use crate::db;
use crate::http::Origins;

/// Everything that the kernel reads.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which file was read: `development` unless `{SERVICE}__ENVIRONMENT` says otherwise.
    pub environment: String,
    /// `[server]`: sockets and limits.
    pub server: Server,
    /// `[database]`
    pub database: db::Settings,
    /// `[telemetry]`: logs and metrics.
    pub telemetry: Telemetry,
    /// `[auth]`: whose tokens are believed.
    pub auth: auth::Settings,
}

/// `[server]`
#[derive(Debug, Clone)]
pub struct Server {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// How long a connection may take to send a request's head, and how long it may be idle between two.
    pub header_timeout: Duration,
    /// Connections that are open at a time; more wait in the backlog.
    pub max_connections: usize,
    /// Requests that are under way at a time; more are refused with 503.
    pub max_in_flight: usize,
    /// How long to serve on after a signal to stop, while load balancers take notice.
    pub drain_delay: Duration,
    /// How long requests under way may take to end after that.
    pub drain_timeout: Duration,
    /// Who may call from a browser.
    pub cors_origins: Origins,
}

/// `[telemetry]`
#[derive(Debug, Clone)]
pub struct Telemetry {
    /// Which events are logged, as in `info,sqlx=warn`.
    pub filter: String,
    /// How lines look.
    pub format: Format,
    /// Whether `/metrics` answers.
    pub metrics: bool,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people on a terminal, JSON elsewhere.
    Auto,
    /// JSON.
    Json,
    /// For people.
    Pretty,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            environment: "development".into(),
            server: Server::default(),
            database: db::Settings::at(""),
            telemetry: Telemetry::default(),
            auth: auth::Settings::default(),
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            header_timeout: Duration::from_secs(8),
            max_connections: 10_000,
            max_in_flight: 512,
            drain_delay: Duration::from_secs(5),
            drain_timeout: Duration::from_secs(20),
            cors_origins: Origins::default(),
        }
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self {
            filter: "info".into(),
            format: Format::Auto,
            metrics: true,
        }
    }
}

impl Settings {
    /// Reads the settings of the service named `service` from the working directory and the environment.
    ///
    /// # Errors
    /// Every fault that there is.
    pub fn load(service: &str) -> Result<Self, Faults> {
        let mut layers = Layers::load(service);
        let settings = Self::read(&mut layers);
        layers.finish(settings)
    }

    /// Takes the kernel's keys; a service with keys of its own reads them next and ends with [`Layers::finish`].
    pub fn read(layers: &mut Layers) -> Self {
        let mut settings = Self {
            environment: layers.environment().to_owned(),
            ..Self::default()
        };
        let Self {
            server,
            database,
            telemetry,
            ..
        } = &mut settings;
        layers.read("server.host", &mut server.host);
        layers.read("server.port", &mut server.port);
        layers.read("server.header_timeout", &mut server.header_timeout);
        layers.read("server.max_connections", &mut server.max_connections);
        layers.read("server.max_in_flight", &mut server.max_in_flight);
        layers.read("server.drain_delay", &mut server.drain_delay);
        layers.read("server.drain_timeout", &mut server.drain_timeout);
        layers.read("server.cors_origins", &mut server.cors_origins);
        layers.require("database.url", &mut database.url);
        layers.read("database.connections", &mut database.connections);
        layers.read("database.acquire_timeout", &mut database.acquire_timeout);
        layers.read(
            "database.statement_timeout",
            &mut database.statement_timeout,
        );
        layers.read("database.lock_timeout", &mut database.lock_timeout);
        let idle = &mut database.idle_in_transaction_timeout;
        layers.read("database.idle_in_transaction_timeout", idle);
        layers.read("telemetry.filter", &mut telemetry.filter);
        layers.read("telemetry.format", &mut telemetry.format);
        layers.read("telemetry.metrics", &mut telemetry.metrics);
        settings.auth.read(layers);
        settings
    }
}
