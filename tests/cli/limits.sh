# Every limit of a query is reported when it is reached, with hits or without, also
# in a file of queries; the rest of the query is answered.
seq -f 'word%g' 300 | awk '{ printf "{\"id\":\"%s\",\"text\":\"%s two %s\"}\n", $1, $1, $1 }' |
  indexer -q - -o ix
repeat() { printf "%0.s$1" $(seq "$2"); }

echo "expansions"
searcher -i ix -c 'word*' --max-expansions 10
searcher -i ix -c 'w*1' --max-expansions 10
searcher -i ix -c 'word1~1' --max-expansions 10
searcher -i ix -c 'two.word* word7' --max-expansions 1
echo "patterns"
repeat 'word1* ' 1030 | searcher -i ix -c -f -
echo "words"
repeat 'word1 ' 65537 >words
echo word2 >>words
tr '\n' ' ' <words | searcher -i ix -c -f -
tr '\n' ' ' <words | searcher -i ix --msmarco -f -
echo "words and operators"
(repeat '"" ' 262144; echo word1) | searcher -i ix -c -f - 2>&1 | grep -v nothing
echo "words of a phrase"
searcher -i ix -c "\"$(repeat 'word1 ' 1025)\" word2"
searcher -i ix -c "\"$(repeat 'word1 ' 65)\"~3 word2"
(printf '"'; repeat 'two of ' 30000; printf '"~50') | timeout 20 searcher -i ix -c -f - 2>&1 | tail -n 1 | cut -c 1-80
echo "nested groups"
searcher -i ix -c "$(repeat '(word2 ' 101)$(repeat ')' 101)"
echo "a long pattern"
searcher -i ix -c "word1 $(repeat x 1100)*" 2>&1 | sed -E 's/x{5,}/x.../'
echo "operators that do not apply"
searcher -i ix -c 'word1~3 word2'
searcher -i ix -c '"word1 two"~1234567 word2'
searcher -i ix -c 'word1^2000000 word2'
searcher -i ix -c '((word1^1000000)^1000000)^2 word2'
searcher -i ix -c 'wi-fi~1 word2'
echo "hits"
searcher -i ix -k 1000000001 word1
echo "in JSON"
searcher -q -i ix -c --json 'word*' --max-expansions 10
searcher -q -i ix -c --json 'word1 wordd2~3'
