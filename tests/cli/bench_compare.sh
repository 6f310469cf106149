# bench compare: launch by launch; the verdict is the first line. The results are
# made here, with known times: 5 launches of 20 queries.
results() { # results FACTOR SHIFT: the second engine takes FACTOR % of the first
  echo '{"type":"manifest","format":"quern-bench","version":1,"date":"2026-01-01T00:00:00Z","machine":"m","cpu":"c"}'
  echo '{"type":"engine","engine":0,"name":"quern","kind":"pipe"}'
  echo '{"type":"engine","engine":1,"name":"other","kind":"peer"}'
  echo '{"type":"workload","workload":0,"name":"TOP_10","k":10}'
  for q in $(seq 0 19); do echo "{\"type\":\"query\",\"query\":$q,\"qid\":\"$q\",\"class\":\"term\",\"text\":\"q$q\"}"; done
  for e in 0 1; do
    for l in 0 1 2 3 4; do
      echo "{\"type\":\"launch\",\"engine\":$e,\"launch\":$l,\"calibration_ns\":$((1000000 + e * $2))}"
      ns=
      for q in $(seq 1 20); do
        # Launches differ by some percent, in both engines; and a little more.
        time=$((q * 10000 * (100 + 4 * l) / 100 + l * e * 20))
        [ $e -eq 0 ] || time=$((time * $1 / 100))
        ns=$ns,$time
      done
      echo "{\"type\":\"samples\",\"engine\":$e,\"launch\":$l,\"workload\":0,\"pass\":0,\"ns\":[${ns#,}]}"
    done
  done
  echo '{"type":"end","seconds":1,"partial":false,"differences":0}'
}
results 100 0 >same.json
results 105 0 >slower.json
results 95 0 >faster.json
results 105 80000 >throttled.json
try bench compare same.json
try bench compare slower.json
try bench compare faster.json
echo '# the machine became slower too, so the interval is wider'
try bench compare throttled.json
echo '# launches of different runs vary by more than 5 %'
try bench compare same.json slower.json
echo '# only common queries are compared'
sed 's/"text":"q3"/"text":"sea"/' same.json >others.json
bench compare same.json others.json | grep -c significant
echo '# for scripts'
try bench compare --json slower.json
for limit in 3% 10 -1 three; do
  printf '%s: ' "$limit"
  bench compare --fail-above "$limit" slower.json >/dev/null
  echo "exit $?"
done
echo '# what cannot be compared'
grep -v '"engine":1' same.json >alone.json
sed 's/"text":"q/"text":"other/' same.json >none_in_common.json
head -n 5 same.json >cut.json
echo '{"type":"hit"}' >hits.json
try bench compare
try bench compare alone.json
try bench compare same.json none_in_common.json
try bench compare cut.json
try bench compare hits.json
try bench compare none.json
