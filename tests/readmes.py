#!/usr/bin/env python3
"""readmes.py - the README of a folder names what lies in it, and nothing else.

A file is named by its name without ending, as a word. `check_*` names all that
begin so, and what follows a comma may leave out what it shares with the word
before it: "options (options_help, _man)". A file counts as named if it is
named, or is part of one that is: its _internal header, its version for an
instruction set. In a table under "| file | job |" all names in the first
column must be files. Links must lead somewhere. CTest runs this as `readmes`.
"""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PARTS = r"_(internal|scalar|avx2|avx512|neon|test|fuzz)$"
UNNAMED = {"README", "CMakeLists", "main"}
wrong = []


def files_of(folder):
    return [name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name))]


def stem(name):
    return name.split(".")[0]


def is_named(name, words, text):
    whole, name = name, re.sub(PARTS, "", name)
    if whole in words or name in words:
        return True
    if any(name.startswith(prefix) for prefix in re.findall(r"\b(\w+_)\*", text)):
        return True
    return any(name.endswith(word) for word in re.findall(r"[ (](_\w+)", text) if name[: -len(word)] in words)


def check_names(folder, text):
    words = set(re.findall(r"[\w-]+", text))
    for name in sorted({stem(name) for name in files_of(folder)} - UNNAMED):
        if not name.startswith(".") and not is_named(name, words, text):
            wrong.append(f"{folder}/README.md: does not name {name}")


def check_tables(folder, text):
    stems = {stem(name) for name in os.listdir(folder)}
    for table in re.findall(r"\| file \| (?:job|what) \|\n(?:\|.*\n)+", text):
        for row in table.splitlines()[2:]:
            first = re.sub(r"\(.*?\)", "", row.split("|")[1])
            for name in re.findall(r"[\w.]+", first):
                if stem(name) not in stems and not name.startswith("_"):
                    wrong.append(f"{folder}/README.md: there is no {name}")


def check_links(folder, text):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        if not os.path.exists(os.path.join(folder, target)):
            wrong.append(f"{folder}: a link leads to {target}, which is not there")


os.chdir(ROOT)
listed = subprocess.run(["find", ".", "-name", "*.md", "-not", "-path", "./build/*"], capture_output=True, text=True, check=True)
pages = sorted(os.path.relpath(path) for path in listed.stdout.split())
for page in pages:
    text = open(page, encoding="utf-8").read()
    folder = os.path.dirname(page) or "."
    check_links(folder, text)
    if os.path.basename(page) == "README.md" and folder != ".":
        check_names(folder, text)
        check_tables(folder, text)
for line in wrong:
    print(line)
print(len(pages), "pages read,", len(wrong), "wrong")
sys.exit(1 if wrong else 0)
