# zero hits never look like an error, and exit with 1.
indexer -q books.jsonl -o ix
try searcher -i ix zzzzqq
try searcher -i ix --all fox zzzzqq
try searcher -i ix --json zzzzqq
try searcher -i ix -c zzzzqq
try searcher -q -i ix zzzzqq
try searcher -i ix -- -fox
