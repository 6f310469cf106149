# Segments are merged by themselves when there are too many, and on request.
for i in 1 2 3; do
  printf '{"id":"%s","text":"fox %s"}\n' alpha$i one b$i two >$i.jsonl
  try indexer add -q $i.jsonl -o ix
done
try indexer merge ix
try indexer remove -q alpha2 b2 -o ix
indexer remove -q alpha3 --no-merge -o ix
try indexer merge --to 1 ix
ls ix | sed 's/^[0-9a-f]*\././' | sort
cat 1.jsonl >live.jsonl && grep b3 3.jsonl >>live.jsonl
try indexer -q live.jsonl -o fresh
cmp ix/*.segment fresh/*.segment && echo the segment of a build
try indexer merge --to 1 -o ix
try indexer merge --to 1 ix --json | sed -E 's/"index_bytes.*/.../'
[ "$(indexer merge -q --to 1 ix --json | jq .index_bytes)" = "$(cat ix/*.* | wc -c)" ] && echo the size of all files but MANIFEST
cat ix/* | grep -ac alpha2
# An addition merges what is too many: at most 4 segments below 1 MB.
for i in 1 2 3 4 5 6; do echo "{\"id\":\"$i\",\"text\":\"fox\"}" | indexer add -q - -o grown; done
grep -c '^segment' grown/MANIFEST
for i in 1 2 3 4 5 6; do echo "{\"id\":\"$i\",\"text\":\"fox\"}" | indexer add -q --no-merge - -o apart; done
grep -c '^segment' apart/MANIFEST
# What is wrong is reported.
try indexer merge --to 0 ix
try indexer merge ix fresh
try indexer merge ix -o fresh
try indexer merge nowhere
