# What is shown of a document: the best passage, the matches in it, several
# passages, offsets in the stored text.
cat >moon.txt <<'TEXT'
MOONS AND OTHER BODIES
Home | News

The wind was cold and the solar panels were old. Nothing of this is about the
wind that comes from the sun, which nobody had asked about in this paragraph.

Much later J. S. Bach is mentioned, for no reason at all. The solar wind is a
stream of charged particles. It was found by Biermann, who looked at the tails
of comets. What follows is filler that serves to make the text a good deal longer.

At the end, eclipses: an eclipse of the moon takes longer than one of the sun.
The colour of the moon is then red.
TEXT
indexer -q moon.txt --title-from first-line -o ix
shown() { try searcher -i ix --color always "$@" | sed -E 's/\x1b\[1;31m/[/g; s/\x1b\[0m/]/g; s/\x1b\[[0-9;]*m//g; s/]  [0-9.]+]//'; }
export COLUMNS=90
shown '"solar wind"'
shown biermann
shown 'eclips* color~1'
shown title:moons
shown moons
shown wind red --snippets 2
shown '+eclipse (solar -wind)' --snippets 2
shown nothing comets eclipse --snippets 3
for query in '"solar wind"' 'eclips* color~1' 'wind moon red' 'particles'; do
  for n in 1 2 5; do searcher -q -i ix --json --snippets $n "$query"; done
done >hits.jsonl
searcher -q -i ix --json --get moon.txt >document.json
try python3 - <<'PYTHON'
import json
text = json.load(open("document.json"))["text"].encode()
hits = [line for line in map(json.loads, open("hits.jsonl")) if line["type"] == "hit"]
same = [text[a:b] == hit["snippet"].encode()[c:d] for hit in hits for (a, b), (c, d) in zip(hit["spans"], hit["marks"], strict=True)]
print(len(hits), "hits,", len(same), "spans,", "all the same in text and snippet" if all(same) else "not all alike")
PYTHON
