//! `backgen new --serve`: builds the service, runs it, and says where it answers.
//!
//! The service gets a process group of its own, so that Ctrl-C reaches only backgen, which passes it on once: a second
//! signal would end the service without draining.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use heck::ToShoutySnakeCase;

use super::report::Stop;
use super::screen::Screen;
use crate::diagnostic::call;

const USUAL_PORT: u16 = 8080;
const PAUSE: Duration = Duration::from_millis(100);

/// A project to be started.
#[derive(Debug)]
pub struct Project {
    pub name: String,
    pub root: PathBuf,
    /// A path to try: a GET that needs nothing.
    pub first: Option<String>,
}

/// Runs until the service ends or is told to. The inner error says why it did not run; errors: the screen.
pub fn serve(project: &Project, screen: &mut Screen) -> io::Result<Result<(), Stop>> {
    screen.note(&format!(
        "building {}: the first build compiles its dependencies, which takes minutes",
        project.name
    ));
    if let Err(stop) = build(project) {
        return Ok(Err(stop));
    }
    let port = free_port();
    let (told, signals) = channel();
    let handler = told.clone();
    let _ = ctrlc::set_handler(move || {
        let _ = handler.send(());
    });
    let child = match start(project, port) {
        Ok(child) => child,
        Err(error) => return Ok(Err(call::no_cargo(&error).into())),
    };
    let ended = watch(project, child, port, &signals, screen);
    // As long as it lives, nothing to receive means no signal.
    drop(told);
    ended
}

fn build(project: &Project) -> Result<(), Stop> {
    let mut cargo = Command::new("cargo");
    cargo.arg("build").current_dir(&project.root);
    let status = cargo
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .status()
        .map_err(|error| call::no_cargo(&error))?;
    if status.success() {
        return Ok(());
    }
    let what = format!(
        "`cargo build` in `{}` ended with {status}",
        project.root.display()
    );
    Err(call::not_built(&what).into())
}

/// The usual port, or any other where that is taken.
fn free_port() -> u16 {
    let try_port =
        |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|it| it.local_addr());
    try_port(USUAL_PORT)
        .or_else(|_| try_port(0))
        .map_or(USUAL_PORT, |address| address.port())
}

/// On Unix `cargo run` becomes the service: the child is the service itself.
fn start(project: &Project, port: u16) -> io::Result<Child> {
    let mut cargo = Command::new("cargo");
    let prefix = project.name.to_shouty_snake_case();
    cargo
        .args(["run", "--quiet"])
        .current_dir(&project.root)
        .env(format!("{prefix}__SERVER__PORT"), port.to_string())
        // No load balancer has to take notice.
        .env(format!("{prefix}__SERVER__DRAIN_DELAY"), "0s")
        .stdin(Stdio::null())
        .stdout(io::stderr());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut cargo, 0);
    cargo.spawn()
}

fn watch(
    project: &Project,
    mut child: Child,
    port: u16,
    signals: &Receiver<()>,
    screen: &mut Screen,
) -> io::Result<Result<(), Stop>> {
    let mut ready = false;
    loop {
        if let Some(status) = child.try_wait()? {
            let what = format!("the service ended with {status}");
            return Ok(Err(call::not_built(&what).into()));
        }
        if !ready && is_ready(port) {
            ready = true;
            screen.text(&banner(project, port))?;
        }
        if signals.recv_timeout(PAUSE).is_ok() {
            break;
        }
    }
    let status = stop(&mut child, signals)?;
    if status.success() {
        return Ok(Ok(()));
    }
    let what = format!("the service ended with {status}");
    Ok(Err(call::not_built(&what).into()))
}

fn banner(project: &Project, port: u16) -> String {
    let url = format!("http://127.0.0.1:{port}");
    let mut text = format!("\n{} answers at {url}\n", project.name);
    text.push_str(&format!("  documentation  {url}/docs\n"));
    if let Some(path) = &project.first {
        text.push_str(&format!("  try            curl {url}{path}\n"));
    }
    text.push_str("  stop           Ctrl-C\n\n");
    text
}

/// Whether `/health/ready` answers 200.
fn is_ready(port: u16) -> bool {
    let ask = || -> io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let request = b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request)?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(&start == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}

/// Asks the service to end and waits for it; a second signal ends it at once.
fn stop(child: &mut Child, signals: &Receiver<()>) -> io::Result<ExitStatus> {
    terminate(child)?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if signals.recv_timeout(PAUSE).is_ok() {
            child.kill()?;
        }
    }
}

/// The shell's `kill` is everywhere; the program of that name is not.
#[cfg(unix)]
fn terminate(child: &Child) -> io::Result<()> {
    let kill = format!("kill -TERM {}", child.id());
    Command::new("sh").args(["-c", &kill]).status().map(drop)
}

#[cfg(not(unix))]
fn terminate(child: &mut Child) -> io::Result<()> {
    child.kill()
}
