/* ignore_rules.h - which entries of a folder are left out on purpose; private
 * to corpus/.
 *
 * From the strongest to the weakest, and in each the deepest folder first:
 * patterns of the options, .ignore, .gitignore, .git/info/exclude, and the
 * user's own file of patterns. Those of .ignore hold everywhere, those of git
 * only in a repository, up to its root. An entry of a folder that is left out
 * cannot be taken back, as the walk does not get there.
 *
 * Paths are absolute, "" is the root of the file system.
 */
#ifndef QUERN_CORPUS_IGNORE_RULES_H
#define QUERN_CORPUS_IGNORE_RULES_H

#include "corpus/corpus.h"
#include "corpus/ignore_list.h"

typedef struct IgnoreRules {
    const CorpusListener *listener;
    bool reads_files;          /* .ignore and those of git */
    IgnoreList given;          /* by the options, relative to the root */
    const char *personal_path; /* borrowed; NULL: none, or already read */
    IgnoreList personal;       /* the user's, relative to a repository */
    size_t root_size;          /* of the path of the folder that is walked */
    Buf folders; /* IgnoreFolder[]: on the way down, with patterns */
} IgnoreRules;

/* What was seen in a folder. */
typedef struct IgnoreFiles {
    bool ignore, gitignore, git;
} IgnoreFiles;

/* Start with {0}. Reads the patterns of the options, and of the folders above
 * `root`. A file that cannot be read is skipped. Borrows the listener. */
NODISCARD Status ignore_rules_start(IgnoreRules *rules, const char *root,
                                    const CorpusOptions *options,
                                    const CorpusListener *listener,
                                    Error *error);

/* Reads the patterns of a folder. */
NODISCARD Status ignore_rules_enter(IgnoreRules *rules, const char *folder,
                                    IgnoreFiles files, Error *error);

/* How many folders have patterns; goes back to that many. */
size_t ignore_rules_depth(const IgnoreRules *rules);
void ignore_rules_leave(IgnoreRules *rules, size_t depth);

typedef enum IgnoreSource {
    IGNORE_NOT,
    IGNORE_BY_OPTION,
    IGNORE_BY_FILE
} IgnoreSource;

/* `path` is below the root. *is_kept: a pattern takes it back by name, so that
 * it is taken even if it is hidden. */
IgnoreSource ignore_rules_match(const IgnoreRules *rules, Span path,
                                bool is_folder, bool *is_kept);

void ignore_rules_release(IgnoreRules *rules);

#endif
