#!/usr/bin/python3
"""compare_html5lib.py PROGRAMS [--files N] [--words N] [--seed N] [FOLDER...] - HTML as indexer reads it, and as html5lib does.

Takes up to N HTML files (500) below the folders (what Debian's packages
install), evenly over their folders. Index A is made of the files, index B of
JSON lines with the title and text that html5lib's tree gives, with breaks at
block elements. Then
  - the words of title and text must be the same, in the same order, for all
    files (20 files would do; all are compared);
  - N random words (300) must be found in the same files.
Both get the text in the declared encoding or UTF-8, and run scripts: noscript
is hidden. Left out are XHTML files with an empty <script/>, <title/> or the
like: it ends where it begins (html_prepare.h), while html5lib, as a browser
that gets the file as text/html, takes the rest of the file for its content.
Prints what differs and exits with 1; with 77 if html5lib is missing or there
are too few files.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

try:
    import html5lib
except ImportError:
    print("skipped: python3-html5lib is not installed")
    sys.exit(77)

HTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = set("""html body article section nav aside h1 h2 h3 h4 h5 h6 hgroup header footer address p hr blockquote ol
ul li dl dt dd figure figcaption main div table caption tbody thead tfoot tr form fieldset legend optgroup option
details summary menu dir center multicol pre listing xmp plaintext textarea dialog search br""".split())
CELLS = set("td th rt button select marquee".split())
HIDDEN = set("script style template noscript noframes noembed iframe video audio canvas datalist rp".split())
FOREIGN_HIDDEN = set("title desc annotation annotation-xml metadata script style".split())
FOREIGN_BLOCKS = set("mtr mtd text".split())
EMPTY_RAW = re.compile(rb"<(script|style|title|textarea|iframe|xmp|noframes|noembed)\b[^>]*/>", re.I)


def page_text(data):
    """Title and text of a page, by html5lib's tree."""
    root = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree")).parse(data, scripting=True)
    title, out = [], []

    def walk(node, target):
        tag = node.tag
        if not isinstance(tag, str):  # a comment
            return
        is_html = tag.startswith(HTML)
        name = tag.rsplit("}", 1)[-1].lower()
        if is_html and name == "title":
            if not "".join(title).strip():
                del title[:]
                title.append("".join(node.itertext()))
            return
        if name in (HIDDEN if is_html else FOREIGN_HIDDEN):
            return
        space = "\n" if name in (BLOCKS if is_html else FOREIGN_BLOCKS) else " " if is_html and name in CELLS else ""
        target.append(space + (node.text or ""))
        for child in node:
            walk(child, target)
            target.append(child.tail or "")
        target.append(space)

    walk(root, out)
    return "".join(title), "".join(out)


def find_files(folders, count, seed):
    """Up to `count` files, one of each folder before the second of any."""
    by_folder = {}
    for folder in folders:
        for path, below, names in os.walk(folder):
            below.sort()
            names = [n for n in names if n.lower().endswith((".html", ".htm", ".xhtml"))]
            found = [os.path.join(path, n) for n in sorted(names)]
            found = [f for f in found if os.path.isfile(f) and not os.path.islink(f) and os.path.getsize(f) < 1 << 20]
            if found:
                by_folder[path] = found
    chooser = random.Random(seed)
    for names in by_folder.values():
        chooser.shuffle(names)
    folders, chosen = sorted(by_folder), []
    while len(chosen) < count and folders:
        for folder in folders:
            if by_folder[folder] and len(chosen) < count:
                chosen.append(by_folder[folder].pop())
        folders = [f for f in folders if by_folder[f]]
    return sorted(chosen)


def words(text):
    return re.findall(r"\w+", text)


def dump(programs, index):
    lines = subprocess.run([f"{programs}/indexer", "dump", index], capture_output=True, check=True).stdout
    return {d["id"]: (d.get("title", ""), d.get("text", "")) for d in map(json.loads, lines.splitlines())}


def search(programs, index, word):
    found = subprocess.run([f"{programs}/searcher", "-i", index, "-q", "-l", "--", word], capture_output=True)
    return sorted(found.stdout.decode(errors="replace").split("\n"))


def compare_words(read, expected):
    differing = 0
    for name in sorted(expected):
        for part, got, wanted in zip(("title", "text"), read[name], expected[name]):
            got, wanted = words(got), words(wanted)
            if got == wanted:
                continue
            differing += 1
            at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b), min(len(got), len(wanted)))
            print(f"{name}: {part}: word {at}: {' '.join(got[at:at + 6])!r}, html5lib {' '.join(wanted[at:at + 6])!r}")
    return differing


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("programs")
    parser.add_argument("folders", nargs="*", default=["/usr/share", "/usr/lib/python3", "/usr/lib/python3.11"])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.setrecursionlimit(10000)
    files = find_files(options.folders, options.files, options.seed)
    if len(files) < 20:
        print(f"skipped: only {len(files)} HTML files")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        index_a, index_b, lines = f"{folder}/a", f"{folder}/b", f"{folder}/b.jsonl"
        kept, empty_raw = [], 0
        for name in files:
            data = open(name, "rb").read()
            is_xhtml = b"http://www.w3.org/1999/xhtml" in data[:2048] or data.lstrip().startswith(b"<?xml")
            if is_xhtml and EMPTY_RAW.search(data):
                empty_raw += 1
            else:
                kept.append(name)
        subprocess.run([f"{options.programs}/indexer", "-q", "-f", "html", "-o", index_a, *kept], check=True)
        read = dump(options.programs, index_a)
        expected = {}
        with open(lines, "w", encoding="utf-8") as out:
            for name in kept:
                data = open(name, "rb").read()
                declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096])
                encoding = declared[1].decode() if declared else "utf-8"
                title, text = page_text(decode(data, encoding))
                expected[name] = title, text
                out.write(json.dumps({"id": name, "title": " ".join(title.split()), "text": text}) + "\n")
        subprocess.run([f"{options.programs}/indexer", "-q", "-o", index_b, lines], check=True)
        differing = compare_words(read, expected)
        pool = sorted({w for title, text in expected.values() for w in words(title + " " + text)})
        chosen = random.Random(options.seed).sample(pool, min(options.words, len(pool)))
        missed = 0
        for word in chosen:
            a, b = search(options.programs, index_a, word), search(options.programs, index_b, word)
            if a != b:
                missed += 1
                print(f"{word}: only here {sorted(set(a) - set(b))[:3]}, only html5lib {sorted(set(b) - set(a))[:3]}")
        print(f"{len(kept)} files, {differing} differ; {len(chosen)} words, {missed} differ; "
              f"{empty_raw} XHTML files with empty raw text elements left out")
        sys.exit(1 if differing or missed else 0)


def decode(data, encoding):
    try:
        return data.decode("utf-8-sig") if encoding.lower() in ("utf-8", "utf8") else data.decode(encoding, "replace")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


main()
