# searcher --serve follows the index: what a writer publishes is searched from the next query on.
write() { printf '{"id":"%s","text":"%s"}\n' "$@" >docs.jsonl; }
ask() {
  sleep 0.02 # MANIFEST is looked at every 10 ms at most
  printf '%s\n' "$1" >&"${COPROC[1]}"
  read -r answer <&"${COPROC[0]}"
  echo "$answer"
}
write a 'red fish' b 'blue fish'
indexer -q -o ix docs.jsonl
coproc searcher -q --serve -i ix
ask 'HITS_10	fish'
write c 'green fish fish'
indexer add -q -o ix docs.jsonl
ask 'HITS_10	fish'
indexer remove -q -o ix a
ask 'HITS_10	fish'
ask 'COUNT	red'
indexer merge -q --to 1 ix
ask 'HITS_10	fish'
indexer remove -q -o ix b c
ask 'HITS_10	fish'
indexer add -q -o ix docs.jsonl
ask 'HITS_10	fish'
exec {COPROC[1]}>&-
wait
