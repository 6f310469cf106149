# How the programs read a text, a query, a score: options of searcher, which has
# no commands.
indexer -q books.jsonl -o ix
indexer -q --no-store books.jsonl -o bare
try searcher --analyze 'Running C++ 東京'
try searcher --analyze 'Running dogs' --analyzer english
try searcher --analyze 'Running dogs' --stem english
try searcher --analyze Two words
try searcher --analyze 'x' --analyzer klingon
try searcher -i ix --get b1
try searcher -i ix --get 'b 4%'
try searcher -i ix --get b1 --json
try searcher -i ix --get nobody
try searcher -i bare --get b1
try searcher -q -i ix -k 1 quick fox
try searcher -i ix --explain b1 quick fox
try searcher -i ix --explain b5 quick fox
try searcher -i ix --explain nobody quick fox
try searcher -i ix --show-query '+quick -"lazy dog" fox^2 (a OR b)'
try searcher -i ix --show-query "it's C++ (really?) AND: 50% titel:x word~9 qu*"
try searcher -i ix --show-query 'f* d*s~1 fxo~2 "lazy do*"'
# words that no document has were missing
try searcher -i ix --show-query 'quick hedgehod zz* foxxy~1 "lazy dgo"'
try searcher -i ix --show-query '+hedgehod quick'
# a document that does not match was reported without a reason
try searcher -i ix --explain b1 -- sleeps
try searcher -i ix --explain b1 -- +fox +sleeps
try searcher -i ix --explain b1 -- +fox +'(tied "dog lazy")'
try searcher -i ix --explain b1 -- fox -jumps
try searcher -i ix --explain b1 -- 'fox -(+lazy +dog)'
try searcher -i ix --explain b1 --min-match 2 -- fox tied things
try searcher -i ix --explain b1 -- +zzzz fox
