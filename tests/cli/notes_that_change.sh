# A folder of notes in which files are edited, renamed and deleted: update takes what
# is there; ids of files that are gone are found and removed.
rm -rf notes && mkdir -p notes/deep
for i in 1 2 3 4; do echo "note $i" >notes/n$i.md; done
echo "deep down" >notes/deep/d.md
try indexer -q notes -o ix
rm notes/n1.md && mv notes/n2.md notes/renamed.md && echo "edited" >>notes/n3.md && echo "a new note" >notes/n5.md
try indexer update notes -o ix
try indexer update -q notes -o ix
echo "--- what is gone"
gone() { indexer dump ix | jq -r .id | while read -r file; do [ -e "$file" ] || echo "$file"; done; }
gone | try indexer remove --from - -o ix
indexer dump ix | jq -r .id | paste -sd' '
indexer -q notes -o new && indexer merge -q --to 1 ix && cmp <(searcher -q -i ix note edited) <(searcher -q -i new note edited) && echo "the answers of a new index"
echo "--- from another folder the ids are other ones"
cd notes
try indexer update . -o ../ix
try indexer remove -q --glob './' -o ../ix
cd ..
echo "--- ids that are wrong, or named twice"
try indexer remove ./notes/n3.md -o ix
try indexer remove notes/n3.md notes/n3.md -o ix
printf 'notes/n4.md\r\nnotes/n4.md\r\n\r\n' | try indexer remove --from - -o ix
echo "--- the index itself"
try indexer update ix -o ix
try indexer update ix/MANIFEST -o ix
cd ix && try indexer update MANIFEST -o . && cd ..
echo "--- nothing to read"
: >empty && try indexer update -q empty -o ix
mkdir none && try indexer update -q none -o ix
try indexer check -q ix
