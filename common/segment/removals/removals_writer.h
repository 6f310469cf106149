/* removals_writer.h - writes the file of a segment's removed documents.
 *
 * A builder: corrections are put in ascending order of their numbers, those of
 * terms and those of pairs in any mixture; removals_writer_finish reports the
 * first failure. Nothing is written before.
 */
#ifndef QUERN_REMOVALS_REMOVALS_WRITER_H
#define QUERN_REMOVALS_REMOVALS_WRITER_H

#include "common/segment/removals/removals.h"

enum { REMOVALS_NAME_BYTES = 32 };

#define REMOVALS_TEMPORARY_NAME "removed.tmp"

/* One of the two tables. */
typedef struct RemovalTableWriter {
    Buf starts, firsts, entries;
    uint32_t count;
    uint32_t last; /* number of the last entry */
} RemovalTableWriter;

typedef struct RemovalsWriter {
    const Segment *segment; /* borrowed */
    RemovalTableWriter terms, pairs;
} RemovalsWriter;

/* What is removed besides terms. */
typedef struct RemovedDocuments {
    const uint64_t *live; /* a bit for each document of the segment; those
                             after them do not matter */
    uint32_t nonempty;    /* of the removed ones with at least one token */
    uint64_t tokens;      /* the sum of their true lengths */
} RemovedDocuments;

void removals_writer_init(RemovalsWriter *writer, const Segment *segment);
void removals_writer_release(RemovalsWriter *writer);

void removals_writer_put_term(RemovalsWriter *writer, uint32_t number,
                              TermRemoval removal);
void removals_writer_put_pair(RemovalsWriter *writer, uint32_t number,
                              uint32_t df);

/* Writes the file, syncs it and renames it to its name, which goes to `name`;
 * *bytes is its size. At least one document is removed, and one is not. */
NODISCARD Status removals_writer_finish(RemovalsWriter *writer,
                                        const RemovedDocuments *removed,
                                        const FolderHandle *folder,
                                        FileAccess access,
                                        char name[REMOVALS_NAME_BYTES],
                                        uint64_t *bytes, Error *error);

#endif
