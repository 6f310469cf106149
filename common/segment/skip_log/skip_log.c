/* skip_log.c - what was skipped, cut or dropped when an index was made. */
#include "common/segment/skip_log/skip_log.h"

#include "common/base/bytes.h"
#include "common/base/varint.h"

const char *skip_log_kind_name(SkipLogKind kind)
{
    static const char *const names[SKIP_LOG_KINDS] = {"skipped", "changed",
                                                      "duplicate"};
    return names[kind];
}

static Status skip_log_fail(const Segment *segment, Error *error,
                            const char *what)
{
    return segment_fail(segment, SECTION_SKIP_LOG, error, "%s", what);
}

Status skip_log_count(Segment *segment, SkipLogCounts *counts, Error *error)
{
    if (!segment_has(segment, SECTION_SKIP_LOG)) return OK;
    Status status = segment_verify(segment, SECTION_SKIP_LOG, 0,
                                   SKIP_LOG_HEADER_BYTES, error);
    if (status != OK) return status;
    const uint8_t *head = segment->sections[SECTION_SKIP_LOG].data;
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        counts->of_kind[kind] += get_u64le(head + SKIP_LOG_COUNTS + 8 * kind);
    counts->entries += get_u64le(head + SKIP_LOG_ENTRY_COUNT);
    return OK;
}

Status skip_log_walk_start(SkipLogWalk *walk, Segment *segment, Error *error)
{
    *walk = (SkipLogWalk){.segment = segment};
    if (!segment_has(segment, SECTION_SKIP_LOG)) return OK;
    Span section = segment->sections[SECTION_SKIP_LOG];
    SkipLogCounts counts = {0};
    Status status = segment_verify(segment, SECTION_SKIP_LOG, 0, section.size,
                                   error);
    if (status == OK) status = skip_log_count(segment, &counts, error);
    if (status != OK) return status;
    walk->at = section.data + SKIP_LOG_HEADER_BYTES;
    walk->end = section.data + section.size;
    walk->left = counts.entries;
    return OK;
}

void skip_log_walk_release(SkipLogWalk *walk)
{
    buf_release(&walk->source);
    buf_release(&walk->reason);
    *walk = (SkipLogWalk){0};
}

/* Text that shares its beginning with what *text holds from before. */
static bool take_text(SkipLogWalk *walk, Buf *text, size_t most)
{
    uint64_t shared, size;
    if (!varint_get(&walk->at, walk->end, &shared) ||
        !varint_get(&walk->at, walk->end, &size) || shared > text->size ||
        size > most - shared || size > (uint64_t)(walk->end - walk->at)) {
        return false;
    }
    text->size = (size_t)shared;
    buf_put(text, walk->at, (size_t)size);
    walk->at += size;
    return true;
}

static bool take_entry(SkipLogWalk *walk, SkipLogEntry *out)
{
    if (walk->at == walk->end) return false;
    uint8_t kind = *walk->at++;
    if (kind >= SKIP_LOG_KINDS) return false;
    out->kind = (SkipLogKind)kind;
    return take_text(walk, &walk->source, SKIP_LOG_MAX_SOURCE) &&
           varint_get(&walk->at, walk->end, &out->line) &&
           varint_get(&walk->at, walk->end, &out->column) &&
           varint_get(&walk->at, walk->end, &out->offset) &&
           take_text(walk, &walk->reason, SKIP_LOG_MAX_REASON);
}

Status skip_log_walk_next(SkipLogWalk *walk, SkipLogEntry *out, bool *found,
                          Error *error)
{
    *out = (SkipLogEntry){0};
    *found = walk->left > 0;
    if (!*found) {
        if (walk->at == walk->end) return OK;
        return skip_log_fail(walk->segment, error,
                             "unexpected bytes at the end");
    }
    *found = false;
    if (!take_entry(walk, out))
        return skip_log_fail(walk->segment, error, "invalid entry");
    Status status = buf_check(&walk->source, "reading the skip log", error);
    if (status == OK)
        status = buf_check(&walk->reason, "reading the skip log", error);
    if (status != OK) return status;
    walk->left--;
    out->source = buf_span(&walk->source);
    out->reason = buf_span(&walk->reason);
    *found = true;
    return OK;
}
