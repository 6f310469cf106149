# Hits of an index found in a parent folder looked like those of the current
# folder; and the message about no hits did not name the
# index.
indexer -q notes
try searcher -k 1 -l in
try searcher zzzz
mkdir -p deep/er && cd deep/er
try searcher -k 1 -l in
try searcher -c in
try searcher -q -c in
try searcher zzzz
try searcher -i ../../.quern -k 1 -l in
printf 'in\n' | try searcher -k 1
