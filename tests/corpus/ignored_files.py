#!/usr/bin/env python3
"""ignored_files.py PROGRAMS [TREES [SEED]]: random folders with random ignore files are read as git reads them.

In each folder the files that indexer takes must be those of `git ls-files --others --exclude-standard`, and, where
ripgrep is installed and has no rule of its own for the patterns, those of `rg --files`. Exit status 77 without git.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
NAMES = ["a", "b", "c", "ab", "abc", "a.b", "b.c", "A", "x y", "a-b", "[a]", "a*", "caf\u00e9", "!a", "#a", ".h"]
PIECES = ["a", "b", "c", "ab", ".", "*", "?", "[ab]", "[a-c]", "[]a]", "[a-]", "\\a", "\\*", "-", "A"]
GIT_PIECES = ["[!a]", "[^b]", "[\\]a]", "[[:alpha:]]", "[[:upper:]b]", "[[:punct:]]", "[a", "[:a]", "[[:no:]]", "[a/b]", "\\"]
OPTIONS = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def component(rng, pieces):
    if rng.random() < 0.2:
        return rng.choice(["*", "**", "*", "?"])
    if rng.random() < 0.3:
        return rng.choice(NAMES).replace("[", "\\[").replace("*", "\\*").replace("!", "\\!").replace("#", "\\#")
    return "".join(rng.choice(pieces) for _ in range(rng.randint(1, 3)))


def pattern(rng, for_git):
    """A line; those for git alone have what ripgrep reads in another way."""
    pieces = PIECES + GIT_PIECES if for_git else PIECES
    line = "/".join(component(rng, pieces) for _ in range(rng.choice([1, 1, 1, 2, 2, 3])))
    while "**" in line.replace("/**/", "//").removeprefix("**/").removesuffix("/**"):
        line = line.replace("**", "*")  # git reads x** before a slash in a way that gitignore(5) does not
    line = rng.choice(["", "", "", "/"]) + line + rng.choice(["", "", "", "/"])
    line = rng.choice(["", "", "", "!"]) + line
    if for_git:
        line += rng.choice(["", "", "", " ", "\\ ", "\r", "\t"])
    return rng.choice([line] * 12 + ["", "# " + line])


def write_patterns(rng, path, for_git):
    lines = [pattern(rng, for_git) for _ in range(rng.randint(1, 5))]
    path.write_bytes("\n".join(lines).encode() + rng.choice([b"", b"\n"]))


def make_tree(rng, root, has_ignore, for_git):
    """Folders three deep; some have patterns."""
    folders = [root]
    for folder in folders:
        for name in rng.sample(NAMES, rng.randint(1, 6)):
            path = folder / name
            if len(path.relative_to(root).parts) < 4 and rng.random() < 0.4:
                path.mkdir()
                folders.append(path)
            else:
                path.write_text("word")
        if rng.random() < (0.9 if folder == root else 0.25):
            write_patterns(rng, folder / ".gitignore", for_git)
        if has_ignore and rng.random() < 0.3:
            write_patterns(rng, folder / ".ignore", for_git)
    return [folder for folder in folders if folder != root]


def read_by_indexer(programs, folder, start, *options):
    """The files below `start`, by their paths in `folder`."""
    shutil.rmtree(folder.parent / "ix", ignore_errors=True)
    command = [programs / "indexer", "-q", "--threads", "1", *options, start, "-o", folder.parent / "ix"]
    result = subprocess.run(command, env=dict(OPTIONS, HOME=str(folder.parent)), capture_output=True, cwd=folder)
    if result.returncode:
        assert b"no document" in result.stderr, result.stderr
        return set()
    rows = subprocess.run([programs / "indexer", "dump", folder.parent / "ix"], capture_output=True, check=True).stdout
    return {os.path.normpath(json.loads(row)["id"]) for row in rows.splitlines()}


def read_by(command, folder, home):
    result = subprocess.run(command, env=dict(OPTIONS, HOME=str(home)), capture_output=True, cwd=folder)
    assert result.returncode <= 1 and not result.stderr, (command, result.stderr)
    return {os.path.normpath(os.fsdecode(path)) for path in result.stdout.split(b"\0") if path}


def show(folder):
    for path in sorted(folder.rglob("*ignore")):
        print(f"{path.relative_to(folder)}: {path.read_bytes()!r}")


def compare(what, folder, expected, found):
    if expected == found:
        return 0
    print(f"{what}: not taken: {sorted(expected - found)}; taken: {sorted(found - expected)}")
    show(folder)
    return 1


def check_parents(programs, rng, root, found, folders):
    """From a folder in the tree the same is taken, by the patterns of those above it (rg 13 reads these in another way)."""
    start = str(rng.choice(folders).relative_to(root)) if folders else "."
    below = {path for path in found if path.startswith(start + "/")}
    return compare(start, root, below, read_by_indexer(programs, root, Path("./") / start)) if below else 0


def check_tree(programs, rng, top, has_rg):
    """How many comparisons there were, and how many failed."""
    root = top / "tree"
    root.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=root, env=dict(OPTIONS, HOME=str(top)), check=True)
    against_rg = has_rg and rng.random() < 0.5
    folders = make_tree(rng, root, against_rg, not against_rg)
    write_patterns(rng, root / ".git/info/exclude", not against_rg)
    if against_rg:
        expected = read_by(["rg", "--files", "-0", "--", "."], root, top)
        expected = {path for path in expected if not path.startswith(".git/")}  # taken back by a pattern
        found = read_by_indexer(programs, root, ".")
        return compare("rg", root, expected, found) or check_parents(programs, rng, root, found, folders)
    listed = read_by(["git", "ls-files", "--others", "--exclude-standard", "-z"], root, top)
    return compare("git", root, listed, read_by_indexer(programs, root, ".", "--hidden"))


def main():
    if not shutil.which("git"):
        print("git is not installed")
        return SKIPPED
    programs = Path(sys.argv[1]).resolve()
    trees = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    failed = 0
    for number in range(seed, seed + trees):
        with tempfile.TemporaryDirectory() as name:
            wrong = check_tree(programs, random.Random(number), Path(name), shutil.which("rg"))
            if wrong:
                print(f"seed {number}")
            failed += wrong
    print(f"{trees} trees, {failed} read in another way" + ("" if shutil.which("rg") else "; rg is not installed"))
    return failed > 0


sys.exit(main())
