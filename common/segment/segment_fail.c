/* segment_fail.c - names of sections, and messages about what is wrong in one.
 */
#include "common/segment/segment.h"

#include <stdarg.h>
#include <stdio.h>

const char *section_name(SectionKind kind)
{
    static const char *const names[SECTION_KINDS] = {
        [SECTION_TERMS] = "terms",
        [SECTION_TERMS_INDEX] = "terms_index",
        [SECTION_POSTINGS] = "postings",
        [SECTION_BOUNDS] = "bounds",
        [SECTION_POSITIONS] = "positions",
        [SECTION_NORMS] = "norms",
        [SECTION_TITLE_ENDS] = "title_ends",
        [SECTION_IDS] = "ids",
        [SECTION_ID_ORDER] = "id_order",
        [SECTION_STORED] = "stored",
        [SECTION_STORED_INDEX] = "stored_index",
        [SECTION_SKIP_LOG] = "skip_log",
        [SECTION_CHAMPIONS] = "champions",
        [SECTION_PAIRS] = "pairs",
        [SECTION_PAIR_POSTINGS] = "pair_postings",
        [SECTION_PAIR_BOUNDS] = "pair_bounds",
        [SECTION_PAIR_CHAMPIONS] = "pair_champions",
        [SECTION_CHECKSUMS] = "checksums",
    };
    return kind < SECTION_KINDS && names[kind] ? names[kind] : "unknown";
}

Status segment_fail(const Segment *segment, SectionKind kind, Error *error,
                    const char *format, ...)
{
    char what[ERROR_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return fail(error, ERR_CORRUPT, "%s: section %s: %s", segment->path,
                section_name(kind), what);
}
