#!/usr/bin/env bash
# Runs duijie-impact and its peers in turn on the same token files, one thread, top 100.
#   benches/peers/run.sh DOCS.tokens QUERIES.tokens [peer…]     (peers: bm25s tantivy pisa; default all)
# The environment goes to $PEERS_VENV (default: .venv beside this script); `tokenize` and
# `recombine` of this crate make token files. Prints one JSON line per run and a table of ratios.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv=${PEERS_VENV:-$here/.venv}
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet -r "$here/requirements.txt"
fi
cargo build --release --quiet --manifest-path "$here/../Cargo.toml" --bin long_queries
target=$(cargo metadata --format-version 1 --no-deps --manifest-path "$here/../Cargo.toml" | "$venv/bin/python" -c 'import json,sys; print(json.load(sys.stdin)["target_directory"])')
exec "$venv/bin/python" "$here/compare.py" "$target/release/long_queries" "$@"
