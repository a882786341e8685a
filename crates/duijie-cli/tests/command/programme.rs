//! README.zh.md says which command serves which part of the programme, and those commands exist.

use crate::run::duijie;
use duijie::Catalogue;
use duijie_event::TaskList;
use std::path::Path;

/// The rows of the tables under the heading.
fn rows() -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.zh.md");
    let text = std::fs::read_to_string(path).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with("方案各部分与命令对照")).unwrap();
    let lines = section.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.map(cells).collect()
}

/// The commands that a cell names in backquotes.
fn commands(cell: &str) -> Vec<Vec<&str>> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.map(|text| text.split_whitespace().collect()).collect()
}

#[test]
fn every_section_and_every_row_of_both_annexes_has_its_commands() {
    let rows = rows();
    let has = |cells: &[&str]| {
        let row = rows.iter().find(|row| row.iter().zip(cells).all(|(own, asked)| own == asked));
        let row = row.unwrap_or_else(|| panic!("no row {cells:?}"));
        assert!(!commands(row.last().unwrap()).is_empty(), "{row:?}");
    };
    for section in ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"] {
        has(&[section]);
    }
    let chains = Catalogue::default().chains;
    assert_eq!(chains.len(), 11);
    for chain in chains {
        let window = format!("{}至{}", chain.event_window.from, chain.event_window.to);
        has(&[&chain.no.to_string(), &chain.name, &window]);
    }
    let tasks = TaskList::default().tasks;
    assert_eq!(tasks.len(), 16);
    for task in tasks {
        has(&[&task.no.to_string(), &task.content]);
    }
}

#[test]
fn every_command_named_exists_with_its_options() {
    let rows = rows();
    let mut named: Vec<Vec<&str>> = rows.iter().flat_map(|row| commands(row.last().unwrap())).collect();
    named.sort_unstable();
    named.dedup();
    assert!(named.len() > 15, "{named:?}");
    for words in named {
        assert_eq!(words[0], "duijie", "{words:?}");
        let until_option = words[1..].iter().position(|word| word.starts_with("--")).unwrap_or(words.len() - 1);
        let help = duijie(words[1..=until_option].iter().copied().chain(["--help"])).succeeded().out;
        for option in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{words:?}: {help}");
        }
    }
    assert_eq!(duijie(["ledger", "follow-on", "--help"]).code, Some(2), "a command that is not there is seen");
}
