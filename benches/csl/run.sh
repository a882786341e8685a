#!/usr/bin/env bash
# Ranks the papers of the corpus for the demands by words alone, with characters but no concepts, with concepts but no
# characters, and with both (the profile default), and compares the latter three with the first.
#
#   PATH=target/debug:$PATH benches/csl/run.sh PATH/csl.jsonl.gz
set -euo pipefail
corpus=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$corpus" "$work/papers.jsonl" <<'PYTHON'
import gzip, json, sys
opened = gzip.open if sys.argv[1].endswith(".gz") else open
with opened(sys.argv[1], "rt", encoding="utf-8") as papers, open(sys.argv[2], "w", encoding="utf-8") as out:
    for paper in map(json.loads, papers):
        record = {"id": paper["id"], "title": paper["title"], "summary": paper["abstract"], "keywords": paper["keywords"]}
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
PYTHON
: > "$work/institutions.jsonl"
profile() { # NAME CONCEPTS CHARACTERS: the profile default with these weights
    sed "s/^name = .*/name = \"$1\"/; s/^concepts = .*/concepts = $2/; s/^characters = .*/characters = $3/" \
        "$here/../../crates/duijie/data/profiles/default.toml" > "$work/$1.toml"
}
profile words 0.0 0.0
profile characters 0.0 1.5
profile concepts 1.0 0.0

duijie index --achievements "$work/papers.jsonl" --institutions "$work/institutions.jsonl" --out "$work/index"
for profile in "$work/words.toml" "$work/characters.toml" "$work/concepts.toml" default; do
    run=$work/$(basename "$profile" .toml).trec
    duijie match --index "$work/index" --demands "$here/demands.jsonl" --unit achievement --top 100 --profile "$profile" --out "$run"
done
for run in characters concepts default; do
    duijie eval --qrels "$here/qrels.txt" --measures nDCG@10 R@100 RR --baseline "$work/words.trec" --run "$work/$run.trec"
done
