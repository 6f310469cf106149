# rank, id, score, title, snippet; colours as asked for.
indexer -q notes -o ix
indexer -q books.jsonl -o books
export COLUMNS=60
try searcher -i ix --color always solar eclipse
export NO_COLOR=1
try script -qec 'stty cols 60; searcher -i ix solar eclipse' /dev/null
try script -qec 'stty cols 60; searcher -i books lazy -k 2' /dev/null
try script -qec 'searcher -i books --color always fox -k 1' /dev/null
NO_COLOR= try script -qec 'searcher -i books fox -k 1' /dev/null
unset NO_COLOR
try script -qec 'searcher -i books --color never fox -k 1' /dev/null
try script -qec 'searcher -i books fox -k 1' /dev/null
TERM=dumb try script -qec 'searcher -i books fox -k 1' /dev/null
