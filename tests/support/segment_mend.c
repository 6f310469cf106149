/* segment_mend.c - updates the checksums of a damaged segment. */
#include "tests/support/segment_mend.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/segment/format.h"

/* A section, or an empty one if it is not within the file. */
static Span section_of(const uint8_t *file, size_t size, const uint8_t *entry)
{
    uint64_t offset = get_u64le(entry + ENTRY_OFFSET);
    uint64_t bytes = get_u64le(entry + ENTRY_SIZE);
    if (offset > size || bytes > size - offset) return (Span){0};
    return span_of(file + offset, (size_t)bytes);
}

static void mend_section(uint8_t *file, const uint8_t *entry, Span section,
                         Span sums)
{
    uint64_t number = get_u64le(entry + ENTRY_FIRST_CHECKSUM);
    for (size_t at = 0; at < section.size; at += CHECKSUM_PART_BYTES) {
        size_t part = section.size - at;
        if (part > CHECKSUM_PART_BYTES) part = CHECKSUM_PART_BYTES;
        if (number >= sums.size / 8) return;
        put_u64le(file + (sums.data - file) + 8 * number++,
                  hash_bytes(section.data + at, part));
    }
}

void segment_mend_checksums(uint8_t *file, size_t size)
{
    Span sums = {0};
    if (size < SEGMENT_HEADER_BYTES) return;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < SEGMENT_TABLE_ENTRIES; i++) {
            const uint8_t *entry = file + SEGMENT_TABLE_OFFSET +
                                   SEGMENT_TABLE_ENTRY_BYTES * i;
            bool is_sums = get_u32le(entry + ENTRY_KIND) == SECTION_CHECKSUMS;
            Span section = section_of(file, size, entry);
            if (pass == 0 && is_sums) sums = section;
            if (pass == 1 && !is_sums) mend_section(file, entry, section, sums);
        }
    }
    put_u64le(file + HEADER_CHECKSUMS_CHECKSUM, hash_span(sums));
    put_u64le(file + SEGMENT_CHECKSUM_OFFSET,
              hash_bytes(file, SEGMENT_CHECKSUM_OFFSET));
}
