/* history.h - where the documents of an index are from, and how it became what
 * it is: HASH.history (FORMAT.md).
 *
 * Information for users: no answer depends on it.
 */
#ifndef QUERN_SEGMENT_HISTORY_H
#define QUERN_SEGMENT_HISTORY_H

#include "common/segment/manifest.h"

/* What one change of the index did. */
typedef struct Publication {
    uint64_t generation;
    const char *time;                  /* UTC, ISO 8601 */
    const char *verb;                  /* "build", "add", ... */
    uint64_t added, replaced, removed; /* documents */
    uint64_t documents;                /* of the index, afterwards */
    const char *segment; /* the new one, if there is just one; else NULL */
    const char *from;    /* its first input, or "" */
} Publication;

enum { HISTORY_MAX_PUBLICATIONS = 1000, HISTORY_MAX_SOURCE_BYTES = 8 << 20 };

/* Start with {0}. */
typedef struct History {
    const char **sources; /* inputs, each once, in the order of their coming */
    size_t source_count;
    uint64_t more_sources; /* that are not listed: too many */
    Publication *publications;
    size_t publication_count;
    uint64_t forgotten; /* publications before these */
    Arena arena;        /* holds everything */
    size_t source_bytes;
    uint32_t *slots; /* a table of the sources: number + 1; 0: free */
    size_t slot_count;
} History;

/* The history of an index; that of an older version of the format has sources
 * only. */
NODISCARD Status history_read(const FolderHandle *folder,
                              const Manifest *manifest, History *out,
                              Error *error);

/* The same of a folder, whose manifest may have been replaced since: then the
 * history is a newer one. */
NODISCARD Status history_read_from(const char *folder, const Manifest *manifest,
                                   History *out, Error *error);
void history_release(History *history);

/* Copies it, unless it is there already. */
NODISCARD Status history_add_source(History *history, const char *source,
                                    Error *error);

/* Copies it; the oldest is forgotten if there are too many. */
NODISCARD Status history_add(History *history, const Publication *publication,
                             Error *error);

/* The publication that wrote a segment, as far as it is known; or NULL. */
const Publication *history_find(const History *history, const char *segment);

/* Writes and syncs the file; the arena holds its name. */
NODISCARD Status history_write(const History *history,
                               const FolderHandle *folder, FileAccess access,
                               Arena *arena, ManifestFile *out, Error *error);

/* Its text, including the checksum; and back. `name` is for messages. */
void history_format(const History *history, Buf *out);
NODISCARD Status history_parse(Span text, const char *name, History *out,
                               Error *error);

#endif
