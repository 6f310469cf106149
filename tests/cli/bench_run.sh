# bench run: answers are compared first, engines that fail are named, and what
# was measured is kept. Tables have times in them: only their first lines are
# compared here.
indexer -q books.jsonl -o ix
printf 'term\tstorm\nunion\tthe sea\nterm\twind\nunion\ta man\n' >classes.tsv
first() { "$@" >tables; echo "[exit $?]"; head -n 1 tables; }
types() { sed -n 's/^{"type":"\([a-z]*\)".*/\1/p' "$1" | uniq -c | sed 's/^ *//'; }

echo '# one index'
first bench run -q -i ix -f classes.tsv --passes 2 -k 1,10 --count -o results.json
types results.json
grep -o '"name":"[^"]*","kind":"[a-z]*"' results.json
grep -o '"query":[0-9]*,"qid":"[0-9]*","class":"[a-z]*"' results.json

echo '# classes by form; the same from standard input, as JSON'
printf 'storm\nthe sea\n+the +sea\n"the sea"\nthe -sea\nst*\n' |
  bench run -q -i ix -f - --passes 1 --json | grep -o '"class":"[a-z]*","text"' | sort | uniq -c | sed 's/^ *//'

# A fake engine: answers COUNT with a number, TOP with 1, HITS with nothing;
# after 20 answers it does what its argument says, but not in its first start,
# when answers are compared.
cat >fake.sh <<'FAKE'
n=0
echo >>starts
[ "$(wc -l <starts)" -gt 1 ] || n=-1000000000
tab=$(printf '\t')
while IFS=$tab read -r command query; do
  n=$((n + 1))
  [ $n -le 20 ] || eval "$1"
  case $command in COUNT) echo 2 ;; HITS*) echo '[]' ;; *) echo 1 ;; esac
done
FAKE
fake() { rm -f starts; first bench run -q -i ix -f classes.tsv --passes 3 --timeout 0.5 -o results.json --engine other="exec sh fake.sh '$1'"; types results.json | grep -E 'difference|end'; tail -n 1 results.json | sed 's/"seconds":[0-9.]*/"seconds":N/'; }
echo '# an engine with other answers'
fake true
echo '# one that dies, and its last words'
fake 'echo "no memory left" >&2; exit 3'
echo '# one that hangs'
fake 'sleep 60'
echo '# one that answers something else'
fake 'echo "<html>"; continue'
echo '# one that answers too much'
fake 'printf "1\n1\n"; continue'
echo '# Ctrl-C while an engine is asked: what was measured is printed and kept'
fake 'kill -INT $PPID; sleep 60'

echo '# what cannot be measured'
for arguments in '' '-i ix' '-i ix -f none.tsv' '-i none -f classes.tsv' '-i ix -f classes.tsv -k 0' \
  '-i ix -f classes.tsv --engine lucene' '-i ix -f classes.tsv --engine null=true' \
  '-i ix -f classes.tsv --jit lucene' '-i ix -f /dev/null' '-i ix -f classes.tsv -o none/r.json' \
  '-i ix -f classes.tsv --launches 4' '-i ix -f classes.tsv --qrels none.txt' 'ix classes.tsv'; do
  try bench run -q $arguments
done
try bench
try bench measure
