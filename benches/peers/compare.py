"""Runs long_queries and the peers in turn, each in a process of its own, and prints a table of ratios.

    compare.py LONG_QUERIES DOCS QUERIES [peer…]

Every rank's score must agree with ours to the peer's own precision (TOLERANCE), and the column
"shared" says how many of our best 100 a peer finds too, in the mean. PISA has another idf and its own
scale: there only what is shared says something.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOP = 100
ROUNDS = 3
# Relative: bm25s adds in single precision; tantivy keeps the length of a document in one byte.
TOLERANCE = {"bm25s": 1e-3, "tantivy": 0.06}


Run = dict[str, list[tuple[str, float]]]


def read_run(path: Path) -> Run:
    run: Run = {}
    for line in path.read_text().splitlines():
        query, _, document, _, score, _ = line.split(" ")
        run.setdefault(query, []).append((document, float(score)))
    return run


def disagreements(ours: Run, theirs: Run, tolerance: float) -> int:
    """The number of ranks whose scores differ by more than `tolerance` of the score."""
    count = 0
    for query, hits in ours.items():
        others = theirs.get(query, [])
        count += abs(len(hits) - len(others))
        count += sum(abs(a - b) > tolerance * max(a, b) for (_, a), (_, b) in zip(hits, others))
    return count


def shared(ours: Run, theirs: Run) -> float:
    """The share of our best documents that they have too, mean of the queries."""
    common = [len(dict(hits).keys() & dict(theirs.get(query, [])).keys()) / len(hits) for query, hits in ours.items()]
    return sum(common) / len(common)


def main() -> None:
    binary, docs, queries, *peers = sys.argv[1:]
    peers = peers or ["bm25s", "tantivy", "pisa"]
    folder = Path(tempfile.mkdtemp())
    commands = {
        "duijie-impact": [binary, "--docs", docs, "--queries", queries, "--pretokenized", "--top", str(TOP), "--threads", "1", "--rounds", str(ROUNDS)],
        "duijie-impact, one by one": [binary, "--docs", docs, "--queries", queries, "--pretokenized", "--top", str(TOP), "--threads", "1", "--one-by-one", "--rounds", str(ROUNDS)],
        "duijie-impact, 2 threads": [binary, "--docs", docs, "--queries", queries, "--pretokenized", "--top", str(TOP), "--threads", "2", "--rounds", str(ROUNDS)],
    }
    for peer in peers:
        commands[peer] = [sys.executable, str(HERE / "peer.py"), peer, docs, queries, str(TOP), str(ROUNDS)]
    best: dict[str, dict] = {}
    # In turn, not one after the other, so that a busy minute of the machine hits all alike.
    for turn in range(ROUNDS):
        for name, command in commands.items():
            if turn > 0 and name in peers:
                continue  # a peer repeats its queries itself: building it again would take too long
            out = folder / f"{name}.trec"
            line = subprocess.run([*command, "--out", str(out)], check=True, capture_output=True, text=True).stdout.splitlines()[-1]
            figures = json.loads(line)
            print(json.dumps({"run": name, **figures}), flush=True)
            kept = best.setdefault(name, figures)
            for key in ("index_seconds", "ms_per_query"):
                kept[key] = min(kept[key], figures[key])
    ours = best["duijie-impact"]
    reference = read_run(folder / "duijie-impact.trec")
    print("\n| | ms/query | × ours | index s | × ours | peak RSS MB | ranks whose scores differ | shared |\n|---|---|---|---|---|---|---|---|")
    for name, figures in best.items():
        run = read_run(folder / f"{name}.trec")
        differing = "other scale" if name == "pisa" else disagreements(reference, run, TOLERANCE.get(name, 0.0))
        print(
            f"| {name} | {figures['ms_per_query']:.3f} | {figures['ms_per_query'] / ours['ms_per_query']:.2f} "
            f"| {figures['index_seconds']:.1f} | {figures['index_seconds'] / ours['index_seconds']:.2f} "
            f"| {figures['peak_rss_mb']:.0f} | {differing} | {shared(reference, run):.4f} |"
        )


if __name__ == "__main__":
    main()
