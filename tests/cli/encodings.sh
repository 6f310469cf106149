# Text in other encodings than UTF-8: named, declared, guessed with a message.
printf 'Stra\337e caf\351\n' >l1.txt
indexer l1.txt -o guessed
searcher -i guessed -l 'straße café'
indexer skipped guessed
indexer l1.txt -o named --encoding latin1
searcher -i named -l café
printf 'd\202j\205 vu\n' >dos.txt
indexer --dry-run dos.txt --encoding cp850
printf 'd\202j\205 vu\n' | indexer --dry-run --encoding shift_jis -
printf '<html><meta charset=koi8-r><title>\360\322\311\327\305\324</title>' | indexer --dry-run -
printf 'w\0i\0d\0e\0 \0' | indexer --dry-run -
try indexer l1.txt --encoding latin-l
try indexer l1.txt --encoding klingon
