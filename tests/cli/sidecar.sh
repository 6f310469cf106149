# How a run was made, in a file next to it, and whether it can be made again.
indexer -q books.jsonl -o ix
searcher -q -i ix -f topics.tsv --run --sidecar run.json -k 2 --k1=1.2 >run.txt
cat run.txt run.json
try bench verify --sidecar run.json
try bench verify --sidecar run.json run.txt
# With several threads it is the same run, and the same hash.
searcher -q -i ix -f topics.tsv --run --sidecar=more.json -k 2 --k1=1.2 -t 4 >more.txt
grep -o '"run_hash.*' run.json more.json | cut -d: -f2- | sort -u | wc -l
# A run that was edited, cut, or lengthened.
sed '3s/b2/b9/' run.txt >edited.txt
try bench verify --sidecar run.json edited.txt
head -2 run.txt >cut.txt
try bench verify --sidecar run.json cut.txt
cat run.txt run.txt >twice.txt
try bench verify --sidecar run.json twice.txt
# The index has changed.
head -3 books.jsonl | indexer -q - -o ix --force
try bench verify --sidecar run.json run.txt
# What cannot be recorded or read.
try searcher -q -i ix --sidecar x.json -f topics.tsv
try searcher -q -i ix --run --sidecar x.json fox
try searcher -q -i ix --run --sidecar x.json -f - <topics.tsv
try searcher -q -i ix --run --sidecar none/x.json -k 1 -f topics.tsv
try bench verify --sidecar run.txt
try bench verify --sidecar run.json -k 3
sed 's/"-k"/"--sidecar"/' run.json >evil.json
try bench verify --sidecar evil.json
sed 's/"--run"/"--nonsense"/' run.json >wrong.json
try bench verify --sidecar wrong.json
