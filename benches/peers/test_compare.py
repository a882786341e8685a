"""What compare.py calls agreement: python3 -m unittest discover benches/peers"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import compare

OURS = {"0": [("a", 4.0), ("b", 2.0), ("c", 1.0)], "1": [("d", 3.0)]}


def scaled(factor: float) -> compare.Run:
    return {query: [(document, factor * score) for document, score in hits] for query, hits in OURS.items()}


class Agreement(unittest.TestCase):
    def test_scores_within_the_precision_agree(self):
        self.assertIsNone(compare.problem("bm25s", OURS, scaled(1.0005)))
        self.assertIsNone(compare.problem("tantivy", OURS, scaled(1.05)))
        self.assertIn("bm25s: 4 of 4 ranks", compare.problem("bm25s", OURS, scaled(1.002)))
        self.assertIn("tantivy: 4 of 4 ranks", compare.problem("tantivy", OURS, scaled(0.9)))

    def test_a_rank_too_many_or_too_few_is_a_difference(self):
        self.assertEqual(compare.disagreements(OURS, {"0": OURS["0"]}, 0.1), 1)
        self.assertEqual(compare.disagreements(OURS, {**OURS, "2": [("a", 1.0)]}, 0.1), 1)

    def test_our_own_runs_must_be_the_same(self):
        self.assertIsNone(compare.problem("duijie-impact, 2 threads", OURS, scaled(1.0)))
        tie = {**OURS, "1": [("e", 3.0)]}
        self.assertIn("not the same", compare.problem("duijie-impact, 2 threads", OURS, tie))

    def test_pisa_is_held_to_what_it_shares_and_to_a_line(self):
        self.assertIsNone(compare.problem("pisa", OURS, scaled(2.2)))
        self.assertIn("0.5000 of our best", compare.problem("pisa", OURS, {"0": OURS["0"]}))
        turned = {"0": [("a", 1.0), ("b", 2.0), ("c", 4.0)], "1": OURS["1"]}
        self.assertIn("follow ours with r = -", compare.problem("pisa", OURS, turned))


class Status(unittest.TestCase):
    def run_with(self, one_thread: str, two_threads: str) -> subprocess.CompletedProcess:
        """compare.py over a program that writes one of two runs, by its number of threads."""
        folder = Path(tempfile.mkdtemp())
        figures = json.dumps({"docs": 1, "queries": 1, "index_seconds": 1.0, "ms_per_query": 1.0, "peak_rss_mb": 1.0})
        binary = folder / "long_queries"
        binary.write_text(
            f"#!{sys.executable}\nimport sys\nat = sys.argv.index\n"
            f"run = {one_thread!r} if sys.argv[at('--threads') + 1] == '1' else {two_threads!r}\n"
            f"open(sys.argv[at('--out') + 1], 'w').write(run)\nprint({figures!r})\n"
        )
        binary.chmod(0o755)
        tokens = folder / "tokens"
        tokens.write_text("碳纤维 预浸料\n")
        # Ours alone: none of the peers need be installed.
        code = "import compare; compare.PEERS.clear(); compare.main()"
        command = [sys.executable, "-c", code, str(binary), str(tokens), str(tokens), "--processes", "1"]
        return subprocess.run(command, capture_output=True, text=True, cwd=Path(compare.__file__).parent)

    def test_the_status_is_0_where_all_agree_and_1_with_a_sentence_where_not(self):
        run = "0 Q0 0 1 2.5 x\n"
        agreed = self.run_with(run, run)
        self.assertEqual((agreed.returncode, agreed.stderr), (0, ""))
        self.assertIn("| duijie-impact, 2 threads | 1.000 |", agreed.stdout)
        differing = self.run_with(run, run.replace("2.5", "2.75"))
        self.assertEqual(differing.returncode, 1)
        self.assertIn("duijie-impact, 2 threads: the run is not the same", differing.stderr)

    def test_a_program_that_fails_is_named_with_what_it_said(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(SystemExit) as stopped:
                compare.take_turns({"peer": [sys.executable, "-c", "raise ValueError('no room')"]}, Path(folder), 1)
        self.assertIn("no room", str(stopped.exception))
        self.assertIn("peer failed with exit status 1", str(stopped.exception))


if __name__ == "__main__":
    unittest.main()
