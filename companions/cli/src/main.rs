//! The command `consent-string`: what does this consent string say?

mod args;
mod check;
mod compose;
mod diff;
mod explain;
mod failure;
mod help;
mod input;
mod inspect;
mod links;
mod lists;
mod merge;
mod names;
mod output;
mod page;
mod pairs;
mod permits;
mod problem;
mod request;
mod token;

use std::path::Path;
use std::process::ExitCode;

use anstyle::AnsiColor;
use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use failure::Failure;

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            let red = AnsiColor::Red.on_default().bold();
            anstream::eprintln!("{red}error{red:#}: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Runs a command; whether all input was good.
fn run(command: &Command) -> Result<bool, Failure> {
    match command {
        Command::Inspect(inspect) => inspect::run(inspect),
        Command::Ac(showing) => inspect::run_ac(showing),
        Command::Explain(explain) => explain::run(explain),
        Command::Compose(compose) => compose::run(compose),
        Command::Diff(diff) => diff::run(diff),
        Command::Merge(merge) => merge::run(merge),
        Command::Check(check) => check::run(check),
        Command::Permits(permits) => permits::run(permits),
        Command::Request(request) => request::run(request),
        Command::Token(token) => token::run(&token.command),
        Command::Links(links) => links::run(&links.command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "consent-string", &mut script);
            let mut output = output::Output::new(false);
            output.line(&String::from_utf8_lossy(&script))?;
            output.finish()
        }
        Command::Man { directory } => manual(directory),
    }
}

fn manual(directory: &Path) -> Result<bool, Failure> {
    clap_mangen::generate_to(Cli::command(), directory)
        .map(|()| true)
        .map_err(|error| Failure::File(directory.to_owned(), error))
}
