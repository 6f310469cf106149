# Rules of the default analyzer do not reach the others: the segments of standard, english
# and whitespace have the bytes that they had before it knew compounds, once these are upgraded
# to this version of the format. A segment's name
# is a checksum of its content.
cat >words.jsonl <<'JSON'
{"id":"1","title":"getUserById of wi-fi","text":"os.environ self.client It's O'Neill's l'été at 10:30, 2026-11-05T10:00:00Z, 1,000 or 3.14 of 1.2.3"}
{"id":"2","text":"H₂O CO₂ m² Straße Łódź कि كَتَبَ ٣٤٥ ประเทศไทย 미국은 東京都 C++ .NET foo_bar user@example.com"}
JSON
for analyzer in standard english whitespace; do
  for positions in positions no-positions; do
    indexer -q --force --no-store -a $analyzer --$positions words.jsonl -o ix
    echo "$analyzer $positions $(basename ix/*.segment)"
  done
  grep -c '^rules' ix/MANIFEST
done
