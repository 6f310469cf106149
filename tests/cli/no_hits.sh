# No hits is not an error, and exits with 1; words similar to one that the index
# does not have are counted over all segments, and are printed with hits, too.
indexer -q books.jsonl -o ix
try searcher -i ix zzzzqq
try searcher -i ix -c zzzzqq
try searcher -q -i ix zzzzqq
try searcher -i ix --json zzzzqq
try searcher -i ix -- -fox
try searcher -i ix quik
try searcher -i ix brwn hedgehod
try searcher -i ix hedge
try searcher -i ix sleeping
try searcher -i ix titel:fox
try searcher -i ix 'zz* w*zz foxxy~1'
try searcher -i ix --all fox zzzzqq
try searcher -i ix --all tied fox
try searcher -i ix --min-match 2 tied fox
try searcher -i ix '"dog lazy"'
try searcher -i ix title:sleeps
indexer -q --segments 3 books.jsonl -o three
try searcher -i three quik
indexer -q --stem english books.jsonl -o stems
try searcher -i stems hedgehod
try searcher -i stems 'hedgehogs*'
try searcher -i nowhere zzzzqq
# a misspelt word next to a correct one was silent: the hits are of the correct one
try searcher -i ix fox hedgehod
try searcher -q -i ix fox hedgehod
try searcher -i ix --json -k 1 fox hedgehod
try searcher -i ix -c fox hedgehod
try searcher -i ix '"quik dog" fox brwn~1 zz* -hedgehod lazi slep'
try searcher -i ix -- 'fox -hedgehod'
printf '1\tfox hedgehod\n' >misspelt.tsv
try searcher -i ix -f misspelt.tsv --syntax
# that no document has a title was not reported
try eval 'printf "lasagne with spinach" >lasagne.txt; indexer -q lasagne.txt -o untitled'
try searcher -i untitled title:lasagne
try searcher -i untitled title:lasagne spinach
try searcher -i ix title:lasagne
# a word with hyphens is its joined form, which "wi fi" does not have
echo 'a wi fi router' >wifi.txt && indexer -q wifi.txt -o wifi
try searcher -i wifi wi-fi
try searcher -i wifi '"wi-fi"'
try searcher -i wifi --plain ro-ute
