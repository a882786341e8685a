use crate::figures::Figures;
use crate::{demo, figures, readme, test};
use anyhow::Result;

/// What can be done with the project.
#[derive(Clone, Copy, Debug, clap::Subcommand)]
pub enum Task {
    /// Index the test collection, match every demand and listing, show the rankings and write them to out/demo
    Demo,
    /// Check everything: format, lints, tests, documentation, the README's examples, figures, the Python package
    Test,
    /// Build the Python package's wheel, install it with the libraries of its tests into .venv, and run those
    Python,
    /// Run the commands shown in the READMEs and put what they print in place of what is shown
    Readme,
    /// Measure the rankings of the test collection and write fixtures/results/collection.md
    Figures {
        /// Write nothing; fail if the file differs from what is measured or a figure is below its floor
        #[arg(long)]
        check: bool,
    },
}

impl Task {
    /// Does it.
    ///
    /// # Errors
    ///
    /// The first thing that fails, with advice.
    pub fn run(self) -> Result<()> {
        match self {
            Self::Demo => demo::run(),
            Self::Test => test::run(),
            Self::Python => test::run_python(),
            Self::Readme => readme::write(),
            Self::Figures { check: false } => figures::write(&Figures::measure()?),
            Self::Figures { check: true } => figures::check(&Figures::measure()?),
        }
    }
}
