# Searching a part of the documents: by folder, by name, all except some.
indexer -q notes
try searcher -g '*.md' the to install
try searcher -g sub/ café the
try searcher -c -g notes/sub in the
try searcher -c -g '!sub' the
try searcher -c -g '*.txt' -g '!hamlet*' the
try searcher -k 1 -g '*.txt' --json the be
# Scores are computed from the whole index.
try searcher -k 1 -g '*.txt' be
try searcher -k 1 be
printf "solar panels\nto be\n" >queries.txt
try searcher -f queries.txt -g "*.txt" -k 2 -r
# Nothing matches, or no matching document has the words.
try searcher -g wrok the
try searcher -g '*.md' solar
# Invalid uses.
try searcher -g / the
try searcher -g '*.md' --get notes/install.md
# In a folder that was indexed from within, or by its absolute path.
cd notes && indexer -q . -o ../dot && indexer -q "$PWD" -o ../whole && cd ..
try searcher -c -i dot -g sub in the
try searcher -c -i dot -g ./sub in the
try searcher -c -i whole -g "$PWD/notes/sub" in the
