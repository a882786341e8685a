"""Runs long_queries and the peers in turn, each in a process of its own, and prints a table of ratios.

    compare.py LONG_QUERIES DOCS QUERIES [peer…] [--large DOCS [--large-peers peer…]] [--processes N] [--rounds N]

Every one of them, ours and theirs, runs in N processes (3), taking turns, so that a busy minute of the machine
hits all alike; each process builds its index and answers all queries in N rounds (3). The fastest counts, and the
most memory. `--large` names a second corpus, on which the same queries are answered beside bm25s (or the peers
that `--large-peers` names) alone.

The results must agree, or the exit status is 1 and the last lines say what does not: our own runs to the byte,
bm25s and tantivy at every rank to their own precision (TOLERANCE). PISA has another idf, Robertson's, and so another
scale: of our best documents it must have at least PISA_SHARED in the mean, and on those its scores must follow ours
on a line (Pearson's r) to at least PISA_LINEAR in the mean. Both are stated for corpora of natural text, where few terms
are in half of all documents; there Robertson's idf is about Lucene's, elsewhere it is not.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOP = 100
# Relative: bm25s adds in single precision; tantivy keeps the length of a document in one byte.
TOLERANCE = {"bm25s": 1e-3, "tantivy": 0.06}
PISA_SHARED = 0.95
PISA_LINEAR = 0.99
PEERS = [*TOLERANCE, "pisa"]
# What makes our runs differ, after the options that all have.
OURS = {
    "duijie-impact": ["--threads", "1"],
    "duijie-impact, one by one": ["--threads", "1", "--one-by-one"],
    "duijie-impact, 2 threads": ["--threads", "2"],
}
HEAD = "| | ms/query | × ours | index s | × ours | peak RSS MB | ranks whose scores differ | shared | linear |"

Run = dict[str, list[tuple[str, float]]]


def read_run(path: Path) -> Run:
    run: Run = {}
    for line in path.read_text().splitlines():
        query, _, document, _, score, _ = line.split(" ")
        run.setdefault(query, []).append((document, float(score)))
    return run


def ranks(run: Run) -> int:
    return sum(map(len, run.values()))


def disagreements(ours: Run, theirs: Run, tolerance: float) -> int:
    """The number of ranks whose scores differ by more than `tolerance` of the score, or that one of the two lacks."""
    count = 0
    for query in ours.keys() | theirs.keys():
        hits, others = ours.get(query, []), theirs.get(query, [])
        count += abs(len(hits) - len(others))
        count += sum(abs(a - b) > tolerance * max(a, b) for (_, a), (_, b) in zip(hits, others))
    return count


def shared(ours: Run, theirs: Run) -> float:
    """The share of our best documents that they have too, mean of the queries."""
    common = [len(dict(hits).keys() & dict(theirs.get(query, [])).keys()) / len(hits) for query, hits in ours.items()]
    return statistics.fmean(common) if common else 1.0


def linear(ours: Run, theirs: Run) -> float:
    """How far their scores follow ours on a line (Pearson's r) on the documents that both have, mean of the queries."""
    relations = []
    for query, hits in ours.items():
        others = dict(theirs.get(query, []))
        pairs = [(score, others[document]) for document, score in hits if document in others]
        if len({a for a, _ in pairs}) > 1 and len({b for _, b in pairs}) > 1:
            relations.append(statistics.correlation(*zip(*pairs)))
    return statistics.fmean(relations) if relations else 0.0


def problem(name: str, ours: Run, theirs: Run) -> str | None:
    """What of the run `name` does not agree with ours, as a sentence."""
    if name == "pisa":
        share, line = shared(ours, theirs), linear(ours, theirs)
        if share < PISA_SHARED:
            return f"pisa has {share:.4f} of our best {TOP} in the mean, less than {PISA_SHARED}."
        if line < PISA_LINEAR:
            return f"pisa's scores follow ours with r = {line:.4f} in the mean, less than {PISA_LINEAR}."
        return None
    if name in TOLERANCE:
        if count := disagreements(ours, theirs, TOLERANCE[name]):
            return f"{name}: {count} of {ranks(ours)} ranks differ from ours by more than {TOLERANCE[name]:g} of the score."
        return None
    return None if ours == theirs else f"{name}: the run is not the same as that of one thread and a batch."


def take_turns(commands: dict[str, list[str]], folder: Path, processes: int) -> dict[str, dict]:
    """The best figures of each command, and its run in `folder`."""
    best: dict[str, dict] = {}
    for _ in range(processes):
        for name, command in commands.items():
            process = subprocess.run([*command, "--out", str(folder / f"{name}.trec")], capture_output=True, text=True)
            if process.returncode != 0:
                # PISA's counting is of no use to anyone, what a program died of is.
                end = process.stderr[-2000:]
                sys.exit(f"{end}\n{name} failed with exit status {process.returncode}: {' '.join(command)}")
            figures = json.loads(process.stdout.splitlines()[-1])
            print(json.dumps({"run": name, **figures}), flush=True)
            kept = best.setdefault(name, figures)
            for key, choose in (("index_seconds", min), ("ms_per_query", min), ("peak_rss_mb", max)):
                kept[key] = choose(kept[key], figures[key])
    return best


def compare(binary: str, docs: str, queries: str, peers: list[str], processes: int, rounds: int) -> list[str]:
    """Runs all, prints their table, and says what does not agree."""
    folder = Path(tempfile.mkdtemp(prefix="peers-"))
    files = ["--docs", docs, "--queries", queries, "--pretokenized", "--top", str(TOP), "--rounds", str(rounds)]
    commands = {name: [binary, *files, *options] for name, options in OURS.items()}
    for peer in peers:
        commands[peer] = [sys.executable, str(HERE / "peer.py"), peer, docs, queries, str(TOP), str(rounds)]
    best = take_turns(commands, folder, processes)
    ours, reference = best["duijie-impact"], read_run(folder / "duijie-impact.trec")
    print(f"\n{docs}: {ours['docs']} documents, {ours['queries']} queries, {processes} processes of {rounds} rounds\n")
    print(f"{HEAD}\n|{'---|' * (HEAD.count('|') - 1)}")
    problems = []
    for name, figures in best.items():
        run = read_run(folder / f"{name}.trec")
        differing = "other scale" if name == "pisa" else disagreements(reference, run, TOLERANCE.get(name, 0.0))
        print(
            f"| {name} | {figures['ms_per_query']:.3f} | {figures['ms_per_query'] / ours['ms_per_query']:.2f} "
            f"| {figures['index_seconds']:.1f} | {figures['index_seconds'] / ours['index_seconds']:.2f} "
            f"| {figures['peak_rss_mb']:.0f} | {differing} | {shared(reference, run):.4f} | {linear(reference, run):.4f} |"
        )
        problems.append(problem(name, reference, run))
    print(flush=True)
    return [f"{docs}: {said}" for said in problems if said]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="long_queries beside its peers, in turn, on the same token files")
    parser.add_argument("binary", help="long_queries, built")
    parser.add_argument("docs", help="token file of the documents")
    parser.add_argument("queries", help="token file of the queries")
    parser.add_argument("peers", nargs="*", metavar="peer", help=f"of {', '.join(PEERS)}; all where none is named")
    parser.add_argument("--large", metavar="DOCS", help="a second token file of documents, for the same queries")
    parser.add_argument("--large-peers", nargs="+", choices=PEERS, default=["bm25s"], metavar="peer", help="who runs on it (bm25s)")
    parser.add_argument("--processes", type=int, default=3, help="how often each is run (3)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each process answers all queries (3)")
    given = parser.parse_intermixed_args()
    if unknown := set(given.peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    if min(given.processes, given.rounds) < 1:
        parser.error("--processes and --rounds are at least 1")
    for path in filter(None, [given.binary, given.docs, given.queries, given.large]):
        if not Path(path).is_file():
            parser.error(f"{path} is not a file")
    return given


def main() -> None:
    given = arguments()
    problems = compare(given.binary, given.docs, given.queries, given.peers or PEERS, given.processes, given.rounds)
    if given.large:
        problems += compare(given.binary, given.large, given.queries, given.large_peers, given.processes, given.rounds)
    for said in problems:
        print(said, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
