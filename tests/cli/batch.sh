# Runs and other output of a file of queries. k1 and b apply to the query, the
# index does not change; --sidecar records them (sidecar.sh).
indexer -q books.jsonl -o ix
try searcher -i ix -f topics.tsv --run
try searcher -i ix -f topics.trec --run --tag mine -k 1
try searcher -i ix -f topics.trec --topic-field desc --run -q -k 1
try searcher -i ix -f topics.tsv --run --ties docno -q
try searcher -i ix -f topics.tsv --run --k1 1.2 --b 0.75 -q -k 1
try searcher -i ix -f topics.tsv -k 1
try searcher -i ix -f topics.tsv --count
searcher -i ix -q --run -f - <topics.tsv >stdin.run
searcher -i ix -q --run <topics.tsv >plain.run
searcher -i ix -q --run -f topics.tsv >one.run
searcher -i ix -q --run -f topics.tsv --threads 8 >eight.run
cmp stdin.run one.run && cmp plain.run one.run && cmp eight.run one.run && echo "all the same"
try searcher -i ix -f topics.tsv --timing -c
seq 1500 | sed 's/.*/{"id":"&","text":"word &"}/' | indexer -q - -o many
printf '2\tword\n1\tword\n' | searcher -q -i many --run | cut -d' ' -f 1 | uniq -c
try searcher -i ix -f missing.tsv --run
: >empty.tsv
try searcher -i ix -f empty.tsv --run
try searcher -i ix
