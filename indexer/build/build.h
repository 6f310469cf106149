/* build.h - documents to an index.
 *
 * Whatever fails, and whenever: an existing index is unchanged, and nothing
 * else is left.
 *
 *   build_new, build_add and build_read in any order, build_finish, build_free
 *
 * The same documents give the same segments, whether they are added from memory
 * or read from inputs. One thread at a time.
 */
#ifndef QUERN_BUILD_BUILD_H
#define QUERN_BUILD_BUILD_H

#include "common/segment/term_facts.h"
#include "common/text/analyzer.h"
#include "corpus/corpus.h"
#include "indexer/build/build_listener.h"
#include "indexer/build/id_table.h"

#include <limits.h>

typedef struct BuildOptions {
    const char *output; /* folder of the index */
    bool unnamed;       /* output is the default, not named by the user */
    uid_t trusted;      /* who else may own it then, see ClaimOptions */
    bool replace;       /* an existing index */
    const char *const *inputs; /* of index_build */
    size_t input_count;
    CorpusOptions corpus; /* likewise; and of all documents: the fields to
                             store, max_record_bytes */
    AnalyzerOptions analyzer;
    float k1, b;
    bool has_positions, has_stored;
    uint32_t pairs_min_df; /* as of PairOptions */
    uint64_t memory;       /* bytes; 0: a quarter of the machine's */
    uint32_t threads;      /* 0: one per processor */
    uint32_t segments;
    ListLimits limits;
    bool fail_on_skip;
    uint64_t max_errors; /* more skipped records end the build */
    OnDuplicate on_duplicate;
    uint64_t skip_log_limit;       /* bytes of entries in the skip log */
    const BuildListener *listener; /* borrowed, or NULL */
} BuildOptions;

/* Defaults; the caller sets output, and inputs for index_build. */
BuildOptions build_defaults(void);

typedef struct BuildReport {
    uint64_t documents, nonempty, tokens, postings, terms;
    uint64_t skips[SKIP_LOG_KINDS]; /* skipped, changed, duplicates dropped */
    uint64_t logged;                /* of these: entries in the skip log */
    LeftOut left_out;               /* of folders */
    uint64_t text_bytes;            /* of documents, uncompressed */
    uint64_t section_bytes[SECTION_KINDS];
    uint64_t index_bytes; /* of all segments */
    uint32_t segments, threads;
    uint64_t memory;
    double seconds;
    mode_t mode;                /* of the files of the index */
    char narrowed_by[PATH_MAX]; /* the first source that makes it less than
                                   umask allows; empty: none */
} BuildReport;

typedef struct Build Build;

/* Claims the folder and starts threads. Borrows what the options point to until
 * build_free, except the analyzer's options. ERR_CONFLICT: see
 * index_folder_claim. */
NODISCARD Status build_new(const BuildOptions *options, Build **out,
                           Error *error);

/* Adds a document; its spans may be any bytes, its fields are named in
 * options->corpus.store_fields, its place is ignored. What cannot be indexed is
 * skipped and reported, see memory_source.h. After a failure only build_free is
 * possible, here and below. */
NODISCARD Status build_add(Build *build, const Document *document,
                           Error *error);

/* Adds the documents of files and folders. Their store_fields are among those
 * of the build. */
NODISCARD Status build_read(Build *build, const CorpusOptions *options,
                            const char *const *inputs, size_t input_count,
                            Error *error);

/* Writes the index and puts it in place. Then only build_free is possible.
 * ERR_USAGE if there is no document, ERR_CONFLICT if records were skipped and
 * must not be. */
NODISCARD Status build_finish(Build *build, BuildReport *report, Error *error);

/* Without build_finish: gives up, and nothing is left. NULL is fine. */
void build_free(Build *build);

/* All of it: the documents of options->inputs become an index. */
NODISCARD Status index_build(const BuildOptions *options, BuildReport *report,
                             Error *error);

#endif
