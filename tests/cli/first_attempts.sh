# What people try before they read the manual: keys of their own, a table with its
# own header, an unknown command, a file name as id, a text so small that its
# index is larger.
mkdir licences && printf 'do as you like' >licences/MIT
printf '{"uid":"a1","headline":"Storm","content":"A heavy storm.","year":1998}\n' >own.jsonl
printf 'sku,name,description,price\n1001,Kettle,Boils water,19.90\n' >own.csv
try indexer --dry-run own.jsonl
try indexer --dry-run own.jsonl --id-field uid --title-field headline --store-field year
try indexer --dry-run own.csv
try indexer --dry-run own.csv --header yes
try indexer --dry-run own.csv --id-field sku --title-field name --text-field description --store-field price
try indexer -o ix <books.jsonl
try indexer index notes
try indexer help
try indexer notes --stopwords german
indexer -q licences books.jsonl -o ix
indexer books.jsonl -o small 2>&1 | tail -1
seq 20000 >numbers.txt
indexer numbers.txt -o larger 2>&1 | tail -1 | sed -E 's/[0-9.]+ (kB|%)/N \1/g'
try searcher -q -i ix --get MIT
try searcher -q -i ix --explain MIT like
try searcher -q -i ix --get GPL
try searcher -i ix 'slepes~1'
try searcher -i ix 'slepes~'
try searcher -i ix '*eeps'
try indexer notes -o tiny -m 10
