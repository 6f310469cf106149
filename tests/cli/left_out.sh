# What of a folder is left out on purpose is counted and can be taken; one bad file
# does not cost the others; a rebuild keeps which files are read.
sizes() { "$@" 2>&1 | sed -E '/^  .* (kB|MB|bytes)[,;]|% of the text/d'; return "${PIPESTATUS[0]}"; }
mkdir -p site/build site/.git && printf 'build/\n*.log\n!keep.log\n' >site/.gitignore
for file in a.txt build/x.txt a.log keep.log big.txt; do echo "wombat $file" >"site/$file"; done
seq 1000 >>site/big.txt
ln -s ../notes site/notes
try sizes indexer site
try sizes indexer --force site --exclude big.txt --max-filesize 1K
try sizes indexer --force site --no-ignore --follow
# An option that is kept can be taken back.
try sizes indexer --force site --ignore --no-follow --max-filesize 0 --exclude '!*'
try indexer --force site --exclude '*' --json
try indexer --dry-run site --exclude '*'
sed -nE '/^(exclude|hidden|follow|ignore|max-filesize) /p' .quern/MANIFEST
# Reached twice: the first path counts. A named file is read even if it is ignored.
try sizes indexer --force --no-keep-options site site/keep.log site/a.log
searcher -q -l wombat
# Damaged, cut, and followed by something else.
gzip -nc books.jsonl >cut.gz && truncate -s -40 cut.gz
(gzip -nc books.jsonl && echo junk) >junk.gz
try sizes indexer cut.gz notes/solar.txt -o cut
try sizes indexer junk.gz -o junk
try indexer cut.gz -o none --fail-on-skip
try indexer site nowhere.txt -o none
ls none
