# -q prints errors only: invalid UTF-8 in a file of queries was printed
# nevertheless.
indexer -q books.jsonl -o ix
printf '1\tfox \377\n2\tdog\n' >bad.tsv
try searcher -i ix -f bad.tsv -k 1
try searcher -q -i ix -f bad.tsv -k 1
try searcher -q -i ix -f bad.tsv -k 1 --run
try searcher -q -i ix "$(printf 'fox \377')" -k 1
try searcher -q -i ix fox title:zzzz '~9' -k 1
printf 'COUNT\tfox \377 !x\n' | try searcher -q -i ix --serve
printf 'text \377' >latin.txt
printf '{"text":"\377"}\n{broken\n' >latin.jsonl
try indexer -q latin.txt latin.jsonl -o out
try indexer -q --dry-run latin.txt
# An error is printed.
printf '\tno id\n1\tfox\n' >noid.tsv
try searcher -q -i ix -f noid.tsv --topic-format tsv -k 1
