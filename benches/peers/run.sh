#!/usr/bin/env bash
# Runs duijie-impact and its peers in turn on the same token files, one thread, top 100.
#   benches/peers/run.sh DOCS.tokens QUERIES.tokens [peer…] [--large DOCS.tokens] [--processes N] [--rounds N]
# Peers: bm25s tantivy pisa; all where none is named. --large: a second corpus, beside bm25s alone.
# The environment goes to $PEERS_VENV (default: .venv beside this script) and is brought up to date when
# requirements.txt has changed; `tokenize` and `recombine` of this crate make token files. Prints one JSON line
# per run and a table of ratios; the exit status is 1 if scores do not agree (see compare.py).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${PEERS_VENV:-$here/.venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
# What was installed last; written only once all of it was.
stamp=$venv/requirements.installed
if ! cmp --silent "$here/requirements.txt" "$stamp"; then
  "$venv/bin/pip" install --quiet -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$stamp"
fi
cargo build --release --quiet --manifest-path "$here/../Cargo.toml" --bin long_queries
target=$(cargo metadata --format-version 1 --no-deps --manifest-path "$here/../Cargo.toml" | "$venv/bin/python" -c 'import json,sys; print(json.load(sys.stdin)["target_directory"])')
exec "$venv/bin/python" "$here/compare.py" "$target/release/long_queries" "$@"
