# An index that documents are added to, replaced in and removed from. Scores and
# counts are always those of a new index of the documents that are there.
cat >day1.jsonl <<'END'
{"id":"a17","title":"Harbour","text":"storm warning for the harbour"}
{"id":"b4","title":"Ferry","text":"the ferry waits in the harbour"}
{"id":"c9","title":"Museum","text":"the museum is open"}
END
cat >day2.jsonl <<'END'
{"id":"d1","title":"Bridge","text":"the bridge is closed after the storm"}
{"id":"e2","title":"Storm","text":"storm damage at the bridge"}
END
cat >corrections.jsonl <<'END'
{"id":"b4","title":"Ferry","text":"the ferry sails again"}
{"id":"c9","title":"Museum","text":"the museum is open"}
{"id":"f3","title":"Tram","text":"the tram waits at the bridge"}
END
same_as_new() { # the answers of ix and of a new index of what indexer dump prints
  indexer dump ix >now.jsonl
  if [ -s now.jsonl ]; then
    indexer -q now.jsonl -o new --force
    for query in storm harbour '"the bridge"' wait* +the; do
      cmp <(searcher -q -i ix -k 9 --json "$query" | jq -c 'select(.type == "hit") | [.rank, .id, .score]') \
          <(searcher -q -i new -k 9 --json "$query" | jq -c 'select(.type == "hit") | [.rank, .id, .score]') || return
    done
    cmp <(indexer terms ix) <(indexer terms new) || return
  fi
  indexer check ix >/dev/null && echo "same as a new index"
}
try indexer add day1.jsonl -o ix
try indexer add day2.jsonl -o ix
same_as_new
try searcher -i ix -k 3 storm
echo "--- an id that is there"
try indexer add corrections.jsonl -o ix 2>&1 | sed -E 's/added [-0-9T:Z]+/added TIME/'
same_as_new
echo "--- update"
try indexer update corrections.jsonl -o ix
same_as_new
indexer dump ix | jq -r .id | paste -sd' '
echo "--- the same again"
before=$(cd ix && ls -l MANIFEST *.segment)
try indexer update corrections.jsonl -o ix
[ "$before" = "$(cd ix && ls -l MANIFEST *.segment)" ] && echo "nothing was written"
echo "--- remove"
try indexer remove a17 nowhere -o ix
try indexer remove nowhere -o ix
same_as_new
printf 'd1\n\nother\n' | try indexer remove --from - -o ix --json | sed -E 's/"([a-z_]+_bytes|seconds|processor_seconds)":[0-9.]+/"\1":N/g'
try indexer remove --dry-run --query 'bridge' -o ix
try indexer remove --glob '[ef]*' -o ix
same_as_new
try indexer remove --query museum ix
try indexer remove --query museum --glob 'c*' -o ix
echo "--- remove the last one"
try indexer remove b4 -o ix
same_as_new
try searcher -i ix storm
try indexer add day2.jsonl -o ix
same_as_new
echo "--- status"
indexer status ix | sed -E -e 's/[0-9a-f]{16}/HASH/' -e 's/[0-9]{4}-[-0-9T:Z]+/TIME/' -e 's/[0-9]+ (seconds?|minutes?) ago/AGE/' -e 's/^size .*/size SIZE/'
indexer status --json ix | jq -c '[.generation, .documents, .removed, .locked, (.segments | length), (.history | map(.command))]'
