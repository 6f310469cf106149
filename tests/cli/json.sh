# Valid JSON on every line, also without hits; nothing else on standard output.
indexer -q books.jsonl -o ix
indexer -q --no-store books.jsonl -o bare
try searcher -i ix --json quick fox
try searcher -i bare --json tied -k 2
try searcher -i ix --json zzzz
try searcher -i ix --json --count fox
try searcher -i ix --json -f topics.tsv -k 1
try searcher -i ix --json --analyze 'Wi-Fi'
for query in 'quick fox' zzzz '"' '\'; do searcher -q -i ix --json "$query"; done |
  python3 -c 'import json, sys; print(len([json.loads(line) for line in sys.stdin]), "lines are JSON")'
