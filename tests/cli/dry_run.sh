# --dry-run shows the first documents as they would be indexed, and writes
# nothing.
try indexer --dry-run books.jsonl
try indexer --dry-run notes --title-from first-line
printf 'id\theadline\tbody\tyear\n7\tOne\tThe text\t1999\n' >t.tsv
try indexer --dry-run t.tsv --title-field headline --store-field year --header yes
zcat -f books.jsonl | indexer --dry-run - --json | head -3
try indexer --dry-run --format jsonl notes/solar.txt
try indexer --dry-run --id-field title books.jsonl -q
: >empty
try indexer --dry-run empty
ls -A | grep -E 'quern|ix'
echo "nothing was written"
