# A malicious index folder: links, pipes and odd names in it never make a program
# write elsewhere, block, or remove files that do not belong to an
# index.
umask 022
mkdir home one two three four
for name in lock manifest segment; do echo precious >home/$name; done
for folder in one two three four; do mkdir $folder/.quern && echo hello >$folder/a.txt; done
# Links in the place of files that indexer writes.
ln -s ../../home/lock one/.quern/LOCK
(cd one && try indexer -q a.txt)
printf 'quern 1\ngarbage\n' >two/.quern/MANIFEST && : >two/.quern/LOCK
ln -s ../../home/manifest two/.quern/MANIFEST.tmp
ln -s ../../home/segment two/.quern/segment.tmp
ln -s ../../home/segment two/.quern/spill-1.tmp
(cd two && try indexer -q --force a.txt && try searcher -q -c hello)
ls two/.quern | sed -E 's/[0-9a-f]{16}/HASH/' | sort
# Files with similar names are kept, and so is a LOCK that is not a lock file.
mkfifo three/.quern/LOCK
(cd three && try timeout 5 indexer -q a.txt)
rm three/.quern/LOCK && ln home/lock three/.quern/LOCK
(cd three && try indexer -q a.txt)
cat home/*
# Links and pipes in the place of files that both programs read.
ln -s ../../two/.quern/MANIFEST four/.quern/MANIFEST
try searcher -q -i four/.quern hello
try indexer check four/.quern
(cd four && try indexer -q --force a.txt)
cp two/.quern/MANIFEST two/manifest && rm four/.quern/MANIFEST
cp two/manifest four/.quern/MANIFEST && segment=$(basename two/.quern/*.segment)
ln -s ../../two/.quern/$segment four/.quern/$segment
try searcher -q -i four/.quern hello 2>&1 | sed -E 's/[0-9a-f]{16}/HASH/'
rm four/.quern/$segment && mkfifo four/.quern/$segment
try timeout 5 searcher -q -i four/.quern hello 2>&1 | sed -E 's/[0-9a-f]{16}/HASH/'
rm four/.quern/* && mkfifo four/.quern/MANIFEST
try timeout 5 indexer stats four/.quern
# The folder itself may be a link if it is named, not if it is found.
mkdir five && echo hello >five/a.txt && ln -s ../two/.quern five/.quern
cd five
try searcher -c hello
try indexer terms
try indexer -q --force a.txt
try searcher -q -c -i .quern hello
QUERN_INDEX=.quern try searcher -q -c hello
try indexer -q --force a.txt -o .quern
cd ..
# Segments without a MANIFEST are not removed as leftovers.
rm two/.quern/MANIFEST
(cd two && try indexer -q a.txt; ls .quern/*.segment | wc -l; try indexer -q --force a.txt)
