/* index.h - an index folder opened for reading: its segments as one.
 *
 * Documents are numbered over all segments in their order, removed ones too:
 * global docid = first_docid of the segment + docid. The counts of the manifest
 * are of live documents. Thread-safe after opening.
 */
#ifndef QUERN_SEGMENT_INDEX_H
#define QUERN_SEGMENT_INDEX_H

#include "common/base/hash.h"
#include "common/segment/manifest.h"
#include "common/segment/removals/removals.h"

#include <time.h>

/* Tells a file from the one that replaces it. All 0: there is none. */
typedef struct ManifestStamp {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified;
} ManifestStamp;

typedef struct Index {
    char *folder; /* owned */
    Manifest manifest;
    ManifestStamp stamp;    /* of the file MANIFEST */
    Segment **segments;     /* owned, manifest.segment_count of them */
    Removals **removals;    /* owned, likewise; NULL where nothing is removed */
    uint64_t *first_docids; /* and after the last segment the end */
    Analyzer *analyzer;     /* made from the manifest */
    /* Worth a warning: this build makes other tokens of a text, by other data
     * (Unicode, Snowball) or by other rules. */
    bool analyzer_differs, rules_differ;
} Index;

/* ERR_IO "no index at ...", ERR_CORRUPT, ERR_UNSUPPORTED. Reads the manifest
 * again if a listed file is removed meanwhile. */
NODISCARD Status index_open(const char *folder, Index **out, Error *error);
void index_close(Index *index);

/* Whether a writer has published since the index was opened: looks at the file
 * MANIFEST, not into it. */
bool index_has_news(const Index *index);

/* The index as it is now, or *out NULL if it has not changed. Segments that are
 * still there are shared: they stay mapped, and what has been verified stays
 * so. Both are valid until closed, in any order. */
NODISCARD Status index_refresh(const Index *index, Index **out, Error *error);

/* Opens an index that a writer has not published yet: the files that `manifest`
 * lists are in the folder. Takes the manifest over, whatever happens. */
NODISCARD Status index_open_draft(const FolderHandle *folder,
                                  Manifest *manifest, Index **out,
                                  Error *error);

/* Whether a folder is meant as an index: it has a MANIFEST, damaged or not.
 * ERR_IO if this cannot be found out. */
NODISCARD Status index_find(const char *folder, bool *found, Error *error);

/* Whether it looks like an index: its MANIFEST begins as every manifest does.
 */
bool index_is_there(const char *folder);

/* The segment of a global docid, and its docid there. */
Segment *index_locate(const Index *index, uint64_t global, uint32_t *docid,
                      size_t *segment_index);

/* Whether a document of a segment is live. */
static inline bool index_is_live(const Index *index, size_t segment,
                                 uint32_t docid)
{
    return removals_is_live(index->removals[segment], docid);
}

/* Whether documents are removed from any segment. */
bool index_has_removals(const Index *index);

/* Names its content: the hash of the names of its segments in order, each with
 * a line feed and then, if documents are removed from it, the name of the file
 * that says so, likewise. These files are named by the checksum of their bytes,
 * so two indexes with this hash hold the same documents in the same order. */
NODISCARD Status index_hash(const Index *index, Hash128 *out, Error *error);

#endif
