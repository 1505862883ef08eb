//! Parses arguments, calls the library, prints, and ends with its exit code.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use backgen::cli::{self, Cli, ColorWhen, Exit, Format, Screen};
use clap::Parser;

/// Syntax trees are many small boxes: `check` takes a quarter less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && cli::asks_for_json(env::args_os()) => {
            let (out, err) = (Box::new(io::stdout()), Box::new(io::stderr()));
            let mut screen = Screen::new(out, err, Format::Json);
            return end(screen.show(&cli::wrong_call(&error)), &mut screen);
        }
        Err(error) => {
            // A closed pipe is the only way to fail, and nobody is left to be told.
            drop(error.print());
            return exit(if error.use_stderr() {
                Exit::Failed
            } else {
                Exit::Well
            });
        }
    };
    let mut screen = screen(&cli);
    end(cli::run(cli, &mut screen), &mut screen)
}

fn end(result: io::Result<Exit>, screen: &mut Screen) -> ExitCode {
    match result {
        Ok(code) => exit(code),
        Err(error) => {
            screen.note(&format!("error: the result cannot be printed: {error}"));
            exit(Exit::Failed)
        }
    }
}

fn exit(code: Exit) -> ExitCode {
    ExitCode::from(code as u8)
}

fn screen(cli: &Cli) -> Screen {
    let wanted = match cli.globals.color {
        ColorWhen::Auto => ColorChoice::Auto,
        ColorWhen::Always => ColorChoice::Always,
        ColorWhen::Never => ColorChoice::Never,
    };
    let (out, err) = (io::stdout(), io::stderr());
    let choose = |auto: ColorChoice| match wanted {
        ColorChoice::Auto => auto,
        given => given,
    };
    let of_out = choose(AutoStream::choice(&out));
    let of_err = choose(AutoStream::choice(&err));
    let terminal = err.is_terminal();
    let mut screen = Screen::new(
        Box::new(AutoStream::new(out, of_out)),
        Box::new(AutoStream::new(err, of_err)),
        cli.globals.format,
    );
    screen.out.on = of_out != ColorChoice::Never;
    screen.err.on = of_err != ColorChoice::Never;
    if terminal {
        screen.status = Some(|| Box::new(io::stderr()) as Box<dyn Write + Send>);
    }
    screen
}
