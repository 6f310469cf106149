#!/usr/bin/env python3
"""messages.py [--random N [--seed S]] [FILE...] - what indexer and searcher can print.

Lists every string literal of the library and the programs that is language
(two words or more): errors, warnings, notes, hints, help, reports. Each line is
FILE:LINE, the function that takes it or the member that holds it, and the text.
Adjacent literals are one. --random draws N of them, the same for the same seed,
to be read by a person: would it surprise in the manual of git or ripgrep?
"""
import argparse
import os
import random
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOMS = ("common", "corpus", "readers", "indexer", "searcher")
TOKEN = re.compile(r'/\*.*?\*/|^[ \t]*#[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|\.?[A-Za-z_]\w*|[^\s\w]', re.S | re.M)
ESCAPES = {"n": " ", "t": " ", "r": " ", "v": " ", "f": " "}
WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z]*\s+[^A-Za-z]*[A-Za-z]{2,}")


def decode(literal):
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), literal[1:-1])
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), text)


def literals(source):
    """(line, who takes it, text) of each group of adjacent literals."""
    calls, before, member, group = [], "", "", None
    for token in TOKEN.finditer(source):
        text = token[0]
        if text.startswith("/*") or text.lstrip().startswith("#"):
            continue
        if text.startswith('"'):
            if group:
                group[2] += decode(text)
            else:
                line = source.count("\n", 0, token.start()) + 1
                group = [line, next((name for name in reversed(calls) if name), member or "text"), decode(text)]
            continue
        if text.startswith("PRI") and group:
            group[2] += "d"
            continue
        if group:
            yield group
            group = None
        if text == "(":
            calls.append("" if before in ("if", "while", "for", "switch", "return", "sizeof") else
                         before if re.match(r"[A-Za-z_]", before) else "")
        elif text == ")" and calls:
            calls.pop()
        elif text in ";{}":
            calls.clear()
        if text.startswith(".") and len(text) > 1:
            member = text
        elif text in ",;{}" and not calls:
            member = ""
        before = text
    if group:
        yield group


def messages(files):
    for path in files:
        source = open(path, encoding="utf-8").read()
        for line, taker, text in literals(source):
            if WORDS.search(text) and taker != "_Static_assert":
                yield f"{path}:{line}: {taker}: {' '.join(text.split())}"


def sources():
    for room in ROOMS:
        for folder, _, names in sorted(os.walk(room)):
            for name in sorted(names):
                if name.endswith((".c", ".h")) and "generated" not in folder:
                    yield os.path.join(folder, name)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", metavar="FILE")
    options.add_argument("--random", type=int, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="S")
    given = options.parse_args()
    os.chdir(ROOT)
    found = list(messages(given.files or sources()))
    if given.random:
        found = random.Random(given.seed).sample(found, min(given.random, len(found)))
    try:
        print("\n".join(found))
    except BrokenPipeError:
        pass


main()
