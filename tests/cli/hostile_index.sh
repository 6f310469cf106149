# Indexes with valid checksums and invalid content: refused with status 2 when the
# content is first used, or answered without harm; check finds each.
cp -r "$PROJECT/tests/attack" . && cd attack
ask() { try searcher -q -k 3 "$@" | cut -c1-60; }
for index in */; do
  try indexer check "${index%/}" | grep -v '^not checked'
done
ask -i block-sentinel 'rare x'
ask -i block-sentinel '+rare +y'
ask -i bounds-padding -k 1 often
ask -i window-lowered often
ask -i kth-above-max often
ask -i nonempty-below-df --run x
ask -i tf-inline hound1
ask -i tf-short fox
ask -i tf-exception often
ask -i positions-without-bytes -c '"fox fox"'
ask -i positions-without-bytes 'fox fox'
ask -i frame-of-a-gigabyte fox
ask -i frame-of-a-gigabyte --run fox
ask -i frame-of-a-gigabyte --get d0
ask -i segment-twice fox
# Text that ends within a character is printed in each form.
for form in '' --json --color=always --ids; do
  searcher -q -i text-not-utf8 $form fox >shown && echo "shown: $form"
done
searcher -q -i text-not-utf8 --get d0 >shown && wc -c <shown
searcher -q -i text-not-utf8 '"fox hound"~9' >shown; echo $?
# A document larger than --max-record has no snippet, and check reports it.
cd ..
indexer -q books.jsonl -o ix
try searcher -i ix --max-record 40 -k 2 fox
try searcher -i ix --max-record 10 --get b1
try searcher -i ix --max-record 100000 --get b1
try indexer check ix --max-record 40
try indexer dump ix b1 --max-record 10
