# the man pages in docs are those of the option tables; shells
# can read the completions.
for program in searcher indexer; do
  "$program" --generate man | cmp - "$PROJECT/docs/$program.1" && echo "docs/$program.1 is current"
  "$program" --generate complete-bash | bash -n && echo "bash reads the completion of $program"
  "$program" --generate complete-zsh >/dev/null && "$program" --generate complete-fish >/dev/null
done
