/* write.h - changes an index: documents are added, replaced, removed.
 *
 * quern_writer_open claims a folder; then any of quern_writer_add ...
 * quern_writer_remove and quern_writer_commit, in any order and as often as
 * wanted. Nothing of what is done can be seen before quern_writer_commit, which
 * makes all of it durable and visible in one step; what is not committed when
 * the writer is closed is dropped. Readers are never disturbed: an open index
 * keeps its state, and quern_index_refresh (index.h) opens the new one.
 *
 * After any history every answer (documents, order, scores to the last bit,
 * counts, suggestions) is that of an index built of the live documents in their
 * order of arrival. A document that is replaced arrives once more, at the end;
 * one that is equal to the one it would replace keeps its place.
 *
 * An index keeps the options that it was made with: analyzer, k1, b, positions,
 * stored, store_fields.
 *
 * For failures, threads, processes, listeners and bad documents the rules of
 * build.h hold: after a failure a writer can only be closed, and the index is
 * as it was after the last commit.
 */
#ifndef QUERN_WRITE_H
#define QUERN_WRITE_H

#include <quern/build.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Everything is copied by quern_writer_open. */
typedef struct quern_writer_options {
    size_t struct_size;
    /* Memory, threads, listener, max_document_bytes, max_skipped and
     * on_duplicate hold for this writer; the rest for an index that it makes.
     * `replace` and `segments` have no meaning here. NULL: the defaults. */
    const quern_build_options *build;
    bool create;         /* an index, if the folder has none; else QUERN_IO */
    double wait_seconds; /* for another writer; 0: QUERN_CONFLICT at once */
    bool no_merge;       /* leave the segments as they are */
} quern_writer_options;

#define QUERN_WRITER_OPTIONS_INIT                            \
    {                                                        \
        sizeof(quern_writer_options), NULL, true, 0.0, false \
    }

typedef struct quern_writer quern_writer;

/* Claims the folder of an index for one writer; *writer is owned by the caller.
 * QUERN_CONFLICT if another writer, builder or indexer has it, after
 * wait_seconds, or if the folder has files that are not of an index;
 * QUERN_CORRUPT and QUERN_UNSUPPORTED as quern_index_open. */
QUERN_API quern_status quern_writer_open(quern_string folder,
                                         const quern_writer_options *options,
                                         quern_writer **writer,
                                         quern_error *error);

/* Ends the claim; drops what is not committed. NULL is fine. */
QUERN_API void quern_writer_close(quern_writer *writer);

/* Adds a document. QUERN_CONFLICT if the index has a document with its id, or
 * as on_duplicate says; otherwise as quern_builder_add. */
QUERN_API quern_status quern_writer_add(quern_writer *writer,
                                        const quern_document *document,
                                        quern_error *error);

/* Adds a document, or replaces the one with its id; if both are equal (title,
 * text, stored fields), nothing changes. */
QUERN_API quern_status quern_writer_update(quern_writer *writer,
                                           const quern_document *document,
                                           quern_error *error);

/* The same for all documents of a file or folder, as quern_builder_add_path.
 * Folders are read as `options` say, whatever they said when the index was
 * made. */
QUERN_API quern_status
quern_writer_add_path(quern_writer *writer, quern_string path,
                      const quern_reader_options *options, quern_error *error);
QUERN_API quern_status quern_writer_update_path(
    quern_writer *writer, quern_string path,
    const quern_reader_options *options, quern_error *error);

/* Removes the document with an id; *found is false if there is none, which is
 * no failure. `found` may be NULL. */
QUERN_API quern_status quern_writer_remove(quern_writer *writer,
                                           quern_string id, bool *found,
                                           quern_error *error);

typedef struct quern_write_report {
    uint64_t added_count;     /* documents that were not there */
    uint64_t replaced_count;  /* that had another content */
    uint64_t unchanged_count; /* that were there already as they are */
    uint64_t removed_count;   /* by quern_writer_remove */
    uint64_t skipped_count, changed_count, duplicate_count; /* quern_skip */
    bool published;          /* false: there was nothing to write */
    uint64_t document_count; /* of the index, afterwards */
    uint64_t token_count;
    uint32_t segment_count;
    uint32_t merged_count;  /* segments that were merged or rewritten */
    uint64_t index_bytes;   /* of all its files except MANIFEST */
    uint64_t written_bytes; /* of new files */
    double seconds;         /* since quern_writer_open or the commit before */
} quern_write_report;

/* Makes everything so far durable and visible. *report is borrowed until the
 * next call with the writer; `report` may be NULL. QUERN_IO if it cannot be
 * written, for example because the disk is full. */
QUERN_API quern_status quern_writer_commit(quern_writer *writer,
                                           const quern_write_report **report,
                                           quern_error *error);

/* Merges neighbouring segments until there are at most `segments` of them (0:
 * as adding does it by itself), and publishes like a commit. With 1 the segment
 * has the bytes of an index built of the same documents, and nothing of a
 * removed document is left in the folder. QUERN_INVALID if something is not
 * committed. */
QUERN_API quern_status quern_writer_merge(quern_writer *writer,
                                          uint32_t segments,
                                          const quern_write_report **report,
                                          quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
