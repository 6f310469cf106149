# A page of results (tests/bench/report looks at it in a browser). It is the same
# for the same results; whatever cannot be read is named.
cp "$PROJECT/tests/bench/report/sample.json" "$PROJECT/tests/bench/report/certificate.json" .
try bench report sample.json certificate.json -o page.html
grep -c '<figure>' page.html
grep -o 'class="verdict [a-z]*">[^<]*' page.html
sed -n '/Repeat this/,/<.section>/p' page.html
bench report sample.json certificate.json -o - | sed 's/-o -</-o page.html</' | cmp - page.html && echo same
# A run that was interrupted.
head -60 sample.json >part.json
try bench report part.json -o part.html
grep -o 'the run is incomplete' part.html
# Not results.
try bench report
try bench report sample.json
try bench report missing.json -o x.html
try bench report books.jsonl -o x.html
: >empty.json
try bench report empty.json -o x.html
sed '3s/"engine":1/"engine":7/' sample.json >wrong.json
try bench report wrong.json -o x.html
try bench report sample.json -o none/x.html
ls x.html
