"""commands.py - runs a program and measures its processor time; for adds and edits."""
import json
import resource
import subprocess
import sys


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command):
    """Its processor seconds, and the object that it prints last as JSON."""
    before = processor_seconds()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:6])} ... ends with {done.returncode}: {done.stderr}")
    return processor_seconds() - before, json.loads(done.stdout.splitlines()[-1])
