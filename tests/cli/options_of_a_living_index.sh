# What is added follows the options that the index was made with; one that says
# otherwise is an error that names both.
cat >a.jsonl <<'END'
{"id":"1","text":"The First","year":"1999"}
END
cat >b.jsonl <<'END'
{"id":"2","text":"The Second","year":"2001"}
END
indexer add -q a.jsonl -o ix -a standard --stopwords none --stem english --k1 1.2 --no-positions --store-field year
for options in "-a english" "--stem none" "--stopwords default" "--k1 0.9" "--b 0.5" "--positions" "--no-store" "--pairs none" \
  "--no-fold" "--store-field author"; do
  try indexer add b.jsonl -o ix $options
done
echo "--- the same options, or none"
try indexer add -q b.jsonl -o ix -a standard --stem english --k1 1.2 --no-positions --store-field year
echo '{"id":"9","text":"The Ninth"}' >ninth.jsonl
try indexer add -q ninth.jsonl -o ix
try indexer dump ix
try indexer terms ix
echo "--- without an index, without an input"
try indexer update
try indexer remove 1 -o none
try indexer remove -o ix
try indexer remove 1 --from list -o ix
try indexer add none.jsonl -o ix
: >empty.jsonl
try indexer add empty.jsonl -o ix
try indexer add empty.jsonl -o other; ls
echo "--- equal ids"
try indexer add b.jsonl -o ix --on-duplicate keep-first
echo '{"id":"2","text":"The Second again"}' >c.jsonl
try indexer add -q c.jsonl -o ix --on-duplicate keep-last
try indexer dump ix
cat b.jsonl b.jsonl >twice.jsonl
sed -i 's/"2"/"3"/' twice.jsonl
try indexer add -q twice.jsonl -o ix
try indexer update twice.jsonl -o ix
echo "--- an index from which all documents were removed has its options still"
try indexer add -q a.jsonl -o left --store-field year --k1 1.2
try indexer remove -q 1 -o left
try indexer add b.jsonl -o left --store-field author
try indexer add b.jsonl -o left --k1 0.9
try indexer add -q b.jsonl -o left
try indexer dump left
try indexer remove -q 2 -o left
try indexer a.jsonl -o left --force
try indexer dump left
echo "--- where it is found"
mkdir -p notes/deep && cd notes
echo "one note" >a.txt
try indexer add -q a.txt && ls -A
cd deep && echo "a deep note" >b.txt
try indexer add b.txt && ls -A
try indexer status | grep documents
