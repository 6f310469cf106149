# docs/json.md agrees with the output of --json: kinds of lines, keys, their order.
printf 'a\nan\n' >words
echo '{"id":"new","text":"a new one"}' >kept.json
cat >bad.jsonl <<'END'
{"id":"1","text":"good","year":1998}
no JSON
{"id":"1","text":"again"}
END
indexer -q books.jsonl -o ix
indexer -q --no-store books.jsonl -o bare
indexer -q --stem english --stopwords words --store-field year --on-duplicate keep-first --json bad.jsonl -o bad >bad.built
{
  searcher -q -i ix --json 'quick (fox) titel:x the^0'
  searcher -q -i ix --json zzzz
  searcher -q -i ix --json --count fox
  searcher -q -i ix --json --get b1
  searcher -q -i ix --json --analyze 'Wi-Fi at home'
} >single.jsonl
searcher -q -i ix --json -f topics.tsv >batch.jsonl
searcher -q -i ix --json --trace -f topics.tsv >traced.jsonl
searcher -q -i ix --run --sidecar sidecar.jsonl -f topics.tsv >run.txt
searcher -q -i bare --json fox >bare.jsonl
searcher -q -i bad --json good >kept.jsonl
{
  indexer --dry-run -q --json books.jsonl
  indexer stats --json ix
  indexer stats --json bad
  indexer check --json ix
  indexer skipped --json bad
  indexer terms --json ix
  indexer dump bad
  indexer dump ix
  indexer dump bare
} >verbs.jsonl
cp -r ix changing
mkfifo pipe
indexer add -q - -o changing <pipe 2>/dev/null &
exec 3>pipe
until indexer status --json changing | grep -q '"writer"'; do sleep 0.02; done
indexer status --json changing >changes.jsonl
exec 3>&-
wait
indexer update -q --json kept.json -o changing >>changes.jsonl
python3 - "$PROJECT/docs/json.md" <<'PYTHON'
import json, re, sys

# kinds[program, kind] is a list of (key, whether it may be absent).
kinds, program, rows = {}, None, None
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("## "):
        program = line[3:].strip()
    if line.startswith("### "):
        rows = kinds[program, line[4:].strip()] = []
    row = re.match(r"\| (\w+) \| (.*) \|", line)
    if row and row[1] != "key":
        rows.append((row[1], "only " in row[2]))

BATCHES = {"batch.jsonl", "traced.jsonl"}
WITHOUT_TEXT = {"title", "snippet", "marks", "spans"}


def name_kind(file, line):
    """The kind that a line of a file is documented as."""
    kind = line.get("type", "dumped document")
    if file == "bad.built":
        return "indexer", "build"
    if file == "changes.jsonl":
        return "indexer", {"summary": "change"}.get(kind, kind)
    if file == "verbs.jsonl":
        if "reason" in line:
            return "indexer", "skipped record"
        return "indexer", {"document": "parsed document", "summary": "skipped summary"}.get(kind, kind)
    return "searcher", "batch summary" if file in BATCHES and kind == "summary" else kind


def must_have(file, kind, key):
    """Keys of a hit depend on what was asked and on the index."""
    if kind == ("searcher", "hit"):
        if key == "fields":
            return file == "kept.jsonl"
        return (key != "qid" or file in BATCHES) and (key not in WITHOUT_TEXT or file != "bare.jsonl")
    return True


seen = set()
for file in "single.jsonl", "batch.jsonl", "traced.jsonl", "sidecar.jsonl", "bare.jsonl", "kept.jsonl", "bad.built", "verbs.jsonl", "changes.jsonl":
    for text in open(file, encoding="utf-8"):
        line = json.loads(text)
        kind = name_kind(file, line)
        keys = [key for key, optional in kinds[kind]
                if (key in line if optional and kind[0] == "indexer" else must_have(file, kind, key))]
        if list(line) != keys:
            print(f"{file}: {kind}: {list(line)} printed, {keys} documented")
        seen.update((kind, key) for key in line)
never = [(kind, key) for kind, rows in kinds.items() for key, _ in rows if (kind, key) not in seen]
print("never printed:", never or "none", "- of", len(kinds), "kinds")
PYTHON
