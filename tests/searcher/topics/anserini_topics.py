#!/usr/bin/env python3
"""anserini_topics.py PROGRAMS: reads the topic files of castorini/anserini-tools as Anserini does, and as searcher
does, and compares ids and queries.

PROGRAMS is the folder of indexer and searcher. The files are those of $QUERN_ANSERINI_TOOLS, a checkout of that repository;
without it the test is skipped (77). White space counts as one space. Differences that are meant are in EXPECTED, with their
reasons; files of learned weights, which repeat words up to gigabytes, are left out.
"""
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SKIPPED = 77
WEIGHTS = "splade"
EXPECTED = {
    "topics.ciral-v1.0-sw-test-b-native.tsv": "one id is used twice; the second query is refused",
}


def words(text):
    return " ".join(str(text).split())


def read_text(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")


def read_tsv(path):
    for line in read_text(path).split("\n"):
        if line.strip():
            qid, _, query = line.partition("\t")
            yield qid, query


def read_json_records(path):
    text = read_text(path)
    if text.lstrip().startswith("["):
        yield from json.loads(text)
    else:
        for line in text.split("\n"):
            if line.strip():
                yield json.loads(line)


def read_json(path):
    for number, record in enumerate(read_json_records(path), 1):
        qid = next((record[key] for key in ("id", "qid", "question_id") if key in record), number)
        query = next((record[key] for key in ("query", "title", "question", "query_txt") if record.get(key) is not None), None)
        if query is not None:
            yield qid, query


def read_trec(path):
    """Each field ends at the next line that begins with a tag, or at its closing tag."""
    for topic in re.split(r"<top\b[^>]*>", read_text(path))[1:]:
        number = re.search(r"<num>\s*(?:Number:)?\s*(?:MB)?0*([^\s<]+)", topic)[1]
        title = re.search(r"<(?:title|query)>\s*(?:Topic:)?(.*?)(?=\n\s*<|</)", topic, re.S)
        if title:
            yield number, title[1]


def read_xml(path):
    for topic in ElementTree.fromstring(read_text(path)).iter("topic"):
        yield topic.get("number"), topic.findtext("query")


def read_ntcir(path):
    for query in ElementTree.fromstring(read_text(path)).iter("query"):
        yield query.findtext("qid"), query.findtext("content")


def read_cacm(path):
    for number, text in re.findall(r"<DOCNO>(.*?)</DOCNO>(.*?)</DOC>", read_text(path), re.S):
        yield number.strip(), text


def read_colon(path):
    for line in read_text(path).split("\n"):
        if line.strip():
            parts = line.split(":")
            yield parts[0], parts[-1] if len(parts) > 2 else parts[1]


def read_questions(path):
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield number, line.split("\t")[0]


def read_car(path):
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield number, line


READERS = {
    "TsvStringTopicReader": read_tsv,
    "TsvIntTopicReader": read_tsv,
    "JsonStringTopicReader": read_json,
    "JsonStringVectorTopicReader": read_json,
    "JsonIntVectorTopicReader": read_json,
    "DprJsonlTopicReader": read_json,
    "EpidemicQATopicReader": read_json,
    "TrecTopicReader": read_trec,
    "MicroblogTopicReader": read_trec,
    "BackgroundLinkingTopicReader": read_trec,
    "CovidTopicReader": read_xml,
    "WebxmlTopicReader": read_xml,
    "NtcirTopicReader": read_ntcir,
    "CacmTopicReader": read_cacm,
    "WebTopicReader": read_colon,
    "PrioritizedWebTopicReader": read_colon,
    "DprNqTopicReader": read_questions,
    "CarTopicReader": read_car,
}


def reader_of(path, kinds):
    """As topics.json says; of files that it does not list by their name."""
    kind = kinds.get(path.name)
    if kind:
        return READERS[kind.split(".")[-1]]
    name = path.name.removesuffix(".gz")
    if name.endswith(".jsonl") or name.endswith(".json"):
        return read_json
    return read_trec if re.search(r"adhoc|trec02|fire", name) else read_tsv


def read_by_searcher(searcher, index, path):
    result = subprocess.run([searcher, "-i", index, "--json", "-q", "-k", "1", "-f", path], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    lines = [json.loads(line) for line in result.stdout.decode("utf-8", "replace").splitlines()]
    return [(line["qid"], words(line["query"])) for line in lines if line["type"] == "query"], result.stderr.decode(errors="replace")


def compare(expected, found):
    """What differs, in a few words; None if nothing does."""
    if expected == found:
        return None
    if len(expected) != len(found):
        return f"{len(found)} queries, expected {len(expected)}"
    first = next(i for i, pair in enumerate(expected) if pair != found[i])
    count = sum(pair != found[i] for i, pair in enumerate(expected))
    return f"{count} differ, the first is {found[first]}, expected {expected[first]}"


def main():
    tools = os.environ.get("QUERN_ANSERINI_TOOLS")
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    if not tools or not Path(tools, "topics").is_dir():
        print("QUERN_ANSERINI_TOOLS does not name a checkout of castorini/anserini-tools")
        sys.exit(SKIPPED)
    kinds = {entry["path"]: entry["reader_class"] for entry in json.loads(Path(tools, "topics.json").read_text()).values()}
    programs, same, queries, different, explained = Path(sys.argv[1]).resolve(), 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.txt").write_text("fox")
        subprocess.run([programs / "indexer", "-q", "d.txt", "-o", "ix"], cwd=folder, check=True)
        for path in sorted(Path(tools, "topics").iterdir()):
            if WEIGHTS in path.name:
                continue
            expected = [(words(qid), words(query)) for qid, query in reader_of(path, kinds)(path)]
            found, messages = read_by_searcher(programs / "searcher", Path(folder, "ix"), path)
            what = compare(expected, found)
            queries += len(expected)
            same += what is None
            meant = EXPECTED.get(path.name)
            explained += what is not None and meant is not None
            different += what is not None and meant is None
            if what:
                print(f"{path.name}: {what}; {meant or (messages.splitlines() or ['no message'])[0]}")
    print(f"{same} files of {same + different + explained} are read alike, {queries} queries; {explained} differ as they should")
    sys.exit(different > 0)


main()
