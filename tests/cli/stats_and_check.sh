# The statistics of an index; it can be copied elsewhere; damage and other versions
# are refused with a reason and never answered from.
indexer -q books.jsonl -o ix
indexer stats ix | sed -E 's/^(built +).*/\1WHEN by VERSION/; s/Unicode.*/VERSIONS/; s/[0-9a-f]{16}/HASH/; s/ +[0-9,]+ +[0-9.]+$/ SIZES/; s/, [0-9.]+ kB/, SIZE/'
try indexer check ix
mkdir elsewhere && cp -r ix elsewhere/ix
(cd elsewhere && try searcher -q -i ix -c fox && try indexer check ix)
cmp ix/*.segment elsewhere/ix/*.segment && cp elsewhere/ix/*.segment whole
said() { "$@" 2>&1 | sed -E 's/[0-9a-f]{16}/HASH/g; s/bytes [0-9]+ to [0-9]+/bytes FROM to TO/; s/(has|instead of) [0-9]+/\1 SIZE/g'; return "${PIPESTATUS[0]}"; }
spoil() { printf "$2" | dd of="$(echo ix/*.segment)" bs=1 seek="$1" conv=notrunc status=none; }
mend() { cp whole ix/*.segment; }
# A byte of the terms.
spoil 1290 '\377'
try said indexer check ix
try said searcher -q -i ix fox
mend
# A later format: the version is in the header.
spoil 8 '\007'
try said searcher -q -i ix fox
mend
truncate -s 3000 ix/*.segment
try said searcher -q -i ix fox
mend
try searcher -q -i ix -c fox
sed -i 's/^documents 7/documents 8/' ix/MANIFEST
try searcher -q -i ix fox
# Whether case and accents matter is reported for the analyzer, not from the option alone.
for cut in default standard english whitespace 'default --no-fold' 'standard --no-fold'; do
  echo '{"text":"Café"}' | indexer -q --analyzer $cut -f jsonl --force -o cut -
  indexer stats cut | grep '^analyzer'
  indexer stats --json cut | grep -oE '"(fold|lower_case)":[a-z]*' | paste -sd' '
  for word in Café café cafe; do echo "$word: $(searcher -q -i cut -c $word)"; done | paste -sd' '
done
