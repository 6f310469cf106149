#!/usr/bin/env python3
"""collection_forms.py PROGRAMS: a collection gives the same run in each of its forms.

Cranfield and CACM as JSON lines are written as SMART (lines of 72 characters, authors in between), as WikiExtractor's and
as TREC's documents. Each form is indexed and searched: the runs must be equal, byte for byte, and so must the documents,
except for white space. The collections are at ../shared/collections next to the project, or at $QUERN_COLLECTIONS; without
them this ends with 77. PROGRAMS is the folder of indexer and searcher.
"""
import html
import json
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLLECTIONS = Path(os.environ.get("QUERN_COLLECTIONS") or HERE.parents[1].parent / "shared" / "collections")


def lines_of(text):
    return textwrap.wrap(text, 72, break_long_words=False, break_on_hyphens=False)


def smart(document):
    lines = [f".I {document['id']}", ".T", *lines_of(document["title"]), ".A", "author,a.", ".W"]
    return "\n".join([*lines, *lines_of(document["text"])]) + "\n"


def wiki(document):
    return (f'<doc id="{document["id"]}" url="u" title="{html.escape(document["title"], quote=False)}">\n'
            f'{html.escape(document["text"], quote=False)}\n</doc>\n')


def trec(document):
    return (f"<DOC>\n<DOCNO> {document['id']} </DOCNO>\n<AUTHOR>a</AUTHOR>\n<TITLE>{html.escape(document['title'])}</TITLE>\n"
            f"<TEXT>\n{html.escape(document['text'])}\n</TEXT>\n</DOC>\n")


def run_of(programs, source, queries, index):
    subprocess.run([programs / "indexer", "-q", "-a", "english", source, "-o", index], check=True)
    run = subprocess.run([programs / "searcher", "-q", "-i", index, "-f", queries, "--run"], check=True, capture_output=True)
    dump = subprocess.run([programs / "indexer", "dump", index], check=True, capture_output=True, text=True)
    documents = [json.loads(line) for line in dump.stdout.splitlines()]
    return run.stdout, [{key: " ".join(value.split()) for key, value in document.items()} for document in documents]


def main():
    programs, wrong, compared = Path(sys.argv[1]).resolve(), 0, 0
    for name in ("cranfield", "cacm"):
        source = COLLECTIONS / name / "corpus.jsonl"
        if not source.exists():
            continue
        documents = [json.loads(line) for line in source.open(encoding="utf-8")]
        documents = [dict(document, id=document.get("id") or document["_id"], title=document.get("title") or "")
                     for document in documents]
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            wanted = run_of(programs, source, COLLECTIONS / name / "queries.tsv", folder / "jsonl")
            for form in (smart, wiki, trec):
                file = folder / f"{name}.{form.__name__}"
                file.write_text("".join(map(form, documents)), encoding="utf-8")
                run, texts = run_of(programs, file, COLLECTIONS / name / "queries.tsv", folder / form.__name__)
                compared += 1
                for what, same in (("run", run == wanted[0]), ("documents", texts == wanted[1])):
                    if not same:
                        wrong += 1
                        print(f"{name} as {form.__name__}: another {what} than as JSON lines")
    print(f"{compared} forms compared, {wrong} differences")
    sys.exit(1 if wrong else 0 if compared else 77)


main()
