# One writer at a time: another fails at once and names the first, or waits.
mkfifo pipe
echo '{"id":"a","text":"one"}' >a.jsonl
indexer add -q a.jsonl -o ix
indexer add -q - -o ix <pipe &
writer=$!
exec 3>pipe
echo '{"id":"b","text":"two"}' >&3
sleep 0.5
hide() { sed -e "s/$writer/PROCESS/"; }
try indexer update a.jsonl -o ix 2>&1 | hide
try indexer remove a -o ix --wait 0.1 2>&1 | hide
indexer status ix | grep writer | hide
# Readers are not disturbed.
try searcher -i ix -c one two
# The other waits until the first has finished.
try indexer remove a -o ix --wait 60 3>&- &
sleep 0.3
exec 3>&-
wait $writer
wait
indexer status ix | grep writer
try indexer dump ix
