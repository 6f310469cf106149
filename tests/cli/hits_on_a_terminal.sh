# Rank, id, score, title, snippet; colours as requested.
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
# An index found in a parent folder: what its paths are relative to.
cd notes && indexer -q . && cd sub
try script -qec 'stty cols 60; searcher --color never in C++' /dev/null
cd ../..
# Control characters of a text do not reach a terminal.
printf 'a bell\a, \033[2Jan escape' | indexer -q - -o bell
try script -qec 'searcher -i bell --get -' /dev/null
# If the input is typed, how to end it is printed.
printf '\004' | script -qec 'indexer - -o typed' /dev/null | grep -o 'reading from .*'
