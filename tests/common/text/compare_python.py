#!/usr/bin/env python3
"""Words of Python's standard library are found in the files that hold them.

    compare_python.py PROGRAMS [--words N] [--seed S] [--library FOLDER]

PROGRAMS is the folder of indexer and searcher. Indexes the .py files of FOLDER
(the library of the Python that runs this), draws N words (300) from the parts of
its identifiers, and compares `searcher -l WORD` with the files in which Python's
own regular expressions find the word: parts of dotted and underscored names,
parts and wholes of camelCase, words joined by hyphens and apostrophes. Prints
each difference; exit status 1 if there is one.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

SHORT_AFTER = set("s t d m ll re ve".split())
SHORT_BEFORE = set("l d j m t s n c qu v un all com dov cos".split())
WORD = re.compile(r"[^\W_]+")
JOINT = re.compile(r"[-'\u2010\u2011\u2018\u2019\u02bb\u02bc]")


def camel_parts(word):
    """The parts of a camelCase word, [] if it is not one."""
    if re.fullmatch(r".*[A-Z]s\d*", word):
        word, plural = re.match(r"(.*[A-Z])(s\d*)", word).groups()
    else:
        plural = ""
    cut = re.sub(r"([a-z]\d*)(?=[A-Z])", r"\1 ", word)
    cut = re.sub(r"([A-Z]\d*)(?=[A-Z]\d*[a-z])", r"\1 ", cut)
    parts = (cut + plural).split()
    return parts if 1 < len(parts) <= 32 else []


def joined_forms(text, words):
    """The joined forms of two to four words."""
    for first in range(len(words)):
        form = words[first].group()
        for before, after in zip(words[first:first + 3], words[first + 1:first + 4]):
            joint = text[before.end():after.start()]
            if len(joint) != 1 or not JOINT.fullmatch(joint):
                break
            if not before.group()[-1].isalpha() or not after.group()[0].isalpha():
                break
            if joint not in "-\u2010\u2011":
                begins = before.start() == 0 or not JOINT.match(text, before.start() - 1)
                if after.group().lower() in SHORT_AFTER:
                    break
                if begins and before.group().lower() in SHORT_BEFORE:
                    break
            form += after.group()
            yield form


def words_of(text):
    found = set()
    matches = list(WORD.finditer(text))
    for match in matches:
        found.add(match.group())
        found.update(camel_parts(match.group()))
    found.update(joined_forms(text, matches))
    return {word.lower() for word in found}


def copy_library(library, folder):
    """Copies the .py files that are UTF-8; {id: text}."""
    texts = {}
    for path, folders, names in os.walk(library):
        folders[:] = [name for name in folders if name not in ("test", "tests", "site-packages")]
        for name in names:
            source = os.path.join(path, name)
            if not name.endswith(".py") or os.path.islink(source):
                continue
            with open(source, "rb") as file:
                data = file.read()
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
            if text.strip():
                target = os.path.join(folder, os.path.relpath(source, library))
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copyfile(source, target)
                texts[os.path.relpath(target, folder)] = text
    return texts


def drawn_words(texts, count, seed):
    parts = set()
    for text in texts.values():
        for name in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text):
            for word in name.split("_"):
                parts.update(part.lower() for part in [word, *camel_parts(word)] if part)
    parts = sorted(part for part in parts if part[0].isalpha())
    return random.Random(seed).sample(parts, min(count, len(parts)))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("programs")
    options.add_argument("--words", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--library", default=sysconfig.get_paths()["stdlib"])
    given = options.parse_args()
    programs = os.path.abspath(given.programs)
    with tempfile.TemporaryDirectory() as folder:
        texts = copy_library(given.library, os.path.join(folder, "lib"))
        subprocess.run([os.path.join(programs, "indexer"), "-q", "lib", "-o", "ix"], cwd=folder,
                       check=True)
        words = {name: words_of(text) for name, text in texts.items()}
        differences = 0
        for word in drawn_words(texts, given.words, given.seed):
            done = subprocess.run([os.path.join(programs, "searcher"), "-i", "ix", "-q", "-l", "--", word],
                                  cwd=folder, stdout=subprocess.PIPE)
            found = {line[len("lib/"):] for line in done.stdout.decode().splitlines()}
            expected = {name for name in words if word in words[name]}
            if found != expected:
                differences += 1
                print(f"{word}: missing {sorted(expected - found)}, too many {sorted(found - expected)}")
        print(f"{len(texts)} files, {given.words} words, {differences} differences")
    sys.exit(differences > 0)


if __name__ == "__main__":
    main()
