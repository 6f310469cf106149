# File names that are not UTF-8, and records without ids on one line.
mkdir d
echo 'storm raw' >"$(printf 'd/a\377')"
echo 'storm spelled' >'d/a\xff'
echo 'storm shift-out' >"$(printf 'd/b\233[2J')"
try indexer -q d -o ix
echo "lines, JSON, runs: valid UTF-8"
try searcher -i ix storm
searcher -i ix --json storm | grep -c '"id":"d/[ab]\\\\x' 
searcher -i ix --run storm | cut -d' ' -f3
echo "-0 and --get: the original bytes"
searcher -i ix -0 storm | xargs -0 cat
searcher -i ix -0 storm | while IFS= read -rd '' id; do searcher -i ix --get "$id"; done
try searcher -i ix --get 'd/b\x9b[2J'
try searcher -i ix --get 'd/a\\xff'
echo "records on one line"
printf '[{"text":"alpha"},{"text":"beta"}]' >arr.json
printf '<DOC><TEXT>alpha</TEXT></DOC><DOC><TEXT>beta</TEXT></DOC>' >one.trec
try indexer -q arr.json -o lines
try indexer -q one.trec -f trec -o trec
try searcher -i lines -q alpha beta
try searcher -i trec -q alpha beta
echo "a given id equal to a generated one is a duplicate"
printf '[{"text":"alpha"},{"text":"beta"},{"id":"own.json:1.2","text":"gamma"}]' >own.json
try indexer -q own.json -o own
try indexer own.json -o own --on-duplicate keep-first
try searcher -i own -q beta gamma
