# The engine protocol: exactly one line of output per line of input.
indexer -q --analyzer standard books.jsonl -o ix
indexer -q --analyzer standard --no-positions books.jsonl -o bare
printf '%s\n' 'COUNT	fox' 'TOP_10	quick fox' 'TOP_10_COUNT	+quick +fox' 'HITS_2	quick fox' \
  'HITS_3	tied' 'COUNT	"lazy dog"' 'COUNT	+fox -lazy' 'COUNT	zzzz' 'HITS_10	zzzz' 'TOP_1	' \
  'HITS_1000000	fox' 'HITS_1000001	fox' 'TOP_0	fox' 'TOP_	fox' 'HITS_3_COUNT	fox' 'OTHER	fox' 'COUNT' '' >questions
printf 'COUNT\tfox' >>questions
try searcher -i ix --serve <questions
echo "$(wc -l <questions) line ends and a rest asked, $(searcher -i ix --serve <questions | wc -l) lines answered"
printf 'COUNT\t"lazy dog"\nCOUNT\tlazy dog\n' >phrases
try searcher -i bare --serve <phrases
# An incomplete answer is reported on standard error; answers are still one line each.
printf 'COUNT\tt*\nTOP_1_COUNT\tfox~1 dog\nHITS_1\ttie*\nCOUNT\tfox\nHITS_1\t"quick fox"~9999999\n' >wide
try searcher -i ix --serve --max-expansions 1 <wide
try searcher -q -i ix --serve --max-expansions 1 <wide
