/* build.h - documents to an index.
 *
 * Whatever fails, and whenever: an existing index is unchanged, and nothing
 * else is left.
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
    const char *const *inputs;
    size_t input_count;
    CorpusOptions corpus;
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

/* Defaults; the caller sets output and inputs. */
BuildOptions build_defaults(void);

typedef struct BuildReport {
    uint64_t documents, nonempty, tokens, postings, terms;
    uint64_t skips[SKIP_LOG_KINDS]; /* skipped, changed, duplicates dropped */
    uint64_t logged;                /* of these: entries in the skip log */
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

NODISCARD Status index_build(const BuildOptions *options, BuildReport *report,
                             Error *error);

#endif
