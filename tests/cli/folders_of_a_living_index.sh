# add and update read folders as the index was made: what it left out stays out,
# what it took is taken, without the options being given again. An option that says
# otherwise is an error that names both.
mkdir -p site/.git site/deep && cd site
echo "a page" >page.txt
echo "a log" >page.log
echo "hidden" >.draft.txt
echo "ignored" >ignored.txt && echo ignored.txt >.ignore
echo "a large page of many words" >large.txt
echo "a linked page" >../linked.txt && ln -s ../../linked.txt deep/link.txt
cd ..
ids() { indexer dump "$1" | jq -r .id | paste -sd' '; }
# Each option: of the build, then an update without it, with it, with its opposite.
held() {
  local made=$1 other=$2
  set -f
  echo "--- $made"
  rm -rf ix && indexer -q site -o ix $made && ids ix
  echo "a new page" >site/new.txt && cp site/new.txt site/new.log && cp site/new.txt site/.new.txt
  try indexer update site -o ix
  ids ix
  try indexer update -q --dry-run site -o ix | grep ' id '
  try indexer update -q site -o ix $made
  try indexer update -q site -o ix $other
  try indexer add -q --dry-run site -o ix $other
  set +f
  rm site/new.* site/.new.txt
}
held "--exclude *.log" "--exclude *.tmp"
held "--exclude *.log --exclude deep" "--exclude *.log"
held "--hidden" "--no-hidden"
held "--follow" "--no-follow"
held "--no-ignore" "--ignore"
held "--max-filesize 20" "--max-filesize 2M"
echo "--- an index that was made without"
indexer -q site -o plain
for option in "--exclude *.log" --hidden --follow --no-ignore "--max-filesize 20"; do
  set -f; try indexer update site -o plain $option; set +f
done
try indexer update -q site -o plain --no-hidden --no-follow --ignore --max-filesize 0
echo "--- a rebuild changes them"
try indexer --force site -o plain --exclude '*.log'
try indexer update site -o plain
echo "--- the first add decides"
try indexer add -q site -o created --exclude '*.log'
echo "another log" >site/other.log
try indexer update site -o created
ids created
echo "--- named files are never left out"
try indexer update -q site/other.log -o created
ids created
echo "--- what git ignores for its user is ignored by an update, too"
mkdir -p ~/.config/git && echo '*.bak' >~/.config/git/ignore
echo "a backup" >site/page.bak
indexer -q site -o git
echo "another backup" >site/new.bak
try indexer update -q site -o git
ids git
