/* index.h - an index folder opened for reading: its segments as one.
 *
 * Documents are numbered over all segments in their order: global docid =
 * first_docid of the segment + docid. Thread-safe after opening.
 */
#ifndef QUERN_SEGMENT_INDEX_H
#define QUERN_SEGMENT_INDEX_H

#include "common/base/hash.h"
#include "common/segment/manifest.h"
#include "common/segment/segment.h"

typedef struct Index {
    char *folder; /* owned */
    Manifest manifest;
    Segment **segments; /* owned, manifest.segment_count of them */
    uint64_t *first_docids;
    Analyzer *analyzer; /* made from the manifest */
    /* Worth a warning: this build makes other tokens of a text, by other data
     * (Unicode, Snowball) or by other rules. */
    bool analyzer_differs, rules_differ;
} Index;

/* ERR_IO "no index at ...", ERR_CORRUPT, ERR_UNSUPPORTED. Reads the manifest
 * again if a listed file is removed meanwhile. */
NODISCARD Status index_open(const char *folder, Index **out, Error *error);
void index_close(Index *index);

/* Whether a folder is meant as an index: it has a MANIFEST, damaged or not.
 * ERR_IO if this cannot be found out. */
NODISCARD Status index_find(const char *folder, bool *found, Error *error);

/* Whether it looks like an index: its MANIFEST begins as every manifest does.
 */
bool index_is_there(const char *folder);

/* The segment of a global docid, and its docid there. */
Segment *index_locate(const Index *index, uint64_t global, uint32_t *docid,
                      size_t *segment_index);

/* Names its content: the hash of the names of its segments in order, each with
 * a line feed. A segment is named by the checksum of its bytes, so two indexes
 * with this hash hold the same documents in the same order. */
NODISCARD Status index_hash(const Index *index, Hash128 *out, Error *error);

#endif
