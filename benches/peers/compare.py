"""Runs long_queries and the peers in turn, each in a process of its own, and prints a table of ratios.

    compare.py LONG_QUERIES DOCS QUERIES [peer…]

Every rank's score must agree with ours: to 1e-3 relative for the peers that sum in floating point;
PISA's scores are quantised, so its are not compared.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOP = 100
ROUNDS = 3


def read_run(path: Path) -> dict[str, list[float]]:
    run: dict[str, list[float]] = {}
    for line in path.read_text().splitlines():
        query, _, _, _, score, _ = line.split(" ")
        run.setdefault(query, []).append(float(score))
    return run


def disagreements(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> int:
    """The number of ranks whose scores differ by more than 1e-3 of the score."""
    count = 0
    for query, scores in ours.items():
        others = theirs.get(query, [])
        count += abs(len(scores) - len(others))
        count += sum(abs(a - b) > 1e-3 * max(a, b) for a, b in zip(scores, others))
    return count


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
    print("\n| | ms/query | × ours | index s | × ours | peak RSS MB | ranks whose scores differ |\n|---|---|---|---|---|---|---|")
    for name, figures in best.items():
        differing = "quantised" if name == "pisa" else disagreements(reference, read_run(folder / f"{name}.trec"))
        print(
            f"| {name} | {figures['ms_per_query']:.3f} | {figures['ms_per_query'] / ours['ms_per_query']:.2f} "
            f"| {figures['index_seconds']:.1f} | {figures['index_seconds'] / ours['index_seconds']:.2f} "
            f"| {figures['peak_rss_mb']:.0f} | {differing} |"
        )


if __name__ == "__main__":
    main()
