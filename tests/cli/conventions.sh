# What every such tool does: exit statuses, streams, --, -q, -v, -0, queries from
# arguments, files and pipes, Ctrl-C.
indexer -q books.jsonl -o ix
echo "0 with hits, 1 without hits, 2 on error; a file of queries: 0 or 2"
for words in fox zzzz; do searcher -q -i ix $words >/dev/null; echo "$words: $?"; done
searcher -q -i no fox 2>/dev/null; echo "no index: $?"
searcher -q -k x fox 2>/dev/null; echo "a wrong value: $?"
printf '1\tzzzz\n' | searcher -q -i ix; echo "a file of queries without hits: $?"
printf '1\tfox\nlost\n2\tdog\n' | searcher -q -i ix 2>/dev/null; echo "a broken file of queries: $?"
echo "hits on standard output, messages on standard error"
try searcher -i ix -c fox titel:dog
try searcher -q -i ix -c fox titel:dog
try searcher -v -i ix -c fox titel:dog
try searcher -q -i no fox
echo "-- ends options"
try searcher -i ix -c -- --fox
try searcher -i ix -c -- -fox dog
try searcher -i ix -c -fox dog
try searcher -c -i ix fox -k 1
echo "ids with NUL bytes"
searcher -i ix -0 tied | xargs -0 -n 1 echo id
echo "ids as lines: all of them by default"
seq 30 | sed 's/.*/{"id":"&","text":"number"}/' | indexer -q - -o many
searcher -i many -l number | wc -l
searcher -i many -l -k 3 number
searcher -i ix -l -f topics.tsv -k 1 --syntax
searcher -i ix -l0 tied -k 1 | tr '\0' '#'; echo
echo "queries from arguments, -f, or standard input"
echo dog | try searcher -i ix -c fox
echo dog | try searcher -i ix -c
echo dog | try searcher -i ix -c -f -
try searcher -i ix -c -f topics.tsv dog
echo "Ctrl-C: ends at once with status 130"
mkfifo queries
SECONDS=0
timeout --foreground --preserve-status -s INT 0.5 searcher -i ix <>queries
echo "[exit $?]"
[ $SECONDS -lt 10 ] && echo "at once"
echo "closed streams"
(indexer books.jsonl -o closed 0<&- 1>&- 2>&-; echo "[exit $?]")
try searcher -q -c -i closed fox
(try searcher -i ix fox >&-) 2>&1 | tail -n 2
(try searcher -i ix <&-)
