# A phrase with slop can be in a document more often than its rarest word: the
# best document was skipped because of that.
{
  echo '{"id":"once","text":"a b"}'
  for i in $(seq 150); do echo "{\"id\":\"far$i\",\"text\":\"a w w w w w w w w w w w w b\"}"; done
  echo '{"id":"once and a third","text":"a b a"}'
} >corpus.jsonl
indexer -q corpus.jsonl -o ix
try searcher -q -i ix -k 1 '"a b"~5'
try searcher -q -i ix -k 1 '"a b"~5' --exhaustive
try searcher -q -i ix --explain 'once and a third' '"a b"~5'
