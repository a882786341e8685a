use std::fmt;
use std::ops::AddAssign;

/// How many tests ran, as their runner says when it closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestCounts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl TestCounts {
    /// What a closing line of cargo test, cargo nextest or pytest says; `None` for any other line.
    pub(crate) fn of_closing_line(line: &str) -> Option<Self> {
        let line = line.trim();
        let pytest = || {
            let line = line.trim_matches(['=', ' ']);
            line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(" in ") && line.ends_with(['s', ')'])
        };
        if !(line.starts_with("test result: ") || line.starts_with("Summary [") || pytest()) {
            return None;
        }
        let mut counts = Self::default();
        let mut number = None;
        for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
            let count = number.take();
            number = word.parse::<u64>().ok();
            match (word, count) {
                ("passed", Some(count)) => counts.passed += count,
                ("failed" | "timed" | "exec" | "error" | "errors", Some(count)) => counts.failed += count,
                ("skipped" | "ignored", Some(count)) => counts.skipped += count,
                _ => {}
            }
        }
        Some(counts).filter(|counts| pytest_or_cargo(line, *counts))
    }
}

/// A line that only looks like pytest's last one counts nothing.
fn pytest_or_cargo(line: &str, counts: TestCounts) -> bool {
    counts != TestCounts::default() || line.starts_with("test result: ") || line.starts_with("Summary [")
}

impl AddAssign for TestCounts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::TestCounts;

    #[test]
    fn the_closing_line_of_each_runner_is_read() {
        let counts = |passed, failed, skipped| Some(TestCounts { passed, failed, skipped });
        let cases = [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.4s",
                counts(3, 0, 1),
            ),
            ("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out", counts(0, 0, 0)),
            ("     Summary [   1.047s] 214 tests run: 214 passed, 0 skipped", counts(214, 0, 0)),
            (
                "     Summary [  12.0s] 5/6 tests run: 2 passed (1 slow), 2 failed, 1 timed out, 1 skipped",
                counts(2, 3, 1),
            ),
            ("============ 12 passed, 1 skipped in 3.10s ============", counts(12, 0, 1)),
            ("1 failed, 12 passed, 2 errors in 63.10s (0:01:03)", counts(12, 3, 0)),
            ("test records::reads_in_order ... ok", None),
            ("3 demands in 5 files", None),
            ("running 3 tests", None),
        ];
        for (line, expected) in cases {
            assert_eq!(TestCounts::of_closing_line(line), expected, "{line}");
        }
    }

    #[test]
    fn the_sum_is_shown_as_one_plain_line() {
        let mut sum = TestCounts { passed: 3, failed: 0, skipped: 0 };
        assert_eq!(sum.to_string(), "3 passed, 0 failed");
        sum += TestCounts { passed: 1, failed: 1, skipped: 2 };
        assert_eq!(sum.to_string(), "4 passed, 1 failed, 2 skipped");
    }
}
