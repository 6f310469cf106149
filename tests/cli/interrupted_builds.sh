# An interrupted build leaves nothing behind, and one that ignores a signal goes
# on.
mkfifo pipe
start() { # COMMAND...: a build that waits for its input, in job $!
  : >said
  "$@" - -o ix <>pipe 2>said &
  yes '{"text":"more than is read to detect the format"}' | head -n 5000 >pipe
  while kill -0 $! && ! [ -s said ]; do sleep 0.02; done
}
for signal in INT TERM HUP; do
  start env --default-signal=INT,TERM,HUP indexer
  kill -$signal $!
  wait $!
  echo "$signal: [exit $?]"
  ls -A ix
done
# A signal that was ignored at the start stays ignored: nohup, a job of a script.
echo '{"text":"fox"}' >one.jsonl
for signal in INT HUP; do
  mkfifo slow
  (sleep 1; cat one.jsonl) >slow &
  feeder=$!
  env --ignore-signal=$signal indexer -q slow -o $signal &
  sleep 0.4 && kill -$signal $! && wait $!
  echo "$signal ignored: [exit $?]"
  wait $feeder && rm slow
  try searcher -q -c -i $signal fox
done
# The reader of the messages may close the pipe.
(for i in 1 2 3; do mkdir -p loud/$i && printf '\0' >loud/$i/binary; done) && cp one.jsonl loud
indexer loud -o heard 2>&1 | true
try searcher -q -c -i heard fox
# A build that fails leaves no folder.
try indexer missing.jsonl -o new
: >empty.jsonl && try indexer -q empty.jsonl -o new
ls -A new
