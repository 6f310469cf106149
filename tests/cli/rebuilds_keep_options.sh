# A rebuild keeps the options of the index that it replaces, and names them; an option
# that is given wins, and its default value is an option, too.
printf '{"id":"a","text":"the running dogs","year":"1999"}\n' >in.jsonl
printf 'the\nof\n' >stop
options() {
  sed -nE '/^(analyzer|stem|stopwords|fold|k1|b|positions|stored) /p' ix/MANIFEST | paste -sd' '
  indexer dump ix | grep -o '"year":"1999"'
}
indexer -q in.jsonl -o ix --stem english --stopwords stop --k1 1.2 --b 0.75 --no-positions --store-field year
options
# Nothing given.
try indexer --force in.jsonl -o ix
options
# One given: the others stay.
try indexer -q --force in.jsonl -o ix --k1 0.5
options
# Default values of some.
try indexer --force in.jsonl -o ix --stem none --stopwords default --positions --k1 0.9 --b 0.4
options
# All of them.
indexer -q --force in.jsonl -o ix --no-fold --no-store
try indexer --force --no-keep-options in.jsonl -o ix
options
# What contradicts a given option is not kept: a stemmer next to english, no folding
# next to a stemmer, english next to another stemmer.
indexer -q --force in.jsonl -o ix --stem german
try indexer --force in.jsonl -o ix -a english
options
try indexer --force in.jsonl -o ix --stem german
options
try indexer --force in.jsonl -o ix --no-fold
options
try indexer --force in.jsonl -o ix --stem german
options
# A given field to store asks for stored text again, and replaces the kept fields.
indexer -q --force in.jsonl -o ix --no-store
try indexer --force in.jsonl -o ix --store-field year
options
# Of an index that is damaged as much as can be read.
indexer -q --force in.jsonl -o ix --no-fold --stem none
truncate -s 100 ix/*.segment
masked() { "$@" 2>&1 | sed -E 's/[0-9a-f]{16}/HASH/g'; return "${PIPESTATUS[0]}"; }
try masked indexer --force in.jsonl -o ix
options
sed -i 's/^fold no/fold on/' ix/MANIFEST
try indexer --force in.jsonl -o ix
options
