# How inputs are read is not part of an index: an update that forgets --id-field adds
# instead of replacing, and says so. --dry-run shows what the index would get.
printf '{"url":"http://a/1","body":"first","year":"1999"}\n{"url":"http://a/2","body":"second","year":"2001"}\n' >r.jsonl
indexer -q r.jsonl -o ix --id-field url --store-field year
try indexer update r.jsonl -o ix
try indexer update -q r.jsonl -o ix --id-field url
sed 's/second/another/' r.jsonl >corrected.jsonl
echo '{"url":"http://a/3","body":"third","year":"2020"}' >>corrected.jsonl
echo "--- the stored fields are those of the index"
try indexer update --dry-run corrected.jsonl -o ix --id-field url
try indexer update corrected.jsonl -o ix --id-field url
echo "--- new documents alone"
echo '{"url":"http://a/4","body":"fourth"}' >new.jsonl
try indexer update new.jsonl -o ix --id-field url
echo "--- an addition is new by itself"
echo '{"url":"http://a/5","body":"fifth"}' >newer.jsonl
try indexer add newer.jsonl -o ix --id-field url
echo "--- what is refused is refused by --dry-run"
try indexer add --dry-run newer.jsonl -o ix -a english
try indexer add --dry-run newer.jsonl -o ix --store-field author
ls
