#!/usr/bin/env python3
"""compare.py [--write] PROGRAMS: `bench eval` against trec_eval, all measures, every query, four decimals.

Evaluates the 200 random runs of random.run and random.qrels, and runs that searcher makes on CACM and Cranfield, and compares
with the committed values (*.expected), which pytrec_eval gave. Where pytrec_eval is installed (pip install
pytrec-eval-terrier), the committed values are compared with it too; --write makes them and the random runs. The
collections are at ../shared/collections next to the project, or at $QUERN_COLLECTIONS; without them only the random runs are
compared. PROGRAMS is the folder of bench, indexer and searcher.
"""
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLLECTIONS = Path(os.environ.get("QUERN_COLLECTIONS") or HERE.parents[2].parent / "shared" / "collections")
RUNS = 200

# bench's name: trec_eval's name, and where the run is cut first.
MEASURES = {"AP": ("map", None), "RR": ("recip_rank", None), "bpref": ("bpref", None)}
MEASURES.update({f"nDCG@{k}": (f"ndcg_cut_{k}", None) for k in (1, 5, 10, 100, 1000)})
MEASURES.update({f"P@{k}": (f"P_{k}", None) for k in (1, 5, 10, 30, 100, 1000)})
MEASURES.update({f"R@{k}": (f"recall_{k}", None) for k in (1, 5, 10, 100, 1000)})
MEASURES.update({f"RR@{k}": ("recip_rank", k) for k in (1, 3, 10)})


def write_random(run_path, qrels_path):
    """Runs of a few queries each; a run's queries are named RUN.QUERY."""
    draw = random.Random(13)
    ids = ["d9", "d10", "d11", "D10", "d\u00e9", "zebra", "a", "a.b", "\u4e2d"] + [f"doc-{i:02}" for i in range(20)]
    # Some of these are equal only as floats, the last two only as doubles.
    scores = ["1", "0.5", "0.50000000001", "2.25", "-1", "0", "1e-3", "16777216", "16777217", "0.3", "7", "12.5"]
    runs, qrels = [], []
    for number in range(RUNS):
        for query in range(draw.randint(1, 4)):
            qid = f"{number}.{query}"
            fate = draw.random()  # some queries are in one of the files only
            if fate > 0.06:
                for rank, docid in enumerate(draw.sample(ids, draw.randint(1, 20)), 1):
                    runs.append(f"{qid} Q0 {docid} {rank} {draw.choice(scores)} random")
            if fate < 0.94:
                grades = draw.choice([[0, 1], [-1, 0, 1], [-2, -1, 0, 0, 1, 2, 4], [0], [-1]])
                for docid in draw.sample(ids, draw.randint(1, 16)):
                    qrels.append(f"{qid} 0 {docid} {draw.choice(grades)}")
    draw.shuffle(runs)
    draw.shuffle(qrels)
    run_path.write_text("\n".join(runs) + "\n", encoding="utf-8")
    qrels_path.write_text("\n".join(qrels) + "\n", encoding="utf-8")


def bench_values(programs, run, qrels):
    out = subprocess.run([programs / "bench", "eval", "-q", "--per-query", "-m", ",".join(MEASURES), run, qrels],
                         stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
    lines = [line.split("\t") for line in out.splitlines()]
    return {line[0]: dict(zip(lines[0][1:], line[1:])) for line in lines[1:]}


def cut(ranked, k):
    """The first k documents as trec_eval ranks them: C's float, then the bytes of the id."""
    import struct
    key = lambda item: (struct.unpack("f", struct.pack("f", item[1]))[0], item[0].encode())
    return dict(sorted(ranked.items(), key=key, reverse=True)[:k])


def trec_eval_values(pytrec_eval, run_path, qrels_path):
    with open(run_path, encoding="utf-8") as file:
        run = pytrec_eval.parse_run(file)
    with open(qrels_path, encoding="utf-8") as file:
        qrels = pytrec_eval.parse_qrel(file)
    values = {}
    for name, (theirs, k) in MEASURES.items():
        shown = {qid: cut(ranked, k) for qid, ranked in run.items()} if k else run
        family = theirs.rsplit("_", 1)
        asked = f"{family[0]}.{family[1]}" if family[-1].isdigit() else theirs
        for qid, measured in pytrec_eval.RelevanceEvaluator(qrels, {asked}).evaluate(shown).items():
            values.setdefault(qid, {})[name] = measured[theirs]
    count = len(values)
    means = {name: sum(one[name] for one in values.values()) / count for name in MEASURES}
    values["mean"] = means
    return {qid: {name: f"{value:.4f}" for name, value in one.items()} for qid, one in values.items()}


def read_expected(path):
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {line[0]: dict(zip(lines[0][1:], line[1:])) for line in lines[1:]}


def write_expected(path, values):
    lines = ["\t".join(["query", *MEASURES])]
    lines += ["\t".join([qid, *(one[name] for name in MEASURES)]) for qid, one in values.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def differences(what, seen, expected):
    wrong = [f"{what}: query {qid}: {name} is {seen.get(qid, {}).get(name)}, not {value}"
             for qid, one in expected.items() for name, value in one.items() if seen.get(qid, {}).get(name) != value]
    wrong += [f"{what}: query {qid} is not expected" for qid in seen.keys() - expected.keys()]
    print(f"{what:<28} {len(expected) - 1:>4} queries, {len(MEASURES)} measures, {len(wrong)} different")
    return wrong


def make_run(programs, collection, folder):
    index, run = folder / collection.name, folder / f"{collection.name}.run"
    subprocess.run([programs / "indexer", "-q", "-a", "english", collection / "corpus.jsonl", "-o", index], check=True)
    with open(run, "wb") as out:
        subprocess.run([programs / "searcher", "-q", "-i", index, "--run", "-f", collection / "queries.tsv"], stdout=out, check=True)
    return run


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    programs, write = Path(arguments[0]).resolve(), "--write" in sys.argv
    try:
        import pytrec_eval
    except ImportError:
        pytrec_eval = None
        print("pytrec_eval is not installed: only the committed values are compared")
    if write:
        write_random(HERE / "random.run", HERE / "random.qrels")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        inputs = [("random", HERE / "random.run", HERE / "random.qrels")]
        for name in ("cacm", "cranfield"):
            collection = COLLECTIONS / name
            if (collection / "corpus.jsonl").exists():
                inputs.append((name, make_run(programs, collection, Path(folder)), collection / "qrels.txt"))
            else:
                print(f"no collection at {collection}: not compared")
        for name, run, qrels in inputs:
            path = HERE / f"{name}.expected"
            if pytrec_eval:
                theirs = trec_eval_values(pytrec_eval, run, qrels)
                if write:
                    write_expected(path, theirs)
                wrong += differences(f"{name}, as committed", read_expected(path), theirs)
            wrong += differences(f"{name}, bench eval", bench_values(programs, run, qrels), read_expected(path))
    print("\n".join(wrong[:20]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
