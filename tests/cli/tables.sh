# Tables as people have them, read at the first attempt; what is guessed is reported, and the option that each message
# names works.
printf 'Konto;DE12 3456\n\nDatum;Betrag;Zweck\n02.01.2024;-5,00;"Brot; Käse\nund Wein"\n03.01.2024;-7,00;Kino\n' >bank.csv
try indexer --dry-run bank.csv
try indexer --dry-run bank.csv --header no
printf 'Vorname,Ort\nAnna,Ulm\nBerta,Bonn\n' >people.csv
try indexer --dry-run people.csv
try indexer --dry-run people.csv --header yes
printf 'ID,Title,Text,Year\n1,Fox,A quick fox,1998\n2,Dog,A lazy dog,1999\n1,Hen,A hen,2000\n' >animals.csv
try indexer animals.csv -o ix
try indexer skipped ix
try searcher -q -i ix -l hen
try indexer animals.csv -o named --id-field ID
try indexer animals.csv -o named --id-field id --on-duplicate keep-first -q
try indexer --dry-run animals.csv --text-field titel
try indexer --dry-run animals.csv --text-field title --store-field YEAR
printf 'id,text\n1,"quick\n2,dog\n' >open.csv
try indexer open.csv -o none
try indexer open.csv -o text --format text -q
printf 'id,text\n1,"quick" fox\n2,one, two\n' >odd.csv
try indexer odd.csv -o odd
