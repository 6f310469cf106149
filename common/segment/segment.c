/* segment.c - one mapped segment file: opening it, and finding its damage.
 *
 * Opening reads the header page and the table of checksums, nothing else, so
 * that it takes microseconds however large the file is. Each part of 64 KiB is
 * hashed when it is first used: about 6 microseconds once, a bit test from then
 * on. Two threads may hash the same part at once; both get the same result.
 */
#include "common/segment/segment.h"

#include "common/base/hash.h"
#include "common/base/map_guard.h"
#include "common/segment/segment_internal.h"

#include <inttypes.h>
#include <stdlib.h>

/* A bit for each; at least one word, so that NULL means no memory. */
static _Atomic uint64_t *new_bits(uint64_t count)
{
    return calloc(count / 64 + 1, sizeof(_Atomic uint64_t));
}

/* What segment->file maps. */
static Status open_mapped(Segment *segment, uint32_t oldest, Error *error)
{
    map_guard_add(segment->path, segment->file.bytes);
    Status status = segment_read_header(segment, oldest, error);
    if (status != OK) return status;

    uint64_t parts = segment->sections[SECTION_CHECKSUMS].size / 8;
    segment->verified_parts = new_bits(parts);
    segment->verified_terms = new_bits(segment->term_count);
    segment->verified_positions = new_bits(segment->term_count);
    segment->verified_pairs = new_bits(segment->pair_count);
    if (!segment->verified_parts || !segment->verified_terms ||
        !segment->verified_positions || !segment->verified_pairs) {
        return fail_memory(error, "opening a segment");
    }
    return OK;
}

static Status open_segment(Segment *segment, const FolderHandle *folder,
                           const char *name, uint32_t oldest, Error *error)
{
    Buf path = {0};
    buf_printf(&path, "%s%s%s", folder ? folder->path : "", folder ? "/" : "",
               name);
    const char *text = buf_text(&path);
    segment->path = text ? strdup(text) : NULL;
    buf_release(&path);
    if (!segment->path) return fail_memory(error, "opening a segment");
    Status status = folder
                        ? folder_map_file(folder, name, &segment->file, error)
                        : file_map(name, &segment->file, error);
    return status == OK ? open_mapped(segment, oldest, error) : status;
}

Status segment_open_version(const FolderHandle *folder, const char *name,
                            uint32_t oldest, Segment **out, Error *error)
{
    *out = NULL;
    Segment *segment = calloc(1, sizeof *segment);
    if (!segment) return fail_memory(error, "opening a segment");
    atomic_init(&segment->owners, 1);
    Status status = open_segment(segment, folder, name, oldest, error);
    if (status == OK) {
        *out = segment;
    } else {
        segment_close(segment);
    }
    return status;
}

Status segment_open_in(const FolderHandle *folder, const char *name,
                       Segment **out, Error *error)
{
    return segment_open_version(folder, name, SEGMENT_VERSION, out, error);
}

Status segment_open(const char *path, Segment **out, Error *error)
{
    return segment_open_in(NULL, path, out, error);
}

Segment *segment_share(Segment *segment)
{
    atomic_fetch_add_explicit(&segment->owners, 1, memory_order_relaxed);
    return segment;
}

void segment_close(Segment *segment)
{
    if (!segment || atomic_fetch_sub(&segment->owners, 1) > 1) return;
    map_guard_remove(segment->file.bytes);
    file_unmap(&segment->file);
    free(segment->verified_parts);
    free(segment->verified_terms);
    free(segment->verified_positions);
    free(segment->verified_pairs);
    free(segment->path);
    free(segment);
}

static NEVER_INLINE Status verify_part(Segment *segment, SectionKind kind,
                                       uint64_t part, Error *error)
{
    Span section = segment->sections[kind];
    uint64_t start = part * CHECKSUM_PART_BYTES;
    uint64_t size = section.size - start;
    if (size > CHECKSUM_PART_BYTES) size = CHECKSUM_PART_BYTES;
    uint64_t number = segment->first_part[kind] + part;
    const uint8_t *sums = segment->sections[SECTION_CHECKSUMS].data;
    if (hash_bytes(section.data + start, size) !=
        get_u64le(sums + 8 * number)) {
        uint64_t place = (uint64_t)(section.data - segment->file.bytes.data);
        return segment_fail(segment, kind, error,
                            "wrong checksum of bytes %" PRIu64 " to %" PRIu64
                            " of the file; the file is damaged",
                            place + start, place + start + size - 1);
    }
    set_verified_bit(segment->verified_parts, number);
    return OK;
}

Status segment_verify(Segment *segment, SectionKind kind, uint64_t offset,
                      uint64_t size, Error *error)
{
    uint64_t section_size = segment->sections[kind].size;
    if (offset > section_size || size > section_size - offset) {
        return segment_fail(segment, kind, error,
                            "%" PRIu64 " bytes at %" PRIu64
                            " run past its end at %" PRIu64,
                            size, offset, section_size);
    }
    if (size == 0) return OK;
    uint64_t last = (offset + size - 1) / CHECKSUM_PART_BYTES;
    for (uint64_t part = offset / CHECKSUM_PART_BYTES; part <= last; part++) {
        uint64_t number = segment->first_part[kind] + part;
        if (LIKELY(verified_bit(segment->verified_parts, number))) continue;
        Status status = verify_part(segment, kind, part, error);
        if (status != OK) return status;
    }
    return OK;
}
