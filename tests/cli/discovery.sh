# Which index is used, and what is printed if there is no index.
try searcher fox
try searcher -i typo fox
indexer -q books.jsonl -o books
try searcher -i typo fox
try searcher -i boks fox
try searcher -i topics.tsv fox
try searcher -q -c -i books fox
export QUERN_INDEX=books
try searcher -v -c fox
export QUERN_INDEX=bocks
try searcher -c fox
unset QUERN_INDEX
indexer -q books.jsonl
mkdir -p deep/er && cd deep/er
try searcher -v -c fox
cd ../..
try searcher -i notes fox
mkdir project && cp -r .quern project
try searcher -i project fox
try searcher -i project/typo fox
indexer -q books.jsonl -o project/ix
try searcher -i project/typo fox
# Ids that are paths are relative to the folder of the index.
cd notes && indexer -q . && cd sub
try searcher -l in
try searcher -q -l in
cd ../..
# Commands that only read an index find it by the same rule.
cd deep/er
try indexer check -v
try indexer dump -q | head -n 2
cd ../..
export QUERN_INDEX=bocks
try indexer check
export QUERN_INDEX=books
try indexer skipped -v
unset QUERN_INDEX
cd "$HOME" && try indexer stats
