# An index is readable for those who can read all of its sources, and for nobody
# else. (All files here have one group; source_modes_test covers different
# groups.)
modes() { (cd "$1" && stat -c '%a %n' . * | sed -E 's/[0-9a-f]{16}/HASH/' | sort -k 2); }
mkdir all && echo open >all/a.txt && echo secret >all/b.txt && echo half >all/c.txt
chgrp -R "$(id -g)" all && chmod 644 all/*
umask 022
indexer -q all -o ix && modes ix
umask 027
indexer -q all -o ix027 && modes ix027
umask 022
chmod 640 all/c.txt && indexer all -o half 2>&1 | grep mode; modes half
chmod 600 all/b.txt && indexer all -o none 2>&1 | grep mode; modes none
# Permissions that umask removes are not removed by a source.
umask 077
indexer all -o masked 2>&1 | grep mode; modes masked
umask 022
# Standard input can be a file, too.
indexer -q - -o piped <all/b.txt && modes piped
cat all/b.txt | indexer -q - -o really && modes really
# A replaced index keeps its mode; a mode that is too wide is reported.
indexer all -o ix --force 2>&1 | grep -E 'mode' ; modes ix
chmod 644 all/* && indexer all -o none --force 2>&1 | grep mode; modes none
# An existing folder keeps its mode, too.
mkdir mine && chmod 711 mine && chmod 600 all/b.txt && indexer -q all -o mine && modes mine
