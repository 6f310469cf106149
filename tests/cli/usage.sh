# Called without arguments; short and long help; the version.
try script -qec indexer /dev/null
try script -qec searcher /dev/null
try searcher -h
searcher --help | awk 'length > 80 { print "too wide: " $0; bad = 1 } END { exit bad }' && echo "--help fits 80 columns"
indexer --help | awk 'length > 80 { print "too wide: " $0; bad = 1 } END { exit bad }' && echo "--help fits 80 columns"
searcher --help | sed -n 1,4p
try searcher --version
try indexer --version
