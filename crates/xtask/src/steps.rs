//! What a task does, as named and timed steps.

use crate::test_counts::TestCounts;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The steps done so far, and the tests that ran in them.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
    pub(crate) tests: TestCounts,
}

impl Steps {
    /// Does something of our own.
    pub(crate) fn work(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("── {name}");
        self.timed(name, work)
    }

    /// Runs a command; `advice` says what to do when it fails.
    pub(crate) fn command(&mut self, name: &str, command: &mut Command, advice: &str) -> Result<()> {
        println!("── {name}: {}", shown(command));
        self.timed(name, || {
            let status = command.status().with_context(|| format!("cannot run {}", shown(command)))?;
            ensure!(status.success(), "{advice}");
            Ok(())
        })
    }

    /// Runs tests and counts them; a runner that closes on no test has failed.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) -> Result<()> {
        println!("── {name}: {}", shown(command));
        let mut counts = TestCounts::default();
        let outcome = self.timed(name, || {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().with_context(|| format!("cannot run {}", shown(command)))?;
            let errors = child.stderr.take().map(|stream| thread::spawn(|| relay(stream, std::io::stderr())));
            if let Some(stream) = child.stdout.take() {
                counts += relay(stream, std::io::stdout());
            }
            if let Some(errors) = errors {
                counts += errors.join().expect("relaying does not panic");
            }
            if !child.wait()?.success() {
                // A test that does not compile fails without being counted.
                counts.failed = counts.failed.max(1);
                bail!("a test failed or did not compile; see above");
            }
            ensure!(counts.passed > 0, "no test was run");
            Ok(())
        });
        self.tests += counts;
        outcome
    }

    /// Shows every step and its time.
    pub(crate) fn summary(&self) {
        println!();
        for (name, time) in &self.done {
            println!("{:>7.1} s  {name}", time.as_secs_f64());
        }
    }

    fn timed(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let start = Instant::now();
        let outcome = work();
        self.done.push((name.to_owned(), start.elapsed()));
        outcome.with_context(|| format!("the step {name:?} failed"))
    }
}

/// Passes lines on as they come, and counts what the closing lines among them say.
fn relay(from: impl Read, mut to: impl Write) -> TestCounts {
    let mut counts = TestCounts::default();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        // Whoever reads us may have gone; the tests go on and their outcome still counts.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        if let Some(found) = TestCounts::of_closing_line(&String::from_utf8_lossy(&line)) {
            counts += found;
        }
        line.clear();
    }
    counts
}

/// A command as one would type it.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}
