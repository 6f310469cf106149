# Unquoted words are one query; one line per hit, no colours, nothing truncated; a
# closed pipe ends the program silently.
indexer -q books.jsonl -o ix
try searcher -i ix quick fox
try searcher -i ix 'quick fox' -k 1
try searcher -i ix -k 2 --ties docno tied
try searcher -i ix -0 tied | tr '\0' '#'
echo
searcher -i ix quick fox | head -n 1
seq 10000 | sed 's/.*/{"id":"&","text":"word &"}/' | indexer -q - -o many
searcher -i many -k 10000 word | head -n 1
echo "statuses: ${PIPESTATUS[0]} ${PIPESTATUS[1]}"
searcher -i ix fox >/dev/full
echo "[exit $?]"
