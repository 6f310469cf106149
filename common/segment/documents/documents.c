/* documents.c - how many positions the title of each document takes. */
#include "common/segment/documents/documents.h"

#include "common/base/bytes.h"

Status document_title_ends(Segment *segment, const uint8_t **ends,
                           uint32_t *width, Error *error)
{
    *ends = NULL;
    *width = 0;
    if (!segment_has(segment, SECTION_TITLE_ENDS)) return OK;
    Span section = segment->sections[SECTION_TITLE_ENDS];
    Status status = segment_verify(segment, SECTION_TITLE_ENDS, 0, section.size,
                                   error);
    if (status != OK) return status;
    uint8_t stated = section.size ? section.data[0] : 0;
    uint64_t expected = TITLE_ENDS_HEADER_BYTES +
                        (uint64_t)stated * segment->document_count;
    if ((stated != 1 && stated != 2 && stated != 4) ||
        section.size != expected) {
        return segment_fail(segment, SECTION_TITLE_ENDS, error,
                            "%zu bytes for entries of %u", section.size,
                            stated);
    }
    if (get_u64le(section.data) != stated) {
        return segment_fail(segment, SECTION_TITLE_ENDS, error,
                            "reserved bytes after the width are not 0");
    }
    *width = stated;
    *ends = section.data + TITLE_ENDS_HEADER_BYTES;
    return OK;
}
