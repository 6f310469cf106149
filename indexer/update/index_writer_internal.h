/* index_writer_internal.h - the state of a writer, for the files of this
 * folder. */
#ifndef QUERN_UPDATE_INDEX_WRITER_INTERNAL_H
#define QUERN_UPDATE_INDEX_WRITER_INTERNAL_H

#include "common/segment/contents/contents.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/index_ids.h"
#include "common/segment/history.h"
#include "indexer/build/intake.h"
#include "indexer/update/index_writer.h"
#include "indexer/update/removal_set.h"

/* Access to what the documents of one segment contain; either is NULL until it
 * is used. */
typedef struct ContentReader {
    StoredReader *stored;
    Contents *contents;
} ContentReader;

struct IndexWriter {
    WriterOptions options;
    BuildOptions build; /* complete; of an index that exists its own */
    uint64_t memory;
    IndexFolder folder;
    Index *index;       /* NULL: there is none, or it has to be opened again */
    IdFinder finder;    /* of the index */
    bool is_stale;      /* the folder has been published since */
    Analyzer *analyzer; /* owned; of an index that is created */
    Arena arena;        /* names of stored fields */
    double start;

    /* Since the last commit */
    Intake intake;
    bool is_taking;         /* the intake has been started */
    WriterMode mode;        /* of the documents that come now */
    Buf pending;            /* Hash128 of each document taken, by docid */
    RemovalSet removed;     /* documents of the index */
    ContentReader *readers; /* owned: of each segment */
    WriterCounts counts;
    History sources;  /* inputs that were read */
    uint64_t refused; /* documents that were not taken */
    Buf form;         /* scratch */
};

/* Makes writer->index what is published now. */
NODISCARD Status writer_refresh(IndexWriter *writer, Error *error);

/* Forgets all that is not committed. */
void writer_reset(IndexWriter *writer);

/* writer_gate.c: an IntakeGate of the writer: decides what becomes of a
 * document whose id is known. */
Status writer_gate(void *self, const Document *document, bool *taken,
                   Error *error);

/* writer_find.c: finds the live document with an id in the index, as it will be
 * after the next commit. */
NODISCARD Status writer_find(IndexWriter *writer, Span id, size_t *segment,
                             uint32_t *docid, bool *found, Error *error);

/* writer_equal.c: whether a document of the index has the same title, text and
 * stored fields. False where that cannot be found out. */
NODISCARD Status writer_equals(IndexWriter *writer, const Document *document,
                               size_t segment, uint32_t docid, bool *equal,
                               Error *error);
void writer_close_readers(IndexWriter *writer);

/* writer_commit.c: fills in how long a commit or merge took and, if it
 * published nothing, what the index has. */
void writer_end_report(IndexWriter *writer, WriterReport *report);

/* writer_publish.c: a manifest that is going to replace the old one. */
typedef struct Draft {
    IndexWriter *writer;
    WriterReport *report;
    Manifest manifest;
} Draft;

NODISCARD Status draft_begin(IndexWriter *writer, WriterReport *report,
                             Draft *draft, Error *error);
void draft_release(Draft *draft);

/* Writes the history and replaces MANIFEST; fills in the report. */
NODISCARD Status draft_publish(Draft *draft, Error *error);

/* writer_merge.c: merges segments of the draft as the policy has it. */
NODISCARD Status draft_merge(Draft *draft, Error *error);

#endif
