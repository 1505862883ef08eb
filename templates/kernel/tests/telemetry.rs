//! Telemetry as a whole process has it; in a binary of its own, since it can be started once only.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is red")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use kernel::app::{App, Environment};
use kernel::config::{self, Format, Settings};
use kernel::contract::Contract;
use kernel::db::{self, Pool};
use kernel::http::{self, Call, Reply};
use kernel::problem::{self, Problem};
use kernel::telemetry::{self, Telemetry};
use tower::ServiceExt;

const GET: Contract = Contract {
    id: "test.get",
    path: "/things",
    ..Contract::DEFAULT
};

async fn get(_: Call<()>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&1))
}

fn start(settings: &config::Telemetry) -> Result<Telemetry, telemetry::Error> {
    telemetry::start(
        settings,
        #[cfg(feature = "otlp")]
        "test",
        #[cfg(feature = "otlp")]
        "1",
    )
}

async fn ask(router: &Router, uri: &str) -> String {
    let request = Request::get(uri).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    String::from_utf8(
        to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec(),
    )
    .unwrap()
}

#[tokio::test]
async fn requests_are_counted_by_contract() {
    let mut settings = Settings::default();
    settings.telemetry.filter = "nonsense=nonsense".into();
    assert!(
        start(&settings.telemetry)
            .unwrap_err()
            .to_string()
            .contains("telemetry.filter")
    );
    settings.telemetry.filter = "error".into();
    settings.telemetry.format = Format::Json;
    let telemetry = start(&settings.telemetry).unwrap();
    assert!(start(&settings.telemetry).is_err());

    let file = std::env::temp_dir().join(format!("kernel-telemetry-{}.db", std::process::id()));
    let url = match std::env::var("TEST_DATABASE_URL") {
        Ok(url) if cfg!(feature = "postgres") => url,
        _ => format!("sqlite://{}?mode=rwc", file.display()),
    };
    let pool = Pool::connect(db::Settings::at(url)).await.unwrap();
    let app = App::new(
        Environment::new(settings, ()),
        pool,
        &telemetry,
        problem::render,
    );
    let router = http::finish(http::route(&GET, get).merge(http::metrics()), app);
    for uri in ["/things", "/things", "/nowhere"] {
        ask(&router, uri).await;
    }
    let metrics = ask(&router, "/metrics").await;
    for line in [
        r#"http_requests_total{contract="test.get",class="2xx"} 2"#,
        r#"http_requests_total{contract="test.get",class="5xx"} 0"#,
        r#"http_requests_total{contract="unmatched",class="4xx"} 1"#,
        r#"http_requests_in_flight{contract="test.get"} 0"#,
        r#"http_request_duration_seconds_count{contract="test.get"} 2"#,
        r#"http_request_duration_seconds_bucket{contract="test.get",le="10"} 2"#,
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
    let _ = std::fs::remove_file(file);
}
