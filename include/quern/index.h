/* index.h - an index folder opened for reading: what it contains, its terms,
 * documents by id, and contexts, in which threads work with it.
 *
 * Documents are numbered from 0 in the order in which they were indexed. The
 * number of a document (a uint64_t named `document`) is valid for the open
 * index: another build may number them otherwise. Where documents have been
 * removed numbers are missing, so that the last may be above their count.
 *
 * An open index keeps its state: if a writer changes the index meanwhile,
 * quern_index_refresh opens the new one. Its files are mapped into memory; a
 * file that is truncated by somebody else while it is open raises SIGBUS, which
 * no status can report (quern_guard_install).
 */
#ifndef QUERN_INDEX_H
#define QUERN_INDEX_H

#include <quern/analyzer.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Used by any number of threads at once, except quern_index_close. */
typedef struct quern_index quern_index;

/* Opens the index in a folder; *index is owned by the caller. QUERN_IO if the
 * folder has no index or cannot be read, QUERN_CORRUPT if it is damaged,
 * QUERN_UNSUPPORTED if it was made by a newer version, or by an older one whose
 * format differs: the advice is then QUERN_ADVICE_UPGRADE_INDEX, and `indexer
 * upgrade` makes it readable. Damage in parts that are not read yet is reported
 * by the function that reads them. */
QUERN_API quern_status quern_index_open(quern_string folder,
                                        quern_index **index,
                                        quern_error *error);

/* Opens the index as it is now, if a writer has published since `index` was
 * opened; *newer is NULL if not, which costs one look at a file. What both have
 * in common is shared: files stay mapped, and what has been verified is not
 * verified again. Contexts, queries and numbers of documents belong to the
 * index that they were made with; both are closed on their own, in any order.
 * Thread-safe. Fails as quern_index_open; `index` can still be used. */
QUERN_API quern_status quern_index_refresh(const quern_index *index,
                                           quern_index **newer,
                                           quern_error *error);

/* Everything made from the index must have been freed before. */
QUERN_API void quern_index_close(quern_index *index);

/* A segment of an index; an element of an array. */
typedef struct quern_segment {
    quern_string name; /* of its file in the folder */
    uint64_t document_count;
    uint64_t term_count;    /* different terms */
    uint64_t posting_count; /* pairs of a term and a document that has it */
    uint64_t size;          /* bytes of the file */
} quern_segment;

/* What an index contains and how it was made. Strings are zero-terminated. */
typedef struct quern_index_info {
    quern_string folder;          /* as given to quern_index_open */
    quern_string created;         /* UTC, ISO 8601 */
    quern_string created_version; /* of the program or library that made it */
    quern_string data_versions;   /* of Unicode and Snowball data then */
    uint64_t generation; /* grows by 1 whenever the index is replaced */

    uint64_t document_count;
    uint64_t nonempty_count; /* documents with at least one term */
    uint64_t token_count;    /* of all documents */
    uint64_t skipped_count;  /* records that were skipped or changed */

    float k1, b;        /* of BM25, unless a search has its own */
    bool has_positions; /* phrases and fields can be searched */
    bool has_stored;    /* titles, texts and fields can be read */

    /* This library makes other tokens of some texts than the one that made
     * the index (other Unicode data or stemmers): some words may not be found
     * until the index is made again. Worth a warning. */
    bool analyzer_differs;
    const quern_analyzer_options *analyzer;

    const quern_string *sources; /* inputs that the index was made from */
    size_t source_count;
    const quern_segment *segments; /* in the order of their documents */
    size_t segment_count;
} quern_index_info;

/* Never fails; borrowed until quern_index_close. NULL for NULL. */
QUERN_API const quern_index_info *
quern_index_get_info(const quern_index *index);

/* The analyzer of the index; borrowed until quern_index_close. NULL for NULL.
 */
QUERN_API const quern_analyzer *quern_index_analyzer(const quern_index *index);

/* The document with an id; *found is false if there is no such document.
 * Thread-safe. The way back is quern_document_id (stored.h). */
QUERN_API quern_status quern_index_find(const quern_index *index,
                                        quern_string id, uint64_t *document,
                                        bool *found, quern_error *error);

/* The terms of an index in byte order; for one thread at a time. */
typedef struct quern_terms quern_terms;

typedef struct quern_term {
    quern_string text;
    uint64_t document_count;   /* documents that contain it (df) */
    uint64_t occurrence_count; /* in all documents together */
} quern_term;

/* Starts at the first term with a prefix, and ends after the last one; the
 * empty prefix: all terms. The index is borrowed until quern_terms_close. */
QUERN_API quern_status quern_terms_open(const quern_index *index,
                                        quern_string prefix,
                                        quern_terms **terms,
                                        quern_error *error);
QUERN_API void quern_terms_close(quern_terms *terms);

/* The next term, borrowed until the next call with the same `terms`; *term is
 * NULL after the last one. After a failure no more terms follow. */
QUERN_API quern_status quern_terms_next(quern_terms *terms,
                                        const quern_term **term,
                                        quern_error *error);

/* One thread's workspace over an index: it parses (query.h), searches
 * (search.h), explains (explain.h), reads documents (stored.h) and makes
 * snippets (snippet.h). Parts are made when first needed: 1 MB to parse, 1 MB
 * for snippets of texts and of titles each, and what the largest search needs,
 * which is kept: a query that was searched before needs no more memory. Keep
 * one for each thread. */
typedef struct quern_context quern_context;

/* The index is borrowed until quern_context_free. QUERN_LIMIT if it has more
 * documents than can be searched at once (2^32 - 4,096). */
QUERN_API quern_status quern_context_new(const quern_index *index,
                                         quern_context **context,
                                         quern_error *error);
QUERN_API void quern_context_free(quern_context *context);

/* For programs that want a message instead of a crash: installs a handler for
 * SIGBUS that prints "PROGRAM: FILE: truncated while in use" to standard error
 * and ends the process with status 2 if the address lies in a file that is no
 * longer that long. Other causes of SIGBUS end the process as without it. The
 * library never calls this itself. `program` is borrowed for the rest of the
 * process; NULL: "quern". Call it once, at the start of main. */
QUERN_API void quern_guard_install(const char *program);

#ifdef __cplusplus
}
#endif

#endif
