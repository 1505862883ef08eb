//! Spans as a collector gets them; in a binary of its own, since telemetry can be started once only.
#![cfg(feature = "otlp")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on is red")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kernel::app::{App, Environment};
use kernel::config::{Layers, Settings};
use kernel::contract::Contract;
use kernel::db::{self, Pool};
use kernel::http::{self, Call, Reply};
use kernel::problem::{self, INTERNAL, Problem};
use kernel::{server, telemetry};

mod protobuf;

use protobuf::Message;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

const GET: Contract = Contract {
    id: "test.get",
    path: "/things/{name}",
    ..Contract::DEFAULT
};

async fn get(call: Call<()>) -> Result<Reply, Problem> {
    let name: String = call.path("name")?;
    let work = tracing::info_span!("work", name);
    let _entered = work.enter();
    if name == "bad" {
        return Err(Problem::new(INTERNAL));
    }
    Ok(Reply::ok(&1))
}

/// What was posted to it: the head, and the body.
type Posts = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// An HTTP server that takes everything.
fn collector() -> (SocketAddr, Posts) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let posts = Posts::default();
    let kept = Arc::clone(&posts);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            while let Some(post) = read(&mut stream) {
                kept.lock().unwrap().push(post);
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                stream.write_all(answer.as_bytes()).unwrap();
            }
        }
    });
    (address, posts)
}

fn read(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head.split_once("content-length: ").unwrap().1;
    let length = length.split_once("\r\n").unwrap().0.parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn ask(address: SocketAddr, method: &str, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request =
        format!("{method} {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn settings(collector: SocketAddr, database: &str) -> Settings {
    let collector = format!("http://{collector}/");
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.as_str()),
        ("OTEL_SERVICE_NAME", "things"),
        (
            "A__TELEMETRY__OTLP__HEADERS",
            "authorization=Bearer%20hunter2",
        ),
        ("A__TELEMETRY__FORMAT", "json"),
        ("A__DATABASE__URL", database),
        ("A__SERVER__DRAIN_DELAY", "0s"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut layers = Layers::new("a", "nowhere".as_ref(), variables);
    let settings = Settings::read(&mut layers);
    let settings = layers.finish(settings).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_gets_the_span_of_each_request_before_the_service_stops() {
    let (collector, posts) = collector();
    let file = std::env::temp_dir().join(format!("kernel-otlp-{}.db", std::process::id()));
    let url = match std::env::var("TEST_DATABASE_URL") {
        Ok(url) if cfg!(feature = "postgres") => url,
        _ => format!("sqlite://{}?mode=rwc", file.display()),
    };
    let settings = settings(collector, &url);
    let telemetry = telemetry::start(&settings.telemetry, "crate", "1.2.3").unwrap();
    let pool = Pool::connect(db::Settings::at(url)).await.unwrap();
    let app = App::new(
        Environment::new(settings, ()),
        pool,
        &telemetry,
        problem::render,
    );
    let router = http::finish(http::route(&GET, get), app.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();

    let began = Instant::now();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let serving = server::serve_until(listener, router, app, async { _ = stopped.await });
    let serving = tokio::spawn(serving);
    tokio::task::spawn_blocking(move || {
        let parent = |flags| format!("traceparent: 00-{TRACE}-{CALLER}-{flags}\r\n");
        let named = parent("01") + "x-request-id: mine\r\n";
        ask(address, "GET", "/things/good?secret=1", &named);
        ask(address, "GET", "/things/unheard", &parent("00"));
        ask(address, "GET", "/things/bad", "");
        ask(address, "BREW", "/nowhere", "");
    })
    .await
    .unwrap();
    stop.send(()).unwrap();
    serving.await.unwrap();
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "it waited for the next batch"
    );

    let posts = posts.lock().unwrap();
    let mut spans = Vec::new();
    for (head, body) in posts.iter() {
        assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
        assert!(head.contains("authorization: bearer hunter2\r\n"), "{head}");
        let request = Message::parse(body);
        for resource in request.messages(1) {
            let of = resource.messages(1).remove(0).attributes(1);
            assert_eq!(
                (&*of["service.name"], &*of["service.version"]),
                ("things", "1.2.3")
            );
            let scopes = resource.messages(2);
            spans.extend(scopes.iter().flat_map(|scope| scope.messages(2)));
        }
    }
    judge(&spans);
    let _ = std::fs::remove_file(file);
}

/// Fields of a span: 1 trace, 2 span, 4 parent, 5 name, 6 kind (1 internal, 2 server), 9 attributes, 15 status (3 code,
/// 2 is an error); opentelemetry-proto 1.x, trace.proto.
fn judge(spans: &[Message]) {
    let find = |name: &str, kind: u64| {
        let found = spans
            .iter()
            .filter(|it| it.text(5) == name && it.number(6) == kind);
        found.collect::<Vec<_>>()
    };
    let status = |span: &Message| span.messages(15).first().map_or(0, |it| it.number(3));
    assert_eq!(spans.len(), 5, "{spans:?}");

    let requests = find("GET /things/{name}", 2);
    let (good, bad): (Vec<&Message>, Vec<&Message>) =
        requests.iter().partition(|it| it.hex(1) == TRACE);
    let (good, bad) = (good[0], bad[0]);
    assert_eq!((&*good.hex(4), status(good)), (CALLER, 0));
    let expected = [
        ("contract", "test.get"),
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("http.route", "/things/{name}"),
        ("request_id", "mine"),
        ("url.path", "/things/good"),
        ("url.scheme", "http"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(good.attributes(9), expected.into());
    assert!(good.number(8) > good.number(7), "it took no time");

    assert_eq!((&*bad.hex(4), status(bad)), ("", 2));
    let of = bad.attributes(9);
    assert_eq!(
        (&*of["http.response.status_code"], &*of["error.type"]),
        ("500", "500")
    );

    let children = find("work", 1);
    for (parent, name) in [(good, "good"), (bad, "bad")] {
        let child = children
            .iter()
            .find(|it| it.hex(4) == parent.hex(2))
            .unwrap();
        assert_eq!(child.hex(1), parent.hex(1));
        assert_eq!(child.attributes(9)["name"], name);
    }

    let lost = find("HTTP", 2)[0];
    let of = lost.attributes(9);
    assert_eq!(
        (
            &*of["http.request.method"],
            &*of["http.request.method_original"]
        ),
        ("_OTHER", "BREW")
    );
    assert_eq!(
        (&*of["contract"], of.get("http.route")),
        ("unmatched", None)
    );
    assert_eq!(status(lost), 0);
}
