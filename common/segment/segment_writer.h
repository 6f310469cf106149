/* segment_writer.h - one segment file: sections in order, checksums, header.
 *
 * A builder: sections are begun, filled and ended one after the other, in the
 * order of their kinds; segment_writer_finish reports the first failure. The
 * file is FOLDER/segment.tmp with mode 0600 until it is complete and synced.
 */
#ifndef QUERN_SEGMENT_SEGMENT_WRITER_H
#define QUERN_SEGMENT_SEGMENT_WRITER_H

#include "common/base/folder.h"
#include "common/base/spool.h"
#include "common/segment/segment.h"
#include "common/segment/term_facts.h"

enum { SEGMENT_NAME_BYTES = 32 };

/* The header fields that the writer cannot know. */
typedef struct SegmentFacts {
    uint32_t document_count, nonempty_count;
    uint64_t token_count, posting_count;
    uint32_t term_count;
    ListLimits limits;
    float k1, b, average_length;
    uint32_t pair_min_df, pair_words, pair_count; /* 0: no pairs */
    uint64_t pair_postings;
    uint8_t norm_codes[NORM_CODES / 8];
} SegmentFacts;

typedef struct SegmentWriter {
    const FolderHandle *folder; /* borrowed */
    FileAccess access;          /* of the file when it is whole */
    int fd;
    uint64_t offset; /* of the file, bytes in `part` included */
    uint8_t *part;   /* owned: one part of a section that is not written yet */
    size_t part_size;
    Buf checksums;
    SectionKind kind; /* of the section that is being filled */
    uint64_t section_starts[SECTION_KINDS];
    uint64_t section_sizes[SECTION_KINDS];
    uint64_t first_checksums[SECTION_KINDS];
    bool has_section[SECTION_KINDS];
    Status status;
    Error error;
} SegmentWriter;

void segment_writer_open(SegmentWriter *writer, const FolderHandle *folder,
                         FileAccess access);

/* Removes the file if it is not finished. */
void segment_writer_release(SegmentWriter *writer);

void segment_writer_begin(SegmentWriter *writer, SectionKind kind);
void segment_writer_put(SegmentWriter *writer, const void *bytes, size_t size);
void segment_writer_put_spool(SegmentWriter *writer, const Spool *spool,
                              uint64_t offset, uint64_t size);
void segment_writer_end(SegmentWriter *writer);

/* The sections that have been ended as a segment, to make others from them: all
 * of it counts as verified. Valid as long as the writer. */
NODISCARD Status segment_writer_view(const SegmentWriter *writer,
                                     const SegmentFacts *facts, Segment **out,
                                     Error *error);

/* Writes checksums and header, syncs, and renames the file to its name, which
 * goes to `name`; *bytes is its size. */
NODISCARD Status segment_writer_finish(SegmentWriter *writer,
                                       const SegmentFacts *facts,
                                       char name[SEGMENT_NAME_BYTES],
                                       uint64_t *bytes, Error *error);

#endif
