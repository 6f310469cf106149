# `searcher gzip -license` complained of an index called cense, and nothing said
# that a word to be excluded goes after --.
indexer -q notes
try searcher the -license
try searcher -license the
try searcher the -fsf
try searcher zzzz -gnu
try searcher the -cat
try searcher -- the -license
# What was meant as options is none.
try searcher -qlk1 the -gnotes
