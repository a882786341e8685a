"""One peer over token files: peer.py NAME DOCS QUERIES TOP ROUNDS --out RUN

Builds the peer's index in memory or a temporary folder, answers every query on one thread in each
round, and prints the best round as one JSON line of the same keys as long_queries. BM25 with
Lucene's idf, k1 1.2, b 0.75, each distinct query term once. `index_seconds` is from opening the
token file to the searchable index, as in long_queries.
"""

import json
import resource
import sys
import tempfile
import time


def token_lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield [token for token in line.rstrip("\n").split(" ") if token]


def bm25s_peer(docs, top):
    import bm25s

    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    index.index(list(token_lines(docs)), show_progress=False)

    def answer(queries):
        known = [[token for token in query if token in index.vocab_dict] for query in queries]
        found = index.retrieve(known, k=top, n_threads=1, show_progress=False)
        return [
            [(int(document), float(score)) for document, score in zip(documents, scores) if score > 0]
            for documents, scores in zip(found.documents, found.scores)
        ]

    return answer


def tantivy_peer(docs, top):
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("number", stored=False, indexed=False, fast=True)
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = schema.build()
    index = tantivy.Index(schema, path=tempfile.mkdtemp())
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    for tokens in token_lines(docs):
        document = tantivy.Document()
        document.add_text("text", " ".join(tokens))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(queries):
        should = tantivy.Occur.Should
        results = []
        for query in queries:
            terms = [(should, tantivy.Query.term_query(schema, "text", token, "freq")) for token in query]
            hits = searcher.search(tantivy.Query.boolean_query(terms), top).hits
            # tantivy's score has the factor k1 + 1 that Lucene dropped.
            results.append([(address.doc, score / 2.2) for score, address in hits])
        return results

    return answer


def pisa_peer(docs, top):
    from pyterrier_pisa import PisaIndex

    folder = tempfile.mkdtemp() + "/index"
    index = PisaIndex(folder, stemmer="none", stops="none", threads=1)
    # Terms are encoded in ASCII: PISA's own tokenizer splits on what is not a letter.
    encode = lambda token: "x" + token.encode("utf-8").hex()
    index.index({"docno": str(number), "text": " ".join(map(encode, tokens))} for number, tokens in enumerate(token_lines(docs)))
    retriever = index.bm25(k1=1.2, b=0.75, num_results=top, threads=1, query_algorithm="maxscore")

    def answer(queries):
        import pandas

        frame = pandas.DataFrame({"qid": [str(n) for n in range(len(queries))], "query": [" ".join(map(encode, q)) for q in queries]})
        found = retriever(frame)
        results = [[] for _ in queries]
        for qid, docno, score in zip(found["qid"], found["docno"], found["score"]):
            results[int(qid)].append((int(docno), float(score)))
        return results

    return answer


def main():
    name, docs, queries, top, rounds = sys.argv[1:6]
    out = sys.argv[sys.argv.index("--out") + 1]
    started = time.perf_counter()
    answer = {"bm25s": bm25s_peer, "tantivy": tantivy_peer, "pisa": pisa_peer}[name](docs, int(top))
    index_seconds = time.perf_counter() - started
    queries = [list(dict.fromkeys(tokens)) for tokens in token_lines(queries)]
    answer(queries[:10])  # compiles, and warms
    best = float("inf")
    for _ in range(int(rounds)):
        started = time.perf_counter()
        results = answer(queries)
        best = min(best, time.perf_counter() - started)
    with open(out, "w", encoding="utf-8") as file:
        for number, hits in enumerate(results):
            for rank, (document, score) in enumerate(hits):
                file.write(f"{number} Q0 {document} {rank + 1} {score} {name}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"queries": len(queries), "index_seconds": index_seconds, "ms_per_query": best * 1e3 / len(queries), "peak_rss_mb": peak}))


if __name__ == "__main__":
    main()
