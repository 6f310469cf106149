/* removal_layout.h - sizes in a file of removed documents, for its reader and
 * its writer (FORMAT.md, HASH.removed).
 */
#ifndef QUERN_REMOVALS_REMOVAL_LAYOUT_H
#define QUERN_REMOVALS_REMOVAL_LAYOUT_H

#include "common/base/bytes.h"
#include "common/segment/segment_internal.h"

/* Words of 64 live bits: whole lines of 64 bytes, with the padding. */
static inline uint64_t removals_live_words(uint32_t document_count)
{
    return round_up(divide_up(document_count, 64), 8) + REMOVALS_PADDING_WORDS;
}

/* Where the corrections begin. */
static inline uint64_t removals_tables_offset(uint32_t document_count)
{
    return REMOVALS_LIVE_OFFSET + 8 * removals_live_words(document_count);
}

/* Bytes of a table before its entries. */
static inline uint64_t removals_directory_size(uint32_t group_count)
{
    return 8 * ((uint64_t)group_count + 1) + 4 * (uint64_t)group_count;
}

#endif
