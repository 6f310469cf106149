#!/usr/bin/env bash
# golden_test.sh PROGRAMS - an index that was written once can always be read.
#
# The committed index passes its check and gives the same answers as ever; an index made
# today of the same corpus gives the same answers; one of an older version does so once it
# is upgraded; a search of one whose words were cut by older rules warns, and the command that
# the warning names makes it again; damaged and foreign files are refused with status 2 and a
# message that names the file.
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
./ask "$programs" index | diff expected.tsv - || complain "the golden index gives other answers"
"$programs/indexer" -q -o "$scratch/today" corpus.jsonl
./ask "$programs" "$scratch/today" | diff expected.tsv - || complain "an index written today gives other answers"

# The same for an index with a skip log. An entry has the name of its source, which is the one in the manifest.
"$programs/indexer" check skipped >"$scratch/check" 2>&1 || complain "check: $(cat "$scratch/check")"
"$programs/indexer" skipped skipped --json | diff skipped.expected - || complain "the golden skip log is read differently"
source=$(sed -n 's/^source //p' skipped/MANIFEST)
cp skipped.jsonl "$scratch/$source"
(cd "$scratch" && "$programs/indexer" -q --on-duplicate keep-first -o skipped "$source")
"$programs/indexer" skipped "$scratch/skipped" --json | diff skipped.expected - || complain "a skip log written today differs"

# upgraded INDEX: version 1 of it is refused in one line that names the command; after that the check passes.
upgraded() {
  local index=$1 old=$scratch/old-$1
  cp -r "version1/$index" "$old" && chmod -R u+w "$old"
  "$programs/searcher" -i "$old" baba >"$scratch/out" 2>"$scratch/err" && complain "version 1 of $index is searched"
  [ "$(wc -l <"$scratch/err")" = 1 ] && grep -q "indexer upgrade" "$scratch/err" ||
    complain "version 1 of $index: the message does not name the command: $(cat "$scratch/err")"
  "$programs/indexer" upgrade -q "$old" || complain "version 1 of $index is not upgraded"
  "$programs/indexer" check "$old" >"$scratch/check" 2>&1 || complain "upgraded $index: $(cat "$scratch/check")"
}
upgraded index
# The words of this analyzer are cut as ever, so the upgraded index is the same as one of today.
upgraded whitespace
"$programs/indexer" -q -a whitespace -o "$scratch/today-whitespace" corpus.jsonl
[ "$(cd "$scratch/old-whitespace" && echo ./*.segment)" = "$(cd "$scratch/today-whitespace" && echo ./*.segment)" ] ||
  complain "the upgraded index has other bytes than one written today"
upgraded skipped
"$programs/indexer" skipped "$scratch/old-skipped" --json | diff version1/skipped.expected - ||
  complain "the upgraded skip log is read differently"
./ask "$programs" "$scratch/old-index" | diff expected.tsv - || complain "the upgraded index gives other answers"

# The words of the upgraded index were cut by older rules: a search says so, and how to make it again.
copy="$scratch/it's old" && cp -r "$scratch/old-index" "$copy"
warning=$("$programs/searcher" -i "$copy" baba 2>&1 >"$scratch/out") || complain "older rules: status $?"
command=${warning##*rebuild it with: }
[[ $warning == *"was built with other rules for words"* ]] || complain "older rules: no warning: $warning"
PATH=$programs:$PATH bash -c "$command" >"$scratch/out" 2>&1 || complain "older rules: $command: $(cat "$scratch/out")"
warning=$("$programs/searcher" -i "$copy" -c baba 2>&1 >"$scratch/out") || complain "rebuilt: status $?"
[[ -z $warning ]] || complain "rebuilt: $warning"

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
refused "a later version" spoil 8 '\x03'
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
