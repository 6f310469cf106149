# Why a query is slow: the plan, what was decoded and scored, the time of each
# phase. Hits stay on standard output, the same as without --trace.
seq 3000 | awk '{w = "common"; if ($1 % 3 == 0) w = w " third"; if ($1 % 500 == 7) w = w " rare rare"
  for (i = 0; i < $1 % 40; i++) w = w " filler"
  printf "{\"id\":\"%d\",\"text\":\"%s\"}\n", $1, w}' >many.jsonl
indexer -q many.jsonl -o ix
try searcher -i ix -k 2 -l --trace common third rare
try searcher -i ix --trace -c '+third +rare'
try searcher -i ix -k 2 -l --trace common
try searcher -i ix -k 2 -l --trace '"common third" -rare'
# Phrases: two words whose pair is stored are one list, more words have those of
# their pairs too.
indexer -q --pairs 1 many.jsonl -o pairs
try searcher -i pairs -k 2 -l --trace '"rare rare"'
try searcher -i pairs --trace -c '"third rare rare"'
try searcher -i pairs -k 2 -l --trace '"common third filler"'
try searcher -i pairs -k 2 -l --trace '"rare common third"'
try searcher -i ix -k 2 -l --trace --exhaustive rare
try searcher -i ix -k 2 -l --trace absent
printf '7\trare\n8\tthird rare\n' >q.tsv
try searcher -i ix -k 1 --run --trace -q -f q.tsv
try searcher -i ix -k 1 --run --trace -t 2 -f q.tsv
searcher -i ix -q -k 1 --json --trace -f q.tsv | sed -E 's/_ns":[0-9]+/_ns":TIME/g'
searcher -i ix -q -k 100 --run --trace -f q.tsv >traced
searcher -i ix -q -k 100 --run -f q.tsv | cmp - traced && echo same
try searcher -i ix --trace --show-query rare
