# `searcher gzip -license` failed with an index named cense, and nothing explained
# that an excluded word goes after --.
indexer -q notes
try searcher the -license
try searcher -license the
try searcher the -fsf
try searcher zzzz -gnu
try searcher the -cat
try searcher -- the -license
# Real options give no such hint.
try searcher -qlk1 the -gnotes
