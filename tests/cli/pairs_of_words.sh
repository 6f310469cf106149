# indexer --pairs: by a number of documents, none, and what is not valid.
for pairs in 2 none auto; do
  echo "--pairs $pairs"
  indexer -q books.jsonl -o ix --force --pairs $pairs
  indexer stats ix | grep -E '^pairs +([0-9]+ of|no)'
  indexer stats --json ix | grep -o '"pairs":{[^}]*}'
  indexer check ix | head -n 1
  searcher -q -i ix -c '"the fox"'
done
echo "--no-positions"
indexer -q books.jsonl -o ix --force --pairs 2 --no-positions
indexer stats ix | grep -E '^pairs +([0-9]+ of|no)'
try indexer -q books.jsonl -o ix --force --pairs many
try indexer -q books.jsonl -o ix --force --pairs 0
try indexer -q books.jsonl -o ix --force --pairs 2 --pairs none
