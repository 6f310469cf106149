#!/usr/bin/env python3
"""make_golden.py PROGRAMS: writes corpus.jsonl, index/, skipped/ and the expected output again.

PROGRAMS is the folder of indexer and searcher. Only for a new version of the format: the files prove that an index written
once can always be read. The corpus has every class of list: terms in one document, in a few, in more than 128, in most.
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCUMENTS = 2200
state = 1


def draw(limit):
    """A number below limit; the same sequence everywhere (Numerical Recipes' quick generator)."""
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return (state >> 8) % limit


def word(number):
    return "".join("bdgklmnrst"[number // 4 ** i % 10] + "aeio"[number // 3 ** i % 4] for i in range(2 + number % 2))


def text(words):
    # Products of draws: small numbers come far more often, as words do.
    return " ".join(word(draw(300) * draw(300) * draw(300) // 90000) for _ in range(words))


def document(number):
    fields = {"id": f"doc-{number}", "text": text(draw(8))}
    if number % 5 == 0:
        fields["title"] = text(1 + draw(3))
    if number == 77:
        fields["text"] += " unique" + " often" * 30 + " caf\u00e9 \u6771\u4eac\u90fd"
    return fields


def make_skipped(programs):
    shutil.rmtree(HERE / "skipped", ignore_errors=True)
    command = [programs / "indexer", "-q", "--on-duplicate", "keep-first", "-o", "skipped", "skipped.jsonl"]
    subprocess.run(command, cwd=HERE, check=True)
    (HERE / "skipped/LOCK").unlink()
    told = subprocess.run([programs / "indexer", "skipped", "skipped", "--json"], cwd=HERE, stdout=subprocess.PIPE, check=True)
    (HERE / "skipped.expected").write_bytes(told.stdout)


def main():
    programs = Path(sys.argv[1])
    with (HERE / "corpus.jsonl").open("w") as out:
        for number in range(DOCUMENTS):
            out.write(json.dumps(document(number)) + "\n")
    shutil.rmtree(HERE / "index", ignore_errors=True)
    subprocess.run([programs / "indexer", "-q", "-o", "index", "corpus.jsonl"], cwd=HERE, check=True)
    (HERE / "index/LOCK").unlink()
    make_skipped(programs)
    with (HERE / "expected.tsv").open("wb") as out:
        out.write(subprocess.run([HERE / "ask", programs, HERE / "index"], stdout=subprocess.PIPE, check=True).stdout)


main()
