#!/usr/bin/env python3
"""words.py - replaced words do not come back.

words.txt lists them: a regular expression, a tab, what is used instead. Code,
messages, documents and tests are checked, except generated tables, fuzz seeds,
test corpora and the list itself. CTest runs this as `words`.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ENDINGS = (".c", ".h", ".md", ".py", ".sh", ".cmake", ".txt", ".out", ".err", ".1")
LEFT_OUT = re.compile(r"(^|/)(generated|seeds|build[^/]*|golden/index|golden/corpus)/|layering/words\.(txt|py)$|^LICENSE$")


def rules():
    for line in open(os.path.join(HERE, "words.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            pattern, instead = line.rstrip("\n").split("\t")
            yield re.compile(pattern), instead


def files():
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name))
            if path.endswith(ENDINGS) and not LEFT_OUT.search(path):
                yield path


os.chdir(os.path.join(HERE, "..", ".."))
found, searched, known = 0, 0, list(rules())
for path in files():
    searched += 1
    for number, line in enumerate(open(path, encoding="utf-8", errors="replace"), 1):
        for pattern, instead in known:
            match = pattern.search(line)
            if match:
                found += 1
                print(f"{path}:{number}: '{match.group(0)}': {instead}")
print(searched, "files,", found, "old words")
sys.exit(1 if found else 0)
