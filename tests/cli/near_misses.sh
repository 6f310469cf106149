# Suggestions of indexer for misspelt commands, options, names and fields.
indexer -q books.jsonl -o ix
try indexer stat ix
try indexer chek ix
try indexer stats xi
try indexer stats nowhere
try indexer book.jsonl -o new
try indexer nowhere.jsonl -o new
try indexer --ouput new books.jsonl
try indexer --format jsnl books.jsonl -o new
try indexer --on-duplicate keep-frist books.jsonl -o new
try indexer --analyzer englsh books.jsonl -o new
try indexer --stem englsh books.jsonl -o new
try indexer --id-field _di books.jsonl -o new
try indexer --title-field titel books.jsonl -o new
printf '{"id":"1","contens":"misnamed"}\n' >misnamed.jsonl
try indexer misnamed.jsonl -o new
try indexer --text-field contents misnamed.jsonl -o new
try indexer -q misnamed.jsonl --text-field contens -o new
indexer books.jsonl --store-field titl -o other 2>&1 | grep titl
# A folder can have the name of a command.
cp -r notes stats
try indexer -q ./stats -o of_stats && searcher -q -i of_stats -c eclipse
try indexer books.jsonl -o no/such/place
