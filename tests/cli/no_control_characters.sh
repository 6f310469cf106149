# Nothing in an index, a source, a query or a name controls a terminal: the output
# of both programs contains no control character (C0 except line feed and tab,
# DEL, C1), none that changes the direction of text, and no invalid UTF-8. The
# index hostile/ (see README.md) has them in its id, title, text,
# field, terms, MANIFEST and skip log, also after truncated
# UTF-8, which a reader that trusts lead bytes would take for one character.
export NO_COLOR=1 LC_ALL=C
export H=$PROJECT/tests/cli/hostile
BAD=$(printf '\342\033[31m\302\2332J\342\200\256\233x'); export BAD
ID=$(printf '\342\033[1m\233-1\033[2J\302\2332J\342\200\256'); export ID
CONTROLS='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]'

# Reports whether the output in `seen` is safe for a terminal.
judge() {
  if ! [ -s seen ]; then echo "EMPTY     $1"
  elif grep -aqP "$CONTROLS" seen; then echo "CONTROLS  $1"; cat -v seen
  elif ! iconv -f UTF-8 -t UTF-8 <seen >/dev/null 2>&1; then echo "NOT UTF-8 $1"; cat -v seen
  else echo "safe      $1"; fi
}
terminal() { # both streams are the terminal
  script -qec "stty -onlcr; $1" /dev/null >seen
  judge "$1"
}
pipe() { # both streams are pipes: JSON, and what is for people
  sh -c "$1" >seen 2>&1
  judge "$1 (pipe)"
}

mkdir "dir$BAD" && printf 'often \342\033[31m text \302\2332J' >"dir$BAD/file$BAD.txt"
ln -s nowhere "dir$BAD/link$BAD"
printf '{"id":"x%s","text":"a","k%s":1}\n{broken\n{"id":"x%s","text":"b"}\n' "$BAD" "$BAD" "$BAD" | tr -d '\033' >"$BAD.jsonl"
printf '%s\toften %s nosuch\n%s\ta\n' "$BAD" "$BAD" "$BAD" >"topics$BAD"
printf 'HITS_2\toften\nHITS_2 %s\nTOP_1\t%s often~9 !x\n' "$BAD" "$BAD" >served
terminal 'indexer stats "$H"'
terminal 'indexer stats --json "$H"'
terminal 'indexer check "$H"'
terminal 'indexer check --json "$H"'
terminal 'indexer terms "$H"'
terminal 'indexer terms --json "$H"'
terminal 'indexer skipped "$H"'
terminal 'indexer skipped --json "$H"'
terminal 'indexer dump "$H"'
terminal 'indexer dump "$H" "$BAD"'
terminal 'indexer stats "$BAD"'
terminal 'indexer "$BAD"'
terminal 'indexer "--$BAD"'
terminal 'indexer -v "dir$BAD" -o "ix$BAD"'
terminal 'indexer "dir$BAD" -o "ix$BAD"'
terminal 'indexer -v "$BAD.jsonl" --on-duplicate keep-first -o ix2'
terminal 'indexer "$BAD.jsonl" -o ix3'
terminal 'indexer --dry-run "$BAD.jsonl"'
terminal 'indexer --dry-run --json "$BAD.jsonl"'
terminal 'indexer --dry-run "dir$BAD"'
terminal 'indexer --json "dir$BAD" -o ix4'
terminal 'indexer skipped "ix$BAD"'
terminal 'searcher -v -i "$H" often'
terminal 'searcher -i "$H" -l often'
terminal 'searcher -i "$H" --json often'
terminal 'searcher -i "$H" --run often'
terminal 'searcher -i "$H" --msmarco often'
terminal 'searcher -i "$H" --snippets 3 "rare second"'
terminal 'searcher -i "$H" -v "$BAD"'
terminal 'searcher -i "$H" --json "$BAD"'
terminal 'searcher -i "$H" oftem wods titel'
terminal 'searcher -i "$H" -g "$BAD" often'
terminal 'searcher -i "$H" --get "$ID"'
terminal 'searcher -i "$H" --get "$ID" --json'
terminal 'searcher -i "$H" --get "$BAD"'
terminal 'searcher -i "$H" --explain "$ID" "often second*"'
terminal 'searcher -i "$H" --explain "$ID" "$BAD"'
terminal 'searcher -i "$H" --show-query "often rare~2 w* $BAD"'
terminal 'searcher -i "$H" --analyze "$BAD"'
terminal 'searcher --analyzer whitespace --analyze "$BAD"'
terminal 'searcher -i "$H" -f "topics$BAD"'
terminal 'searcher -i "$H" -f "topics$BAD" --run'
terminal 'searcher -i "$H" -f "topics$BAD" --json'
terminal 'searcher -i "$H" -f "topics$BAD" -c'
terminal 'searcher -i "$H" --serve <served'
terminal 'searcher -i "$BAD" often'
terminal 'QUERN_INDEX="$BAD" searcher often'
terminal 'searcher "--$BAD" often'
terminal 'searcher "-$BAD" often'
terminal 'cd "dir$BAD" && indexer . && mkdir sub && cd sub && searcher -v often'
# -0 itself on the terminal
script -qec 'stty -onlcr; searcher -i "$H" -0 often' /dev/null | tr -d '\000' >seen
judge 'searcher -0'
# colours are the program's own
NO_COLOR= script -qec 'stty -onlcr; searcher -i "$H" often' /dev/null | sed -E 's/\x1b\[(0|1|2|35|1;31)m//g' >seen
judge 'searcher, in colour'

# JSON is valid UTF-8 in a pipe as well; so is text for people.
pipe 'indexer stats --json "$H"'
pipe 'indexer check --json "$H"'
pipe 'indexer terms --json "$H"'
pipe 'indexer skipped --json "$H"'
pipe 'indexer dump "$H"'
pipe 'searcher -i "$H" --json often'
pipe 'searcher -i "$H" --get "$ID" --json'
pipe 'indexer stats "$H"'
pipe 'indexer terms "$H"'
pipe 'searcher -i "$H" often'
pipe 'searcher -i "$H" -l often'
pipe 'searcher -i "$H" --run often'
# Scripts get the original bytes: -0 and --get in a pipe.
searcher -i "$H" -0 often | tr '\0' '\n' | grep -acF "$ID"
searcher -i "$H" --get "$ID" | cat -v
