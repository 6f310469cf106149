# -c prints the same hints as the query without it.
indexer -q books.jsonl -o ix
for query in 'fox hedgehod' quik '"dog lazy"' title:sleeps; do
  try searcher -k 1 -l -i ix "$query"
  try searcher -c -i ix "$query"
done
try searcher -c -g wrok -i ix fox
try searcher -q -c -i ix quik
