# Pruned and exhaustive search give the same answers on every instruction set,
# and the certificate says what was compared. It starts itself with QUERN_CPU.
indexer -q books.jsonl -o ix
try bench verify -i ix -f topics.tsv -q | sed -E '/^answers/d; s/ [0-9] instruction sets?/ N instruction sets/'
echo "digests: $(bench verify -i ix -f topics.tsv -q | sed -n 's/^answers *\([0-9a-f]*\) .*/\1/p' | sort -u | wc -l)"
export QUERN_CPU=scalar
try bench verify -i ix -f topics.tsv -k 1,7 --plain
try bench verify -i ix -f topics.tsv -k 3 --json -q | sed -E 's/"date":"[^"]*"/"date":TIME/'
# A bound of 0 in the range of the best hits: valid checksums, wrong answers.
cp -r "$PROJECT/tests/attack/bound-zero" "$PROJECT/tests/attack/kth-above-max" .
printf '1\toften\n2\toften w5\n3\tw5\n' >words.tsv
try bench verify -i bound-zero -f words.tsv -k 1,10 -q
try bench verify -i bound-zero -f words.tsv -k 1 -q -j | head -2
# Invalid use.
try bench verify -i ix
try bench verify -i ix -f topics.tsv -k 0
try bench verify -i ix -f topics.tsv -k 10,10
try bench verify -i ix -f topics.tsv fox
try bench verify -i nothing -f topics.tsv
cat topics.tsv | try bench verify -i ix -f -
# A damaged list is an error, not a difference.
try bench verify -i kth-above-max -f words.tsv -k 1 -q
