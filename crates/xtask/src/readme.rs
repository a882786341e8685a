//! The commands shown in the READMEs give what is shown there.

use crate::workspace::{build_cli, command, empty_folder, root};
use anyhow::{Context, Result, bail, ensure};
use duijie::AtomicFile;
use std::collections::{HashMap, VecDeque};
use std::io::Write;
use std::path::PathBuf;

/// A line that stands for any further lines of output.
const AND_SO_ON: &str = "…";

const READMES: [&str; 2] = ["README.md", "README.zh.md"];

/// Runs the examples of both READMEs, one after the other, in the folder of the workspace, and
/// fails at the first that prints something else than is shown.
pub(crate) fn check() -> Result<()> {
    let mut examples = Examples::begin()?;
    for name in READMES {
        let text = read(name)?;
        let now = examples.outputs_of(&text)?;
        if let Some(((then, now), line)) = text.lines().zip(now.lines()).zip(1..).find(|((then, now), _)| then != now) {
            bail!(
                "{name}:{line} shows\n  {then}\nwhere the command now prints\n  {now}\n\
                 If the change is meant, run cargo xtask readme and look at what it changed."
            );
        }
        ensure!(text == now, "{name} shows other output than the commands print; run cargo xtask readme");
    }
    Ok(())
}

/// Runs the examples of both READMEs and puts what they print in place of what is shown.
pub(crate) fn write() -> Result<()> {
    let mut examples = Examples::begin()?;
    for name in READMES {
        let now = examples.outputs_of(&read(name)?)?;
        let mut file = AtomicFile::create(&root().join(name))?;
        file.write_all(now.as_bytes()).with_context(|| format!("cannot write {name}"))?;
        file.commit()?;
    }
    Ok(())
}

fn read(name: &str) -> Result<String> {
    std::fs::read_to_string(root().join(name)).with_context(|| format!("cannot read {name}"))
}

/// The text with each example's output as `run` gives it, cut where the text cuts it with `…`.
fn with_outputs(text: &str, mut run: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut answer = String::new();
    let mut block = Block::Other;
    let mut shown = 0;
    let mut printed: Vec<String> = Vec::new();
    let mut found = 0;
    for line in text.lines() {
        let command = line.strip_prefix("$ ").filter(|_| block != Block::Other);
        let ends = block == Block::Example && (line.starts_with("```") || command.is_some());
        if ends || (block == Block::Example && line == AND_SO_ON) {
            let count = if line == AND_SO_ON { shown } else { printed.len() };
            printed.iter().take(count).for_each(|line| push_line(&mut answer, line));
            block = Block::Console;
        }
        match line {
            _ if line.starts_with("```") => block = if line == "```console" { Block::Console } else { Block::Other },
            _ if block == Block::Example => {
                shown += 1;
                continue;
            }
            _ => {}
        }
        push_line(&mut answer, line);
        // The tasks run far longer than an example should, and one of them runs this.
        if let Some(command) = command.filter(|command| !command.starts_with("cargo xtask")) {
            printed = run(command)?.trim_end().lines().map(|line| line.trim_end().to_owned()).collect();
            (block, shown, found) = (Block::Example, 0, found + 1);
        }
    }
    ensure!(found > 0, "no command is shown in a ```console block");
    Ok(answer)
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Outside of every console block.
    Other,
    /// In one, but not in the output of a command that is run.
    Console,
    /// In the output of such a command.
    Example,
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Runs what the READMEs show.
struct Examples {
    /// The folder of the command just built.
    programs: PathBuf,
    /// What the READMEs before printed, command by command: both show the same, so that it is run once.
    printed: HashMap<String, VecDeque<String>>,
}

impl Examples {
    /// Begins with an empty folder where the examples leave their index and files.
    fn begin() -> Result<Self> {
        empty_folder(&root().join("out/demo"))?;
        Ok(Self { programs: build_cli()?.with_file_name(""), printed: HashMap::new() })
    }

    /// The text with the outputs of its commands, in their order; of one that an earlier text showed, the
    /// output that it had there.
    fn outputs_of(&mut self, text: &str) -> Result<String> {
        let mut earlier = std::mem::take(&mut self.printed);
        with_outputs(text, |line| {
            let known = earlier.get_mut(line).and_then(VecDeque::pop_front);
            let output = known.map_or_else(|| self.run(line), Ok)?;
            self.printed.entry(line.to_owned()).or_default().push_back(output.clone());
            Ok(output)
        })
    }

    /// Messages are part of the output.
    fn run(&self, line: &str) -> Result<String> {
        println!("$ {line}");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(self.programs.clone()).chain(std::env::split_paths(&path)))?;
        let mut shell = command("sh");
        let output = shell.args(["-c", &format!("{{ {line}; }} 2>&1")]).env("PATH", path).output();
        Ok(String::from_utf8_lossy(&output.context("cannot run sh")?.stdout).into_owned())
    }
}

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct English;

#[cfg(doctest)]
#[doc = include_str!("../../../README.zh.md")]
struct Chinese;

#[cfg(test)]
mod tests {
    use super::with_outputs;

    fn shout(command: &str) -> anyhow::Result<String> {
        Ok(format!("{}  \n2\n3\n", command.to_uppercase()))
    }

    #[test]
    fn what_commands_print_takes_the_place_of_what_is_shown() {
        let text = "```text\n$ no\n```\n```console\n$ a\nold\n$ b\n```\n$ no\n";
        let now = "```text\n$ no\n```\n```console\n$ a\nA\n2\n3\n$ b\nB\n2\n3\n```\n$ no\n";
        assert_eq!(with_outputs(text, shout).unwrap(), now);
        assert_eq!(with_outputs(now, shout).unwrap(), now);
    }

    #[test]
    fn an_ellipsis_cuts_the_output_where_the_text_cuts_it() {
        let text = "```console\n$ a\nold\nold\n…\n$ cargo xtask demo\n…\n```\n";
        let now = "```console\n$ a\nA\n2\n…\n$ cargo xtask demo\n…\n```\n";
        assert_eq!(with_outputs(text, shout).unwrap(), now);
    }

    #[test]
    fn a_text_without_examples_is_refused() {
        assert!(with_outputs("# Nothing\n", shout).is_err());
    }
}
