# Odd characters, phrases, operators, fields, scripts. Every index has the fields
# title and text, so title: is always known; another name before a colon is text,
# which is reported. Folding is chosen when the index is built.
indexer -q notes -o ix
indexer -q --no-fold notes -o sharp
try searcher -i ix "it's C++ (really?) AND: 50%"
try searcher -i ix '"to be or not to be"'
try searcher -i ix '+solar -lunar eclips*'
try searcher -i ix '+solar -panels eclips*'
try searcher -i ix title:solar foo:solar
try searcher -i ix 東京 café CAFÉ naïve
try searcher -q -i sharp -c Café
try searcher -q -i sharp -c cafe
try searcher -i ix '('
try searcher -i ix '"""*~^((('
