"""engines.py - both engines speak one protocol; the table of what was compared; for run and histories."""
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PEERS = Path(os.environ.get("QUERN_PEERS") or SHARED / "peers")
HOME = Path(os.environ.get("PEERS_HOME") or "~/.cache/quern-peers").expanduser()
SKIPPED = 77
rows = []


def row(check, what, asked, different, note=""):
    rows.append((check, what, asked, different, note))
    print(f"{check:<11} {what:<34} {asked:>6} asked  {different:>5} different  {note}", flush=True)


def answers(command, lines, env=None, stderr=None):
    """One answer a line; both engines speak the peers' protocol."""
    asked = "".join(line + "\n" for line in lines)
    done = subprocess.run([str(c) for c in command], input=asked, env=os.environ | (env or {}), stdout=subprocess.PIPE,
                          stderr=stderr, text=True, check=True)
    got = done.stdout.splitlines()
    if len(got) != len(lines):
        sys.exit(f"{command[0]}: {len(got)} answers to {len(lines)} lines")
    return got


def bits(answer):
    return [(name, struct.pack("<f", score)) for name, score in json.loads(answer)]


def same(command, a, b):
    """Whether two answers are alike: counts, or documents, order and bits of score."""
    if command == "COUNT":
        return a == b
    return bits(a) == bits(b)


def query_lines(query_set):
    done = subprocess.run([PEERS / "queries", query_set], stdout=subprocess.PIPE, text=True, check=True)
    return [line.split("\t", 1)[1] for line in done.stdout.splitlines()]


def corpus(name):
    subprocess.run([PEERS / "corpus", name], check=True, stdout=sys.stderr)
    return HOME / "corpora" / f"{name}.jsonl"


def index_lucene(source, folder, env):
    subprocess.run([PEERS / "lucene/index", source, folder], env=os.environ | env, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def ask_lucene(folder, lines, env):
    return answers([PEERS / "lucene/serve", folder], lines, env, subprocess.DEVNULL)


def require_lucene():
    if not (PEERS / "lucene/serve").exists() or not (HOME / "lucene/built").exists():
        print("skipped: Lucene is not set up")
        sys.exit(SKIPPED)


def finish():
    """Ends with 1 if a row of the table failed."""
    sys.exit(1 if any(different for _, _, _, different, _ in rows) else 0)
