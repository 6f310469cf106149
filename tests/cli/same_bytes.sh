# In-memory tables are seeded differently in each run; the files are the same.
same() {
  for segment in "$1"/*.segment; do
    cmp "$segment" "$2/${segment##*/}" && echo "${segment##*.}: the same bytes"
  done
}
seq 20000 | sed 's/.*/{"id":"&","text":"word &, and many more: a& b& c&"}/' >many.jsonl
seq 1 7 20000 | sed 's/.*/{"id":"&","text":"once more &"}/' >more.jsonl
for run in 1 2; do
  indexer -q many.jsonl books.jsonl -t $run -o plain$run
  indexer -q --on-duplicate keep-last many.jsonl more.jsonl -t $run -o last$run 2>/dev/null
done
same plain1 plain2
same last1 last2
try searcher -i last1 -c more
try indexer check last1
