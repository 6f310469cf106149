# A folder, compressed and piped input, an existing index, Ctrl-C, the content of
# an index, damage. Sizes are left out: they change with the format.
sizes() { "$@" 2>&1 | sed -E '/ (kB|MB|bytes)[,;]|% of the text/d'; }
try sizes indexer notes
try sizes indexer books.jsonl -o ix
gzip -k books.jsonl
zcat books.jsonl.gz | indexer -q - -o piped
indexer -q books.jsonl.gz -o packed
cmp ix/*.segment piped/*.segment && cmp ix/*.segment packed/*.segment && echo "the same index from all inputs"
indexer books.jsonl -o ix 2>&1 | sed -E 's/made [^)]*/made WHEN/; s/built [^)]*/built WHEN/'
echo "[exit ${PIPESTATUS[0]}]"
try searcher -q -i ix -c fox
try indexer -q books.jsonl -o ix --force
mkfifo pipe
# Jobs of a script ignore Ctrl-C; this one must not.
env --default-signal=INT indexer - -o ix --force <>pipe 2>said &
yes '{"text":"more than is read to detect the format"}' | head -n 5000 >pipe
while kill -0 $! && ! [ -s said ]; do sleep 0.02; done
indexer -q books.jsonl -o ix --force 2>&1 | sed "s/process $!)/process OF THE OTHER)/"
kill -INT $!
SECONDS=0
wait $!
echo "[exit $?]"
[ $SECONDS -lt 10 ] && echo "the prompt is back, though the pipe is open"
cat said >&2
try searcher -q -i ix -c fox
ls ix | sed -E 's/[0-9a-f]{16}/HASH/' | sort
printf 'not json\n{"id":"1","text":"good"}\n' >broken.jsonl
try sizes indexer --format jsonl broken.jsonl -o broken
indexer -q --fail-on-skip --format jsonl broken.jsonl -o none
echo "[exit $?]"
indexer stats ix | grep -E '^(analyzer|documents|BM25|(positions|stored text) +yes)'
indexer check ix >/dev/null && echo "check finds nothing"
printf '\377' | dd of="$(echo ix/*.segment)" bs=1 seek=4200 conv=notrunc status=none
indexer check ix >/dev/null 2>&1
echo "[exit $?]"
# An index in a subfolder hides the one of the parent folder.
indexer -q notes --force && mkdir below && cd below
indexer ../notes 2>&1 | head -n 1
indexer -q ../notes --force && indexer --force ../notes 2>&1 | head -n 1
rm -r .quern && QUERN_INDEX=elsewhere indexer ../notes 2>&1 | head -n 1
cd ..
# A file size limit is reported as an error, and nothing is left over.
seq 100000 >numbers.txt
(ulimit -f 64 && try indexer numbers.txt -o small)
ls small
