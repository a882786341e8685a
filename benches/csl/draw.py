#!/usr/bin/env python3
"""Draw papers for the CSL wording check, and check the demands written for them.

  draw.py draw  CSL.jsonl[.gz] [--count 139]   print the draw, one JSON line per paper, in order
  draw.py check CSL.jsonl[.gz] [--dir .]       lengths, qrels and wording overlap of demands.jsonl

The draw goes round the disciplines below, one paper from each per round, so that
they come out evenly; within a discipline the order is shuffled with the seed.
"""
import argparse
import gzip
import json
import random
import re
import sys
from pathlib import Path

SEED = 20221122
DISCIPLINES = """材料科学与工程 化学/化学工程与技术 冶金工程 机械工程 电气工程 电子科学与技术 信息与通信工程
计算机科学与技术 控制科学与工程 光学工程 动力工程及工程热物理 核科学与技术 航空宇航科学与技术 兵器科学与技术
船舶与海洋工程 交通运输工程 土木工程 水利工程 测绘科学与技术 矿业工程 石油与天然气工程 地质学/地质资源与地质工程
环境科学与工程 纺织科学与工程 食品科学与工程 药学 口腔医学 生物学/生物科学与工程 农业工程 作物学 园艺学
林学/林业工程 畜牧学/兽医学 水产 农业资源利用 植物保护 力学 地球物理学 物理学""".split()
# Titles that announce management, policy, teaching, surveys of literature or history.
NOT_TECHNICAL = re.compile(
    "管理|政策|教学|课程|教育|培养|人才|综述|进展|现状|展望|历史|文化|市场|制度|产业|经济|战略|思考|探讨|浅谈|浅析|护理|问卷"
)


def load(path):
    with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def draw(papers, count):
    rng = random.Random(SEED)
    piles = []
    for discipline in DISCIPLINES:
        pile = [
            p for p in papers
            if p["discipline"] == discipline
            and len(p["abstract"]) >= 90
            and not NOT_TECHNICAL.search(p["title"])
        ]
        pile.sort(key=lambda p: p["id"])
        rng.shuffle(pile)
        piles.append(pile)
    drawn = []
    for turn in range(max(map(len, piles))):
        drawn += [pile[turn] for pile in piles if turn < len(pile)]
    return drawn[:count]


def bigrams(text):
    runs = re.findall(r"[0-9a-z\u4e00-\u9fff]+", text.lower())
    return {run[i:i + 2] for run in runs for i in range(len(run) - 1)}


def jaccard(a, b):
    a, b = bigrams(a), bigrams(b)
    return len(a & b) / max(1, len(a | b))


def check(papers, folder):
    by_id = {p["id"]: p for p in papers}
    demands = [json.loads(line) for line in (folder / "demands.jsonl").read_text("utf-8").splitlines()]
    qrels = [line.split() for line in (folder / "qrels.txt").read_text("utf-8").splitlines()]
    paper_of = {topic: doc for topic, _, doc, _ in qrels}
    assert len({d["id"] for d in demands}) == len(demands) == len(qrels) == len(set(paper_of.values()))
    scores = []
    for d in demands:
        p = by_id[paper_of[d["id"]]]
        paper = " ".join([p["title"], *p["keywords"], p["abstract"]])
        score = jaccard(d["title"] + " " + d["description"], paper)
        scores.append(score)
        notes = []
        if not 60 <= len(d["description"]) <= 140:
            notes.append(f"description {len(d['description'])}")
        if not 10 <= len(d["title"]) <= 25:
            notes.append(f"title {len(d['title'])}")
        if score > 0.06:
            shared = bigrams(d["title"] + " " + d["description"]) & bigrams(paper)
            notes.append("shares " + " ".join(sorted(shared)))
        words = [k for k in p["keywords"] if k and k in d["title"] + d["description"]]
        if words:
            notes.append("keyword " + " ".join(words))
        if notes:
            print(d["id"], p["id"], f"{score:.3f}", "; ".join(notes))
    ordered = sorted(scores)
    print(f"{len(scores)} demands, Jaccard mean {sum(scores) / len(scores):.4f}, "
          f"median {ordered[len(ordered) // 2]:.4f}, max {ordered[-1]:.4f}, "
          f"above 0.06: {sum(s > 0.06 for s in scores)}, above 0.08: {sum(s > 0.08 for s in scores)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = parser.add_subparsers(dest="command", required=True)
    d = sub.add_parser("draw")
    d.add_argument("csl")
    d.add_argument("--count", type=int, default=139)
    c = sub.add_parser("check")
    c.add_argument("csl")
    c.add_argument("--dir", type=Path, default=Path(__file__).parent)
    args = parser.parse_args()
    papers = load(args.csl)
    if args.command == "draw":
        for paper in draw(papers, args.count):
            sys.stdout.write(json.dumps(paper, ensure_ascii=False) + "\n")
    else:
        check(papers, args.dir)


if __name__ == "__main__":
    main()
