# Nothing is lost silently: what was skipped, changed or dropped is reported with
# its place, counted, and kept in the index for `indexer skipped`.
sizes() { "$@" 2>&1 | sed -E '/^  .* (kB|MB|bytes)[,;]|% of the text/d'; }
cat >bad.jsonl <<'END'
{"id":"1","text":"good"}
{"id":"2","text":"no comma" "x":1}
{"id":"3"}
["a list"]
{"id":"5","text":"bad \udc00 is mended, cut is not: 
{"id":"1","text":"good again"}
END
printf '{"id":"latin","text":"caf\351"}\n' >>bad.jsonl
try indexer bad.jsonl -o ix
try sizes indexer --on-duplicate keep-first bad.jsonl -o first
try sizes indexer -v --on-duplicate keep-last bad.jsonl -o last
try indexer skipped first
try indexer skipped last
try indexer skipped last --json
indexer dump first; indexer dump last
indexer stats last | grep -E '^(documents|skipped)'
indexer stats last --json | grep -oE '"(skipped|changed|duplicates)":[0-9]+'
indexer check last >/dev/null && echo "check finds nothing"
# The offset is the start of the record.
tail -c +$(($(indexer skipped first | awk -F'\t' '$2 == 3 { print $3 }') + 1)) bad.jsonl | head -1
# With too many errors, or any at all, nothing is written.
try indexer --on-duplicate keep-first --max-errors 2 bad.jsonl -o none
try indexer --on-duplicate keep-first --fail-on-skip bad.jsonl -o none
ls none
# Files of a folder; hidden ones are skipped and counted, unless --hidden is given.
mkdir -p folder && cp notes/sub/image.bin notes/solar.txt folder && echo hidden >folder/.hidden
ln -s nowhere folder/link && ln -s . folder/loop && printf 'far too long' >folder/long.txt
try sizes indexer --max-record 500 folder -o walked
try sizes indexer --max-record 11 --force folder notes -o walked
try indexer skipped walked
try sizes indexer -o all --hidden folder
# An index among the files is not indexed, nor when it is named.
indexer -q notes -o folder/.quern && indexer -q notes -o folder/ix
try sizes indexer -o again folder
try sizes indexer -o folder/ix --force folder
try indexer --dry-run -q folder
try indexer folder/ix
# Nothing was skipped: nothing is printed. No index: an error.
indexer -q books.jsonl -o books
try indexer skipped books
try indexer skipped books --json
try indexer skipped book
try indexer skipped books walked
