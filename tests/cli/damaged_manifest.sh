# A damaged MANIFEST: all programs report the same, --force replaces the index, and
# no file of the user is ever taken for an index.
short() { "$@" 2>&1 | sed -E '/ (kB|MB|bytes)[,;]|% of the text/d'; return "${PIPESTATUS[0]}"; }
indexer -q books.jsonl -o dam
indexer -q books.jsonl -o ix
for content in '' garbage; do
  printf %s "$content" >ix/MANIFEST
  try indexer check ix
  try searcher -i ix -c fox
  try indexer -q books.jsonl -o ix
  try indexer -q books.jsonl -o ix --force
  try searcher -q -i ix -c fox
  ls ix | sed -E 's/[0-9a-f]{16}/HASH/' | sort
done
# The nearest .quern is used even if it is damaged.
indexer -q books.jsonl
mkdir -p inner/.quern && echo garbage >inner/.quern/MANIFEST
(cd inner && try searcher -c fox)
# Files of the user are left alone, whatever their names.
mkdir theirs && echo jar >theirs/MANIFEST
try indexer -q books.jsonl -o theirs --force
for name in letter.tmp music.segment spill-.tmp 0123456789abcdeF.segment; do
  mkdir of_$name && echo precious >of_$name/$name
  try indexer -q books.jsonl -o of_$name --force
  cp of_$name/$name ix && try indexer -q books.jsonl -o ix --force
  cat of_$name/$name ix/$name && rm ix/$name
done
