/* contents.h - what the documents of a segment contain, as hashes, and their
 * exact lengths: HASH.contents (FORMAT.md).
 *
 * An index without stored text needs it to find out whether a document has
 * changed, and to remove one without a look at all positions.
 */
#ifndef QUERN_CONTENTS_CONTENTS_H
#define QUERN_CONTENTS_CONTENTS_H

#include "common/base/bytes.h"
#include "common/base/folder.h"
#include "common/base/hash.h"
#include "common/segment/format.h"
#include "common/segment/manifest.h"

typedef struct Contents {
    char *path; /* owned, for messages */
    FileMap file;
    uint32_t document_count;
    const uint8_t *hashes, *lengths; /* in the file */
} Contents;

/* The file of a segment's entry, which has one; verified whole. */
NODISCARD Status contents_open_in(const FolderHandle *folder,
                                  const ManifestSegment *entry, Contents **out,
                                  Error *error);
void contents_close(Contents *contents); /* NULL is fine */

static inline Hash128 contents_hash(const Contents *contents, uint32_t docid)
{
    const uint8_t *at = contents->hashes + CONTENT_HASH_BYTES * (size_t)docid;
    return (Hash128){.high = get_u64le(at + 8), .low = get_u64le(at)};
}

/* How many positions of the document have a token. */
static inline uint32_t contents_length(const Contents *contents, uint32_t docid)
{
    return get_u32le(contents->lengths + CONTENT_LENGTH_BYTES * (size_t)docid);
}

/* The hash of a document without stored fields, as the file has it. `scratch`
 * is overwritten. */
NODISCARD Status content_hash(Span title, Span text, Buf *scratch, Hash128 *out,
                              Error *error);

#endif
