# `**` between two components matched only one folder.
mkdir -p a/b/c/d && for f in a/x.md a/b/x.md a/b/c/x.md a/b/c/d/y.md; do echo words >$f; done
indexer -q a
for glob in '**/x.md' 'a/**/x.md' 'a/**' 'a/b/**' '/a/**/d/*.md' 'a/**/c/**/y.md' '**/c/**' 'a/**x.md' '!**/c/**'; do
  try searcher -l -g "$glob" words
done
# Matching takes at most time proportional to the product of the lengths.
id=$(printf 'a%.0s' $(seq 200))
mkdir $id && echo words >$id/$id && indexer -q $id -o long
try timeout 20 searcher -i long -c -g '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b' words
