# docs/json.md and what --json prints agree: kinds of lines, keys, their order.
indexer -q books.jsonl -o ix
indexer -q --no-store books.jsonl -o bare
{
  searcher -q -i ix --json 'quick (fox) titel:x the^0'
  searcher -q -i ix --json zzzz
  searcher -q -i ix --json --count fox
  searcher -q -i ix --json --get b1
  searcher -q -i ix --json --analyze 'Wi-Fi at home'
} >single.jsonl
searcher -q -i ix --json -f topics.tsv >batch.jsonl
searcher -q -i bare --json fox >bare.jsonl
python3 - "$PROJECT/docs/json.md" <<'PYTHON'
import json, re, sys

kinds, kind = {}, None
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("## "):
        kind = line[3:].strip()
        kinds[kind] = []
    row = re.match(r"\| (\w+) \|", line)
    if row and kind and row[1] != "key":
        kinds[kind].append(row[1])

WITHOUT_TEXT = {"title", "snippet", "marks", "spans"}
seen = set()
for name in "single", "batch", "bare":
    lines = [json.loads(line) for line in open(name + ".jsonl", encoding="utf-8")]
    for line in lines:
        kind = "batch summary" if name == "batch" and line["type"] == "summary" else line["type"]
        left_out = (set() if name == "batch" or kind != "hit" else {"qid"}) | (WITHOUT_TEXT if name == "bare" else set())
        keys = [key for key in kinds[kind] if key not in left_out]
        if list(line) != keys:
            print(f"{name}: {kind}: {list(line)} printed, {keys} documented")
        seen.add(kind)
    assert lines[-1]["type"] in ("summary", "token")
print("never printed:", sorted(set(kinds) - seen) or "none", "- of", len(kinds), "kinds")
PYTHON
