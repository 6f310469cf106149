#!/usr/bin/env python3
"""Compares the tokens of `standard` and `english` with Lucene's own.

    compare_lucene.py PRINTER [--record] [--articles N] [--random N] [--seed S]

PRINTER is the program token_printer. Lucene's side is the program `tokens` of
the shared peers: $QUERN_PEERS/lucene/tokens, otherwise ../shared/peers next to
the project. Where it is missing this says 'skipped' and ends with 77.

Compared are golden/texts.txt, the texts of ../shared/samples, the first N
articles of ../shared/corpora (2,000), and N random texts of all scripts (5,000)
with long words among them. --record writes the golden files again instead.
"""

import argparse
import glob
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../.."))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
PEERS = os.environ.get("QUERN_PEERS", os.path.join(SHARED, "peers"))
LUCENE = os.path.join(PEERS, "lucene/tokens")
ANALYZERS = ("standard", "english")
SKIPPED = 77


def golden_texts():
    with open(os.path.join(HERE, "golden/texts.txt"), encoding="utf-8") as lines:
        return [(str(i), line.rstrip("\n")) for i, line in enumerate(lines, 1)]


def sample_texts():
    for path in sorted(glob.glob(os.path.join(SHARED, "samples/*.txt"))):
        with open(path, "rb") as file:
            yield os.path.basename(path), file.read().decode("utf-8", "replace")


def article_texts(count):
    path = os.path.join(SHARED, "corpora/wiki-articles.jsonl.zst")
    if not os.path.exists(path):
        return
    unpack = subprocess.Popen(["zstd", "-dc", "--long=27", path], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    for line in itertools.islice(unpack.stdout, count):
        article = json.loads(line)
        yield article["id"], article["text"]
    unpack.stdout.close()
    unpack.terminate()
    unpack.wait()


def random_word(choose):
    """Something that Porter's stemmer has much to do with."""
    pieces = ("a e i o u y b c d f l m n s t v w x z ll ss zz tt st bl at iz eed ed ing s es ies "
              "sses y ational tional enci anci izer bli alli entli eli ousli ization ation ator "
              "alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti "
              "ical ful ness al ance ence er ic able ible ant ement ment ent ion ou ism ate iti "
              "ous ive ize e é 𐐨 's ’S").split()
    return "".join(choose.choice(pieces) for _ in range(choose.randint(1, 5)))


def random_texts(count, seed):
    """Texts in which every class of characters meets every other."""
    sys.path.insert(0, os.path.join(ROOT, "common/text"))
    sys.dont_write_bytecode = True
    import generate_word_break as unicode
    classes, _, class_count = unicode.make_classes(unicode.read_sets("/usr/share/unicode"))
    by_class = [[] for _ in range(class_count)]
    for point, number in enumerate(classes):
        if not 0xD800 <= point < 0xE000:
            by_class[number].append(point)
    choose = random.Random(seed)
    english = list(map(ord, "abcsSXYZ019._'’: ,;-#*@+\"é\u0301\u200d\ufe0f\u20e3\u202f"))
    for number in range(count):
        kind = choose.randrange(5)
        size = choose.randint(1, 60)
        if kind == 4:
            points = map(ord, " ".join(random_word(choose) for _ in range(100)))
        elif kind == 3:  # long words: few different characters, and some other
            few = [choose.choice(choose.choice(by_class)) for _ in range(3)] + [ord("a")]
            points = []
            while len(points) < 900:
                points += [choose.choice(few)] * choose.randint(1, 300)
                points.append(choose.choice(choose.choice(by_class)[:40]))
        elif kind == 2:
            points = [choose.choice(english) for _ in range(size)]
        else:
            limit = (None, 3)[kind]  # of a class all members, or the common ones
            points = [choose.choice(choose.choice(by_class)[:limit]) for _ in range(size)]
        yield f"{seed}-{number}", "".join(map(chr, points))


def lucene_answers():
    """Whether the driver is there and built."""
    try:
        return lucene_tokens(ANALYZERS[0], [("1", "a word")]) != b""
    except (OSError, subprocess.CalledProcessError):
        return False


def lucene_tokens(analyzer, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as corpus:
        for name, text in texts:
            corpus.write(json.dumps({"id": name, "text": text}) + "\n")
        corpus.flush()
        return subprocess.run([LUCENE, corpus.name], env=dict(os.environ, ANALYZER=analyzer),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True).stdout


def our_tokens(printer, analyzer, texts):
    records = []
    for name, text in texts:
        data = text.encode("utf-8")
        records.append(b"%s\t%d\n%s\n" % (name.encode(), len(data), data))
    return subprocess.run([printer, analyzer], input=b"".join(records),
                          stdout=subprocess.PIPE, check=True).stdout


def compare(printer, what, texts):
    """Prints one line for each analyzer; how many texts differ."""
    texts = list(texts)
    differing = 0
    for analyzer in ANALYZERS if texts else ():
        theirs = lucene_tokens(analyzer, texts).split(b"\n")
        ours = our_tokens(printer, analyzer, texts).split(b"\n")
        pairs = list(itertools.zip_longest(theirs, ours, fillvalue=b""))
        wrong = [(a, b) for a, b in pairs if a != b]
        tokens = sum(line.count(b"\t") for line in theirs)
        print(f"{what}: {analyzer}: {len(texts)} texts, {tokens} tokens, {len(wrong)} differ")
        for a, b in wrong[:3]:
            for x, y in itertools.zip_longest(a.split(b"\t"), b.split(b"\t"), fillvalue=b""):
                if x != y:
                    print(f"  {a.split(bytes([9]))[0]!r}: Lucene {x!r}, here {y!r}")
                    break
        differing += len(wrong)
    return differing


def main():
    options = argparse.ArgumentParser()
    options.add_argument("printer")
    options.add_argument("--record", action="store_true")
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--random", type=int, default=5000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    if not lucene_answers():
        print(f"skipped: {LUCENE} is not there or not built")
        return SKIPPED
    if given.record:
        for analyzer in ANALYZERS:
            with open(os.path.join(HERE, f"golden/{analyzer}.tokens"), "wb") as file:
                file.write(lucene_tokens(analyzer, golden_texts()))
        return 0
    differing = compare(given.printer, "golden", golden_texts())
    differing += compare(given.printer, "samples", sample_texts())
    differing += compare(given.printer, "articles", article_texts(given.articles))
    if os.path.exists("/usr/share/unicode"):
        differing += compare(given.printer, "random", random_texts(given.random, given.seed))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
