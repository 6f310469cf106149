# what people try first, before they have read how: keys of their own, a table
# with a header of its own, a command that is none, the name of a file as id.
mkdir licences && printf 'do as you like' >licences/MIT
printf '{"uid":"a1","headline":"Storm","content":"A heavy storm.","year":1998}\n' >own.jsonl
printf 'sku,name,description,price\n1001,Kettle,Boils water,19.90\n' >own.csv
try indexer --dry-run own.jsonl
try indexer --dry-run own.jsonl --id-field uid --title-field headline --store-field year
try indexer --dry-run own.csv
try indexer --dry-run own.csv --header yes
try indexer --dry-run own.csv --header yes --id-field sku --title-field name --text-field description --store-field price
try indexer -o ix <books.jsonl
try indexer index notes
try indexer help
try indexer notes --stopwords german
indexer -q licences books.jsonl -o ix
try searcher -q -i ix --get MIT
try searcher -q -i ix --explain MIT like
try searcher -q -i ix --get GPL
try searcher -i ix 'slepes~1'
try searcher -i ix 'slepes~'
