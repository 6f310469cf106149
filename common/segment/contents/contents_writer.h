/* contents_writer.h - writes HASH.contents of a new segment. */
#ifndef QUERN_CONTENTS_CONTENTS_WRITER_H
#define QUERN_CONTENTS_CONTENTS_WRITER_H

#include "common/base/folder.h"
#include "common/base/hash.h"
#include "common/base/spool.h"
#include "common/segment/manifest.h"

/* A builder: contents_writer_finish reports the first failure. */
typedef struct ContentsWriter {
    Spool hashes, lengths;
    uint32_t count;
} ContentsWriter;

/* Takes about memory_limit bytes; more goes to a file in the folder. */
void contents_writer_init(ContentsWriter *writer, const char *folder,
                          size_t memory_limit);
void contents_writer_release(ContentsWriter *writer);

/* The next document, in the order of docids. */
void contents_writer_put(ContentsWriter *writer, Hash128 hash, uint32_t length);

/* Writes and syncs the file. Fills in entry->contents; entry->name is known,
 * the arena holds the name of the file. */
NODISCARD Status contents_writer_finish(ContentsWriter *writer,
                                        const FolderHandle *folder,
                                        FileAccess access, Arena *arena,
                                        ManifestSegment *entry, Error *error);

#endif
