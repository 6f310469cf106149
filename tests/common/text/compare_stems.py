#!/usr/bin/env python3
"""Words that Snowball gives one stem have one term with --stem.

    compare_stems.py PRINTER [LANGUAGE...]

PRINTER is the program token_printer. The words are those of Debian's lists in
/usr/share/dict (packages wfrench, wspanish, wngerman, witalian); Snowball is the
module Stemmer (package python3-stemmer), fed with the accented words in lower
case. Prints the groups that fall apart. Where lists or module are missing this
says 'skipped' and ends with 77.
"""

import collections
import os
import subprocess
import sys
import unicodedata

LISTS = {"french": "french", "spanish": "spanish", "german": "ngerman", "italian": "italian"}
SKIPPED = 77


def read_words(path):
    with open(path, encoding="utf-8", errors="ignore") as lines:
        return sorted({line.strip() for line in lines if line.strip().isalpha()})


def query_terms(printer, language, words):
    """The terms of queries of one word each."""
    records = b"".join(b"%d\t%d\n%s\n" % (i, len(word.encode()), word.encode())
                       for i, word in enumerate(words))
    done = subprocess.run([printer, "default", "query"], input=records, check=True,
                          stdout=subprocess.PIPE, env=dict(os.environ, QUERN_STEM=language))
    return [line.split("\t")[1:] for line in done.stdout.decode().splitlines()]


def compare(printer, language, stem, words):
    groups = collections.defaultdict(set)
    for word, terms in zip(words, query_terms(printer, language, words)):
        accented = unicodedata.normalize("NFC", word.lower())
        groups[stem(accented)].add(" ".join(terms))
    apart = {key: terms for key, terms in groups.items() if len(terms) > 1}
    print(f"{language}: {len(words)} words, {len(groups)} stems, {len(apart)} fall apart")
    for key in sorted(apart)[:10]:
        print(f"  {key}: {' | '.join(sorted(apart[key]))}")
    return len(apart)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    languages = sys.argv[2:] or list(LISTS)
    try:
        import Stemmer
    except ImportError:
        print("skipped: the module Stemmer is missing")
        sys.exit(SKIPPED)
    apart = compared = 0
    for language in languages:
        path = os.path.join("/usr/share/dict", LISTS[language])
        if not os.path.exists(path):
            continue
        compared += 1
        apart += compare(sys.argv[1], language, Stemmer.Stemmer(language).stemWord,
                         read_words(path))
    if not compared:
        print("skipped: no list of words in /usr/share/dict")
        sys.exit(SKIPPED)
    sys.exit(apart > 0)


if __name__ == "__main__":
    main()
