# odd characters, phrases, operators, fields, scripts.
indexer -q notes -o ix
try searcher -i ix "it's C++ (really?) AND: 50%"
try searcher -i ix '"to be or not to be"'
try searcher -i ix '+solar -lunar eclips*'
try searcher -i ix '+solar -panels eclips*'
try searcher -i ix title:solar foo:solar
try searcher -i ix 東京 café CAFÉ naïve
try searcher -i ix '('
try searcher -i ix '"""*~^((('
