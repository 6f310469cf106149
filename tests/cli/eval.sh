# Quality of a run by judgements, as trec_eval measures it (tests/bench/quality
# compares the values).
indexer -q books.jsonl -o ix
searcher -q -i ix -f topics.tsv --run >run.txt
cut -d' ' -f 1-5 run.txt
awk 'NR % 2 {print $1, 0, $3, NR % 3}' run.txt >qrels.txt
echo '77 0 b9 1' >>qrels.txt
try bench eval run.txt qrels.txt
try bench eval run.txt qrels.txt --complete -q -m AP,nDCG@10
try bench eval run.txt qrels.txt --per-query -q -m RR@1,rr,bpref
try bench eval - qrels.txt --json -q -m AP,P@5 <run.txt
# Files that do not belong together.
sed 's/^/x/' qrels.txt >other.txt
try bench eval run.txt other.txt
sed 's/ 0 / 0 x/' qrels.txt >other.txt
try bench eval run.txt other.txt -m AP
# What cannot be read names file and line.
try bench eval qrels.txt run.txt
try bench eval run.txt qrels.txt -m map
sed '2s/$/ more/' qrels.txt >wrong.txt
try bench eval run.txt wrong.txt
try bench eval run.txt missing.txt
try bench eval run.txt
try bench eval - -
