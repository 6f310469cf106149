#!/usr/bin/env python3
"""circles.py - no circle between the files of one folder.

Checks two graphs of each folder: which header includes which, and which .c file
calls a function that another one defines (the versions of a file for an
instruction set count as that file). A file may so include the header of a file
that calls it, but not call it back. Functions are recognised by the house
style: a definition starts at the beginning of a line, its brace is alone on
the next line. Prints each circle and fails if there is one. CTest runs this as
`circles`.
"""
import collections
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOMS = ("include", "common", "corpus", "readers", "indexer", "searcher", "bench")
VERSIONS = r"_(internal|scalar|avx2|avx512|neon)$"
DEFINITION = re.compile(r"^(?!static|typedef|#)[A-Za-z_][^;{}=]*?\b(\w+)\([^;{}]*\)\n\{", re.M)


def stem(path):
    return re.sub(VERSIONS, "", os.path.splitext(path)[0])


def code_of(path):
    """The text without comments and strings."""
    text = open(path, encoding="utf-8").read()
    text = re.sub(r'"(\\.|[^"\\\n])*"', lambda m: m.group(0) if m.group(0).endswith('.h"') else '""', text)
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def sources():
    for room in ROOMS:
        for folder, _, names in os.walk(room):
            for name in sorted(names):
                if name.endswith((".c", ".h")) and "generated" not in folder:
                    yield os.path.join(folder, name)


def includes(texts):
    """header -> the headers of its folder that it includes."""
    graph = collections.defaultdict(dict)
    for path, text in texts.items():
        for header in re.findall(r'#include "([^"]+)"', text) if path.endswith(".h") else []:
            if os.path.dirname(header) == os.path.dirname(path):
                graph[path][header] = "includes it"
    return graph


def calls(texts):
    """.c file -> those of its folder whose functions it uses."""
    texts = {path: text for path, text in texts.items() if path.endswith(".c")}
    owners = {}
    for path, text in texts.items():
        for name in DEFINITION.findall(text):
            owners.setdefault((os.path.dirname(path), name), stem(path))
    graph = collections.defaultdict(dict)
    for path, text in texts.items():
        used = re.sub(r"#include[^\n]*", " ", text)
        for name in set(re.findall(r"\b(\w+)\b", used)):
            owner = owners.get((os.path.dirname(path), name))
            if owner and owner != stem(path):
                graph[stem(path)].setdefault(owner, f"uses {name}")
    return graph


def circles(graph):
    """Strongly connected files (Tarjan, SIAM J. Computing 1, 1972)."""
    order, low, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in graph.get(node, {}):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            group = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def main():
    os.chdir(ROOT)
    texts = {path: code_of(path) for path in sources()}
    found = 0
    for graph in includes(texts), calls(texts):
        for group in circles(graph):
            found += 1
            print("circle: " + ", ".join(group))
            for name in group:
                for other, why in sorted(graph[name].items()):
                    if other in group:
                        print(f"  {name} -> {os.path.basename(other)}: {why}")
    print(len(texts), "files,", found, "circles")
    return 1 if found else 0


sys.exit(main())
