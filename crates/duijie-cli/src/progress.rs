//! Progress bars, and stopping on Ctrl-C.

use anyhow::{Context, Result};
use duijie_tables::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

static CANCELLED: AtomicBool = AtomicBool::new(false);

/// A bar over `total` items on standard error, if that is a terminal.
pub(crate) fn bar(total: usize, what: &'static str) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total as u64), target).with_style(style).with_message(what)
}

/// A line on standard error that says what is being done, if that is a terminal.
pub(crate) fn line() -> ProgressBar {
    let line = bar(0, "");
    line.set_style(ProgressStyle::default_spinner());
    line
}

/// A bar over the files of a reading on standard error, if that is a terminal; the items are its message.
pub(crate) fn reading_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("reading {wide_bar} {human_pos}/{human_len} files, {msg} rows {elapsed}");
    bar(1, "0").with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Moves such a bar.
pub(crate) fn show_reading(bar: &ProgressBar, now: Progress) {
    bar.set_length(now.all_files as u64);
    bar.set_position(now.files as u64);
    bar.set_message(HumanCount(now.items as u64).to_string());
}

/// The flag that Ctrl-C (and SIGTERM, SIGHUP) sets. A second one does not end the program at once:
/// the first is heeded within moments, and an abrupt end would leave a part of a file behind.
pub(crate) fn cancel_on_interrupt() -> Result<&'static AtomicBool> {
    ctrlc::set_handler(|| CANCELLED.store(true, Ordering::Relaxed)).context("cannot listen for Ctrl-C")?;
    Ok(&CANCELLED)
}
