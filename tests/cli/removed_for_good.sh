# The documents of a customer are removed, and nothing in the files has their words
# and ids any more after merge --to 1. Names of inputs and the skip log are not
# documents: an index of its own dump has neither.
mkdir zorblatt
for i in $(seq 40); do
  echo "{\"id\":\"c$i/$i\",\"title\":\"Letter $i\",\"text\":\"order $i of words\",\"owner\":\"c$i\"}"
  [ $((i % 10)) -ne 7 ] || echo "{\"id\":\"zorblatt/$i\",\"title\":\"To Zorblatt\",\"text\":\"order $i for Quuxheim\",\"owner\":\"Zorblatt\"}"
done >all.jsonl
head -20 all.jsonl >first.jsonl
tail -n +21 all.jsonl >second.jsonl
echo '{"id":"zorblatt/9","text":"a letter to Zorblatt, Quuxheim"}' >zorblatt/letters.jsonl
echo '{"id":"zorblatt/9","text":"the same id once more"}' >>zorblatt/letters.jsonl
echo '{"id":"c41","text":"a letter to another one"}' >>zorblatt/letters.jsonl
words() { # of the customer, in all files of the index and in what it answers
  local files=$(cat ix/* | grep -aicE 'zorblatt|quuxheim') dump=$(indexer dump ix | grep -icE 'zorblatt|quuxheim')
  echo "files: $files, documents: $dump, terms: $(indexer terms ix | grep -cE 'zorblatt|quuxheim'), hits: $(searcher -q -i ix -c zorblatt quuxheim | tail -1)"
}
for options in "" --no-store; do
  echo "--- build ${options:-with text}"
  rm -rf ix && indexer -q first.jsonl -o ix $options ${options:---store-field owner}
  indexer add -q second.jsonl -o ix
  indexer add -q zorblatt/letters.jsonl -o ix --on-duplicate keep-first
  try indexer remove --dry-run --query 'zorblatt quuxheim' -o ix
  try indexer remove -q --glob 'zorblatt/' -o ix
  try indexer merge -q --to 1 ix
  words
  echo "--- what is left are the name of an input, and a record that was dropped"
  indexer status ix | grep -o 'from .*'
  try indexer skipped ix
done
echo "--- an index of what is left"
rm -rf ix && indexer -q first.jsonl -o ix --store-field owner
indexer add -q zorblatt/letters.jsonl -o ix --on-duplicate keep-first
indexer remove -q --query 'zorblatt quuxheim' -o ix
try sh -c 'indexer dump ix | indexer -q - -o ix --force'
words
indexer check -q ix >/dev/null && echo checked
