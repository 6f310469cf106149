# searching some of the documents: by folders, by names, but for some.
indexer -q notes
try searcher -g '*.md' the to install
try searcher -g sub/ café the
try searcher -c -g notes/sub in the
try searcher -c -g '!sub' the
try searcher -c -g '*.txt' -g '!hamlet*' the
try searcher -k 1 -g '*.txt' --json the be
# The score is that of the whole index.
try searcher -k 1 -g '*.txt' be
try searcher -k 1 be
printf "solar panels\nto be\n" >queries.txt
try searcher -f queries.txt -g "*.txt" -k 2 -r
# Nothing fits, or nothing that does has the words.
try searcher -g wrok the
try searcher -g '*.md' solar
# What cannot be meant.
try searcher -g / the
try searcher -g '*.md' --get notes/install.md
# Below a folder that was walked from within, or by its whole path.
cd notes && indexer -q . -o ../dot && indexer -q "$PWD" -o ../whole && cd ..
try searcher -c -i dot -g sub in the
try searcher -c -i dot -g ./sub in the
try searcher -c -i whole -g "$PWD/notes/sub" in the
