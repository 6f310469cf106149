/* segment.h - one mapped segment file: its header, its sections, its damage.
 *
 * segment_open checks header, section table and the table of checksums. A
 * part (64 KiB) of a section is verified when segment_verify first asks for
 * a byte of it; afterwards that is a bit test. Thread-safe: what has been
 * verified is kept in atomic bits.
 *
 * Call segment_verify before reading any byte of a section.
 */
#ifndef QUERN_SEGMENT_SEGMENT_H
#define QUERN_SEGMENT_SEGMENT_H

#include "common/base/folder.h"
#include "common/segment/bm25.h"
#include "common/segment/posting_class.h"

#include <stdatomic.h>

typedef struct Segment {
    char *path; /* owned, for messages */
    FileMap file;
    uint32_t version; /* of the format */

    uint32_t document_count;
    uint32_t nonempty_count;
    uint64_t token_count;
    uint32_t term_count;
    uint64_t posting_count;
    float k1, b, average_length; /* what bounds were made with */
    ListLimits limits;           /* without champions */
    uint32_t pair_min_df;        /* D; 0: no pairs */
    uint32_t pair_words;         /* terms in at least D documents */
    uint32_t pair_count;
    uint64_t pair_postings;             /* of all pairs */
    uint8_t norm_codes[NORM_CODES / 8]; /* bit c: norm code c occurs */

    Span sections[SECTION_KINDS]; /* by kind; data NULL: the segment has no such
                                     section */
    uint32_t range_count;         /* of 64 documents, the last may have fewer */
    uint32_t window_count;        /* of 4,096 */

    atomic_uint owners; /* segment_share */

    /* For segment_verify and for postings_open (postings.h). */
    uint64_t first_part[SECTION_KINDS];
    _Atomic uint64_t *verified_parts; /* a bit for each part */
    _Atomic uint64_t *verified_terms; /* a bit for each term, by its number */
    _Atomic uint64_t *verified_positions; /* likewise, for positions_open */
    _Atomic uint64_t *verified_pairs; /* a bit for each pair, by its number */
} Segment;

NODISCARD Status segment_open(const char *path, Segment **out, Error *error);

/* The same for a file in a folder; if that is NULL, name is a path. */
NODISCARD Status segment_open_in(const FolderHandle *folder, const char *name,
                                 Segment **out, Error *error);

/* The same for a file of any version from `oldest` on, for upgrading: lists and
 * documents have the form of this version, positions that of their own. */
NODISCARD Status segment_open_version(const FolderHandle *folder,
                                      const char *name, uint32_t oldest,
                                      Segment **out, Error *error);

/* One more owner: what has been verified is known to all. Thread-safe. */
Segment *segment_share(Segment *segment);

/* NULL is fine; the last owner closes the file. */
void segment_close(Segment *segment);

static inline bool segment_has(const Segment *segment, SectionKind kind)
{
    return segment->sections[kind].data != NULL;
}

/* "terms", "postings", ...: the names of FORMAT.md. */
const char *section_name(SectionKind kind);

/* Checks that [offset, offset + size) lies in the section and that each part
 * it touches has its checksum. ERR_CORRUPT names file, section and part. */
NODISCARD Status segment_verify(Segment *segment, SectionKind kind,
                                uint64_t offset, uint64_t size, Error *error);

/* ERR_CORRUPT with "FILE: section NAME: " before the message. */
NODISCARD Status segment_fail(const Segment *segment, SectionKind kind,
                              Error *error, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif
