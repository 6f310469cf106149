#!/usr/bin/env bash
# golden_test.sh PROGRAMS - what was written once is read for good.
#
# The committed index passes its check and answers as it did; an index made
# today of the same corpus answers alike; damaged and foreign files are refused
# with status 2 and a message that names the file.
set -euo pipefail
programs=$(cd "$1" && pwd)
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

complain() {
  echo "$*" >&2
  failed=1
}

"$programs/indexer" check index >"$scratch/check" 2>&1 || complain "check: $(cat "$scratch/check")"
./ask "$programs" index | diff expected.tsv - || complain "the golden index answers otherwise"
"$programs/indexer" -q -o "$scratch/today" corpus.jsonl
./ask "$programs" "$scratch/today" | diff expected.tsv - || complain "an index of today answers otherwise"

# Nor is what was lost when an index was made.
"$programs/indexer" check losses >"$scratch/check" 2>&1 || complain "check: $(cat "$scratch/check")"
"$programs/indexer" skipped losses --json | diff losses.expected - || complain "the golden ledger tells otherwise"
"$programs/indexer" -q --on-duplicate keep-first -o "$scratch/losses" losses.jsonl
"$programs/indexer" skipped "$scratch/losses" --json | diff losses_today.expected - || complain "a ledger of today tells otherwise"

# refused WHAT COMMAND...: COMMAND spoils the copy of the index in $copy.
refused() {
  local what=$1 status=0 said
  shift
  copy=$scratch/copy segment=$scratch/copy/$(basename index/*.segment)
  rm -rf "$copy" && cp -r index "$copy" && chmod -R u+w "$copy"
  "$@"
  said=$("$programs/searcher" -i "$copy" baba 2>&1 >"$scratch/out") || status=$?
  [ $status -eq 2 ] || complain "$what: status $status, not 2"
  [ ! -s "$scratch/out" ] || complain "$what: hits were printed"
  case $said in *"$copy"*) ;; *) complain "$what: the message names no file: $said" ;; esac
}

spoil() { printf "$2" | dd of="$segment" bs=1 seek="$1" conv=notrunc status=none; }
cut_to() { truncate -s "$1" "$2"; }
forget_segment() { rm "$segment"; }
foreign_segment() { cp corpus.jsonl "$segment"; }
foreign_manifest() { echo 'hello' >"$copy/MANIFEST"; }
edit_manifest() { sed -i 's/^documents .*/documents 1/' "$copy/MANIFEST"; }
empty_manifest() { : >"$copy/MANIFEST"; }

refused "another magic" spoil 0 'X'
refused "a later version" spoil 8 '\x02'
refused "an unknown feature" spoil 16 '\x80'
refused "a header flipped" spoil 100 '\xff'
refused "an empty segment" eval 'cut_to 0 "$segment"'
refused "half a segment" eval 'cut_to 5000 "$segment"'
refused "no segment" forget_segment
refused "a segment that is something else" foreign_segment
refused "a manifest that is something else" foreign_manifest
refused "a manifest edited by hand" edit_manifest
refused "an empty manifest" empty_manifest
exit $failed
