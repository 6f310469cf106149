# Parser, help, man page and completions are made from one table, so all have the
# same options. The man pages in docs are current.
for program in searcher indexer bench; do
  "$program" --generate man | cmp - "$PROJECT/docs/$program.1" && echo "docs/$program.1 is current"
  "$program" --help >$program.help
  "$program" -h >$program.h
  for kind in man complete-bash complete-zsh complete-fish; do
    "$program" --generate $kind >$program.$kind
  done
  grep -A 2 '^.SH SEE ALSO' $program.man
  bash -n $program.complete-bash && echo "bash reads the completion of $program"
done

# A value for each kind of option, so that every option in the help can be tried.
indexer -q books.jsonl -o ix
value() {
  case $1 in
    DIR) echo ix ;; FILE) echo topics.tsv ;; N | X | SIZE) echo 1 ;; ORDER) echo docno ;; WHEN) echo never ;;
    LANGUAGE) echo english ;; WHAT) echo man ;; ID) echo b1 ;; TEXT) echo x ;; GLOB) echo b1 ;; FORM) echo tsv ;; NAME) echo title ;;
  esac
}
tried=0
while read -r letter option placeholder; do
  tried=$((tried + 1))
  for form in $letter "$option"; do
    said=$(searcher -q "$form" $(value "$placeholder") </dev/null 2>&1 >/dev/null)
    grep -qE 'unknown|value|is none of|is not a' <<<"$said" && echo "$form: $said"
  done
  for place in h complete-bash complete-zsh; do
    grep -q -e "$option\\b" searcher.$place || echo "$option is missing in $place"
  done
  grep -q -e "-l ${option#--}\\b" searcher.complete-fish || echo "$option is missing in complete-fish"
  grep -qF -e "${option//-/\\-}" searcher.man || echo "$option is missing in man"
done < <(sed -nE 's/^  ((-.),|   ) (--[a-z0-9-]+) ?([A-Z]*)$/\2 \3 \4/p' searcher.help | sed 's/^ /-q /')
echo "$tried options tried"

complete_line() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _searcher
  echo "${COMPREPLY[@]}"
}
. ./searcher.complete-bash
complete_line searcher --th
complete_line searcher --color a
complete_line searcher --color = n
complete_line searcher --ties =
complete_line searcher -i i
complete_line searcher -f topics.ts
# Names with blanks and stars are completed as one word; nothing after -- is an option.
complete_names() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _indexer
  printf '<%s>\n' "${COMPREPLY[@]}" | sort
}
. ./indexer.complete-bash
mkdir -p names/'my folder' && cd names && touch 'my notes.txt' 'star*.txt' starling.txt -- '--form'
complete_names indexer my
complete_names indexer star
complete_names indexer --output my
complete_names indexer stats my
complete_names indexer --form
complete_names indexer -- --form
complete_names indexer -- --output my
