/* index_writer.h - changes an index: documents are added, replaced, removed.
 *
 * One writer at a time (index_folder.h); readers are never disturbed. Nothing
 * of what is done can be seen before writer_commit, which replaces MANIFEST
 * once; what is not committed is dropped. After any history every answer is
 * that of an index built of the live documents in their order of arrival: a
 * document that is replaced arrives once more, at the end.
 *
 *   writer_open, then any of writer_add ... writer_remove and writer_commit in
 *   any order and as often as wanted, writer_close
 *
 * Calls take effect one after the other. After a failure only writer_close is
 * possible, unless a function says otherwise. One thread at a time.
 */
#ifndef QUERN_UPDATE_INDEX_WRITER_H
#define QUERN_UPDATE_INDEX_WRITER_H

#include "common/segment/index.h"
#include "indexer/build/build.h"

typedef struct WriterOptions {
    /* Its output, memory, threads, limits, listener and what it says of skipped
     * records and duplicates hold. An index that exists keeps the options that
     * it was made with; the others (analyzer, k1, b, positions, stored, pairs,
     * corpus.store_fields) are for one that is created. */
    BuildOptions build;
    bool create;      /* if there is no index; else that is ERR_IO */
    double wait;      /* seconds for another writer; 0: not at all */
    bool no_merge;    /* keep the segments as they are */
    const char *verb; /* for the history: "add"; borrowed */
} WriterOptions;

/* Defaults; the caller sets build.output. */
WriterOptions writer_defaults(void);

/* What has been done since the last commit; or, of a report, in it. */
typedef struct WriterCounts {
    uint64_t added;     /* documents that were not there */
    uint64_t replaced;  /* that had another content */
    uint64_t unchanged; /* that were there already as they are */
    uint64_t removed;   /* by writer_remove */
    uint64_t skips[SKIP_LOG_KINDS];
} WriterCounts;

typedef struct WriterReport {
    WriterCounts counts;
    bool published;         /* false: there was nothing to write */
    uint64_t documents;     /* live, afterwards */
    uint64_t tokens;        /* of these */
    uint32_t segments;      /* of the index */
    uint32_t merged;        /* segments that were merged or rewritten */
    uint64_t index_bytes;   /* of all its files except MANIFEST */
    uint64_t written_bytes; /* of new files */
    uint64_t text_bytes;    /* of the documents that were read */
    uint64_t logged;        /* entries in the skip log, of counts.skips */
    uint64_t memory;
    uint32_t threads;
    double seconds;             /* since writer_open or the commit before */
    mode_t mode;                /* of the files of the index */
    char narrowed_by[PATH_MAX]; /* as of BuildReport */
} WriterReport;

typedef struct IndexWriter IndexWriter;

/* Claims the folder and opens the index. Borrows what the options point to
 * until writer_close, except the analyzer's options. ERR_CONFLICT: another
 * writer has it, or the folder is not an index. */
NODISCARD Status writer_open(const WriterOptions *options, IndexWriter **out,
                             Error *error);

/* The index as it was at writer_open or after the last commit; borrowed until
 * the next commit. *out NULL: there is none yet. */
NODISCARD Status writer_index(IndexWriter *writer, Index **out, Error *error);

/* Whether documents can be added to an index. ERR_UNSUPPORTED: they would have
 * other words than its own, which another version of the analyzer made. */
NODISCARD Status writer_check_analyzer(const Index *index, Error *error);

/* The options in force: those of the index where there is one. */
const BuildOptions *writer_options(const IndexWriter *writer);

/* What has been done since the last commit. */
const WriterCounts *writer_counts(const IndexWriter *writer);

/* What a document with a known id does. */
typedef enum WriterMode {
    WRITER_ADD,   /* it is an error, or as options.build.on_duplicate says */
    WRITER_UPDATE /* it replaces the other, unless both are equal: then
                     nothing changes */
} WriterMode;

/* Adds a document from memory, as build_add does. ERR_CONFLICT names where the
 * other document with its id is from. */
NODISCARD Status writer_put(IndexWriter *writer, WriterMode mode,
                            const Document *document, Error *error);

/* The documents of files and folders, as build_read does. */
NODISCARD Status writer_read(IndexWriter *writer, WriterMode mode,
                             const CorpusOptions *options,
                             const char *const *inputs, size_t input_count,
                             Error *error);

/* Removes the document with this id; *found false: there is none. */
NODISCARD Status writer_remove(IndexWriter *writer, Span id, bool *found,
                               Error *error);

/* Removes a live document of writer_index; *found false: it has been removed
 * since. */
NODISCARD Status writer_remove_at(IndexWriter *writer, size_t segment,
                                  uint32_t docid, bool *found, Error *error);

/* Whether there is a document with this id, with what was done since the last
 * commit. */
NODISCARD Status writer_has(IndexWriter *writer, Span id, bool *found,
                            Error *error);

/* Makes everything so far last and visible at once. If nothing changed,
 * nothing is written. After a failure the index is as it was at the last
 * commit. */
NODISCARD Status writer_commit(IndexWriter *writer, WriterReport *report,
                               Error *error);

/* Merges neighbouring segments until there are at most `segments` (0: as the
 * policy has it); then nothing may be uncommitted. Publishes like a commit. */
NODISCARD Status writer_merge(IndexWriter *writer, uint32_t segments,
                              WriterReport *report, Error *error);

/* Drops what is not committed. NULL is fine. */
void writer_close(IndexWriter *writer);

#endif
