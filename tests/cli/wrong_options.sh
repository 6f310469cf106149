# Suggestions for misspelt options, and reports of invalid values; exit status 2.
try searcher --treads 3 fox
try searcher --zzz fox
try searcher -x fox
try searcher -k 0 fox
try searcher -k many fox
try searcher --b 2 fox
try searcher --color=allways fox
try searcher --index
try searcher --json=yes fox
try searcher --run --json fox
try searcher --plain --syntax fox
try searcher --explain b1 --json fox
try searcher --max-expansion 0 fox*
try searcher --ties docn fox
try searcher --topic-field discr -f topics.trec
try searcher --tag 'two words' --run fox
try searcher -f topics.tsv fox
try searcher --explain b1
