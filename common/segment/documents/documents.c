/* documents.c - how many positions the title of each document takes. */
#include "common/segment/documents/documents.h"

#include "common/base/bytes.h"

Status document_parts(Segment *segment, const uint8_t **parts, uint32_t *width,
                      Error *error)
{
    *parts = NULL;
    *width = 0;
    if (!segment_has(segment, SECTION_PARTS)) return OK;
    Span section = segment->sections[SECTION_PARTS];
    Status status = segment_verify(segment, SECTION_PARTS, 0, section.size,
                                   error);
    if (status != OK) return status;
    uint8_t stated = section.size ? section.data[0] : 0;
    uint64_t expected = PARTS_HEADER_BYTES +
                        (uint64_t)stated * segment->document_count;
    if ((stated != 1 && stated != 2 && stated != 4) ||
        section.size != expected) {
        return segment_fail(segment, SECTION_PARTS, error,
                            "%zu bytes for entries of %u", section.size,
                            stated);
    }
    if (get_u64le(section.data) != stated) {
        return segment_fail(segment, SECTION_PARTS, error,
                            "bytes other than 0 after the width");
    }
    *width = stated;
    *parts = section.data + PARTS_HEADER_BYTES;
    return OK;
}
